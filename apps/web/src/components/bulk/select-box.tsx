import { canBeSelected } from './selection.ts'
import classes from './select-box.module.css'

interface SelectBoxProps {
  label: string
  checked: boolean
  /** Some of what it stands for is selected. */
  some?: boolean
  /** What it stands for; an id that Tableau does not accept back cannot be selected. */
  id?: string
  onSelect: (range: boolean) => void
}

/** Selects a row, or all of them. Its room is larger than its mark. */
export const SelectBox = ({ label, checked, some = false, id, onSelect }: SelectBoxProps) => (
  <input
    type="checkbox"
    className={classes['box']}
    aria-label={label}
    checked={checked}
    disabled={id !== undefined && !canBeSelected(id)}
    ref={(box) => {
      if (box !== null) box.indeterminate = some && !checked
    }}
    // Or the text between the two clicks of a range would be marked.
    onMouseDown={(event) => {
      if (event.shiftKey) event.preventDefault()
    }}
    onChange={({ nativeEvent }) => onSelect('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
  />
)

import '@mantine/core/styles/FloatingIndicator.layer.css'
import '@mantine/core/styles/SegmentedControl.layer.css'
import { SegmentedControl } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import classes from './form.module.css'

/** What every group of fields of a form is handed. */
export interface FieldsProps<V> {
  values: V
  errors: Partial<Record<keyof V, string>>
  disabled: boolean
  onChange: (patch: Partial<V>) => void
}

interface GroupProps {
  legend: string
  error?: string | undefined
  hint?: ReactNode
  children: ReactNode
}

/** Fields that are one answer together; what is wrong with it is read out with the group. */
export const Group = ({ legend, error, hint, children }: GroupProps) => {
  const id = useId()
  return (
    <fieldset className={classes['group']} aria-describedby={error === undefined && hint === undefined ? undefined : id} aria-invalid={error !== undefined || undefined}>
      <legend className={classes['legend']}>{legend}</legend>
      {children}
      <div id={id}>
        {error !== undefined && <p className={classes['fault']}>{error}</p>}
        {hint !== undefined && <p className={classes['hint']}>{hint}</p>}
      </div>
    </fieldset>
  )
}

interface ChoiceProps {
  name: string
  legend: string
  value: string
  choices: readonly { value: string; label: string }[]
  error?: string | undefined
  hint?: ReactNode
  disabled: boolean
  onChange: (value: string) => void
}

/** One of a few, all in sight. A value that is none of them, as Tableau may tell it, is shown as it is. */
export const Choice = ({ name, legend, value, choices, error, hint, disabled, onChange }: ChoiceProps) => (
  <Group
    legend={legend}
    error={error}
    hint={value === '' || choices.some((choice) => choice.value === value) ? hint : `At present “${value}”, which Refreshboard does not know.`}
  >
    <SegmentedControl fullWidth classNames={{ label: classes['choice'] ?? '' }} name={name} aria-label={legend} data={[...choices]} value={value} disabled={disabled} onChange={onChange} />
  </Group>
)

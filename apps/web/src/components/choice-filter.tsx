import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Dropdown } from './dropdown.tsx'
import classes from './choice-filter.module.css'

interface Choice {
  key: string
  label: string
  /** How many items it has, where that is told. */
  count?: number | undefined
}

interface ChoiceFilterProps {
  /** What is chosen, in the singular and in the plural: `Owner`, `owners`. */
  label: string
  many: string
  chosen: readonly string[]
  choices: readonly Choice[]
  onChange: (keys: string[]) => void
}

const count = new Intl.NumberFormat('en-US')

/** Above this many choices there is a field that narrows them. */
const manyChoices = 10

const Choices = ({ many, chosen, choices, onChange }: Omit<ChoiceFilterProps, 'label'>) => {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const shown = choices.filter(({ label }) => label.toLowerCase().includes(wanted))
  return (
    <div className={classes['body']}>
      {choices.length > manyChoices && (
        <TextInput size="xs" aria-label={`Narrow the ${many}`} placeholder={`Narrow the ${many}`} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      )}
      <div className={classes['list']}>
        {shown.map(({ key, label, count: items }) => (
          <label key={key} className={classes['choice']}>
            <input
              type="checkbox"
              checked={chosen.includes(key)}
              onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, key] : chosen.filter((other) => other !== key))}
            />
            <span>{label}</span>
            <span className={classes['count']}>{items === undefined ? '' : count.format(items)}</span>
          </label>
        ))}
        {shown.length === 0 && <span className={classes['none']}>{choices.length === 0 ? `No ${many}.` : `No ${many} by that name.`}</span>}
      </div>
      {chosen.length > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange([])}>
          All {many}
        </Button>
      )}
    </div>
  )
}

/** Any of the chosen ones, with how many items each has. */
export const ChoiceFilter = ({ label, many, chosen, choices, onChange }: ChoiceFilterProps) => {
  // What is chosen stays to be unchosen, whether or not anything of it is left.
  const absent = chosen.filter((key) => !choices.some((choice) => choice.key === key)).map((key): Choice => ({ key, label: key, count: 0 }))
  const [only] = chosen
  const summary = only === undefined ? label : chosen.length > 1 ? `${chosen.length} ${many}` : (choices.find(({ key }) => key === only)?.label ?? `1 ${label.toLowerCase()}`)
  return (
    <Dropdown kind="panel" look={chosen.length > 0 ? 'light' : 'default'} ariaLabel={`${label}: ${only === undefined ? 'all' : summary}`} label={summary}>
      {() => <Choices many={many} chosen={chosen} choices={[...absent, ...choices]} onChange={onChange} />}
    </Dropdown>
  )
}

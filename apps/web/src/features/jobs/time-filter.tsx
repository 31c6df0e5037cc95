import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Dropdown } from '../../components/dropdown.tsx'
import { formatInstant, fromFieldValue, toFieldValue } from '../../lib/time.ts'
import classes from './filters.module.css'

interface TimeRange {
  from: string | undefined
  to: string | undefined
}

interface TimeFilterProps extends TimeRange {
  zone: { name: string; label: string }
  /** Tableau's clock, milliseconds since 1970. */
  now: () => number
  onChange: (range: TimeRange) => void
}

const hour = 60 * 60_000
const presets = [
  { label: 'Last hour', ms: hour },
  { label: 'Last 6 hours', ms: 6 * hour },
  { label: 'Last 24 hours', ms: 24 * hour },
  { label: 'Last 7 days', ms: 7 * 24 * hour },
] as const

const minute = 60_000

const summary = ({ from, to }: TimeRange, zone: string, now: number): string => {
  const told = (at: string) => formatInstant(Date.parse(at), zone, now).replace(/:00$/, '')
  if (from !== undefined && to !== undefined) return `${told(from)} – ${told(to)}`
  if (from !== undefined) return `Since ${told(from)}`
  return to === undefined ? 'Time' : `Before ${told(to)}`
}

const Fields = ({ from, to, zone, onChange }: Omit<TimeFilterProps, 'now'>) => {
  const value = (at: string | undefined) => (at === undefined ? '' : toFieldValue(Date.parse(at), zone.name))
  const [fields, setFields] = useState({ from: value(from), to: value(to) })
  const [error, setError] = useState<string>()
  const apply = () => {
    const [start, end] = [fields.from, fields.to].map((field) => (field === '' ? undefined : fromFieldValue(field, zone.name)))
    if ((fields.from !== '' && start === undefined) || (fields.to !== '' && end === undefined)) return setError('Give a date and a time')
    if (start !== undefined && end !== undefined && start >= end) return setError('“From” must be before “to”')
    setError(undefined)
    return onChange({ from: start === undefined ? undefined : new Date(start).toISOString(), to: end === undefined ? undefined : new Date(end).toISOString() })
  }
  return (
    <form
      className={classes['fields']}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <TextInput type="datetime-local" size="xs" label="From" value={fields.from} onChange={(event) => setFields({ ...fields, from: event.currentTarget.value })} />
      <TextInput
        type="datetime-local"
        size="xs"
        label="To"
        error={error}
        value={fields.to}
        onChange={(event) => setFields({ ...fields, to: event.currentTarget.value })}
      />
      <div className={classes['dim']}>In {zone.label}</div>
      <Button type="submit" size="compact-sm">
        Apply
      </Button>
    </form>
  )
}

/** When a job was created: a preset, or from and to in the chosen zone. */
export const TimeFilter = ({ from, to, zone, now, onChange }: TimeFilterProps) => {
  const active = from !== undefined || to !== undefined
  const told = summary({ from, to }, zone.name, now())
  return (
    <Dropdown kind="panel" look={active ? 'light' : 'default'} ariaLabel={`Time: ${active ? told : 'any'}`} label={told}>
      {(close) => {
        const choose = (range: TimeRange) => {
          close()
          onChange(range)
        }
        return (
          <div className={classes['body']}>
            {presets.map(({ label, ms }) => (
              <Button
                key={label}
                variant="subtle"
                size="compact-sm"
                justify="flex-start"
                onClick={() => choose({ from: new Date(Math.floor((now() - ms) / minute) * minute).toISOString(), to: undefined })}
              >
                {label}
              </Button>
            ))}
            {active && (
              <Button variant="subtle" size="compact-sm" justify="flex-start" onClick={() => choose({ from: undefined, to: undefined })}>
                Any time
              </Button>
            )}
            <Fields key={`${from} ${to}`} from={from} to={to} zone={zone} onChange={choose} />
          </div>
        )
      }}
    </Dropdown>
  )
}

import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { fromFieldValue, toFieldValue } from '../lib/time-fields.ts'
import classes from './time-filter.module.css'

export interface TimeRange {
  from: string | undefined
  to: string | undefined
}

interface TimeFieldsProps extends TimeRange {
  zone: { name: string; label: string }
  onChange: (range: TimeRange) => void
}

/** From and to, as somebody types them in the zone that is named. */
export const TimeFields = ({ from, to, zone, onChange }: TimeFieldsProps) => {
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

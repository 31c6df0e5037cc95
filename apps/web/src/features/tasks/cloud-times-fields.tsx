import { weekDayOccurrences, weekDays } from '@refreshboard/api-types'
import { NativeSelect, TextInput } from '@mantine/core'
import { Choice, Group, type FieldsProps } from '../../components/form-fields.tsx'
import { WeekDaysField } from '../../components/week-days-field.tsx'
import type { ServerZone } from '../../lib/server-zone.ts'
import { hoursChoices, type TaskValues } from './task-values.ts'
import classes from '../../components/form.module.css'

const frequencies = ['Hourly', 'Daily', 'Weekly', 'Monthly'].map((value) => ({ value, label: value }))
const monthChoices = [
  { value: 'days', label: 'Days' },
  { value: 'lastDay', label: 'Last day' },
  { value: 'weekday', label: 'A weekday' },
]
const occurrences = weekDayOccurrences.map((value) => ({ value, label: value === 'LastDay' ? 'Last' : value }))
const shownDays = [...weekDays.slice(1), 'Sunday']
const monthDays = Array.from({ length: 31 }, (_, index) => index + 1)

const skipped = (chosen: readonly number[]): string | undefined => (chosen.some((day) => day > 28) ? 'Months without one of these days are skipped on it; “Last day” runs in every month.' : undefined)

const MonthDays = ({ values, errors, disabled, onChange }: FieldsProps<TaskValues>) => {
  const { monthDays: chosen } = values
  return (
    <Group legend="Days of the month" error={errors.on} hint={skipped(chosen)}>
      <div className={classes['days']}>
        {monthDays.map((day) => (
          <label key={day} className={classes['day']}>
            <input
              type="checkbox"
              name="monthDays"
              aria-label={String(day)}
              checked={chosen.includes(day)}
              disabled={disabled}
              onChange={(event) => onChange({ monthDays: event.currentTarget.checked ? [...chosen, day].toSorted((a, b) => a - b) : chosen.filter((other) => other !== day) })}
            />
            <span aria-hidden>{day}</span>
          </label>
        ))}
      </div>
    </Group>
  )
}

const MonthWeekday = ({ values, errors, disabled, onChange }: FieldsProps<TaskValues>) => (
  <Group legend="Weekday of the month" error={errors.on} hint={values.occurrence === 'Fifth' ? `Months without a fifth ${values.monthWeekDay} are skipped; “Last” runs in every month.` : undefined}>
    <div className={classes['pair']}>
      <NativeSelect label="Which" name="occurrence" data={occurrences} value={values.occurrence} disabled={disabled} onChange={(event) => onChange({ occurrence: event.currentTarget.value })} />
      <NativeSelect label="Weekday" name="monthWeekDay" data={shownDays} value={values.monthWeekDay} disabled={disabled} onChange={(event) => onChange({ monthWeekDay: event.currentTarget.value })} />
    </div>
  </Group>
)

/** On which days of the month. */
const Month = (props: FieldsProps<TaskValues>) => {
  const { values, disabled, onChange } = props
  return (
    <>
      <Choice name="on" legend="On" value={values.on} choices={monthChoices} disabled={disabled} onChange={(on) => onChange({ on })} />
      {values.on === 'days' && <MonthDays {...props} />}
      {values.on === 'weekday' && <MonthWeekday {...props} />}
    </>
  )
}

/** When a task of Tableau Cloud runs: the frequency, and what that frequency needs. */
export const CloudTimesFields = (props: FieldsProps<TaskValues> & { site: ServerZone }) => {
  const { values, errors, disabled, onChange, site } = props
  const { frequency, hours } = values
  const zone = site.words.charAt(0).toUpperCase() + site.words.slice(1)
  const time = (field: 'start' | 'end', label: string, more = '') => (
    <TextInput
      type="time"
      label={label}
      description={`${zone}${more}`}
      name={field}
      // A grid of 5 minutes; seconds are shown where there are some.
      step={values[field].length > 5 ? 1 : 300}
      value={values[field]}
      error={errors[field]}
      disabled={disabled}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  )
  const repeated = frequency === 'Hourly' || (frequency === 'Daily' && hours !== '24')
  return (
    <>
      <Choice name="frequency" legend="Repeats" value={frequency} choices={frequencies} error={errors.frequency} disabled={disabled} onChange={(value) => onChange({ frequency: value })} />
      {frequency === 'Daily' && (
        <NativeSelect label="How often" name="hours" data={[...hoursChoices]} value={hours} error={errors.hours} disabled={disabled} onChange={(event) => onChange({ hours: event.currentTarget.value })} />
      )}
      {(frequency === 'Hourly' || frequency === 'Daily') && (
        <WeekDaysField name="weekDays" chosen={values.weekDays} error={errors.weekDays} disabled={disabled} onChange={(days) => onChange({ weekDays: days })} />
      )}
      {frequency === 'Weekly' && (
        <WeekDaysField
          name="weekDay"
          legend="Day"
          single
          chosen={values.weekDay === '' ? [] : [values.weekDay]}
          error={errors.weekDay}
          disabled={disabled}
          onChange={([day]) => onChange({ weekDay: day ?? '' })}
        />
      )}
      {frequency === 'Monthly' && <Month {...props} />}
      {repeated ? (
        <div className={classes['pair']}>
          {time('start', 'First run')}
          {time('end', 'Last run at the latest', ', whole hours after the first')}
        </div>
      ) : (
        time('start', 'Start')
      )}
    </>
  )
}

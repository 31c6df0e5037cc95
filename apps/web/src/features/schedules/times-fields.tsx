import { NativeSelect, TextInput } from '@mantine/core'
import { Choice, type FieldsProps } from '../../components/form-fields.tsx'
import { WeekDaysField } from '../../components/week-days-field.tsx'
import { everyChoices, type ScheduleValues } from './schedule-values.ts'
import type { ServerZone } from '../../lib/server-zone.ts'
import classes from '../../components/form.module.css'

const frequencies = ['Hourly', 'Daily', 'Weekly', 'Monthly'].map((value) => ({ value, label: value }))

const monthDays = [...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) })), { value: 'LastDay', label: 'Last day of the month' }]

const skipped = (monthDay: string): string | undefined => (Number(monthDay) > 28 ? `Months without a ${monthDay}th are skipped; “last day of the month” runs in every one.`.replace('31th', '31st') : undefined)

/** When it runs: the frequency, and what that frequency needs. */
export const TimesFields = ({ values, errors, disabled, onChange, server }: FieldsProps<ScheduleValues> & { server: ServerZone }) => {
  const { frequency } = values
  const time = (field: 'start' | 'end', label: string) => (
    <TextInput
      type="time"
      label={label}
      description={server.words.charAt(0).toUpperCase() + server.words.slice(1)}
      name={field}
      // Seconds are kept where the schedule has some.
      {...(values[field].length > 5 ? { step: 1 } : {})}
      value={values[field]}
      error={errors[field]}
      disabled={disabled}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <Choice name="frequency" legend="Repeats" value={frequency} choices={frequencies} error={errors.frequency} disabled={disabled} onChange={(value) => onChange({ frequency: value })} />
      {frequency === 'Hourly' && (
        <NativeSelect
          label="Every"
          name="every"
          data={everyChoices.map(({ value, label }) => ({ value, label }))}
          value={values.every}
          error={errors.every}
          disabled={disabled}
          onChange={(event) => onChange({ every: event.currentTarget.value })}
        />
      )}
      {frequency === 'Weekly' && <WeekDaysField name="weekDays" chosen={values.weekDays} error={errors.weekDays} disabled={disabled} onChange={(days) => onChange({ weekDays: days })} />}
      {frequency === 'Monthly' && (
        <NativeSelect
          label="Day of the month"
          name="monthDay"
          data={monthDays}
          value={values.monthDay}
          error={errors.monthDay}
          description={skipped(values.monthDay)}
          disabled={disabled}
          onChange={(event) => onChange({ monthDay: event.currentTarget.value })}
        />
      )}
      {frequency === 'Hourly' ? (
        <div className={classes['pair']}>
          {time('start', 'First run')}
          {time('end', 'Last run at the latest')}
        </div>
      ) : (
        time('start', 'Start')
      )}
    </>
  )
}

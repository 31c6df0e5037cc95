import { weekDays, type WeekDay } from '@refreshboard/api-types'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Choice, Group, type FieldsProps } from './form-fields.tsx'
import { everyChoices } from './schedule-values.ts'
import type { ServerZone } from './server-zone.ts'
import classes from './schedule-form.module.css'

const frequencies = ['Hourly', 'Daily', 'Weekly', 'Monthly'].map((value) => ({ value, label: value }))

/** The week begins on Monday here, as in the week view. */
const shownDays: readonly WeekDay[] = [...weekDays.slice(1), 'Sunday']
const workingDays: readonly WeekDay[] = weekDays.slice(1, 6)

const monthDays = [...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) })), { value: 'LastDay', label: 'Last day of the month' }]

const WeekDays = ({ values, errors, disabled, onChange }: FieldsProps) => {
  const { weekDays: chosen } = values
  return (
    <Group legend="Days" error={errors.weekDays}>
      <div className={classes['days']}>
        {shownDays.map((day) => (
          <label key={day} className={classes['day']}>
            <input
              type="checkbox"
              name="weekDays"
              aria-label={day}
              checked={chosen.includes(day)}
              disabled={disabled}
              onChange={(event) => onChange({ weekDays: event.currentTarget.checked ? [...chosen, day] : chosen.filter((other) => other !== day) })}
            />
            <span aria-hidden>{day.slice(0, 3)}</span>
          </label>
        ))}
      </div>
      <div className={classes['shortcuts']}>
        <Button variant="default" size="compact-xs" disabled={disabled} onClick={() => onChange({ weekDays: [...workingDays] })}>
          Monday to Friday
        </Button>
        <Button variant="default" size="compact-xs" disabled={disabled} onClick={() => onChange({ weekDays: [...weekDays] })}>
          Every day
        </Button>
      </div>
    </Group>
  )
}

const skipped = (monthDay: string): string | undefined => (Number(monthDay) > 28 ? `Months without a ${monthDay}th are skipped; “last day of the month” runs in every one.`.replace('31th', '31st') : undefined)

/** When it runs: the frequency, and what that frequency needs. */
export const TimesFields = (props: FieldsProps & { server: ServerZone }) => {
  const { values, errors, disabled, onChange, server } = props
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
      {frequency === 'Weekly' && <WeekDays {...props} />}
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

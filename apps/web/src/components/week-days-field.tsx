import { weekDays, type WeekDay } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { Group } from './form-fields.tsx'
import classes from './form.module.css'

/** The week begins on Monday here, as in the week view. */
const shownDays: readonly WeekDay[] = [...weekDays.slice(1), 'Sunday']
const workingDays: readonly WeekDay[] = weekDays.slice(1, 6)

interface WeekDaysFieldProps {
  name: string
  legend?: string
  chosen: readonly WeekDay[]
  error: string | undefined
  disabled: boolean
  /** One day only: another takes its place. */
  single?: boolean
  onChange: (days: WeekDay[]) => void
}

/** Days of the week, all in sight: any of them, or one. */
export const WeekDaysField = ({ name, legend = 'Days', chosen, error, disabled, single = false, onChange }: WeekDaysFieldProps) => (
  <Group legend={legend} error={error}>
    <div className={classes['days']}>
      {shownDays.map((day) => (
        <label key={day} className={classes['day']}>
          <input
            type={single ? 'radio' : 'checkbox'}
            name={name}
            aria-label={day}
            checked={chosen.includes(day)}
            disabled={disabled}
            onChange={(event) => onChange(single ? [day] : event.currentTarget.checked ? [...chosen, day] : chosen.filter((other) => other !== day))}
          />
          <span aria-hidden>{day.slice(0, 3)}</span>
        </label>
      ))}
    </div>
    {!single && (
      <div className={classes['shortcuts']}>
        <Button variant="default" size="compact-xs" disabled={disabled} onClick={() => onChange([...workingDays])}>
          Monday to Friday
        </Button>
        <Button variant="default" size="compact-xs" disabled={disabled} onClick={() => onChange([...weekDays])}>
          Every day
        </Button>
      </div>
    )}
  </Group>
)

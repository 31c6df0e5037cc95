import type { Schedule } from '@refreshboard/api-types'
import { changedElsewhere, labelOf, toldOf, typedOf } from './schedule-differences.ts'
import type { ScheduleValues } from './schedule-values.ts'
import classes from './schedule-form.module.css'

interface ElsewhereNoteProps {
  /** As it was when the form was opened, and as it is now. */
  before: Schedule
  now: Schedule
  values: ScheduleValues
  /** Whether its times can be changed here at all. */
  timesOpen: boolean
}

/** What somebody else has changed since the form was opened, beside what is typed here. */
export const ElsewhereNote = ({ before, now, values, timesOpen }: ElsewhereNoteProps) => {
  const fields = changedElsewhere(before, now)
  if (fields.length === 0) {
    return <output className={classes['notice']}>It is again as it was when this form was opened. You can save.</output>
  }
  return (
    <output className={classes['notice']}>
      <strong>This is what is there now.</strong> Fields that you did not touch show it too; saving replaces the others by yours.
      <table className={classes['compared']}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">When you opened it</th>
            <th scope="col">There now</th>
            <th scope="col">In this form</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{labelOf(field)}</th>
              <td>{toldOf(before, field)}</td>
              <td>{toldOf(now, field)}</td>
              <td>{field === 'recurrence' && !timesOpen ? toldOf(now, field) : typedOf(values, field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </output>
  )
}

import type { Schedule } from '@refreshboard/api-types'
import { describeRecurrence, fromServerRecurrence } from '@refreshboard/recurrence'
import type { ElsewhereRow } from '../../components/elsewhere-note.tsx'
import type { Difference } from '../../components/save-dialog.tsx'
import { changedFields, recurrenceOf, type ScheduleValues } from './schedule-values.ts'
import { orderInWords, repeatsInWords } from './schedule-words.ts'

type Field = 'name' | 'state' | 'priority' | 'executionOrder' | 'recurrence'

const labels = { name: 'Name', recurrence: 'Repeats', state: 'State', priority: 'Priority', executionOrder: 'Its tasks run' } as const

/** A field of a read schedule in words. */
const toldOf = (schedule: Schedule, field: Field): string => {
  switch (field) {
    case 'name':
      return schedule.name
    case 'state':
      return schedule.state
    case 'priority':
      return schedule.priority === undefined ? 'not told' : String(schedule.priority)
    case 'executionOrder':
      return schedule.executionOrder === undefined ? 'not told' : orderInWords(schedule.executionOrder)
    case 'recurrence':
    default:
      return repeatsInWords(schedule)
  }
}

/** The same of what was typed. */
const typedOf = (values: ScheduleValues, field: Field): string => {
  switch (field) {
    case 'name':
      return values.name.trim()
    case 'state':
      return values.state
    case 'priority':
      return values.priority
    case 'executionOrder':
      return orderInWords(values.executionOrder)
    case 'recurrence':
    default: {
      const recurrence = recurrenceOf(values)
      return recurrence === undefined ? 'not complete' : describeRecurrence(fromServerRecurrence(recurrence))
    }
  }
}

/** What saving would change, in words. */
export const differencesOf = (base: Schedule, values: ScheduleValues, timesOpen: boolean): Difference<Field>[] =>
  changedFields(base, values, timesOpen).map((field) => ({ field, label: labels[field], before: toldOf(base, field), after: typedOf(values, field) }))

/** What somebody else has changed in the meantime, beside what is typed. `timesOpen`: whether its times can be changed here at all. */
export const changedElsewhere = (before: Schedule, now: Schedule, values: ScheduleValues, timesOpen: boolean): ElsewhereRow[] =>
  (['name', 'recurrence', 'state', 'priority', 'executionOrder'] as const)
    .filter((field) =>
      field === 'recurrence' ? before.frequency !== now.frequency || JSON.stringify(before.recurrence) !== JSON.stringify(now.recurrence) : before[field] !== now[field],
    )
    .map((field) => ({
      field,
      label: labels[field],
      before: toldOf(before, field),
      now: toldOf(now, field),
      mine: field === 'recurrence' && !timesOpen ? toldOf(now, field) : typedOf(values, field),
    }))

import type { Schedule } from '@refreshboard/api-types'
import { describeRecurrence, fromServerRecurrence, sameServerTimes } from '@refreshboard/recurrence'
import type { ElsewhereRow, Whose } from '../../components/elsewhere-note.tsx'
import type { Difference } from '../../components/save-dialog.tsx'
import { changedFields, priorityInWords, recurrenceOf, type ScheduleValues } from './schedule-values.ts'
import { orderInWords, repeatsInWords } from './schedule-words.ts'

export type Field = 'name' | 'state' | 'priority' | 'executionOrder' | 'recurrence'

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
      return priorityInWords(values.priority)
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

const fields = ['name', 'recurrence', 'state', 'priority', 'executionOrder'] as const

const isAnother = (field: Field, a: Schedule, b: Schedule): boolean =>
  field === 'recurrence' ? a.frequency !== b.frequency || !sameServerTimes(a.recurrence, b.recurrence) : a[field] !== b[field]

/** Two readings of a schedule, what was typed between them, and of which fields theirs was taken. */
export interface Elsewhere {
  before: Schedule
  now: Schedule
  /** As it stood in the form. */
  typed: ScheduleValues
  /** What of it was typed here, and is not what is there now. */
  collides: readonly Field[]
  taken: readonly Field[]
}

/** What somebody else has changed in the meantime, beside what is typed. `timesOpen`: whether its times are being changed here at all. */
export const changedElsewhere = ({ before, now, collides, taken }: Elsewhere, values: ScheduleValues, timesOpen: boolean): ElsewhereRow<Field>[] =>
  fields
    .filter((field) => isAnother(field, before, now))
    .map((field) => {
      const locked = field === 'recurrence' && !timesOpen
      const collided = collides.includes(field)
      return {
        field,
        label: labels[field],
        before: toldOf(before, field),
        now: toldOf(now, field),
        mine: locked ? (collided ? `${typedOf(values, field)}, which cannot replace times that REST cannot write` : toldOf(now, field)) : typedOf(values, field),
        whose: collided && !locked ? ((taken.includes(field) ? 'theirs' : 'mine') satisfies Whose) : undefined,
      }
    })

import type { Schedule } from '@refreshboard/api-types'
import { describeRecurrence, fromServerRecurrence } from '@refreshboard/recurrence'
import { changedFields, recurrenceOf, type ScheduleValues } from './schedule-values.ts'
import { orderInWords, repeatsInWords } from './schedule-words.ts'

/** A field in words, as it was and as it shall be. */
export interface Difference {
  field: 'name' | 'state' | 'priority' | 'executionOrder' | 'recurrence'
  label: string
  before: string
  after: string
}

const labels = { name: 'Name', recurrence: 'Repeats', state: 'State', priority: 'Priority', executionOrder: 'Its tasks run' } as const

export const labelOf = (field: Difference['field']): string => labels[field]

/** A field of a read schedule in words. */
export const toldOf = (schedule: Schedule, field: Difference['field']): string => {
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
export const typedOf = (values: ScheduleValues, field: Difference['field']): string => {
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
export const differencesOf = (base: Schedule, values: ScheduleValues, timesOpen: boolean): Difference[] =>
  changedFields(base, values, timesOpen).map((field) => ({ field, label: labelOf(field), before: toldOf(base, field), after: typedOf(values, field) }))

/** What somebody else has changed in the meantime. */
export const changedElsewhere = (before: Schedule, now: Schedule): Difference['field'][] =>
  (['name', 'recurrence', 'state', 'priority', 'executionOrder'] as const).filter((field) =>
    field === 'recurrence' ? before.frequency !== now.frequency || JSON.stringify(before.recurrence) !== JSON.stringify(now.recurrence) : before[field] !== now[field],
  )

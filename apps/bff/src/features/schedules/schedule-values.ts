import type { Schedule, ScheduleChanges } from '@refreshboard/api-types'
import { describeRecurrence, fromServerRecurrence, sameServerTimes } from '@refreshboard/recurrence'

type Field = 'name' | 'state' | 'priority' | 'executionOrder' | 'frequency' | 'recurrence'

/** What of a schedule is compared and can be changed. */
export type Values = { readonly [F in Field]?: Schedule[F] | undefined }

/** The fields of what was sent that Tableau does not report so. Times that it does not tell at all are not among them. */
export const missingOf = (sent: ScheduleChanges, read: Schedule, timesAreTold: boolean): (keyof ScheduleChanges)[] => {
  const { recurrence } = sent
  const plain = (['name', 'state', 'priority', ...(timesAreTold ? (['executionOrder'] as const) : [])] as const).filter((field) => sent[field] !== undefined && sent[field] !== read[field])
  if (recurrence === undefined) return plain
  const sameTimes = timesAreTold ? sameServerTimes(fromServerRecurrence(recurrence), read.recurrence) : recurrence.frequency === read.frequency
  return sameTimes ? plain : [...plain, 'recurrence']
}

const names: Record<Field, string> = { name: 'name', state: 'state', priority: 'priority', executionOrder: 'order of execution', frequency: 'frequency', recurrence: 'timing' }

export const nameOf = (field: Field): string => names[field]

/** A value in words, for a sentence: `“Nightly”`, `50`, `“Mon–Fri at 05:00”`. */
export const wordsOf = (field: Field, values: Values): string => {
  const { recurrence } = values
  if (field === 'recurrence') return recurrence === undefined ? 'unknown' : `“${describeRecurrence(recurrence)}”`
  const value = values[field]
  if (value === undefined) return 'unknown'
  return typeof value === 'number' ? String(value) : `“${value}”`
}

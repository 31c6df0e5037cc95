import { refreshTypes, type CloudRecurrence, type Recurrence, type TaskChanges, type UpdateTask } from '@refreshboard/api-types'
import { asCloudRuns, describeRecurrence, fromCloudRecurrence, sameCloudTimes } from '@refreshboard/recurrence'
import type { RefreshTask } from '@refreshboard/tableau-client'
import { differencesIn, type Differences } from '../../writes/edit-result.ts'
import { mergedFields } from '../../writes/merge-fields.ts'

type Field = keyof TaskChanges

/** What of a task is compared and can be changed. */
export interface Values {
  readonly refreshType?: string | undefined
  /** Told alone where Tableau does not tell the times. */
  readonly frequency?: string | undefined
  readonly recurrence?: Recurrence | undefined
}

export const valuesOf = ({ refreshType, schedule }: RefreshTask): Values => ({ refreshType, frequency: schedule?.frequency, recurrence: schedule?.recurrence })

/** A recurrence as it is sent. */
export const sentOf = (value: CloudRecurrence): Recurrence => {
  const { intervals, ...rest } = fromCloudRecurrence(value)
  return { ...rest, intervals: intervals.map((interval) => ({ ...interval })) }
}

/** Whether Tableau reports the times that were sent, in whatever order it prints days, and with or without an end that means nothing. */
export const arrived = (sent: CloudRecurrence, read: Recurrence | undefined): boolean => sameCloudTimes(sentOf(sent), read)

/** Tableau’s list and Get print one `type` for full and incremental alike; what is not told is not compared. */
export const tellsRefreshType = ({ refreshType }: Values): boolean => refreshTypes.some((known) => known === refreshType)

/** Where Tableau tells how often a task runs and not when, that is all there is to compare. */
const tellsOnlyFrequency = ({ frequency, recurrence }: Values): boolean => recurrence === undefined && frequency !== undefined

/** Whether nothing that is told of the times is another than what was sent. */
const isTold = (sent: CloudRecurrence, read: Values): boolean => (tellsOnlyFrequency(read) ? sent.frequency === read.frequency : arrived(sent, read.recurrence))

/** The fields of what was sent that Tableau does not report so. What it does not tell is not among them. */
export const missingOf = (sent: TaskChanges, read: Values): Field[] => [
  ...(sent.refreshType !== undefined && tellsRefreshType(read) && sent.refreshType !== read.refreshType ? (['refreshType'] as const) : []),
  ...(sent.recurrence !== undefined && !isTold(sent.recurrence, read) ? (['recurrence'] as const) : []),
]

const typeWords: Readonly<Record<string, string>> = { FullRefresh: 'a full refresh', IncrementalRefresh: 'an incremental refresh' }

/** A value in words, for a sentence: `“Mon–Fri at 05:00”`, `a full refresh`; of times of which only the frequency is told, that. */
export const wordsOf = (field: Field, { refreshType = '', frequency, recurrence }: Values): string => {
  if (field === 'refreshType') return typeWords[refreshType] ?? 'unknown'
  if (recurrence !== undefined) return `“${describeRecurrence(asCloudRuns(recurrence))}”`
  return frequency === undefined ? 'unknown' : `“${frequency}”`
}

export const nameOf = (field: Field): string => (field === 'refreshType' ? 'refresh type' : 'timing')

const fields = ['refreshType', 'recurrence'] as const

const isAsSeen = (field: Field, seen: Values, now: Values): boolean => {
  if (field === 'refreshType') return seen.refreshType === undefined || !tellsRefreshType(now) || seen.refreshType === now.refreshType
  if (seen.recurrence !== undefined && !tellsOnlyFrequency(now)) return sameCloudTimes(seen.recurrence, now.recurrence)
  const frequency = seen.recurrence?.frequency ?? seen.frequency
  return frequency === undefined || frequency === (now.recurrence?.frequency ?? now.frequency)
}

/** What is left to send of an edit, and what somebody else had changed meanwhile; sentences. */
export interface MergedEdit {
  readonly changes: TaskChanges
  readonly merged: readonly string[]
}

/**
 * Lays an edit on the task as it is now: what only the person changed is sent, what only somebody else changed stays, what both changed
 * alike is not sent again. What both changed differently collides: `changed_elsewhere`, and nothing is sent. What Tableau does not tell,
 * a type or the times, is not compared, and what the person changed of it is sent.
 */
export const mergeEdit = ({ changes, seen }: UpdateTask, now: Values): MergedEdit => {
  const mine = fields.filter((field) => changes[field] !== undefined)
  const missing = missingOf(changes, now)
  const isUntold = (field: Field): boolean => (field === 'refreshType' ? !tellsRefreshType(now) : tellsOnlyFrequency(now))
  const left = mine.filter((field) => missing.includes(field) || isUntold(field))
  const theirs = fields.filter((field) => !isAsSeen(field, seen, now))
  const merged = mergedFields({ mine, left, theirs, nameOf, before: (field) => wordsOf(field, seen), now: (field) => wordsOf(field, now) })
  const { refreshType, recurrence } = changes
  return { changes: { ...(left.includes('refreshType') ? { refreshType } : {}), ...(left.includes('recurrence') ? { recurrence } : {}) }, merged }
}

/** What was read after a save that is neither what was sent nor as it was before. */
export const differencesAfter = (sent: TaskChanges, before: Values, saved: Values): Differences => {
  const moved = fields.filter((field) => sent[field] === undefined && !isAsSeen(field, before, saved))
  return differencesIn({ missing: missingOf(sent, saved), moved, nameOf, before: (field) => wordsOf(field, before), saved: (field) => wordsOf(field, saved) })
}

import { refreshTypes, type CloudRecurrence, type Recurrence, type TaskChanges, type UpdateTask } from '@refreshboard/api-types'
import { asCloudRuns, describeRecurrence, fromCloudRecurrence, sameRecurrence, toCloudRecurrence } from '@refreshboard/recurrence'
import type { RefreshTask } from '@refreshboard/tableau-client'
import { mergedFields } from '../../writes/merge-fields.ts'

type Field = keyof TaskChanges

/** What of a task is compared and can be changed. */
export interface Values {
  readonly refreshType?: string | undefined
  readonly recurrence?: Recurrence | undefined
}

export const valuesOf = ({ refreshType, schedule }: RefreshTask): Values => ({ refreshType, recurrence: schedule?.recurrence })

/** A recurrence as it is sent. */
export const sentOf = (value: CloudRecurrence): Recurrence => {
  const { intervals, ...rest } = fromCloudRecurrence(value)
  return { ...rest, intervals: intervals.map((interval) => ({ ...interval })) }
}

const canonical = (recurrence: Recurrence): string => {
  const parsed = toCloudRecurrence(recurrence)
  return parsed.writable ? JSON.stringify(parsed.value) : ''
}

/** Whether Tableau reports the times that were sent, in whatever order it prints days, and with or without an end that means nothing. */
export const arrived = (sent: CloudRecurrence, read: Recurrence | undefined): boolean => read !== undefined && canonical(read) === canonical(sentOf(sent))

/** Tableau’s list and Get print one `type` for full and incremental alike; what is not told is not compared. */
export const tellsRefreshType = ({ refreshType }: Values): boolean => refreshTypes.some((known) => known === refreshType)

/** The fields of what was sent that Tableau does not report so. */
export const missingOf = (sent: TaskChanges, read: Values): Field[] => [
  ...(sent.refreshType !== undefined && tellsRefreshType(read) && sent.refreshType !== read.refreshType ? (['refreshType'] as const) : []),
  ...(sent.recurrence !== undefined && !arrived(sent.recurrence, read.recurrence) ? (['recurrence'] as const) : []),
]

const typeWords: Readonly<Record<string, string>> = { FullRefresh: 'a full refresh', IncrementalRefresh: 'an incremental refresh' }

/** A value in words, for a sentence: `“Mon–Fri at 05:00”`, `a full refresh`. */
export const wordsOf = (field: Field, { refreshType = '', recurrence }: Values): string => {
  if (field === 'refreshType') return typeWords[refreshType] ?? 'unknown'
  return recurrence === undefined ? 'unknown' : `“${describeRecurrence(asCloudRuns(recurrence))}”`
}

export const nameOf = (field: Field): string => (field === 'refreshType' ? 'refresh type' : 'timing')

const fields = ['refreshType', 'recurrence'] as const

const isAsSeen = (field: Field, seen: UpdateTask['seen'], now: Values): boolean => {
  if (field === 'refreshType') return seen.refreshType === undefined || !tellsRefreshType(now) || seen.refreshType === now.refreshType
  if (seen.recurrence !== undefined) return sameRecurrence(seen.recurrence, now.recurrence)
  return seen.frequency === undefined || seen.frequency === now.recurrence?.frequency
}

/** Times in words; where only the frequency was seen, that. */
const told = (field: Field, seen: UpdateTask['seen']): string => (field === 'recurrence' && seen.recurrence === undefined ? `“${seen.frequency ?? ''}”` : wordsOf(field, seen))

/** What is left to send of an edit, and what somebody else had changed meanwhile; sentences. */
export interface MergedEdit {
  readonly changes: TaskChanges
  readonly merged: readonly string[]
}

/**
 * Lays an edit on the task as it is now: what only the person changed is sent, what only somebody else changed stays, what both changed
 * alike is not sent again. What both changed differently collides: `changed_elsewhere`, and nothing is sent. A type that is not told is
 * not compared.
 */
export const mergeEdit = ({ changes, seen }: UpdateTask, now: Values): MergedEdit => {
  const mine = fields.filter((field) => changes[field] !== undefined)
  const missing = missingOf(changes, now)
  const left = mine.filter((field) => missing.includes(field) || (field === 'refreshType' && !tellsRefreshType(now)))
  const theirs = fields.filter((field) => !isAsSeen(field, seen, now))
  const merged = mergedFields({ mine, left, theirs, nameOf, before: (field) => told(field, seen), now: (field) => wordsOf(field, now) })
  const { refreshType, recurrence } = changes
  return { changes: { ...(left.includes('refreshType') ? { refreshType } : {}), ...(left.includes('recurrence') ? { recurrence } : {}) }, merged }
}

/** What was read after a save that is neither what was sent nor as it was before; sentences. */
export const differencesAfter = (sent: TaskChanges, before: Values, saved: Values): string[] => {
  const moved = fields.filter((field) => sent[field] === undefined && !isAsSeen(field, before, saved))
  return [
    ...missingOf(sent, saved).map((field) => `It reports the ${nameOf(field)} as ${wordsOf(field, saved)}, which is not what was sent.`),
    ...moved.map((field) => `The ${nameOf(field)} was ${wordsOf(field, before)} and is now ${wordsOf(field, saved)}: somebody else has changed it in the same moment.`),
  ]
}

import { refreshTypes, type CloudRecurrence, type Recurrence, type TaskChanges, type UpdateTask } from '@refreshboard/api-types'
import { asCloudRuns, describeRecurrence, fromCloudRecurrence, sameRecurrence, toCloudRecurrence } from '@refreshboard/recurrence'
import type { RefreshTask } from '@refreshboard/tableau-client'
import { ProblemError } from '../../http/problem-error.ts'

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

const differs = (field: Field, seen: UpdateTask['seen'], now: Values): boolean => {
  if (field === 'refreshType') return seen.refreshType !== undefined && tellsRefreshType(now) && seen.refreshType !== now.refreshType
  if (seen.recurrence !== undefined) return !sameRecurrence(seen.recurrence, now.recurrence)
  return seen.frequency !== undefined && seen.frequency !== now.recurrence?.frequency
}

/** Refuses an edit of a task that is no longer what the person saw. */
export const assertAsSeen = (seen: UpdateTask['seen'], now: Values): void => {
  const changed = (['refreshType', 'recurrence'] as const).filter((field) => differs(field, seen, now))
  if (changed.length === 0) return
  const before = (field: Field): string => (field === 'recurrence' && seen.recurrence === undefined ? `“${seen.frequency ?? ''}”` : wordsOf(field, seen))
  const sentences = changed.map((field) => `The ${nameOf(field)} was ${before(field)} and is now ${wordsOf(field, now)}.`)
  throw new ProblemError('changed_elsewhere', `${sentences.join(' ')} Nothing was sent to Tableau.`, {
    fields: Object.fromEntries(changed.map((field, at) => [`changes.${field}`, sentences[at] ?? ''])),
  })
}

import { refreshTypes, type Task } from '@refreshboard/api-types'
import { child, instantFields, intFields, optionalText, optionalWord, requiredChild, requiredWord, type XmlElement } from '../xml/element.ts'
import { decodeRecurrence } from '../xml/recurrence.ts'
import { type ContentRef, decodeContentRef } from './content.ts'

/**
 * An extract refresh task as Tableau tells it: the contract's without names. Tableau Server names a schedule by id,
 * Tableau Cloud tells its recurrence instead; either can be missing.
 */
export type RefreshTask = Omit<Task, 'content'> & { content?: ContentRef }

/** What Add Workbook or Data Source to Server Schedule tells of the new task, which can be nothing. */
export type AddedTask = Partial<RefreshTask>

/** The `<schedule>` inside of a task, or beside it. */
const decodeTaskSchedule = (holder: XmlElement): Pick<Task, 'schedule'> => {
  const schedule = child(holder, 'schedule')
  if (schedule === undefined) return {}
  const recurrence = decodeRecurrence(schedule)
  return {
    schedule: {
      ...optionalWord(schedule, 'id'),
      ...optionalText(schedule, 'name'),
      ...optionalText(schedule, 'state'),
      ...optionalText(schedule, 'type'),
      ...intFields(schedule, 'priority'),
      ...optionalText(schedule, 'frequency'),
      ...instantFields(schedule, 'nextRunAt'),
      ...(recurrence === undefined ? {} : { recurrence }),
    },
  }
}

/**
 * Full or incremental, where `type` says it: replies of Create and Update Cloud Extract Refresh Task do, lists print
 * `RefreshExtractTask` for both.
 */
const decodeRefreshType = ({ attributes }: XmlElement): Pick<Task, 'refreshType'> => {
  const refreshType = refreshTypes.find((known) => known === attributes['type'])
  return refreshType === undefined ? {} : { refreshType }
}

/**
 * An `<extractRefresh>` in which everything may be missing: the templates of the references have neither id nor priority
 * where their examples have both (jobs-tasks-schedules reference, § Add Data Source to Server Schedule).
 */
export const decodeAddedTask = (refresh: XmlElement): AddedTask => {
  const content = decodeContentRef(refresh)
  return {
    ...optionalWord(refresh, 'id'),
    ...intFields(refresh, 'priority', 'consecutiveFailedCount'),
    ...optionalText(refresh, 'type'),
    ...decodeRefreshType(refresh),
    ...decodeTaskSchedule(refresh),
    ...(content === undefined ? {} : { content }),
  }
}

/** An `<extractRefresh>` of Tableau Server or Tableau Cloud; only its id must be there. */
export const decodeRefreshTask = (refresh: XmlElement): RefreshTask => ({ ...decodeAddedTask(refresh), id: requiredWord(refresh, 'id') })

/**
 * The reply of Create and Update Cloud Extract Refresh Task: `<extractRefresh>` and, beside it, `<schedule>`. The id that the
 * references print for that schedule was not in a real reply and is in no list, so it is left out: nothing can be asked with it.
 */
export const decodeCloudTask = (root: XmlElement): RefreshTask => {
  const task = decodeRefreshTask(requiredChild(root, 'extractRefresh'))
  const { schedule = task.schedule } = decodeTaskSchedule(root)
  if (schedule === undefined) return task
  const { id: _, ...own } = schedule
  return { ...task, schedule: own }
}

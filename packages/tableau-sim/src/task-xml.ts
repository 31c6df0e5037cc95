import { isPublished } from './refresh-task.ts'
import type { RefreshTask } from './refresh-task.ts'
import { taskScheduleElement } from './schedule-xml.ts'
import { element } from './xml-out.ts'
import type { Xml } from './xml-out.ts'

/**
 * A `task` of Tableau Server. The type is the same for full and incremental refreshes; a virtual connection is not named, and
 * a task without a schedule has none.
 */
export const taskElement = (task: RefreshTask, nextRunAt: number | undefined): Xml =>
  wrap(task, task.schedule && taskScheduleElement(task.schedule, nextRunAt))

/** The reply of Add to Server Schedule, whose schedule has only id, name and state. */
export const addedTaskElement = (task: RefreshTask): Xml =>
  wrap(task, task.schedule && element('schedule', { id: task.schedule.id, name: task.schedule.name, state: task.schedule.state }))

/** A row of List Extract Refresh Tasks in Server Schedule: the only one that tells full from incremental. */
export const extractElement = (task: RefreshTask): Xml =>
  element('extract', { id: task.id, priority: task.priority, type: task.incremental ? 'IncrementalRefresh' : 'FullRefresh' }, contentElement(task))

const wrap = (task: RefreshTask, schedule: Xml | undefined): Xml =>
  element(
    'task',
    {},
    element(
      'extractRefresh',
      { id: task.id, priority: task.priority, consecutiveFailedCount: task.consecutiveFailedCount, type: 'RefreshExtractTask' },
      schedule,
      contentElement(task),
    ),
  )

const contentElement = ({ content }: RefreshTask): Xml | undefined =>
  isPublished(content) ? element(content.kind, { id: content.id }) : undefined

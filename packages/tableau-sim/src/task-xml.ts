import { isPublished } from './refresh-task.ts'
import type { RefreshTask } from './refresh-task.ts'
import { instantIn, optionalInstant } from './instant.ts'
import { accelerationScheduleElement, frequencyDetailsElement, taskScheduleElement } from './schedule-xml.ts'
import type { ServerSchedule } from './server-schedule.ts'
import { element, fragment } from './xml-out.ts'
import type { Xml } from './xml-out.ts'

/**
 * A `task` of Tableau Server, or of Tableau Cloud: there its schedule has neither id, name nor state, but its times. The type is the
 * same for full and incremental refreshes; a virtual connection is not named, and a task without a schedule has none.
 */
export const taskElement = (task: RefreshTask, nextRunAt: number | undefined): Xml =>
  wrap(task, ownScheduleElement(task, nextRunAt) ?? (task.schedule && taskScheduleElement(task.schedule, nextRunAt)))

const ownScheduleElement = ({ ownSchedule }: RefreshTask, nextRunAt: number | undefined): Xml | undefined =>
  ownSchedule && element('schedule', { frequency: ownSchedule.recurrence.frequency, nextRunAt: optionalInstant(nextRunAt) }, frequencyDetailsElement(ownSchedule.recurrence))

/** The reply of Add to Server Schedule, whose schedule has only id, name and state. */
export const addedTaskElement = (task: RefreshTask): Xml =>
  wrap(task, task.schedule && element('schedule', { id: task.schedule.id, name: task.schedule.name, state: task.schedule.state }))

/** A row of List Extract Refresh Tasks in Server Schedule: the only one that tells full from incremental. */
export const extractElement = (task: RefreshTask): Xml =>
  element('extract', { id: task.id, priority: task.priority, type: refreshType(task) }, contentElement(task))

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

/** A row of Get Data Acceleration Tasks in a Site. */
export const accelerationElement = (task: RefreshTask, nextRunAt: number | undefined): Xml =>
  accelerationOf(task, task.schedule && accelerationScheduleElement(task.schedule, nextRunAt))

/** What Add Workbook to Server Schedule answers for data acceleration; no reference prints it. */
export const addedAccelerationElement = (task: RefreshTask, { id, name, state }: ServerSchedule): Xml => accelerationOf(task, element('schedule', { id, name, state }))

const accelerationOf = (task: RefreshTask, schedule: Xml | undefined): Xml =>
  element(
    'task',
    {},
    element('dataAcceleration', { id: task.id, consecutiveFailedCount: task.consecutiveFailedCount, type: 'DataAccelerationTask' }, schedule, contentElement(task)),
  )

const contentElement = ({ content }: RefreshTask): Xml | undefined =>
  isPublished(content) ? element(content.kind, { id: content.id }) : undefined

const refreshType = ({ incremental }: RefreshTask): string => (incremental ? 'IncrementalRefresh' : 'FullRefresh')

/**
 * The reply of Create and Update Cloud Extract Refresh Task: task and schedule side by side, with an id for the schedule and times
 * on the site's own clock, which no other reply has.
 */
export const cloudTaskElements = (task: RefreshTask, nextRunAt: number | undefined, zone: string): Xml => {
  const { ownSchedule } = task
  const own = element('extractRefresh', { id: task.id, consecutiveFailedCount: task.consecutiveFailedCount, type: refreshType(task) }, contentElement(task))
  if (ownSchedule === undefined) return own
  const schedule = element(
    'schedule',
    {
      id: ownSchedule.id,
      createdAt: instantIn(zone, ownSchedule.createdAt),
      updatedAt: instantIn(zone, ownSchedule.updatedAt),
      frequency: ownSchedule.recurrence.frequency,
      nextRunAt: nextRunAt === undefined ? undefined : instantIn(zone, nextRunAt),
    },
    frequencyDetailsElement(ownSchedule.recurrence),
  )
  return fragment([own, schedule])
}

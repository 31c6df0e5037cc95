import { instant, optionalInstant } from './instant.ts'
import type { Recurrence } from './recurrence.ts'
import type { ServerSchedule } from './server-schedule.ts'
import { element } from './xml-out.ts'
import type { Xml } from './xml-out.ts'

/** A row of List Server Schedules: neither the order of execution nor the times. */
export const scheduleRowElement = (schedule: ServerSchedule, nextRunAt: number | undefined): Xml => element('schedule', shared(schedule, nextRunAt))

/** The `schedule` of Get, Create and Update Server Schedule. */
export const scheduleDetailElement = (schedule: ServerSchedule, nextRunAt: number | undefined): Xml =>
  element('schedule', { ...shared(schedule, nextRunAt), executionOrder: schedule.executionOrder }, frequencyDetailsElement(schedule.recurrence))

export const frequencyDetailsElement = ({ start, end, intervals }: Recurrence): Xml => {
  const list = intervals.length === 0 ? undefined : element('intervals', {}, ...intervals.map((interval) => element('interval', interval)))
  return element('frequencyDetails', { start, end }, list)
}

/** The `schedule` in a task of Tableau Server. */
export const taskScheduleElement = (schedule: ServerSchedule, nextRunAt: number | undefined): Xml =>
  element('schedule', { ...shared(schedule, nextRunAt), endScheduleAt: undefined })

/** The `schedule` in a data acceleration task, which has its times too (§ Get Data Acceleration Tasks in a Site). */
export const accelerationScheduleElement = (schedule: ServerSchedule, nextRunAt: number | undefined): Xml =>
  element('schedule', { ...shared(schedule, nextRunAt), endScheduleAt: undefined }, frequencyDetailsElement(schedule.recurrence))

const shared = (schedule: ServerSchedule, nextRunAt: number | undefined) => ({
  id: schedule.id,
  name: schedule.name,
  state: schedule.state,
  priority: schedule.priority,
  createdAt: instant(schedule.createdAt),
  updatedAt: instant(schedule.updatedAt),
  type: schedule.type,
  frequency: schedule.recurrence.frequency,
  nextRunAt: optionalInstant(nextRunAt),
  endScheduleAt: optionalInstant(schedule.endScheduleAt),
})

/**
 * What Tableau warns of in a success: a schedule that refreshes more often than answers are kept. Seen in the schema and in
 * clients, without a text.
 */
export const warningsOf = (schedule: ServerSchedule): Xml | undefined =>
  schedule.recurrence.frequency === 'Hourly' && schedule.recurrence.intervals.some((interval) => interval['minutes'] === '15')
    ? element('warnings', {}, element('warning', { message: 'The schedule runs every 15 minutes, which is more often than the cache of the server is renewed.' }))
    : undefined

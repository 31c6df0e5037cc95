import { ruleOfRecurrence } from './schedule-engine.ts'
import type { Timed } from './schedule-engine.ts'
import type { FiringRule } from './fire-times.ts'
import type { Recurrence } from './recurrence.ts'
import { isLegalXmlText } from './xml-out.ts'

/** The schedule that a task of Tableau Cloud has to itself. Times are milliseconds of the virtual clock. */
export interface TaskSchedule {
  readonly id: string
  /** Cloud tells no state; its schedules always run. */
  readonly state: 'Active'
  /** Replaced as a whole. */
  recurrence: Recurrence
  readonly createdAt: number
  updatedAt: number
  readonly endScheduleAt: undefined
  /** Firings before this make no jobs, so that a scenario can keep still for a while. */
  readonly quietUntil: number | undefined
}

/** The times are taken as they are, whether REST could write them or not. Throws a RangeError for what XML cannot carry. */
export const makeTaskSchedule = (
  { frequency, start, end, intervals }: Recurrence,
  made: Pick<TaskSchedule, 'id' | 'createdAt' | 'updatedAt' | 'quietUntil'>,
): TaskSchedule => {
  for (const text of [frequency, start, end, ...intervals.flatMap((interval) => Object.values(interval))]) {
    if (text !== undefined && !isLegalXmlText(text)) throw new RangeError('A text of the schedule holds a character that XML does not allow.')
  }
  return { ...made, state: 'Active', recurrence: { frequency, start, end, intervals }, endScheduleAt: undefined }
}

/**
 * A Daily without hours runs every hour, in its window where it has an end and around the clock where it has none
 * (tableau/server-client-python#1508): whoever means once a day has to say 24 hours.
 */
export const ruleOfTaskSchedule = (schedule: Timed): FiringRule => {
  const { frequency, start, end, intervals } = schedule.recurrence
  if (frequency !== 'Daily' || intervals.some((interval) => interval['hours'] !== undefined)) return ruleOfRecurrence(schedule)
  return { frequency: 'Hourly', start, end: end ?? start, intervals: [{ hours: '1' }, ...intervals] }
}

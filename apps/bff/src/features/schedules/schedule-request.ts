import { scheduleTypes, type Schedule, type ScheduleChanges, type ServerRecurrence } from '@refreshboard/api-types'
import { notUnderstood, toServerRecurrence } from '@refreshboard/recurrence'
import { ProblemError } from '../../http/problem-error.ts'

const unsupported = (detail: string, place?: string): ProblemError => new ProblemError('unsupported_here', `${detail} Nothing was sent to Tableau.`, place === undefined ? {} : { fields: { [place]: detail } })

/** The days of a Weekly schedule, which go with every update of it: without them Tableau would set all seven. */
const weeklyAsItIs = (now: Schedule, timesAreTold: boolean): ServerRecurrence => {
  if (!timesAreTold) {
    throw unsupported('A Weekly schedule can only be changed together with its days, and this server does not tell them (its REST API is older than 3.8). Enter the times and the days, too.', 'changes.recurrence')
  }
  if (now.recurrence === undefined) throw unsupported('Tableau does not tell the days of this Weekly schedule, and without them it would run on all seven.')
  const times = toServerRecurrence(now.recurrence)
  if (!times.writable) throw unsupported(`${times.reason} A Weekly schedule can only be changed together with its days.`)
  return times.value.frequency === 'Weekly' ? { ...times.value, weekDays: [...times.value.weekDays] } : times.value
}

/** Tableau runs the others for itself. Data acceleration ended with API 3.16, its schedules did not. */
const types: readonly string[] = scheduleTypes

/**
 * Why nothing of a schedule is changed from here, as far as that is told of it (its times are in no list): a sentence, or undefined.
 * The one rule for an edit of one schedule and of many.
 */
const whyNotChanged = (schedule: Schedule): string | undefined =>
  types.includes(schedule.type) ? notUnderstood(schedule) : `It is a schedule of the type “${schedule.type}”, which is changed in Tableau’s own pages only.`

/**
 * What is sent to change a schedule as it is now (Update Server Schedule): what changes, and for a Weekly its days. Refuses
 * what is only shown, and what REST cannot write without losing some of it (§ Update Server Schedule, interval-expression).
 */
export const requestFor = (now: Schedule, changes: ScheduleChanges, timesAreTold: boolean): ScheduleChanges => {
  const why = whyNotChanged(now)
  if (why !== undefined) throw unsupported(why)
  if (changes.recurrence === undefined) return now.frequency === 'Weekly' ? { ...changes, recurrence: weeklyAsItIs(now, timesAreTold) } : changes
  if (!timesAreTold) return changes
  if (now.recurrence === undefined) throw unsupported('Tableau does not tell the times of this schedule, so they are not replaced.', 'changes.recurrence')
  const times = toServerRecurrence(now.recurrence)
  if (!times.writable) throw unsupported(`${times.reason} Its times are not replaced from here; name, state, priority and order can be changed.`, 'changes.recurrence')
  return changes
}

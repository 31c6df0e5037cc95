import type { Schedule, ScheduleChanges, ServerRecurrence } from '@refreshboard/api-types'
import { toServerRecurrence } from '@refreshboard/recurrence'
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

const frequencies = new Set(['Hourly', 'Daily', 'Weekly', 'Monthly'])

/**
 * What is sent to change a schedule as it is now (Update Server Schedule): what changes, and for a Weekly its days. Refuses
 * what REST cannot write without losing some of it (§ Update Server Schedule, interval-expression).
 */
export const requestFor = (now: Schedule, changes: ScheduleChanges, timesAreTold: boolean): ScheduleChanges => {
  if (!frequencies.has(now.frequency)) throw unsupported(`Its frequency is “${now.frequency}”, which this application does not know, so it does not change this schedule.`)
  if (changes.recurrence === undefined) return now.frequency === 'Weekly' ? { ...changes, recurrence: weeklyAsItIs(now, timesAreTold) } : changes
  if (!timesAreTold) return changes
  if (now.recurrence === undefined) throw unsupported('Tableau does not tell the times of this schedule, so they are not replaced.', 'changes.recurrence')
  const times = toServerRecurrence(now.recurrence)
  if (!times.writable) throw unsupported(`${times.reason} Its times are not replaced from here; name, state, priority and order can be changed.`, 'changes.recurrence')
  return changes
}

import type { Schedule, ScheduleChanges, ServerRecurrence } from '@refreshboard/api-types'
import { sameRecurrence, toServerRecurrence } from '@refreshboard/recurrence'
import { ProblemError } from '../../http/problem-error.ts'
import { nameOf, wordsOf, type Values } from './schedule-values.ts'

const fieldNames = ['name', 'state', 'priority', 'executionOrder', 'frequency', 'recurrence'] as const

/** Where a form shows what became of a field: the frequency is part of the times. */
const placeOf = (field: keyof Values): string => `changes.${field === 'frequency' ? 'recurrence' : field}`

/**
 * Refuses an edit of a schedule that is no longer what the person saw. `timesAreTold` is false on a server before API 3.8,
 * whose list holds neither times nor order: what is not told is not compared.
 */
export const assertAsSeen = (seen: Values, now: Schedule, timesAreTold: boolean): void => {
  const compared = fieldNames.filter((field) => seen[field] !== undefined && (timesAreTold || (field !== 'recurrence' && field !== 'executionOrder')))
  const differs = compared.filter((field) => (field === 'recurrence' ? !sameRecurrence(seen.recurrence, now.recurrence) : seen[field] !== now[field]))
  if (differs.length === 0) return
  const sentences = differs.map((field) => `The ${nameOf(field)} was ${wordsOf(field, seen)} and is now ${wordsOf(field, now)}.`)
  throw new ProblemError('changed_elsewhere', `${sentences.join(' ')} Nothing was sent to Tableau.`, {
    fields: Object.fromEntries(differs.map((field, at) => [placeOf(field), sentences[at] ?? ''])),
  })
}

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

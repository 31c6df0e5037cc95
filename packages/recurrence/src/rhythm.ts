import type { Interval, Occurrence, Recurrence, WeekDay } from './recurrence.ts'
import { occurrences, weekDays } from './recurrence.ts'
import { secondsOf, secondsPerDay } from './time-of-day.ts'

/**
 * What a recurrence means. Times are seconds since midnight on the server's wall clock; `days` is in the order Sunday to
 * Saturday, each once, and empty means every day.
 */
export type Rhythm =
  /** Opens on each of its days at `from` and fires every `stepMinutes` up to and with `until`, which is past 86,400 where the window runs into the next day. */
  | { readonly kind: 'window'; readonly stepMinutes: number; readonly from: number; readonly until: number; readonly allDay: boolean; readonly days: readonly WeekDay[] }
  | { readonly kind: 'onceADay'; readonly at: number; readonly days: readonly WeekDay[] }
  | { readonly kind: 'weekly'; readonly at: number; readonly days: readonly WeekDay[] }
  /** On `days` of the month (months without that day are skipped), and on its last day where `lastDay` says so. */
  | { readonly kind: 'monthDays'; readonly at: number; readonly days: readonly number[]; readonly lastDay: boolean }
  | { readonly kind: 'weekdayOfMonth'; readonly at: number; readonly occurrence: Occurrence; readonly day: WeekDay }
  /** Not understood, so it has no fire times; `reason` is a sentence that shows what Tableau reported. */
  | { readonly kind: 'unknown'; readonly reason: string }

/** What stops the reading; caught by `readRhythm`, never seen outside. */
class NotUnderstood extends Error {}

const fail = (reason: string): never => {
  throw new NotUnderstood(reason)
}

/** `hours=2`, as messages and words show it; `an empty interval` where it has no attribute. */
export const printedInterval = (interval: Interval): string => {
  const attributes = Object.entries(interval).map(([name, value]) => `${name}=${value}`)
  return attributes.length === 0 ? 'an empty interval' : attributes.join(' ')
}

export const isWeekDay = (value: string | undefined): value is WeekDay => weekDays.some((day) => day === value)
export const isOccurrence = (value: string | undefined): value is Occurrence => occurrences.some((occurrence) => occurrence === value)

/** A whole number from 1 as Tableau prints it. */
export const countOf = (value: string | undefined): number | undefined => (value !== undefined && /^0*[1-9]\d{0,3}$/.test(value) ? Number(value) : undefined)

const startOf = ({ start }: Recurrence): number => secondsOf(start) ?? fail(start === undefined ? 'It has no start time.' : `Its start time is “${start}”, which is no time of the day.`)

const endOf = ({ end }: Recurrence): number | undefined => (end === undefined ? undefined : (secondsOf(end) ?? fail(`Its end time is “${end}”, which is no time of the day.`)))

/** The one attribute of an interval; `monthDay` with `weekDay` is the only known pair and read elsewhere. */
const single = (interval: Interval): [name: string, value: string] => {
  const attributes = Object.entries(interval)
  const only = attributes.length === 1 ? attributes[0] : undefined
  return only ?? fail(`It has the interval “${printedInterval(interval)}”, which Refreshboard does not know.`)
}

interface Steps {
  readonly days: readonly WeekDay[]
  readonly stepMinutes: number | undefined
}

/** Weekdays, and at most one step in one of `units`. */
const stepsOf = ({ frequency, intervals }: Recurrence, units: readonly string[]): Steps => {
  const days = new Set<WeekDay>()
  const steps: number[] = []
  for (const interval of intervals) {
    const [name, value] = single(interval)
    const count = units.includes(name) ? countOf(value) : undefined
    if (count !== undefined) steps.push(name === 'hours' ? count * 60 : count)
    else if (name === 'weekDay' && isWeekDay(value)) days.add(value)
    else fail(`${frequency} has the interval “${printedInterval(interval)}”, which Refreshboard does not know.`)
  }
  if (steps.length > 1) fail(`It has more than one interval: ${intervals.map(printedInterval).join(', ')}.`)
  return { days: weekDays.filter((day) => days.has(day)), stepMinutes: steps[0] }
}

/** An end that is the start, or none, is the whole day; an end before the start is on the next day. */
const windowOf = (from: number, end: number | undefined, stepMinutes: number, days: readonly WeekDay[]): Rhythm => {
  if (stepMinutes >= 24 * 60) return { kind: 'onceADay', at: from, days }
  const allDay = end === undefined || end === from
  // The closing instant of a whole day is the next day's opening.
  const length = allDay ? secondsPerDay - 1 : (end - from + secondsPerDay) % secondsPerDay
  const step = stepMinutes * 60
  return { kind: 'window', stepMinutes, from, until: from + Math.floor(length / step) * step, allDay, days }
}

const monthly = (recurrence: Recurrence): Rhythm => {
  const at = startOf(recurrence)
  const { intervals } = recurrence
  if (intervals.length === 0) fail('It is Monthly without a day of the month.')
  const [first] = intervals
  if (intervals.length === 1 && first !== undefined && Object.keys(first).length === 2 && isOccurrence(first['monthDay']) && isWeekDay(first['weekDay'])) {
    return { kind: 'weekdayOfMonth', at, occurrence: first['monthDay'], day: first['weekDay'] }
  }
  const days = new Set<number>()
  let lastDay = false
  for (const interval of intervals) {
    const [name, value] = single(interval)
    const day = name === 'monthDay' ? countOf(value) : undefined
    if (name === 'monthDay' && value === 'LastDay') lastDay = true
    else if (day !== undefined && day <= 31) days.add(day)
    else if (name === 'monthDay' && value === 'Customized Monthly') fail('Tableau reports its days of the month as “Customized Monthly”, without saying which.')
    else fail(`Monthly has the interval “${printedInterval(interval)}”, which Refreshboard does not know.`)
  }
  return { kind: 'monthDays', at, days: [...days].toSorted((a, b) => a - b), lastDay }
}

const read = (recurrence: Recurrence): Rhythm => {
  switch (recurrence.frequency) {
    case 'Hourly': {
      const { days, stepMinutes } = stepsOf(recurrence, ['hours', 'minutes'])
      const from = startOf(recurrence)
      const end = endOf(recurrence) ?? fail('It is Hourly without an end time.')
      return windowOf(from, end, stepMinutes ?? fail('It is Hourly without an interval in hours or minutes.'), days)
    }
    case 'Daily': {
      const { days, stepMinutes } = stepsOf(recurrence, ['hours'])
      const at = startOf(recurrence)
      const end = endOf(recurrence)
      return stepMinutes === undefined ? { kind: 'onceADay', at, days } : windowOf(at, end, stepMinutes, days)
    }
    case 'Weekly': {
      const { days } = stepsOf(recurrence, [])
      if (days.length === 0) fail('It is Weekly without a day of the week.')
      return { kind: 'weekly', at: startOf(recurrence), days }
    }
    case 'Monthly':
      return monthly(recurrence)
    default:
      return fail(`Its frequency is “${recurrence.frequency}”, which Refreshboard does not know.`)
  }
}

/**
 * What a recurrence means, for every shape that Server or Cloud is known to report (jobs-tasks-schedules reference, § Create
 * Server Schedule and § Get Server Schedule; extract reference, § Create Cloud Extract Refresh Task). Never throws: what it
 * does not understand to the last attribute is `unknown`, since half a meaning would show wrong times.
 */
export const readRhythm = (recurrence: Recurrence): Rhythm => {
  try {
    return read(recurrence)
  } catch (error) {
    if (error instanceof NotUnderstood) return { kind: 'unknown', reason: error.message }
    throw error
  }
}

import { secondsOfDay, weekDays } from './recurrence.ts'
import type { Interval, Recurrence } from './recurrence.ts'
import { instantOfWall, offsetsOf } from './zone.ts'

const dayMs = 86_400_000
const daySeconds = 86_400

/** What of a schedule decides when it fires. `endScheduleAt`, in milliseconds, is the last instant at which it can. */
export interface FiringRule extends Recurrence {
  readonly endScheduleAt?: number | undefined
}

/** A date of the calendar, as days since 1970. */
type Dates = (date: number) => boolean

interface Plan {
  /** On which dates it fires, or opens its window. */
  readonly dates: Dates
  /** When, in seconds after the midnight of such a date; a window can reach into the next. */
  readonly seconds: readonly number[]
}

/**
 * When a schedule fires in (`from`, `to`], in order, each instant once: milliseconds since 1970, on the wall clock of `zone`.
 * None where it cannot be told: an unknown frequency or interval, `Customized Monthly`, no start, Hourly without end.
 */
export const fireTimesOf = (rule: FiringRule, zone: string, from: number, to: number): number[] => {
  const plan = planOf(rule)
  if (plan === undefined) return []
  const last = Math.min(to, rule.endScheduleAt ?? to)
  const found = new Set<number>()
  // A window ends within two days of its midnight; zones and the gaps of a change add a day and a half.
  for (let date = Math.floor(from / dayMs) - 4; date <= Math.floor(last / dayMs) + 2; date += 1) {
    for (const instant of firesOn(plan, date, zone)) if (instant > from && instant <= last) found.add(instant)
  }
  return [...found].toSorted((a, b) => a - b)
}

/** More than a year: the rarest that there is, the fifth weekday of a month or its 31st, comes several times in it. */
const horizonDays = 400

/** The first firing after an instant; undefined where there is none. */
export const nextFiringAfter = (rule: FiringRule, zone: string, after: number): number | undefined => {
  const plan = planOf(rule)
  if (plan === undefined) return undefined
  const today = Math.floor(after / dayMs)
  for (let date = today - 4; date <= today + horizonDays; date += 1) {
    const candidate = firesOn(plan, date, zone).find((instant) => instant > after)
    // The next date may be earlier on a day of change, so the first is taken from all up to the candidate.
    if (candidate !== undefined) return fireTimesOf(rule, zone, after, candidate)[0]
  }
  return undefined
}

/** The last firing up to an instant; undefined where there is none within a year. */
export const lastFiringUpTo = (rule: FiringRule, zone: string, until: number): number | undefined => {
  const plan = planOf(rule)
  if (plan === undefined) return undefined
  const last = Math.min(until, rule.endScheduleAt ?? until)
  const today = Math.floor(last / dayMs)
  for (let date = today + 2; date >= today - horizonDays; date -= 1) {
    const candidate = firesOn(plan, date, zone).findLast((instant) => instant <= last)
    if (candidate !== undefined) return fireTimesOf(rule, zone, candidate - 1, last).at(-1)
  }
  return undefined
}

const firesOn = (plan: Plan, date: number, zone: string): number[] => {
  if (!plan.dates(date)) return []
  const offsets = offsetsOf(zone)
  return plan.seconds.map((seconds) => instantOfWall(date * dayMs + seconds * 1000, offsets))
}

const planOf = (rule: Recurrence): Plan | undefined => {
  const start = secondsOfDay(rule.start)
  if (start === undefined) return undefined
  if (rule.frequency === 'Monthly') {
    const dates = monthDates(rule.intervals)
    return dates && { dates, seconds: [start] }
  }
  const parts = partsOf(rule)
  if (parts === undefined) return undefined
  const dates: Dates = (date) => parts.days.length === 0 || parts.days.includes(weekDayOf(date))
  switch (rule.frequency) {
    case 'Hourly': {
      const end = secondsOfDay(rule.end)
      return end === undefined || parts.step === undefined ? undefined : { dates, seconds: windowFrom(start, end, parts.step) }
    }
    case 'Daily': {
      const end = rule.end === undefined ? start : secondsOfDay(rule.end)
      if (end === undefined) return undefined
      return { dates, seconds: parts.step === undefined ? [start] : windowFrom(start, end, parts.step) }
    }
    case 'Weekly':
      return parts.days.length === 0 ? undefined : { dates, seconds: [start] }
    default:
      return undefined
  }
}

/** From `start` in steps up to and with `end`; a whole day, whose end is the next opening, where both are one. */
const windowFrom = (start: number, end: number, step: number): number[] => {
  const closes = end > start ? end : end < start ? end + daySeconds : start + daySeconds - 1
  const seconds: number[] = []
  for (let at = start; at <= closes; at += step) {
    seconds.push(at)
    // Once a day, also where the window would hold a second one.
    if (step >= daySeconds) break
  }
  return seconds
}

const unitSeconds = new Map([
  ['hours', 3600],
  ['minutes', 60],
])
const unitsOf = new Map([
  ['Hourly', ['hours', 'minutes']],
  ['Daily', ['hours']],
])

/** Weekdays and at most one step; undefined as soon as one interval is none of these. */
const partsOf = ({ frequency, intervals }: Recurrence): { days: string[]; step: number | undefined } | undefined => {
  const days: string[] = []
  const steps: number[] = []
  for (const interval of intervals) {
    const [[name, value] = ['', ''], ...others] = Object.entries(interval)
    const unit = unitsOf.get(frequency)?.includes(name) === true ? unitSeconds.get(name) : undefined
    if (others.length > 0) return undefined
    if (unit !== undefined && /^\d{1,4}$/.test(value) && Number(value) > 0) steps.push(Number(value) * unit)
    else if (name === 'weekDay' && isWeekDay(value)) days.push(value)
    else return undefined
  }
  return steps.length > 1 ? undefined : { days, step: steps[0] }
}

const isWeekDay = (text: string): boolean => weekDays.some((day) => day === text)

const weekDayOf = (date: number): string => weekDays[new Date(date * dayMs).getUTCDay()] ?? ''

const dayOfMonth = (date: number): number => new Date(date * dayMs).getUTCDate()

/** Whether so many days later is another month. */
const leavesMonthIn = (date: number, days: number): boolean => dayOfMonth(date + days) < dayOfMonth(date)

const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth']

const monthDates = (intervals: readonly Interval[]): Dates | undefined => {
  const [first] = intervals
  if (first === undefined) return undefined
  if (intervals.length === 1 && first['weekDay'] !== undefined) return weekDayOfMonth(first)
  const tests = intervals.map((interval): Dates | undefined => {
    const { monthDay = '', ...others } = interval
    if (Object.keys(others).length > 0) return undefined
    if (monthDay === 'LastDay') return (date) => leavesMonthIn(date, 1)
    const day = /^\d{1,2}$/.test(monthDay) ? Number(monthDay) : 0
    return day >= 1 && day <= 31 ? (date) => dayOfMonth(date) === day : undefined
  })
  const known = tests.filter((test) => test !== undefined)
  return known.length === tests.length ? (date) => known.some((test) => test(date)) : undefined
}

/** `monthDay="Third" weekDay="Thursday"`: the nth lies in the nth seven days of the month, the last in its last seven. */
const weekDayOfMonth = ({ monthDay = '', weekDay = '', ...others }: Interval): Dates | undefined => {
  const ordinal = ordinals.indexOf(monthDay)
  if (Object.keys(others).length > 0 || !isWeekDay(weekDay) || (ordinal < 0 && monthDay !== 'LastDay')) return undefined
  return (date) => weekDayOf(date) === weekDay && (ordinal < 0 ? leavesMonthIn(date, 7) : Math.ceil(dayOfMonth(date) / 7) === ordinal + 1)
}

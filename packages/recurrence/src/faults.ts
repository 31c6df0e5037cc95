import type { Interval, WeekDay } from './recurrence.ts'
import { isWeekDay, printedInterval } from './rhythm.ts'
import { secondsOf } from './time-of-day.ts'

/** Why a recurrence cannot be written: which part of it, and a sentence with the rule and the value that breaks it. */
export interface RecurrenceFault {
  readonly field: 'frequency' | 'start' | 'end' | 'intervals'
  readonly message: string
}

/** The attributes of all intervals by their name; `others` are those that no rule knows. */
export interface SortedIntervals {
  readonly steps: readonly { readonly unit: 'hours' | 'minutes'; readonly value: string }[]
  readonly days: readonly string[]
  readonly monthDays: readonly string[]
  readonly weekdaysOfMonth: readonly { readonly occurrence: string; readonly day: string }[]
  readonly others: readonly Interval[]
}

export const sortIntervals = (intervals: readonly Interval[]): SortedIntervals => {
  const steps: SortedIntervals['steps'][number][] = []
  const days: string[] = []
  const monthDays: string[] = []
  const weekdaysOfMonth: SortedIntervals['weekdaysOfMonth'][number][] = []
  const others: Interval[] = []
  for (const interval of intervals) {
    const { hours, minutes, weekDay, monthDay } = interval
    const names = Object.keys(interval).length
    if (names === 1 && hours !== undefined) steps.push({ unit: 'hours', value: hours })
    else if (names === 1 && minutes !== undefined) steps.push({ unit: 'minutes', value: minutes })
    else if (names === 1 && weekDay !== undefined) days.push(weekDay)
    else if (names === 1 && monthDay !== undefined) monthDays.push(monthDay)
    else if (names === 2 && monthDay !== undefined && weekDay !== undefined) weekdaysOfMonth.push({ occurrence: monthDay, day: weekDay })
    else others.push(interval)
  }
  return { steps, days, monthDays, weekdaysOfMonth, others }
}

/** “3 hours”, “weekDay=Monday”: what was given, in the order of the attributes’ kinds. */
export const given = ({ steps, days, monthDays, weekdaysOfMonth, others }: SortedIntervals): string =>
  [
    ...steps.map(({ unit, value }) => `${value} ${unit}`),
    ...days.map((day) => `weekDay=${day}`),
    ...monthDays.map((day) => `monthDay=${day}`),
    ...weekdaysOfMonth.map(({ occurrence, day }) => `monthDay=${occurrence} weekDay=${day}`),
    ...others.map(printedInterval),
  ].join(', ')

/** Seconds of the day, or a fault. `HH:MM:SS`, 00:00:00 to 23:59:59 (jobs-tasks-schedules reference, § Create Server Schedule). */
export const timeOr = (frequency: string, field: 'start' | 'end', value: string | undefined): number | RecurrenceFault => {
  if (value === undefined || value === '') return { field, message: `${frequency} needs ${field === 'end' ? 'an end' : 'a start'}` }
  return secondsOf(value) ?? { field, message: `The ${field} is HH:MM:SS, from 00:00:00 to 23:59:59; not “${value}”` }
}

/** The days of the week, or why they are none. */
export const daysOr = (days: readonly string[]): readonly WeekDay[] | RecurrenceFault => {
  const stranger = days.find((day) => !isWeekDay(day))
  if (stranger !== undefined) return { field: 'intervals', message: `A day of the week is Sunday to Saturday; not “${stranger}”` }
  const twice = days.find((day, index) => days.indexOf(day) !== index)
  if (twice !== undefined) return { field: 'intervals', message: `Each day of the week can be given once; ${twice} was given twice` }
  return days.filter(isWeekDay)
}

export const isFault = (value: unknown): value is RecurrenceFault => typeof value === 'object' && value !== null && 'field' in value && 'message' in value

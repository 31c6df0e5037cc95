import { cloudDailyHours, weekDayOccurrences, weekDays } from '@refreshboard/api-types'
import type { Interval, Recurrence } from '@refreshboard/recurrence'
import * as fc from 'fast-check'

const two = (n: number): string => String(n).padStart(2, '0')
const clock = (minute: number): string => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}:00`
const onGrid = fc.nat(287).map((step) => clock(step * 5))
/** Whole hours apart, on the grid. */
export const span = fc.tuple(fc.nat(287), fc.nat(23)).map(([step, hours]) => ({ start: clock(step * 5), end: clock(step * 5 + hours * 60) }))
const someDays = fc.uniqueArray(fc.constantFrom(...weekDays), { minLength: 1, maxLength: 7 })
/** Every recurrence that the rules allow. */
export const valid = fc.oneof(
  fc.tuple(span, someDays).map(([times, on]) => ({ frequency: 'Hourly' as const, ...times, weekDays: on })),
  fc.tuple(span, someDays, fc.constantFrom(...cloudDailyHours)).map(([times, on, hours]) => ({ frequency: 'Daily' as const, ...times, hours, weekDays: on })),
  fc.record({ frequency: fc.constant('Daily' as const), start: onGrid, hours: fc.constant(24 as const), weekDays: someDays }),
  fc.record({ frequency: fc.constant('Weekly' as const), start: onGrid, weekDay: fc.constantFrom(...weekDays) }),
  fc.record({
    frequency: fc.constant('Monthly' as const),
    start: onGrid,
    on: fc.oneof(
      fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1 }) }),
      fc.constant({ lastDay: true as const }),
      fc.record({ occurrence: fc.constantFrom(...weekDayOccurrences), weekDay: fc.constantFrom(...weekDays) }),
    ),
  }),
)

/** Mostly right, now and then something that a rule forbids: several at once as well. */
export const anyTime = fc.oneof({ weight: 6, arbitrary: onGrid }, { weight: 1, arbitrary: fc.constantFrom('24:00:00', '9:00:00', '12:60:00', '12:00', '12:02:00', '12:00:30', '12:00:00Z', ' 12:00:00', '') })
export const anyDay = fc.oneof({ weight: 8, arbitrary: fc.constantFrom<string>(...weekDays) }, { weight: 1, arbitrary: fc.constantFrom('monday', 'Mon', 'Funday', 'LastDay') })
const anyDays = fc.array(anyDay, { maxLength: 4 })
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 8 })
/** What somebody may have typed into the form. */
export const draft = fc.oneof(
  fc.record({ frequency: fc.constant('Hourly'), start: optional(anyTime), end: optional(anyTime), weekDays: anyDays }),
  fc.tuple(span, anyDays).map(([times, on]) => ({ frequency: 'Hourly', ...times, weekDays: on })),
  fc.record({ frequency: fc.constant('Daily'), start: optional(anyTime), end: optional(anyTime), hours: fc.integer({ min: 0, max: 25 }), weekDays: anyDays }),
  fc.tuple(span, fc.integer({ min: 0, max: 25 }), anyDays).map(([times, hours, on]) => ({ frequency: 'Daily', ...times, hours, weekDays: on })),
  fc.record({ frequency: fc.constant('Weekly'), start: optional(anyTime), weekDay: optional(anyDay) }),
  fc.record({
    frequency: fc.constant('Monthly'),
    start: optional(anyTime),
    on: fc.oneof(
      fc.record({ days: fc.array(fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 31 }) }, { weight: 1, arbitrary: fc.constantFrom(0, 32, -1, 1.5, 99_999) }), { maxLength: 4 }) }),
      fc.record({ days: fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 2 }), lastDay: fc.constant(true) }),
      fc.record({ lastDay: fc.constant(true) }),
      fc.record({ occurrence: fc.constantFrom<string>(...weekDayOccurrences, 'Sixth', 'first', '1'), weekDay: anyDay }),
    ),
  }),
  fc.record({ frequency: fc.constantFrom('hourly', 'Yearly', 'Fortnightly'), start: anyTime }),
)
export type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never

const dayIntervals = (days: readonly string[]): Interval[] => days.map((weekDay) => ({ weekDay }))

/** The same as it would be sent, broken rules and all. */
export const asSent = (given: Draft): Recurrence => {
  const { frequency, start } = given
  if ('hours' in given) return { frequency, start, end: given.end, intervals: [{ hours: String(given.hours) }, ...dayIntervals(given.weekDays)] }
  if ('weekDays' in given) return { frequency, start, end: given.end, intervals: [{ hours: '1' }, ...dayIntervals(given.weekDays)] }
  if ('weekDay' in given) return { frequency, start, intervals: dayIntervals(given.weekDay === undefined ? [] : [given.weekDay]) }
  if (!('on' in given)) return { frequency, start, intervals: [] }
  const { on } = given
  if ('occurrence' in on) return { frequency, start, intervals: [{ monthDay: on.occurrence, weekDay: on.weekDay }] }
  const days = 'days' in on ? on.days.map((day) => ({ monthDay: String(day) })) : []
  return { frequency, start, intervals: [...days, ...('lastDay' in on ? [{ monthDay: 'LastDay' }] : [])] }
}

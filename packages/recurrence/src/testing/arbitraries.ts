import * as fc from 'fast-check'
import './seed.ts'
import { occurrences, weekDays } from '../recurrence.ts'
import type { CloudRecurrence, Interval, Recurrence, ServerRecurrence } from '../recurrence.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** A time of the day on a grid of minutes, `HH:MM:SS`. */
const timeOnGrid = (minutes: number): fc.Arbitrary<string> => fc.nat({ max: 24 * 60 - 1 }).map((at) => `${two(Math.floor(at / 60))}:${two(Math.floor((at % 60) / minutes) * minutes)}:00`)

const anyTime = fc.nat({ max: 86_399 }).map((at) => `${two(Math.floor(at / 3600))}:${two(Math.floor((at % 3600) / 60))}:${two(at % 60)}`)

const days = (minLength: number, maxLength = 7) => fc.uniqueArray(fc.constantFrom(...weekDays), { minLength, maxLength })

/** Every recurrence that Server can write. */
export const serverRecurrence: fc.Arbitrary<ServerRecurrence> = fc.oneof(
  fc.record({
    frequency: fc.constant('Hourly' as const),
    start: anyTime,
    end: anyTime,
    every: fc.oneof(fc.record({ hours: fc.constantFrom(1 as const, 2 as const, 4 as const, 6 as const, 8 as const, 12 as const) }), fc.record({ minutes: fc.constantFrom(15 as const, 30 as const) })),
  }),
  fc.record({ frequency: fc.constant('Daily' as const), start: anyTime }),
  fc.record({ frequency: fc.constant('Weekly' as const), start: anyTime, weekDays: days(1) }),
  fc.record({ frequency: fc.constant('Monthly' as const), start: anyTime, monthDay: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('LastDay' as const)) }),
)

/** A start and an end whole hours after it, on the grid of 5 minutes. */
const window = fc.tuple(fc.nat({ max: 287 }), fc.nat({ max: 23 })).map(([step, hours]) => {
  const at = (minute: number) => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}:00`
  return { start: at(step * 5), end: at(step * 5 + hours * 60) }
})

/** Every recurrence that Cloud can be sent. */
export const cloudRecurrence: fc.Arbitrary<CloudRecurrence> = fc.oneof(
  fc.tuple(window, days(1)).map(([times, on]): CloudRecurrence => ({ frequency: 'Hourly', ...times, weekDays: on })),
  fc.tuple(window, fc.constantFrom(2 as const, 4 as const, 6 as const, 8 as const, 12 as const, 24 as const), days(1)).map(([times, hours, on]): CloudRecurrence => ({ frequency: 'Daily', ...times, hours, weekDays: on })),
  fc.record({ frequency: fc.constant('Weekly' as const), start: timeOnGrid(5), weekDay: fc.constantFrom(...weekDays) }),
  fc.record({
    frequency: fc.constant('Monthly' as const),
    start: timeOnGrid(5),
    on: fc.oneof(
      fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1 }) }),
      fc.constant({ lastDay: true as const }),
      fc.record({ occurrence: fc.constantFrom(...occurrences), weekDay: fc.constantFrom(...weekDays) }),
    ),
  }),
)

const onDays = (chosen: readonly string[]): Interval[] => chosen.map((weekDay) => ({ weekDay }))

const shapes = (time: fc.Arbitrary<string>, frequency: string): fc.Arbitrary<Recurrence> => {
  switch (frequency) {
    case 'Hourly':
      return fc
        .record({ start: time, end: time, every: fc.constantFrom<Interval>({ hours: '1' }, { hours: '2' }, { hours: '4' }, { hours: '6' }, { hours: '8' }, { hours: '12' }, { hours: '24' }, { minutes: '15' }, { minutes: '30' }, { minutes: '60' }), on: days(0) })
        .map(({ start, end, every, on }) => ({ frequency, start, end, intervals: [every, ...onDays(on)] }))
    case 'Daily':
      return fc
        .record({ start: time, end: fc.option(time, { nil: undefined }), every: fc.subarray<Interval>([{ hours: '4' }], { maxLength: 1 }), on: days(0) })
        .map(({ start, end, every, on }) => ({ frequency, start, end, intervals: [...every, ...onDays(on)] }))
    case 'Weekly':
      return fc.record({ start: time, on: days(1) }).map(({ start, on }) => ({ frequency, start, intervals: onDays(on) }))
    default:
      return fc
        .record({
          start: time,
          intervals: fc.oneof(
            fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 4 }).map((chosen) => chosen.map((monthDay): Interval => ({ monthDay: String(monthDay) }))),
            fc.constant<Interval[]>([{ monthDay: 'LastDay' }]),
            fc.record({ monthDay: fc.constantFrom('First', 'Second', 'Third', 'Fourth', 'Fifth', 'LastDay'), weekDay: fc.constantFrom(...weekDays) }).map((interval): Interval[] => [interval]),
          ),
        })
        .map(({ start, intervals }) => ({ frequency, start, intervals }))
  }
}

/** Every shape that Tableau is known to report, its times on a grid of minutes. */
export const knownRecurrence = (gridMinutes: number, frequencies = ['Hourly', 'Daily', 'Weekly', 'Monthly']): fc.Arbitrary<Recurrence> =>
  fc.oneof(...frequencies.map((frequency) => shapes(timeOnGrid(gridMinutes), frequency)))

const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('hours', 'minutes', 'weekDay', 'monthDay', 'Sunday', 'Funday', 'LastDay', 'First', 'Customized Monthly', '0', '1', '2', '15', '24', '60', '31', '32', '-1', '1.5', '', '__proto__', 'constructor') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)

/** Anything that fits the type: known words in wrong places, and any strings. */
export const anyRecurrence: fc.Arbitrary<Recurrence> = fc.record(
  {
    frequency: fc.oneof(fc.constantFrom('Hourly', 'Daily', 'Weekly', 'Monthly', 'Fortnightly', 'hourly', ''), word),
    start: fc.oneof(anyTime, word, fc.constantFrom('24:00:00', '06:00', '6:00:00')),
    end: fc.oneof(anyTime, word),
    intervals: fc.array(fc.dictionary(word, word, { maxKeys: 3 }), { maxLength: 4 }),
  },
  { requiredKeys: ['frequency', 'intervals'] },
)

/** Zones with unlike habits: half an hour of daylight saving, quarter-hour offsets, a change at midnight, none at all, across the date line. */
export const oddZones = ['America/New_York', 'America/Los_Angeles', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Chatham', 'Europe/London', 'Africa/Casablanca', 'Pacific/Apia', 'UTC'] as const

import { runsBetween, type Recurrence } from '@refreshboard/recurrence'
import { fireTimesOf } from '@refreshboard/tableau-sim'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Both sides of the equator and of midnight, half-hour and quarter-hour offsets, a change of half an hour, none at all. */
const zones = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'UTC',
]
const from = Date.UTC(2022, 0, 1)
const to = Date.UTC(2027, 0, 1)

const hourly = (start: string, end: string, ...intervals: Recurrence['intervals']): Recurrence => ({ frequency: 'Hourly', start, end, intervals })
const daily = (start: string, end?: string, ...intervals: Recurrence['intervals']): Recurrence => ({ frequency: 'Daily', start, ...(end === undefined ? {} : { end }), intervals })
const weekly = (start: string, ...days: string[]): Recurrence => ({ frequency: 'Weekly', start, intervals: days.map((weekDay) => ({ weekDay })) })
const monthly = (start: string, ...intervals: Recurrence['intervals']): Recurrence => ({ frequency: 'Monthly', start, intervals })
const workdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((weekDay) => ({ weekDay }))

/** Every shape that a Server or Cloud can report, each near the hours at which clocks change. */
const shapes: Record<string, Recurrence> = {
  'every 15 minutes, all day': hourly('00:00:00', '00:00:00', { minutes: '15' }),
  'every 30 minutes in a window': hourly('00:30:00', '04:15:00', { minutes: '30' }),
  'every 60 minutes': hourly('02:30:00', '23:30:00', { minutes: '60' }),
  'every hour past midnight': hourly('22:15:00', '03:15:00', { hours: '1' }),
  'every 2 hours': hourly('18:30:00', '23:00:00', { hours: '2' }),
  'every 4 hours, all day': hourly('02:00:00', '02:00:00', { hours: '4' }),
  'every 6 hours': hourly('02:30:00', '20:30:00', { hours: '6' }),
  'every 8 hours': hourly('01:45:00', '23:00:00', { hours: '8' }),
  'every 12 hours': hourly('02:30:00', '14:30:00', { hours: '12' }),
  'every 24 hours': hourly('02:30:00', '02:30:00', { hours: '24' }),
  'hourly on working days': hourly('01:30:00', '05:30:00', { hours: '1' }, ...workdays),
  'hourly past midnight on Saturdays': hourly('23:00:00', '04:00:00', { minutes: '30' }, { weekDay: 'Saturday' }),
  'daily': daily('02:15:00'),
  'daily every 4 hours on working days': daily('01:30:00', '21:30:00', { hours: '4' }, ...workdays),
  'daily once, said with 24 hours': daily('02:30:00', '02:30:00', { hours: '24' }, { weekDay: 'Sunday' }, { weekDay: 'Monday' }),
  'daily on Sundays': daily('02:30:00', undefined, { weekDay: 'Sunday' }),
  'weekly on Sunday': weekly('02:30:00', 'Sunday'),
  'weekly on three days': weekly('00:00:00', 'Sunday', 'Monday', 'Saturday'),
  'weekly on seven days': weekly('23:59:59', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'),
  'monthly on the 1st': monthly('02:30:00', { monthDay: '1' }),
  'monthly on the 29th': monthly('01:30:00', { monthDay: '29' }),
  'monthly on the 31st': monthly('02:30:00', { monthDay: '31' }),
  'monthly on the last day': monthly('02:30:00', { monthDay: 'LastDay' }),
  'monthly on several days': monthly('02:00:00', { monthDay: '1' }, { monthDay: '15' }, { monthDay: '31' }),
  'monthly on the second Sunday': monthly('02:30:00', { monthDay: 'Second', weekDay: 'Sunday' }),
  'monthly on the last Sunday': monthly('01:30:00', { monthDay: 'LastDay', weekDay: 'Sunday' }),
  'monthly on the fifth Friday': monthly('06:00:00', { monthDay: 'Fifth', weekDay: 'Friday' }),
}

describe('fire times are the simulator’s own, which other code computes', () => {
  it.each(Object.entries(shapes))('%s, over five years in twelve zones', (_name, recurrence) => {
    for (const zone of zones) {
      const ours = runsBetween(recurrence, zone, from, to)
      const theirs = fireTimesOf(recurrence, zone, from, to)
      expect(ours?.length).toBeGreaterThan(0)
      // Written out only where they differ: a diff of a hundred thousand instants helps nobody.
      const at = ours?.findIndex((instant, index) => instant !== theirs[index]) ?? 0
      expect({ zone, ours: ours?.length, at, first: at < 0 ? undefined : ours?.[at] }).toEqual({ zone, ours: theirs.length, at: -1, first: undefined })
    }
  }, 120_000)

  it('for random times and intervals too', () => {
    const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`)
    const days = fc.uniqueArray(fc.constantFrom('Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'), { maxLength: 7 }).map((names) => names.map((weekDay) => ({ weekDay })))
    const hours = fc.constantFrom('1', '2', '4', '6', '8', '12', '24').map((hours) => ({ hours }))
    const step = fc.oneof(hours, fc.constantFrom('15', '30', '60').map((minutes) => ({ minutes })))
    const monthDays = fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 31 }).map(String), fc.constant('LastDay')), { minLength: 1, maxLength: 4 }).map((list) => list.map((monthDay) => ({ monthDay })))
    const recurrence: fc.Arbitrary<Recurrence> = fc.oneof(
      fc.record({ frequency: fc.constant('Hourly'), start: time, end: time, intervals: fc.tuple(step, days).map(([one, more]) => [one, ...more]) }),
      fc.record({ frequency: fc.constant('Daily'), start: time, end: time, intervals: fc.tuple(hours, days).map(([one, more]) => [one, ...more]) }),
      fc.record({ frequency: fc.constant('Weekly'), start: time, intervals: days.filter((list) => list.length > 0) }),
      fc.record({ frequency: fc.constant('Monthly'), start: time, intervals: monthDays }),
    )
    fc.assert(
      fc.property(recurrence, fc.constantFrom(...zones), fc.integer({ min: 0, max: 1790 }), (given, zone, day) => {
        const begin = from + day * 86_400_000
        expect(runsBetween(given, zone, begin, begin + 35 * 86_400_000)).toEqual(fireTimesOf(given, zone, begin, begin + 35 * 86_400_000))
      }),
      { numRuns: Number(process.env['FIRE_RUNS'] ?? 150), ...(process.env['FC_SEED'] === undefined ? {} : { seed: Number(process.env['FC_SEED']) }) },
    )
  }, 600_000)

  it('end with the schedule', () => {
    const end = Date.UTC(2022, 5, 1, 12)
    const ours = runsBetween(daily('02:15:00'), 'America/Los_Angeles', from, to, { endScheduleAt: end })
    expect(ours).toEqual(fireTimesOf({ ...daily('02:15:00'), endScheduleAt: end }, 'America/Los_Angeles', from, to))
    expect(ours?.at(-1)).toBe(Date.UTC(2022, 5, 1, 9, 15))
  })
})

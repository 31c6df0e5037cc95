import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runsBetween } from './fire-times.ts'
import { weekDays } from './recurrence.ts'
import type { Interval, Recurrence, ServerRecurrence } from './recurrence.ts'
import { fromServerRecurrence, serverFaults, toServerRecurrence } from './server-recurrence.ts'
import { anyRecurrence, knownRecurrence, serverRecurrence } from './testing/arbitraries.ts'

const hourly = (...intervals: Interval[]): Recurrence => ({ frequency: 'Hourly', start: '18:30:00', end: '23:00:00', intervals })
const daily = (...intervals: Interval[]): Recurrence => ({ frequency: 'Daily', start: '06:00:00', intervals })
const weekly = (...intervals: Interval[]): Recurrence => ({ frequency: 'Weekly', start: '06:00:00', intervals })
const monthly = (...intervals: Interval[]): Recurrence => ({ frequency: 'Monthly', start: '06:00:00', intervals })

describe('what was read, as what Server can be sent', () => {
  it.each<[Recurrence, ServerRecurrence]>([
    [hourly({ hours: '2' }), { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { hours: 2 } }],
    [hourly({ minutes: '15' }), { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { minutes: 15 } }],
    [hourly({ minutes: '60' }), { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { hours: 1 } }],
    [daily(), { frequency: 'Daily', start: '06:00:00' }],
    [weekly({ weekDay: 'Wednesday' }, { weekDay: 'Sunday' }), { frequency: 'Weekly', start: '06:00:00', weekDays: ['Sunday', 'Wednesday'] }],
    [{ ...weekly({ weekDay: 'Sunday' }), end: '23:00:00' }, { frequency: 'Weekly', start: '06:00:00', weekDays: ['Sunday'] }],
    [monthly({ monthDay: '15' }), { frequency: 'Monthly', start: '06:00:00', monthDay: 15 }],
    [monthly({ monthDay: 'LastDay' }), { frequency: 'Monthly', start: '06:00:00', monthDay: 'LastDay' }],
  ])('%j', (recurrence, value) => {
    expect(toServerRecurrence(recurrence)).toEqual({ writable: true, value })
  })

  it.each<[Recurrence, string]>([
    [monthly({ monthDay: '1' }, { monthDay: '15' }), 'It runs on several days of the month, which can be set in Tableau’s own pages only.'],
    [monthly({ monthDay: '1' }, { monthDay: 'LastDay' }), 'It runs on several days of the month, which can be set in Tableau’s own pages only.'],
    [monthly({ monthDay: 'Third', weekDay: 'Thursday' }), 'It runs on a weekday of the month, which can be set in Tableau’s own pages only.'],
    [monthly({ monthDay: 'Customized Monthly' }), 'Tableau reports its days of the month as “Customized Monthly”, without saying which. What Refreshboard does not understand to the last detail, it does not change.'],
    [daily({ hours: '4' }, { weekDay: 'Sunday' }), 'It is Daily and repeats within the day, which can be set in Tableau’s own pages only.'],
    [daily({ hours: '24' }, { weekDay: 'Sunday' }), 'It is Daily on chosen days of the week, which can be set in Tableau’s own pages only.'],
    [daily({ hours: '24' }), 'It is Daily with an interval of 24 hours, which can be set in Tableau’s own pages only.'],
    [daily({ weekDay: 'Sunday' }), 'It is Daily on chosen days of the week, which can be set in Tableau’s own pages only.'],
    [{ ...daily(), end: '06:00:00' }, 'It is Daily with an end time, which can be set in Tableau’s own pages only.'],
    [hourly({ hours: '2' }, { weekDay: 'Sunday' }), 'It is Hourly on chosen days of the week, which can be set in Tableau’s own pages only.'],
    [hourly({ hours: '24' }), 'It is Hourly with an interval of 24 hours, which can be set in Tableau’s own pages only.'],
    [hourly({ hours: '3' }), 'Hourly runs every 15 or 30 minutes, or every 1, 2, 4, 6, 8 or 12 hours; not 3 hours.'],
    [weekly({ weekDay: 'Sunday' }, { weekDay: 'Sunday' }), 'Each day of the week can be given once; Sunday was given twice.'],
    [weekly(), 'It is Weekly without a day of the week. What Refreshboard does not understand to the last detail, it does not change.'],
    [{ frequency: 'Fortnightly', start: '06:00:00', intervals: [] }, 'Its frequency is “Fortnightly”, which Refreshboard does not know. What Refreshboard does not understand to the last detail, it does not change.'],
  ])('not %j, and says why', (recurrence, reason) => {
    expect(toServerRecurrence(recurrence)).toEqual({ writable: false, reason })
  })

  it('is what is reported after the write', () => {
    fc.assert(
      fc.property(serverRecurrence, (value) => {
        const inOrder = value.frequency === 'Weekly' ? { ...value, weekDays: weekDays.filter((day) => value.weekDays.includes(day)) } : value
        expect(toServerRecurrence(fromServerRecurrence(value))).toEqual({ writable: true, value: inOrder })
        expect(fromServerRecurrence(inOrder)).toEqual(fromServerRecurrence(value))
      }),
    )
  })

  it('fires at the same times after it was written back', () => {
    fc.assert(
      fc.property(knownRecurrence(1), (recurrence) => {
        const written = toServerRecurrence(recurrence)
        if (!written.writable) return
        const runs = (of: Recurrence) => runsBetween(of, 'Europe/London', Date.UTC(2026, 2, 1), Date.UTC(2026, 4, 1))
        expect(runs(fromServerRecurrence(written.value))).toEqual(runs(recurrence))
      }),
    )
  })
})

it('reports a Weekly’s days in the order of the week', () => {
  expect(fromServerRecurrence({ frequency: 'Weekly', start: '06:00:00', weekDays: ['Saturday', 'Monday', 'Sunday'] }).intervals).toEqual([{ weekDay: 'Sunday' }, { weekDay: 'Monday' }, { weekDay: 'Saturday' }])
})

describe('the rules of Create and Update Server Schedule', () => {
  const hourlyRule = 'Hourly runs every 15 or 30 minutes, or every 1, 2, 4, 6, 8 or 12 hours'
  const monthlyRule = 'Monthly runs on one day: 1 to 31, or the last day of the month'

  it.each<[Recurrence, [field: string, message: string][]]>([
    [{ frequency: 'Hourly', start: '18:30:00', intervals: [{ hours: '2' }] }, [['end', 'Hourly needs an end']]],
    [hourly(), [['intervals', hourlyRule]]],
    [hourly({ hours: '3' }), [['intervals', `${hourlyRule}; not 3 hours`]]],
    [hourly({ hours: '15' }), [['intervals', `${hourlyRule}; not 15 hours`]]],
    [hourly({ minutes: '60' }), [['intervals', `${hourlyRule}; not 60 minutes`]]],
    [hourly({ hours: '1', minutes: '15' }), [['intervals', 'Hourly takes one interval in hours or minutes; not hours=1 minutes=15']]],
    [hourly({ hours: '1' }, { minutes: '15' }), [['intervals', `${hourlyRule}: one interval, not 2`]]],
    [hourly({ hours: '1' }, { weekDay: 'Monday' }), [['intervals', 'Hourly takes one interval in hours or minutes; not weekDay=Monday']]],
    [
      { frequency: 'Hourly', start: '18:30', end: '24:00:00', intervals: [] },
      [
        ['start', 'The start is HH:MM:SS, from 00:00:00 to 23:59:59; not “18:30”'],
        ['end', 'The end is HH:MM:SS, from 00:00:00 to 23:59:59; not “24:00:00”'],
        ['intervals', hourlyRule],
      ],
    ],
    [{ frequency: 'Daily', intervals: [] }, [['start', 'Daily needs a start']]],
    [{ ...daily(), end: '23:00:00' }, [['end', 'Daily runs once a day and has no end; not “23:00:00”']]],
    [daily({ hours: '4' }, { weekDay: 'Sunday' }), [['intervals', 'Daily runs once a day, every day; not 4 hours, weekDay=Sunday']]],
    [daily({}), [['intervals', 'Daily runs once a day, every day; not an empty interval']]],
    [weekly(), [['intervals', 'Weekly needs at least one day; without days Tableau would run it on all seven']]],
    [weekly({ weekDay: 'Funday' }), [['intervals', 'A day of the week is Sunday to Saturday; not “Funday”']]],
    [weekly({ weekDay: 'Monday' }, { weekDay: 'Monday' }), [['intervals', 'Each day of the week can be given once; Monday was given twice']]],
    [weekly({ weekDay: 'Monday' }, { hours: '4' }), [['intervals', 'Weekly takes days of the week; not 4 hours']]],
    [monthly(), [['intervals', monthlyRule]]],
    [monthly({ monthDay: '32' }), [['intervals', `${monthlyRule}; not monthDay=32`]]],
    [monthly({ monthDay: '0' }), [['intervals', `${monthlyRule}; not monthDay=0`]]],
    [monthly({ monthDay: '1' }, { monthDay: '15' }), [['intervals', `${monthlyRule}; not monthDay=1, monthDay=15`]]],
    [monthly({ monthDay: 'First', weekDay: 'Monday' }), [['intervals', `${monthlyRule}; not monthDay=First weekDay=Monday`]]],
    [{ frequency: 'Fortnightly', start: 'noon', intervals: [{ weekDay: 'Funday' }] }, [['frequency', 'A schedule is Hourly, Daily, Weekly or Monthly; not “Fortnightly”']]],
  ])('of %j', (recurrence, faults) => {
    expect(serverFaults(recurrence).map(({ field, message }) => [field, message])).toEqual(faults)
  })

  it('take everything that Server can write', () => {
    fc.assert(
      fc.property(serverRecurrence, (value) => {
        expect(serverFaults(fromServerRecurrence(value))).toEqual([])
      }),
    )
  })

  it('and what can be written back agree, 60 minutes aside, which are written as an hour', () => {
    const asHours = (recurrence: Recurrence): Recurrence => ({
      ...recurrence,
      intervals: recurrence.frequency === 'Hourly' ? recurrence.intervals.map((interval) => (interval['minutes'] === '60' && Object.keys(interval).length === 1 ? { hours: '1' } : interval)) : recurrence.intervals,
    })
    const seen = { writable: 0, not: 0 }
    fc.assert(
      fc.property(fc.oneof(anyRecurrence, knownRecurrence(1), serverRecurrence.map(fromServerRecurrence)), (recurrence) => {
        const written = toServerRecurrence(recurrence)
        expect(written.writable).toBe(serverFaults(asHours(recurrence)).length === 0)
        seen[written.writable ? 'writable' : 'not'] += 1
        expect(written.writable ? serverFaults(fromServerRecurrence(written.value)) : []).toEqual([])
        expect(written.writable ? 'It can.' : written.reason).toMatch(/^[A-Z].*\.$/su)
      }),
      { numRuns: 2000 },
    )
    expect(seen.writable).toBeGreaterThan(100)
    expect(seen.not).toBeGreaterThan(100)
  })
})

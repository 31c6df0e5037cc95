import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cloudFaults } from './cloud-rules.ts'
import type { Interval, Recurrence } from './recurrence.ts'
import { readRhythm } from './rhythm.ts'
import { anyRecurrence, knownRecurrence } from './testing/arbitraries.ts'

const on = (...days: string[]): Interval[] => days.map((weekDay) => ({ weekDay }))
const hourly = (start: string, end: string | undefined, ...intervals: Interval[]): Recurrence => ({ frequency: 'Hourly', start, end, intervals })
const daily = (start: string, end: string | undefined, ...intervals: Interval[]): Recurrence => ({ frequency: 'Daily', start, end, intervals })
const weekly = (...intervals: Interval[]): Recurrence => ({ frequency: 'Weekly', start: '06:00:00', intervals })
const monthly = (...intervals: Interval[]): Recurrence => ({ frequency: 'Monthly', start: '06:00:00', intervals })

describe('the rules of Create Cloud Extract Refresh Task', () => {
  it.each<Recurrence>([
    hourly('20:45:00', '21:45:00', { hours: '1' }, ...on('Sunday', 'Wednesday')),
    hourly('08:00:00', '18:00:00', { minutes: '60' }, ...on('Monday')),
    hourly('22:30:00', '02:30:00', { hours: '1' }, ...on('Monday')),
    daily('18:30:00', '23:30:00', { hours: '4' }, ...on('Sunday', 'Wednesday')),
    daily('18:20:00', '18:20:00', { hours: '24' }, ...on('Tuesday')),
    daily('18:20:00', undefined, { hours: '24' }, ...on('Tuesday')),
    weekly(...on('Wednesday')),
    monthly({ monthDay: '1' }, { monthDay: '15' }, { monthDay: '31' }),
    monthly({ monthDay: 'LastDay' }),
    monthly({ monthDay: 'Third', weekDay: 'Thursday' }),
    monthly({ monthDay: 'LastDay', weekDay: 'Friday' }),
  ])('take %j', (recurrence) => {
    expect(cloudFaults(recurrence)).toEqual([])
    expect(readRhythm(recurrence).kind).not.toBe('unknown')
  })

  it.each<[Recurrence, [field: string, message: string][]]>([
    [hourly('08:00:00', undefined, { hours: '1' }, ...on('Monday')), [['end', 'Hourly needs an end']]],
    [hourly('08:00:00', '18:00:00', { hours: '2' }, ...on('Monday')), [['intervals', 'Hourly runs every hour; not 2 hours']]],
    [hourly('08:00:00', '18:00:00', { minutes: '15' }, ...on('Monday')), [['intervals', 'Hourly runs every hour; not 15 minutes']]],
    [hourly('08:00:00', '18:00:00', { minutes: '1' }, ...on('Monday')), [['intervals', 'Hourly runs every hour; not 1 minutes']]],
    [hourly('08:00:00', '18:00:00', { hours: '1' }, { minutes: '60' }, ...on('Monday')), [['intervals', 'Hourly runs every hour: one interval, not 2']]],
    [hourly('08:00:00', '18:00:00', { hours: '1' }), [['intervals', 'Hourly needs at least one day of the week']]],
    [hourly('08:00:00', '18:00:00', ...on('Monday')), [['intervals', 'Hourly runs every hour']]],
    [hourly('08:02:00', '18:02:00', { hours: '1' }, ...on('Monday')), [['start', 'The start is on a full 5 minutes; not 08:02'], ['end', 'The end is on a full 5 minutes; not 18:02']]],
    [hourly('08:00:30', '18:00:00', { hours: '1' }, ...on('Monday')), [['start', 'The start is on a full 5 minutes; not 08:00:30']]],
    [daily('18:30:00', '23:00:00', { hours: '4' }, ...on('Sunday', 'Wednesday')), [['end', 'The end is a whole number of hours after the start; not 23:00 after 18:30']]],
    [daily('18:30:00', undefined, { hours: '4' }, ...on('Sunday')), [['end', 'Daily needs an end']]],
    [daily('18:30:00', '23:30:00', { hours: '3' }, ...on('Sunday')), [['intervals', 'Daily runs every 2, 4, 6, 8, 12 or 24 hours; not 3 hours']]],
    [daily('18:30:00', '18:30:00', ...on('Sunday')), [['intervals', 'Daily runs every 2, 4, 6, 8, 12 or 24 hours']]],
    [daily('18:30:00', '18:30:00', { hours: '24' }), [['intervals', 'Daily needs at least one day of the week']]],
    [daily('18:30:00', '18:30:00', { hours: '24' }, ...on('Funday')), [['intervals', 'A day of the week is Sunday to Saturday; not “Funday”']]],
    [daily('18:30:00', '18:30:00', { hours: '24' }, ...on('Sunday', 'Sunday')), [['intervals', 'Each day of the week can be given once; Sunday was given twice']]],
    [daily('18:30:00', '18:30:00', { hours: '24' }, { monthDay: '3' }, ...on('Sunday')), [['intervals', 'Daily does not take monthDay=3']]],
    [weekly(), [['intervals', 'Weekly needs at least one day of the week']]],
    [weekly(...on('Sunday', 'Wednesday')), [['intervals', 'Weekly runs on exactly one day of the week; not on 2: Sunday, Wednesday']]],
    [weekly(...on('Sunday'), { hours: '24' }), [['intervals', 'Weekly does not take 24 hours']]],
    [monthly(), [['intervals', 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month']]],
    [monthly({ monthDay: '32' }), [['intervals', 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month; not “32”']]],
    [monthly({ monthDay: 'First' }), [['intervals', 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month; not “First”']]],
    [monthly({ monthDay: '1' }, { monthDay: '1' }), [['intervals', 'Each day of the month can be given once; 1 was given twice']]],
    [monthly({ monthDay: '1' }, { monthDay: 'LastDay' }), [['intervals', 'The last day of the month stands alone; not 1, LastDay']]],
    [monthly({ monthDay: 'LastDay' }, { monthDay: 'LastDay' }), [['intervals', 'The last day of the month stands alone; not LastDay, LastDay']]],
    [monthly({ monthDay: 'Sixth', weekDay: 'Monday' }), [['intervals', 'A weekday of the month is its First, Second, Third, Fourth, Fifth or LastDay; not “Sixth”']]],
    [monthly({ monthDay: 'First', weekDay: 'Funday' }), [['intervals', 'A day of the week is Sunday to Saturday; not “Funday”']]],
    [monthly({ monthDay: 'First', weekDay: 'Monday' }, { monthDay: '3' }), [['intervals', 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month; not several of them']]],
    [monthly({ hours: '2' }, { monthDay: '3' }), [['intervals', 'Monthly does not take 2 hours']]],
    [{ frequency: 'Weekly', start: '6:00', intervals: on('Sunday') }, [['start', 'The start is HH:MM:SS, from 00:00:00 to 23:59:59; not “6:00”']]],
    [{ frequency: 'Weekly', intervals: on('Sunday') }, [['start', 'Weekly needs a start']]],
    [{ frequency: 'Fortnightly', start: '06:00:00', intervals: [] }, [['frequency', 'A schedule is Hourly, Daily, Weekly or Monthly; not “Fortnightly”']]],
  ])('refuse %j with the rule and the value', (recurrence, faults) => {
    expect(cloudFaults(recurrence).map(({ field, message }) => [field, message])).toEqual(faults)
  })

  it('take only what has a meaning', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.oneof(anyRecurrence, knownRecurrence(5)), (recurrence) => {
        if (cloudFaults(recurrence).length > 0) return
        taken += 1
        expect(readRhythm(recurrence).kind).not.toBe('unknown')
      }),
      { numRuns: 2000 },
    )
    expect(taken).toBeGreaterThan(50)
  })
})

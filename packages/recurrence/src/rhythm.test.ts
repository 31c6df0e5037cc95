import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Recurrence } from './recurrence.ts'
import { readRhythm } from './rhythm.ts'
import { anyRecurrence, knownRecurrence } from './testing/arbitraries.ts'

const hour = 3600

describe('what a recurrence means', () => {
  it.each<[Recurrence, unknown]>([
    [{ frequency: 'Hourly', start: '18:30:00', end: '23:00:00', intervals: [{ hours: '2' }] }, { kind: 'window', stepMinutes: 120, from: 18.5 * hour, until: 22.5 * hour, allDay: false, days: [] }],
    [{ frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ hours: '4' }] }, { kind: 'window', stepMinutes: 240, from: 0, until: 20 * hour, allDay: true, days: [] }],
    [{ frequency: 'Hourly', start: '22:00:00', end: '02:00:00', intervals: [{ minutes: '30' }] }, { kind: 'window', stepMinutes: 30, from: 22 * hour, until: 26 * hour, allDay: false, days: [] }],
    [
      { frequency: 'Hourly', start: '14:00:00', end: '01:00:00', intervals: [{ weekDay: 'Monday' }, { minutes: '60' }] },
      { kind: 'window', stepMinutes: 60, from: 14 * hour, until: 25 * hour, allDay: false, days: ['Monday'] },
    ],
    [{ frequency: 'Hourly', start: '18:20:00', end: '18:20:00', intervals: [{ hours: '24' }] }, { kind: 'onceADay', at: 18 * hour + 1200, days: [] }],
    [{ frequency: 'Daily', start: '02:15:00', intervals: [] }, { kind: 'onceADay', at: 2.25 * hour, days: [] }],
    [{ frequency: 'Daily', start: '18:20:00', end: '18:20:00', intervals: [{ hours: '24' }, { weekDay: 'Tuesday' }] }, { kind: 'onceADay', at: 18 * hour + 1200, days: ['Tuesday'] }],
    [{ frequency: 'Daily', start: '06:00:00', intervals: [{ hours: '12' }] }, { kind: 'window', stepMinutes: 720, from: 6 * hour, until: 18 * hour, allDay: true, days: [] }],
    [
      { frequency: 'Daily', start: '14:00:00', end: '20:00:00', intervals: [{ weekDay: 'Monday' }, { hours: '2' }] },
      { kind: 'window', stepMinutes: 120, from: 14 * hour, until: 20 * hour, allDay: false, days: ['Monday'] },
    ],
    [{ frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Wednesday' }, { weekDay: 'Sunday' }, { weekDay: 'Sunday' }] }, { kind: 'weekly', at: 18.5 * hour, days: ['Sunday', 'Wednesday'] }],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: '15' }, { monthDay: '1' }] }, { kind: 'monthDays', at: 6 * hour, days: [1, 15], lastDay: false }],
    [{ frequency: 'Monthly', start: '23:00:00', intervals: [{ monthDay: 'LastDay' }] }, { kind: 'monthDays', at: 23 * hour, days: [], lastDay: true }],
    [{ frequency: 'Monthly', start: '08:00:00', intervals: [{ weekDay: 'Monday', monthDay: 'First' }] }, { kind: 'weekdayOfMonth', at: 8 * hour, occurrence: 'First', day: 'Monday' }],
  ])('%j', (recurrence, rhythm) => {
    expect(readRhythm(recurrence)).toEqual(rhythm)
  })

  it.each<[Recurrence, string]>([
    [{ frequency: 'Fortnightly', start: '06:00:00', intervals: [] }, '“Fortnightly”'],
    [{ frequency: 'daily', start: '06:00:00', intervals: [] }, '“daily”'],
    [{ frequency: 'Daily', intervals: [] }, 'no start time'],
    [{ frequency: 'Daily', start: '6:00', intervals: [] }, '“6:00”'],
    [{ frequency: 'Daily', start: '24:00:00', intervals: [] }, '“24:00:00”'],
    [{ frequency: 'Daily', start: '06:00:00', end: 'noon', intervals: [{ hours: '2' }] }, '“noon”'],
    [{ frequency: 'Daily', start: '06:00:00', intervals: [{ minutes: '15' }] }, 'minutes=15'],
    [{ frequency: 'Hourly', start: '06:00:00', intervals: [{ hours: '2' }] }, 'without an end'],
    [{ frequency: 'Hourly', start: '06:00:00', end: '08:00:00', intervals: [] }, 'without an interval'],
    [{ frequency: 'Hourly', start: '06:00:00', end: '08:00:00', intervals: [{ hours: '0' }] }, 'hours=0'],
    [{ frequency: 'Hourly', start: '06:00:00', end: '08:00:00', intervals: [{ hours: '1.5' }] }, 'hours=1.5'],
    [{ frequency: 'Hourly', start: '06:00:00', end: '08:00:00', intervals: [{ hours: '2' }, { minutes: '15' }] }, 'hours=2, minutes=15'],
    [{ frequency: 'Hourly', start: '06:00:00', end: '08:00:00', intervals: [{ hours: '2', weekDay: 'Monday' }] }, 'hours=2 weekDay=Monday'],
    [{ frequency: 'Weekly', start: '06:00:00', intervals: [] }, 'without a day'],
    [{ frequency: 'Weekly', start: '06:00:00', intervals: [{ weekDay: 'Funday' }] }, 'weekDay=Funday'],
    [{ frequency: 'Weekly', start: '06:00:00', intervals: [{ weekDay: 'Monday' }, {}] }, 'an empty interval'],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [] }, 'without a day'],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: '32' }] }, 'monthDay=32'],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: 'First' }] }, 'monthDay=First'],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: 'Customized Monthly' }] }, '“Customized Monthly”'],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: 'First', weekDay: 'Monday' }, { monthDay: '3' }] }, 'monthDay=First weekDay=Monday'],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: '3', season: 'wet' }] }, 'monthDay=3 season=wet'],
  ])('%j is unknown, and the reason shows what was reported', (recurrence, shown) => {
    const rhythm = readRhythm(recurrence)
    expect(rhythm.kind === 'unknown' ? rhythm.reason : rhythm).toContain(shown)
  })

  it('knows every shape that Tableau is known to report', () => {
    fc.assert(
      fc.property(knownRecurrence(1), (recurrence) => {
        expect(readRhythm(recurrence).kind).not.toBe('unknown')
      }),
    )
  })

  it('never throws, whatever the strings', () => {
    fc.assert(
      fc.property(anyRecurrence, (recurrence) => {
        const rhythm = readRhythm(recurrence)
        expect(rhythm.kind === 'unknown' ? rhythm.reason : 'Known.').toMatch(/\.$/)
      }),
      { numRuns: 1000 },
    )
  })
})

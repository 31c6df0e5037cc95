import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromCloudRecurrence, toCloudRecurrence } from './cloud-recurrence.ts'
import type { Recurrence } from './recurrence.ts'
import { sameCloudTimes, sameServerTimes } from './same-recurrence.ts'
import { fromServerRecurrence, toServerRecurrence } from './server-recurrence.ts'
import { anyRecurrence, cloudRecurrence, knownRecurrence, serverRecurrence } from './testing/arbitraries.ts'
import { describeIn, describeRecurrence } from './words.ts'
import { zoneCity } from './zone-city.ts'

const hourly = (start: string, end: string, ...intervals: Recurrence['intervals']): Recurrence => ({ frequency: 'Hourly', start, end, intervals })
const daily = (start: string, end: string | undefined, ...intervals: Recurrence['intervals']): Recurrence => ({ frequency: 'Daily', start, end, intervals })
const weekly = (start: string, ...days: string[]): Recurrence => ({ frequency: 'Weekly', start, intervals: days.map((weekDay) => ({ weekDay })) })
const monthly = (start: string, ...intervals: Recurrence['intervals']): Recurrence => ({ frequency: 'Monthly', start, intervals })
const workDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
const allDays = ['Sunday', ...workDays, 'Saturday']
const on = (days: readonly string[]) => days.map((weekDay) => ({ weekDay }))

describe('the words of a recurrence', () => {
  it.each<[Recurrence, string]>([
    [hourly('18:30:00', '22:30:00', { hours: '2' }), 'Every 2 hours from 18:30 to 22:30'],
    [hourly('18:30:00', '23:00:00', { hours: '2' }), 'Every 2 hours from 18:30 to 22:30 (ends at 23:00)'],
    [hourly('08:00:00', '18:00:00', { hours: '1' }), 'Every hour from 08:00 to 18:00'],
    [hourly('08:00:00', '18:00:00', { minutes: '60' }), 'Every hour from 08:00 to 18:00'],
    [hourly('08:00:00', '18:00:00', { hours: '2' }, ...on(workDays)), 'Every 2 hours from 08:00 to 18:00, Mon–Fri'],
    [hourly('00:00:00', '00:00:00', { minutes: '15' }), 'Every 15 minutes, all day'],
    [hourly('00:05:00', '00:05:00', { minutes: '15' }), 'Every 15 minutes from 00:05, all day'],
    [hourly('00:15:00', '00:15:00', { minutes: '15' }), 'Every 15 minutes from 00:15, all day'],
    [hourly('00:00:00', '00:00:00', { hours: '4' }), 'Every 4 hours from 00:00, all day'],
    [hourly('01:00:00', '01:00:00', { hours: '4' }, ...on(['Sunday'])), 'Every 4 hours from 01:00, all day, Sun'],
    [hourly('22:00:00', '02:00:00', { minutes: '30' }), 'Every 30 minutes from 22:00 to 02:00 the next day'],
    [hourly('20:00:00', '01:00:00', { hours: '2' }), 'Every 2 hours from 20:00 to 00:00 the next day (ends at 01:00)'],
    [hourly('20:00:00', '01:00:00', { hours: '4' }), 'Every 4 hours from 20:00 to 00:00 the next day (ends at 01:00)'],
    [hourly('21:00:00', '00:30:00', { hours: '2' }), 'Every 2 hours from 21:00 to 23:00 (ends at 00:30)'],
    [hourly('18:30:00', '23:00:00', { hours: '12' }), 'Daily at 18:30 (every 12 hours, but ends at 23:00)'],
    [hourly('18:30:00', '23:00:00', { hours: '12' }, ...on(workDays)), 'Mon–Fri at 18:30 (every 12 hours, but ends at 23:00)'],
    [hourly('18:30:00', '23:00:00', { hours: '24' }), 'Daily at 18:30'],
    [daily('02:15:00', undefined), 'Daily at 02:15'],
    [daily('02:15:30', undefined), 'Daily at 02:15:30'],
    [daily('05:00:00', undefined, ...on(workDays)), 'Mon–Fri at 05:00'],
    [daily('05:00:00', undefined, ...on(allDays)), 'Daily at 05:00'],
    [daily('18:20:00', '18:20:00', { hours: '24' }, { weekDay: 'Tuesday' }), 'Tue at 18:20'],
    [daily('06:00:00', '20:00:00', { hours: '4' }, ...on(['Sunday', 'Wednesday'])), 'Every 4 hours from 06:00 to 18:00 (ends at 20:00), Sun, Wed'],
    [weekly('05:00:00', ...workDays), 'Mon–Fri at 05:00'],
    [weekly('18:30:00', 'Sunday', 'Wednesday'), 'Sun, Wed at 18:30'],
    [weekly('18:30:00', ...allDays), 'Every day at 18:30'],
    [weekly('09:00:00', 'Sunday', 'Saturday'), 'Sat, Sun at 09:00'],
    [weekly('09:00:00', 'Friday', 'Saturday', 'Sunday'), 'Fri–Sun at 09:00'],
    [weekly('09:00:00', 'Monday', 'Tuesday'), 'Mon, Tue at 09:00'],
    [weekly('09:00:00', 'Sunday', 'Monday', 'Wednesday', 'Thursday', 'Friday'), 'Sun, Mon, Wed–Fri at 09:00'],
    [weekly('09:00:00', 'Sunday', 'Wednesday', 'Saturday'), 'Sun, Wed, Sat at 09:00'],
    [monthly('06:00:00', { monthDay: '15' }), 'On the 15th of the month at 06:00'],
    [monthly('06:00:00', { monthDay: '15' }, { monthDay: '1' }), 'On the 1st and 15th of the month at 06:00'],
    [monthly('06:00:00', { monthDay: '2' }, { monthDay: '3' }, { monthDay: '11' }, { monthDay: '12' }, { monthDay: '22' }), 'On the 2nd, 3rd, 11th, 12th and 22nd of the month at 06:00'],
    [monthly('06:00:00', { monthDay: '13' }, { monthDay: '21' }, { monthDay: '31' }), 'On the 13th, 21st and 31st of the month at 06:00'],
    [monthly('23:00:00', { monthDay: 'LastDay' }), 'On the last day of the month at 23:00'],
    [monthly('23:00:00', { monthDay: 'LastDay' }, { monthDay: '1' }), 'On the 1st and last day of the month at 23:00'],
    [monthly('08:00:00', { monthDay: 'Third', weekDay: 'Thursday' }), 'On the third Thursday of the month at 08:00'],
    [monthly('08:00:00', { monthDay: 'LastDay', weekDay: 'Friday' }), 'On the last Friday of the month at 08:00'],
    [{ frequency: 'Fortnightly', start: '06:00:00', intervals: [{ weekDay: 'Funday' }] }, 'Fortnightly at 06:00 (unknown to Refreshboard: weekDay=Funday)'],
    [{ frequency: 'Weekly', start: '06:00:00', intervals: [] }, 'Weekly at 06:00 (unknown to Refreshboard)'],
    [{ frequency: 'Hourly', start: '06:00:00', end: '08:00:00', intervals: [{ hours: '0' }, {}] }, 'Hourly from 06:00 to 08:00 (unknown to Refreshboard: hours=0, an empty interval)'],
    [monthly('noon', { monthDay: 'Customized Monthly' }), 'Monthly at “noon” (unknown to Refreshboard: monthDay=Customized Monthly)'],
    [{ frequency: '', intervals: [] }, 'No frequency (unknown to Refreshboard)'],
  ])('%j', (recurrence, words) => {
    expect(describeRecurrence(recurrence)).toBe(words)
  })

  it('name the zone', () => {
    expect(describeIn(hourly('18:30:00', '23:00:00', { hours: '2' }), 'America/Los_Angeles')).toBe('Every 2 hours from 18:30 to 22:30 (ends at 23:00), Los Angeles time')
    expect(describeIn(daily('02:15:00', undefined), 'UTC')).toBe('Daily at 02:15, UTC')
    expect(describeIn(daily('02:15:00', undefined), 'Etc/GMT+5')).toBe('Daily at 02:15, UTC−5')
  })

  it('show everything that was reported of what is not understood, and never throw', () => {
    fc.assert(
      fc.property(anyRecurrence, (recurrence) => {
        const words = describeRecurrence(recurrence)
        if (!words.includes('unknown to Refreshboard')) return
        expect(words).toContain(recurrence.frequency.trim() === '' ? 'No frequency' : recurrence.frequency)
        for (const [name, value] of recurrence.intervals.flatMap((interval) => Object.entries(interval))) expect(words).toContain(`${name}=${value}`)
      }),
      { numRuns: 1000 },
    )
  })

  // What stands before and after an edit, in a collision and in what was kept: each tells two sets of times apart by these words.
  it.each([
    ['Server', serverRecurrence.map(fromServerRecurrence), (times: Recurrence) => toServerRecurrence(times).writable, sameServerTimes],
    ['Cloud', cloudRecurrence.map(fromCloudRecurrence), (times: Recurrence) => toCloudRecurrence(times).writable, sameCloudTimes],
  ] as const)('are the same for two sets of times of %s only where those are the same', (_flavor, times, writable, same) => {
    fc.assert(
      fc.property(times, times, fc.constantFrom('start', 'end', 'intervals'), (a, other, part) => {
        const b = { ...a, [part]: other[part] }
        fc.pre(writable(b))
        expect(describeRecurrence(a) !== describeRecurrence(b) || same(a, b)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('never call a known shape unknown', () => {
    fc.assert(
      fc.property(knownRecurrence(1), (recurrence) => {
        expect(describeRecurrence(recurrence)).toMatch(/^[A-Z][^?]* (at|from|all day|to) ?/)
        expect(describeRecurrence(recurrence)).not.toMatch(/unknown|undefined|NaN/)
      }),
    )
  })
})

it.each([
  ['America/Los_Angeles', 'Los Angeles'],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires'],
  ['America/Port-au-Prince', 'Port-au-Prince'],
  ['US/Pacific', 'Pacific'],
  ['UTC', 'UTC'],
  ['Etc/UTC', 'UTC'],
  ['Etc/GMT', 'UTC'],
  ['GMT', 'UTC'],
  ['Etc/GMT+5', 'UTC−5'],
  ['Etc/GMT-14', 'UTC+14'],
  ['Etc/GMT0', 'UTC'],
  ['EST', 'EST'],
])('%s is %s', (zone, city) => {
  expect(zoneCity(zone)).toBe(city)
})

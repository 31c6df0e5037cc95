import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asCloudRuns, fromCloudRecurrence, toCloudRecurrence } from './cloud-recurrence.ts'
import { cloudFaults } from './cloud-rules.ts'
import { nextRuns, runsBetween } from './fire-times.ts'
import type { CloudRecurrence, Interval, Recurrence } from './recurrence.ts'
import { sameRecurrence } from './same-recurrence.ts'
import { anyRecurrence, cloudRecurrence, knownRecurrence } from './testing/arbitraries.ts'
import { describeRecurrence } from './words.ts'

const on = (...days: string[]): Interval[] => days.map((weekDay) => ({ weekDay }))

/** Every shape: what is sent of it, its words, and its next two runs after Thursday 15 January 2026, 00:00 in Los Angeles. */
const shapes: readonly [value: CloudRecurrence, sent: Recurrence, words: string, next: readonly [string, string]][] = [
  [
    { frequency: 'Hourly', start: '20:45:00', end: '22:45:00', weekDays: ['Sunday', 'Wednesday'] },
    { frequency: 'Hourly', start: '20:45:00', end: '22:45:00', intervals: [{ hours: '1' }, ...on('Sunday', 'Wednesday')] },
    'Every hour from 20:45 to 22:45, Sun, Wed',
    ['2026-01-19T04:45:00.000Z', '2026-01-19T05:45:00.000Z'],
  ],
  [
    { frequency: 'Daily', start: '18:30:00', end: '22:30:00', hours: 4, weekDays: ['Sunday', 'Wednesday'] },
    { frequency: 'Daily', start: '18:30:00', end: '22:30:00', intervals: [{ hours: '4' }, ...on('Sunday', 'Wednesday')] },
    'Every 4 hours from 18:30 to 22:30, Sun, Wed',
    ['2026-01-19T02:30:00.000Z', '2026-01-19T06:30:00.000Z'],
  ],
  [
    { frequency: 'Daily', start: '05:00:00', hours: 24, weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] },
    { frequency: 'Daily', start: '05:00:00', end: '05:00:00', intervals: [{ hours: '24' }, ...on('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday')] },
    'Mon–Fri at 05:00',
    ['2026-01-15T13:00:00.000Z', '2026-01-16T13:00:00.000Z'],
  ],
  [{ frequency: 'Weekly', start: '06:00:00', weekDay: 'Monday' }, { frequency: 'Weekly', start: '06:00:00', intervals: on('Monday') }, 'Mon at 06:00', ['2026-01-19T14:00:00.000Z', '2026-01-26T14:00:00.000Z']],
  [
    { frequency: 'Monthly', start: '06:00:00', on: { days: [1, 31] } },
    { frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: '1' }, { monthDay: '31' }] },
    'On the 1st and 31st of the month at 06:00',
    ['2026-01-31T14:00:00.000Z', '2026-02-01T14:00:00.000Z'],
  ],
  [{ frequency: 'Monthly', start: '23:00:00', on: { lastDay: true } }, { frequency: 'Monthly', start: '23:00:00', intervals: [{ monthDay: 'LastDay' }] }, 'On the last day of the month at 23:00', ['2026-02-01T07:00:00.000Z', '2026-03-01T07:00:00.000Z']],
  [
    { frequency: 'Monthly', start: '06:00:00', on: { occurrence: 'Third', weekDay: 'Thursday' } },
    { frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] },
    'On the third Thursday of the month at 06:00',
    ['2026-01-15T14:00:00.000Z', '2026-02-19T14:00:00.000Z'],
  ],
  [
    { frequency: 'Monthly', start: '06:00:00', on: { occurrence: 'LastDay', weekDay: 'Friday' } },
    { frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: 'LastDay', weekDay: 'Friday' }] },
    'On the last Friday of the month at 06:00',
    ['2026-01-30T14:00:00.000Z', '2026-02-27T14:00:00.000Z'],
  ],
]

describe('what Cloud can be sent', () => {
  it.each(shapes)('%j is sent, told and run as it is', (value, sent, words, next) => {
    expect(fromCloudRecurrence(value)).toEqual(sent)
    expect(cloudFaults(sent)).toEqual([])
    expect(toCloudRecurrence(sent)).toEqual({ writable: true, value })
    expect(describeRecurrence(sent)).toBe(words)
    expect(nextRuns(sent, 'America/Los_Angeles', { after: Date.parse('2026-01-15T08:00:00Z'), count: 2 })?.map((run) => new Date(run).toISOString())).toEqual(next)
  })

  it('is read back as it was sent, its days in order', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(cloudRecurrence, (value) => {
        const sent = fromCloudRecurrence(value)
        const read = toCloudRecurrence(sent)
        seen.set(value.frequency, (seen.get(value.frequency) ?? 0) + 1)
        expect(cloudFaults(sent)).toEqual([])
        expect(read.writable && fromCloudRecurrence(read.value)).toEqual(sent)
      }),
      { numRuns: 1000 },
    )
    expect([...seen.keys()].toSorted()).toEqual(['Daily', 'Hourly', 'Monthly', 'Weekly'])
  })
})

describe('what was read, as what Cloud can be sent', () => {
  it.each<[Recurrence, CloudRecurrence]>([
    [{ frequency: 'Hourly', start: '08:00:00', end: '18:00:00', intervals: [{ minutes: '60' }, ...on('Wednesday', 'Sunday')] }, { frequency: 'Hourly', start: '08:00:00', end: '18:00:00', weekDays: ['Sunday', 'Wednesday'] }],
    [{ frequency: 'Daily', start: '08:00:00', end: '20:00:00', intervals: [{ hours: '24' }, ...on('Monday')] }, { frequency: 'Daily', start: '08:00:00', hours: 24, weekDays: ['Monday'] }],
    [{ frequency: 'Weekly', start: '08:00:00', end: '20:00:00', intervals: on('Monday') }, { frequency: 'Weekly', start: '08:00:00', weekDay: 'Monday' }],
    [{ frequency: 'Monthly', start: '08:00:00', intervals: [{ monthDay: '15' }, { monthDay: '1' }] }, { frequency: 'Monthly', start: '08:00:00', on: { days: [1, 15] } }],
  ])('%j', (recurrence, value) => {
    expect(toCloudRecurrence(recurrence)).toEqual({ writable: true, value })
  })

  it.each<[Recurrence, string]>([
    [{ frequency: 'Daily', start: '08:00:00', intervals: on('Monday') }, 'Daily needs an end. Daily runs every 2, 4, 6, 8, 12 or 24 hours.'],
    [{ frequency: 'Weekly', start: '08:00:00', intervals: on('Monday', 'Friday') }, 'Weekly runs on exactly one day of the week; not on 2: Monday, Friday.'],
    [
      { frequency: 'Monthly', start: '08:00:00', intervals: [{ monthDay: 'Customized Monthly' }] },
      'Tableau reports its days of the month as “Customized Monthly”, without saying which. What Refreshboard does not understand to the last detail, it does not take over.',
    ],
  ])('%j is not, for a reason', (recurrence, reason) => {
    expect(toCloudRecurrence(recurrence)).toEqual({ writable: false, reason })
  })

  it('fires at the same times after it was sent back', () => {
    let sentBack = 0
    fc.assert(
      fc.property(fc.oneof(knownRecurrence(5), anyRecurrence, cloudRecurrence.map(fromCloudRecurrence)), (recurrence) => {
        const read = toCloudRecurrence(recurrence)
        expect(read.writable).toBe(cloudFaults(recurrence).length === 0)
        if (!read.writable) return
        sentBack += 1
        const runs = (of: Recurrence) => runsBetween(asCloudRuns(of), 'Europe/London', Date.UTC(2026, 2, 1), Date.UTC(2026, 4, 1))
        expect(runs(fromCloudRecurrence(read.value))).toEqual(runs(recurrence))
      }),
      { numRuns: 1000 },
    )
    expect(sentBack).toBeGreaterThan(100)
  })
})

describe('a Daily without hours', () => {
  const recurrence: Recurrence = { frequency: 'Daily', start: '09:00:00', end: '12:00:00', intervals: on('Monday') }

  it('runs every hour on Cloud, in its window or all day', () => {
    expect(describeRecurrence(asCloudRuns(recurrence))).toBe('Every hour from 09:00 to 12:00, Mon')
    expect(describeRecurrence(asCloudRuns({ ...recurrence, end: undefined }))).toBe('Every hour from 09:00, all day, Mon')
  })

  it('is the only shape that means something else on Cloud', () => {
    fc.assert(
      fc.property(anyRecurrence.filter(({ frequency }) => frequency !== 'Daily'), (any) => {
        expect(asCloudRuns(any)).toBe(any)
      }),
    )
    for (const [, sent] of shapes) expect(asCloudRuns(sent)).toBe(sent)
  })
})

it('two recurrences are the same in whatever order intervals and attributes are printed, and in nothing else', () => {
  const third: Recurrence = { frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] }
  expect(sameRecurrence(third, { ...third, intervals: [{ weekDay: 'Thursday', monthDay: 'Third' }] })).toBe(true)
  expect(sameRecurrence({ ...third, intervals: on('Monday', 'Friday') }, { ...third, intervals: on('Friday', 'Monday') })).toBe(true)
  expect([sameRecurrence(third, { ...third, end: '06:00:00' }), sameRecurrence(third, { ...third, start: '06:05:00' }), sameRecurrence(third, undefined), sameRecurrence(undefined, undefined)]).toEqual([false, false, false, true])
})

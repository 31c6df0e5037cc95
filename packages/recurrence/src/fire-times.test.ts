import { describe, expect, it } from 'vitest'
import { nextRuns, runsBetween } from './fire-times.ts'
import type { Interval, Recurrence } from './recurrence.ts'

const utc = (iso: string) => Date.parse(iso)
const iso = (instants: readonly number[] | undefined) => instants?.map((instant) => new Date(instant).toISOString().replace('.000Z', 'Z'))

const daily = (start: string): Recurrence => ({ frequency: 'Daily', start, intervals: [] })
const monthly = (...intervals: Interval[]): Recurrence => ({ frequency: 'Monthly', start: '06:00:00', intervals })

describe('the samples of the jobs-tasks-schedules reference', () => {
  // Line of the sample, the recurrence, a moment before (its createdAt or updatedAt; of line 875 a chosen one), its nextRunAt.
  // Of line 1522, start and LastDay are inferred from its nextRunAt.
  it.each<[line: string, recurrence: Recurrence, asOf: string, nextRunAt: string]>([
    ['423–456', { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', intervals: [{ hours: '2' }] }, '2016-05-07T01:51:19Z', '2016-05-07T03:30:00Z'],
    ['464–491', daily('02:15:00'), '2016-05-07T01:43:33Z', '2016-05-07T09:15:00Z'],
    ['499–534', { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Sunday' }, { weekDay: 'Wednesday' }] }, '2016-05-07T02:01:30Z', '2016-05-09T01:30:00Z'],
    ['758', { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ hours: '4' }] }, '2020-02-25T04:00:44Z', '2020-02-25T08:00:00Z'],
    ['875', { frequency: 'Weekly', start: '21:50:00', intervals: [{ weekDay: 'Wednesday' }] }, '2023-06-07T12:00:00Z', '2023-06-08T04:50:00Z'],
    ['1522–1530', { frequency: 'Monthly', start: '23:00:00', intervals: [{ monthDay: 'LastDay' }] }, '2016-01-01T07:00:03Z', '2016-02-01T07:00:00Z'],
  ])('line %s: %j', (_line, recurrence, asOf, nextRunAt) => {
    expect(iso(nextRuns(recurrence, 'America/Los_Angeles', { after: utc(asOf), count: 1 }))).toEqual([nextRunAt])
  })
})

describe('changes of the clocks', () => {
  it.each<[what: string, zone: string, start: string, from: string, to: string, fires: string[]]>([
    ['New York, 02:30 left out on 8 March', 'America/New_York', '02:30:00', '2026-03-07T00:00:00Z', '2026-03-10T00:00:00Z', ['2026-03-07T07:30:00Z', '2026-03-08T07:30:00Z', '2026-03-09T06:30:00Z']],
    ['New York, 01:30 twice on 1 November', 'America/New_York', '01:30:00', '2026-10-31T00:00:00Z', '2026-11-03T00:00:00Z', ['2026-10-31T05:30:00Z', '2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z']],
    ['Lord Howe, half an hour left out on 4 October', 'Australia/Lord_Howe', '02:15:00', '2026-10-02T00:00:00Z', '2026-10-05T00:00:00Z', ['2026-10-02T15:45:00Z', '2026-10-03T15:45:00Z', '2026-10-04T15:15:00Z']],
    ['Lord Howe, 01:45 twice on 5 April', 'Australia/Lord_Howe', '01:45:00', '2026-04-03T00:00:00Z', '2026-04-06T00:00:00Z', ['2026-04-03T14:45:00Z', '2026-04-04T14:45:00Z', '2026-04-05T15:15:00Z']],
    ['São Paulo, midnight left out on 4 November 2018', 'America/Sao_Paulo', '00:00:00', '2018-11-03T00:00:00Z', '2018-11-06T00:00:00Z', ['2018-11-03T03:00:00Z', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z']],
    ['São Paulo, no change any more since 2019', 'America/Sao_Paulo', '00:00:00', '2019-11-02T12:00:00Z', '2019-11-05T00:00:00Z', ['2019-11-03T03:00:00Z', '2019-11-04T03:00:00Z']],
    ['Kathmandu, three quarters of an hour', 'Asia/Kathmandu', '06:00:00', '2026-03-07T12:00:00Z', '2026-03-09T00:15:00Z', ['2026-03-08T00:15:00Z', '2026-03-09T00:15:00Z']],
    ['UTC', 'UTC', '06:00:00', '2026-03-07T12:00:00Z', '2026-03-09T06:00:00Z', ['2026-03-08T06:00:00Z', '2026-03-09T06:00:00Z']],
    ['Apia, a day left out at the end of 2011', 'Pacific/Apia', '12:00:00', '2011-12-29T00:00:00Z', '2012-01-01T00:00:00Z', ['2011-12-29T22:00:00Z', '2011-12-30T22:00:00Z', '2011-12-31T22:00:00Z']],
  ])('%s', (_what, zone, start, from, to, fires) => {
    expect(iso(runsBetween(daily(start), zone, utc(from), utc(to)))).toEqual(fires)
  })

  it('counts a fire that meets the next one once, and fires the hour that comes twice once', () => {
    const quarterly: Recurrence = { frequency: 'Hourly', start: '00:00:00', end: '04:00:00', intervals: [{ minutes: '30' }] }
    // 02:00 and 02:30 are moved onto 03:00 and 03:30.
    expect(iso(runsBetween(quarterly, 'America/New_York', utc('2026-03-08T06:00:00Z'), utc('2026-03-08T12:00:00Z')))).toEqual([
      '2026-03-08T06:30:00Z',
      '2026-03-08T07:00:00Z',
      '2026-03-08T07:30:00Z',
      '2026-03-08T08:00:00Z',
    ])
    expect(iso(runsBetween(quarterly, 'America/New_York', utc('2026-11-01T05:00:00Z'), utc('2026-11-01T08:00:00Z')))).toEqual(['2026-11-01T05:30:00Z', '2026-11-01T07:00:00Z', '2026-11-01T07:30:00Z', '2026-11-01T08:00:00Z'])
  })
})

describe('windows', () => {
  const from = utc('2026-05-03T12:00:00Z') // a Sunday
  const to = utc('2026-05-05T12:00:00Z')

  it.each<[what: string, recurrence: Recurrence, fires: string[]]>([
    ['fires at the end where the step falls on it', { frequency: 'Hourly', start: '18:00:00', end: '22:00:00', intervals: [{ hours: '2' }, { weekDay: 'Monday' }] }, ['2026-05-04T18:00:00Z', '2026-05-04T20:00:00Z', '2026-05-04T22:00:00Z']],
    [
      'runs past midnight, on the day on which it opened',
      { frequency: 'Hourly', start: '22:00:00', end: '01:00:00', intervals: [{ minutes: '60' }, { weekDay: 'Sunday' }] },
      ['2026-05-03T22:00:00Z', '2026-05-03T23:00:00Z', '2026-05-04T00:00:00Z', '2026-05-04T01:00:00Z'],
    ],
    ['does not fire at the closing of a whole day on which no other opens', { frequency: 'Hourly', start: '06:00:00', end: '06:00:00', intervals: [{ hours: '12' }, { weekDay: 'Monday' }] }, ['2026-05-04T06:00:00Z', '2026-05-04T18:00:00Z']],
    ['of a Daily without an end last the whole day', { frequency: 'Daily', start: '06:00:00', intervals: [{ hours: '8' }, { weekDay: 'Monday' }] }, ['2026-05-04T06:00:00Z', '2026-05-04T14:00:00Z', '2026-05-04T22:00:00Z']],
    ['of 24 hours fire once', { frequency: 'Daily', start: '06:00:00', end: '06:00:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }] }, ['2026-05-04T06:00:00Z']],
    ['shorter than their step fire once', { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', intervals: [{ hours: '12' }, { weekDay: 'Monday' }] }, ['2026-05-04T18:30:00Z']],
  ])('%s', (_what, recurrence, fires) => {
    expect(iso(runsBetween(recurrence, 'UTC', from, to))).toEqual(fires)
  })
})

describe('days of the month', () => {
  it.each<[what: string, recurrence: Recurrence, after: string, dates: string[]]>([
    ['the 31st skips short months', monthly({ monthDay: '31' }), '2026-01-31T12:00:00Z', ['2026-03-31', '2026-05-31', '2026-07-31', '2026-08-31']],
    ['the 29th skips a February of 28 days', monthly({ monthDay: '29' }), '2026-01-30T12:00:00Z', ['2026-03-29', '2026-04-29']],
    ['the 29th of February, in its year', monthly({ monthDay: '29' }), '2028-01-30T12:00:00Z', ['2028-02-29', '2028-03-29']],
    ['the last day', monthly({ monthDay: 'LastDay' }), '2028-01-30T12:00:00Z', ['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']],
    ['several days', monthly({ monthDay: '15' }, { monthDay: '1' }), '2026-01-10T12:00:00Z', ['2026-01-15', '2026-02-01', '2026-02-15']],
    ['a day and the last, which is counted once where they meet', monthly({ monthDay: '30' }, { monthDay: 'LastDay' }), '2026-03-29T12:00:00Z', ['2026-03-30', '2026-03-31', '2026-04-30', '2026-05-30']],
    ['the third Thursday', monthly({ monthDay: 'Third', weekDay: 'Thursday' }), '2026-01-01T12:00:00Z', ['2026-01-15', '2026-02-19', '2026-03-19']],
    ['the first of a month that begins with it', monthly({ monthDay: 'First', weekDay: 'Thursday' }), '2025-12-31T12:00:00Z', ['2026-01-01', '2026-02-05']],
    ['the last Friday', monthly({ monthDay: 'LastDay', weekDay: 'Friday' }), '2026-01-01T12:00:00Z', ['2026-01-30', '2026-02-27', '2026-03-27']],
    ['the fifth Friday, in months that have one', monthly({ monthDay: 'Fifth', weekDay: 'Friday' }), '2026-01-01T12:00:00Z', ['2026-01-30', '2026-05-29', '2026-07-31']],
  ])('%s', (_what, recurrence, after, dates) => {
    expect(iso(nextRuns(recurrence, 'UTC', { after: utc(after), count: dates.length }))).toEqual(dates.map((date) => `${date}T06:00:00Z`))
  })
})

describe('the bounds', () => {
  const fire = utc('2026-05-04T06:00:00Z')

  it('leave out the first instant and take the last', () => {
    expect(runsBetween(daily('06:00:00'), 'UTC', fire, fire + 86_400_000)).toEqual([fire + 86_400_000])
    expect(runsBetween(daily('06:00:00'), 'UTC', fire - 1, fire)).toEqual([fire])
    expect(runsBetween(daily('06:00:00'), 'UTC', fire, fire)).toEqual([])
    expect(runsBetween(daily('06:00:00'), 'UTC', fire + 86_400_000, fire)).toEqual([])
  })

  it('end with the schedule, whose last instant still fires', () => {
    expect(runsBetween(daily('06:00:00'), 'UTC', fire - 1, fire + 3 * 86_400_000, { endScheduleAt: fire })).toEqual([fire])
    expect(runsBetween(daily('06:00:00'), 'UTC', fire - 1, fire + 3 * 86_400_000, { endScheduleAt: fire - 1 })).toEqual([])
    expect(nextRuns(daily('06:00:00'), 'UTC', { after: fire - 1, count: 5, endScheduleAt: fire + 86_400_000 })).toEqual([fire, fire + 86_400_000])
  })

  it('look five years ahead and no further', () => {
    const runs = nextRuns(monthly({ monthDay: '1' }), 'UTC', { after: fire, count: 1000 })
    expect(runs).toHaveLength(60)
    expect(nextRuns(daily('06:00:00'), 'UTC', { after: fire, count: 0 })).toEqual([])
  })

  it('may be decades apart', () => {
    const runs = runsBetween(daily('06:00:00'), 'America/New_York', utc('1990-01-01T00:00:00Z'), utc('2030-01-01T00:00:00Z'))
    expect(runs).toHaveLength(14_610)
    expect(iso(runs?.slice(-1))).toEqual(['2029-12-31T11:00:00Z'])
  })

  it('tell what is not known from what does not fire', () => {
    expect(runsBetween({ frequency: 'Weekly', start: '06:00:00', intervals: [] }, 'UTC', 0, fire)).toBeUndefined()
    expect(nextRuns({ frequency: 'Fortnightly', start: '06:00:00', intervals: [] }, 'UTC', { after: 0, count: 1 })).toBeUndefined()
    expect(runsBetween(daily('06:00:00'), 'Atlantis/Capital', 0, fire)).toBeUndefined()
    expect(runsBetween(daily('06:00:00'), '', 0, fire)).toBeUndefined()
    expect(runsBetween(daily('06:00:00'), 'UTC', Number.NaN, fire)).toBeUndefined()
    expect(runsBetween(daily('06:00:00'), 'UTC', fire, Infinity)).toBeUndefined()
    expect(nextRuns(daily('06:00:00'), 'UTC', { after: Number.NaN, count: 1 })).toBeUndefined()
    expect(nextRuns(daily('06:00:00'), 'UTC', { after: Infinity, count: 1 })).toBeUndefined()
  })
})

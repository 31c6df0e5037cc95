import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fireTimesOf, lastFiringUpTo, nextFiringAfter } from './fire-times.ts'
import type { FiringRule } from './fire-times.ts'
import type { Interval } from './recurrence.ts'
import { weekDays } from './recurrence.ts'
import { instantOfWall, offsetsOf } from './zone.ts'

const losAngeles = 'America/Los_Angeles'
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const at = (text: string): number => Date.parse(text)
const printed = (instants: readonly number[]): string[] => instants.map((instant) => new Date(instant).toISOString().replace(':00.000Z', 'Z'))

/** `weekDay=Sunday;weekDay=Monday`, as `next-run` tables write intervals; a blank joins attributes of one interval. */
const intervalsOf = (text: string): Interval[] =>
  text === '' ? [] : text.split(';').map((part) => Object.fromEntries(part.split(', ').map((attribute) => attribute.split('=')).map(([name = '', value = '']) => [name, value])))

const rule = (frequency: string, start: string, end: string, intervals: string): FiringRule => ({
  frequency,
  start,
  ...(end !== '' && { end }),
  intervals: intervalsOf(intervals),
})

const between = (wanted: FiringRule, from: string, to: string, zone = losAngeles): string[] => printed(fireTimesOf(wanted, zone, at(from), at(to)))

describe('the samples of the references', () => {
  it.each([
    ['Hourly', '18:30:00', '23:00:00', 'hours=2', '2016-05-07T01:51:19Z', '2016-05-07T03:30:00Z'],
    ['Daily', '02:15:00', '', '', '2016-05-07T01:43:33Z', '2016-05-07T09:15:00Z'],
    ['Weekly', '18:30:00', '', 'weekDay=Sunday;weekDay=Wednesday', '2016-05-07T02:01:30Z', '2016-05-09T01:30:00Z'],
    ['Hourly', '00:00:00', '00:00:00', 'hours=4', '2020-02-25T04:00:44Z', '2020-02-25T08:00:00Z'],
    ['Weekly', '21:50:00', '', 'weekDay=Wednesday', '2023-06-07T12:00:00Z', '2023-06-08T04:50:00Z'],
    ['Monthly', '23:00:00', '', 'monthDay=LastDay', '2016-01-01T07:00:03Z', '2016-02-01T07:00:00Z'],
  ])('%s from %s to %s every %s run next when they say', (frequency, start, end, intervals, asOf, next) => {
    expect(new Date(nextFiringAfter(rule(frequency, start, end, intervals), losAngeles, at(asOf)) ?? NaN).toISOString()).toBe(next.replace('Z', '.000Z'))
  })
})

describe('windows', () => {
  it.each([
    ['end on a step is included', rule('Hourly', '08:00:00', '10:00:00', 'hours=1'), ['08:00', '09:00', '10:00']],
    ['end between steps', rule('Hourly', '18:30:00', '23:00:00', 'hours=2'), ['18:30', '20:30', '22:30']],
    ['minutes', rule('Hourly', '08:00:00', '08:45:00', 'minutes=15'), ['08:00', '08:15', '08:30', '08:45']],
    ['sixty minutes', rule('Hourly', '08:00:00', '09:30:00', 'minutes=60'), ['08:00', '09:00']],
    ['past midnight', rule('Hourly', '22:00:00', '02:00:00', 'hours=2'), ['00:00', '02:00', '22:00']],
    ['the whole day', rule('Hourly', '00:00:00', '00:00:00', 'hours=6'), ['00:00', '06:00', '12:00', '18:00']],
    ['the whole day from three', rule('Hourly', '03:00:00', '03:00:00', 'hours=8'), ['03:00', '11:00', '19:00']],
    ['twelve hours that reach the end', rule('Hourly', '06:00:00', '18:00:00', 'hours=12'), ['06:00', '18:00']],
    ['24 hours', rule('Hourly', '06:00:00', '18:00:00', 'hours=24'), ['06:00']],
    ['more than 24 hours, past midnight', rule('Hourly', '06:00:00', '05:59:00', 'minutes=1440'), ['06:00']],
    ['Daily with hours and no end', rule('Daily', '05:00:00', '', 'hours=8'), ['05:00', '13:00', '21:00']],
    ['Daily with hours and end', rule('Daily', '05:10:00', '13:10:00', 'hours=4'), ['05:10', '09:10', '13:10']],
    ['Daily with 24 hours and end = start', rule('Daily', '05:10:00', '05:10:00', 'hours=24'), ['05:10']],
    ['Daily with an end and no hours', rule('Daily', '05:10:00', '13:10:00', ''), ['05:10']],
  ])('%s', (_, wanted, times) => {
    // A Tuesday in winter, UTC−8, with its whole local day: [00:00, 24:00).
    const fires = fireTimesOf(wanted, losAngeles, at('2026-01-13T08:00:00Z') - 1, at('2026-01-14T08:00:00Z') - 1)
    expect(printed(fires.map((instant) => instant - 8 * hour)).map((text) => text.slice(11, 16))).toEqual(times)
  })

  it('open on their weekdays and close on the next day', () => {
    const wanted = rule('Hourly', '22:00:00', '02:00:00', 'hours=2;weekDay=Monday;weekDay=Friday')
    expect(between(wanted, '2026-01-11T08:00:00Z', '2026-01-18T08:00:00Z', 'UTC')).toEqual([
      '2026-01-12T22:00Z', '2026-01-13T00:00Z', '2026-01-13T02:00Z', '2026-01-16T22:00Z', '2026-01-17T00:00Z', '2026-01-17T02:00Z',
    ])
  })

  it('of a whole day end before the next would open', () => {
    const wanted = rule('Daily', '22:00:00', '22:00:00', 'hours=12;weekDay=Monday')
    expect(between(wanted, '2026-01-11T00:00:00Z', '2026-01-18T00:00:00Z', 'UTC')).toEqual(['2026-01-12T22:00Z', '2026-01-13T10:00Z'])
  })
})

describe('months', () => {
  it.each([
    ['the 1st', 'monthDay=1', ['01-01', '02-01', '03-01', '04-01', '05-01']],
    ['the 31st, where there is one', 'monthDay=31', ['01-31', '03-31', '05-31']],
    ['the 29th, not in a common year’s February', 'monthDay=29', ['01-29', '03-29', '04-29', '05-29']],
    ['the last day', 'monthDay=LastDay', ['01-31', '02-28', '03-31', '04-30', '05-31']],
    ['several days', 'monthDay=1;monthDay=15', ['01-01', '01-15', '02-01', '02-15', '03-01', '03-15', '04-01', '04-15', '05-01', '05-15']],
    ['the 30th and the last, which can be one', 'monthDay=30;monthDay=LastDay', ['01-30', '01-31', '02-28', '03-30', '03-31', '04-30', '05-30', '05-31']],
    ['the third Thursday', 'monthDay=Third, weekDay=Thursday', ['01-15', '02-19', '03-19', '04-16', '05-21']],
    ['the first Sunday', 'weekDay=Sunday, monthDay=First', ['01-04', '02-01', '03-01', '04-05', '05-03']],
    ['the fifth Saturday, where there is one', 'monthDay=Fifth, weekDay=Saturday', ['01-31', '05-30']],
    ['the last Friday', 'monthDay=LastDay, weekDay=Friday', ['01-30', '02-27', '03-27', '04-24', '05-29']],
  ])('%s', (_, intervals, dates) => {
    expect(between(rule('Monthly', '12:00:00', '', intervals), '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', 'UTC').map((text) => text.slice(5, 10))).toEqual(dates)
  })

  it('have a 29 February in leap years', () => {
    expect(between(rule('Monthly', '12:00:00', '', 'monthDay=29'), '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z', 'UTC')).toEqual(['2028-02-29T12:00Z'])
  })
})

describe('changes of the clocks', () => {
  it.each([
    ['a time that is left out fires later by the gap', losAngeles, rule('Daily', '02:30:00', '', ''), '2026-03-07T12:00:00Z', ['2026-03-08T10:30Z', '2026-03-09T09:30Z']],
    ['the first instant of the gap', losAngeles, rule('Daily', '02:00:00', '', ''), '2026-03-07T12:00:00Z', ['2026-03-08T10:00Z', '2026-03-09T09:00Z']],
    ['right after the gap', losAngeles, rule('Daily', '03:00:00', '', ''), '2026-03-07T12:00:00Z', ['2026-03-08T10:00Z', '2026-03-09T10:00Z']],
    ['a time that comes twice fires the first time', losAngeles, rule('Daily', '01:30:00', '', ''), '2026-10-31T12:00:00Z', ['2026-11-01T08:30Z', '2026-11-02T09:30Z']],
    ['steps in the gap fall together', losAngeles, rule('Hourly', '01:30:00', '03:30:00', 'minutes=30'), '2026-03-08T00:00:00Z', ['2026-03-08T09:30Z', '2026-03-08T10:00Z', '2026-03-08T10:30Z', '2026-03-09T08:30Z', '2026-03-09T09:00Z']],
    ['steps in the doubled hour fire once', losAngeles, rule('Hourly', '00:30:00', '02:30:00', 'minutes=30'), '2026-11-01T00:00:00Z', ['2026-11-01T07:30Z', '2026-11-01T08:00Z', '2026-11-01T08:30Z', '2026-11-01T10:00Z', '2026-11-01T10:30Z']],
    ['a gap of half an hour', 'Australia/Lord_Howe', rule('Daily', '02:15:00', '', ''), '2026-10-02T20:00:00Z', ['2026-10-03T15:45Z', '2026-10-04T15:15Z']],
    ['a whole day that is left out', 'Pacific/Apia', rule('Daily', '10:00:00', '', ''), '2011-12-28T12:00:00Z', ['2011-12-28T20:00Z', '2011-12-29T20:00Z', '2011-12-30T20:00Z', '2011-12-31T20:00Z']],
    ['a change at midnight', 'America/Santiago', rule('Daily', '00:00:00', '', ''), '2026-09-04T12:00:00Z', ['2026-09-05T04:00Z', '2026-09-06T04:00Z', '2026-09-07T03:00Z']],
    ['Europe', 'Europe/Berlin', rule('Daily', '02:30:00', '', ''), '2026-03-28T12:00:00Z', ['2026-03-29T01:30Z', '2026-03-30T00:30Z']],
  ])('%s', (_, zone, wanted, from, fires) => {
    expect(printed(fireTimesOf(wanted, zone, at(from), at(from) + 5 * day).slice(0, fires.length))).toEqual(fires)
  })
})

describe('the end of a schedule', () => {
  const wanted = { ...rule('Daily', '12:00:00', '', ''), endScheduleAt: at('2026-01-03T12:00:00Z') }

  it('is the last instant at which it can fire', () => {
    expect(between(wanted, '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', 'UTC')).toEqual(['2026-01-01T12:00Z', '2026-01-02T12:00Z', '2026-01-03T12:00Z'])
    expect(fireTimesOf({ ...wanted, endScheduleAt: (wanted.endScheduleAt ?? 0) - 1 }, 'UTC', 0, at('2026-02-01T00:00:00Z')).at(-1)).toBe(at('2026-01-02T12:00:00Z'))
    expect(nextFiringAfter(wanted, 'UTC', at('2026-01-03T12:00:00Z'))).toBeUndefined()
    expect(lastFiringUpTo(wanted, 'UTC', at('2026-06-01T00:00:00Z'))).toBe(at('2026-01-03T12:00:00Z'))
  })
})

describe('what cannot be told', () => {
  it.each([
    rule('Fortnightly', '12:00:00', '', ''),
    rule('daily', '12:00:00', '', ''),
    rule('Hourly', '12:00:00', '', 'hours=1'),
    rule('Hourly', '12:00:00', '24:00:00', 'hours=1'),
    rule('Hourly', '12:00:00', '14:00:00', ''),
    rule('Hourly', '12:00:00', '14:00:00', 'hours=0'),
    rule('Hourly', '12:00:00', '14:00:00', 'hours=1;minutes=15'),
    rule('Hourly', '12:00:00', '14:00:00', 'hours=1;seconds=5'),
    rule('Daily', '12:00:00', '', 'minutes=60'),
    rule('Daily', '12:0:00', '', ''),
    rule('Daily', '12:60:00', '', ''),
    { frequency: 'Daily', intervals: [] },
    rule('Weekly', '12:00:00', '', ''),
    rule('Weekly', '12:00:00', '', 'weekDay=Sonntag'),
    rule('Weekly', '12:00:00', '', 'weekDay=Sunday;hours=2'),
    rule('Monthly', '12:00:00', '', ''),
    rule('Monthly', '12:00:00', '', 'monthDay=Customized Monthly'),
    rule('Monthly', '12:00:00', '', 'monthDay=32'),
    rule('Monthly', '12:00:00', '', 'monthDay=Sixth, weekDay=Monday'),
    rule('Monthly', '12:00:00', '', 'weekDay=Monday'),
    rule('Monthly', '12:00:00', '', 'monthDay=First, weekDay=Monday;monthDay=2'),
  ])('has no fire times: %j', (wanted) => {
    expect(fireTimesOf(wanted, 'UTC', 0, 400 * day)).toEqual([])
    expect([nextFiringAfter(wanted, 'UTC', 0), lastFiringUpTo(wanted, 'UTC', 0)]).toEqual([undefined, undefined])
  })

  it('a zone that does not exist is an error', () => {
    expect(() => fireTimesOf(rule('Daily', '12:00:00', '', ''), 'Mars/Olympus', 0, day)).toThrow(RangeError)
  })
})

const zones = ['UTC', losAngeles, 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Santiago', 'Africa/Casablanca', 'Pacific/Apia']
const anyZone = fc.constantFrom(...zones)
const anyTime = fc.nat({ max: 287 }).map((step) => new Date(step * 5 * minute).toISOString().slice(11, 19))
const anyDays = fc.subarray([...weekDays]).map((days) => days.map((weekDay) => ({ weekDay })))
const anyRule: fc.Arbitrary<FiringRule> = fc.oneof(
  fc.record({ frequency: fc.constant('Hourly'), start: anyTime, end: anyTime, intervals: fc.tuple(fc.constantFrom({ minutes: '15' }, { minutes: '30' }, { hours: '1' }, { hours: '8' }, { hours: '24' }), anyDays).map(([step, days]) => [step, ...days]) }),
  fc.record({ frequency: fc.constant('Daily'), start: anyTime, intervals: fc.tuple(fc.constantFrom([], [{ hours: '6' }], [{ hours: '12' }]), anyDays).map(([steps, days]) => [...steps, ...days]) }),
  fc.record({ frequency: fc.constant('Weekly'), start: anyTime, intervals: anyDays.filter((days) => days.length > 0) }),
  fc.record({ frequency: fc.constant('Monthly'), start: anyTime, intervals: fc.constantFrom([{ monthDay: '31' }], [{ monthDay: 'LastDay' }], [{ monthDay: '1' }, { monthDay: '15' }], [{ monthDay: 'Fifth', weekDay: 'Monday' }]) }),
)
const anyInstant = fc.integer({ min: at('2010-01-01T00:00:00Z') / minute, max: at('2032-01-01T00:00:00Z') / minute }).map((minutes) => minutes * minute)

describe('always', () => {
  it('the next and the last firing are those of the list', () => {
    fc.assert(
      fc.property(anyRule, anyZone, anyInstant, (wanted, zone, now) => {
        // As far as the rarest of them can be: the fifth Monday of a month, a day of the week.
        const reach = (wanted.frequency === 'Monthly' ? 130 : 9) * day
        const fires = fireTimesOf(wanted, zone, now - reach, now + reach)
        expect(nextFiringAfter(wanted, zone, now)).toBe(fires.find((instant) => instant > now))
        expect(lastFiringUpTo(wanted, zone, now)).toBe(fires.findLast((instant) => instant <= now))
        expect(fires.some((instant) => instant > now) && fires.some((instant) => instant <= now)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('two halves of a time have the firings of the whole', () => {
    fc.assert(
      fc.property(anyRule, anyZone, anyInstant, fc.nat({ max: 40 * 24 * 60 }), (wanted, zone, from, minutes) => {
        const middle = from + minutes * minute
        const to = from + 40 * day
        expect([...fireTimesOf(wanted, zone, from, middle), ...fireTimesOf(wanted, zone, middle, to)]).toEqual(fireTimesOf(wanted, zone, from, to))
      }),
      { numRuns: 200 },
    )
  })

  it('a wall time that exists is shown by the clock of the zone', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, wall) => {
        const offsets = offsetsOf(zone)
        const instant = instantOfWall(wall, offsets)
        const shown = instant + offsets(instant)
        // The only wall times that nobody sees are those of a gap, which is a day at most.
        expect(shown === wall || (shown > wall && shown - wall <= day && offsets(instant) > offsets(instant - day))).toBe(true)
        const earlier = [instant - hour, instant - hour / 2].filter((candidate) => candidate + offsets(candidate) === wall)
        expect(earlier).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })
})

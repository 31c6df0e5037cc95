import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextRuns, runsBetween } from './fire-times.ts'
import { inferTimeZone } from './infer-zone.ts'
import type { ZoneSample } from './infer-zone.ts'
import type { Recurrence } from './recurrence.ts'
import { knownRecurrence } from './testing/arbitraries.ts'
import { wallClock } from './wall-clock.ts'

const dayMs = 86_400_000
const utc = (iso: string) => Date.parse(iso)
const daily = (start: string): Recurrence => ({ frequency: 'Daily', start, intervals: [] })
const weekly = (start: string, ...days: string[]): Recurrence => ({ frequency: 'Weekly', start, intervals: days.map((weekDay) => ({ weekDay })) })
const hourly = (start: string, end: string): Recurrence => ({ frequency: 'Hourly', start, end, intervals: [{ hours: '2' }] })

/** The sample that a server in a zone reports. */
const report = (recurrence: Recurrence, zone: string, after: string): ZoneSample => ({ recurrence, nextRunAt: nextRuns(recurrence, zone, { after: utc(after), count: 1 })?.[0] ?? Number.NaN })

describe('the zone that explains the next runs', () => {
  it('is Los Angeles for the samples of the jobs-tasks-schedules reference', () => {
    const inferred = inferTimeZone([
      { recurrence: daily('02:15:00'), nextRunAt: utc('2016-05-07T09:15:00Z') },
      { recurrence: weekly('18:30:00', 'Sunday', 'Wednesday'), nextRunAt: utc('2016-05-09T01:30:00Z') },
      { recurrence: weekly('21:50:00', 'Wednesday'), nextRunAt: utc('2023-06-08T04:50:00Z') },
      { recurrence: { frequency: 'Monthly', start: '23:00:00', intervals: [{ monthDay: 'LastDay' }] }, nextRunAt: utc('2016-02-01T07:00:00Z') },
      { recurrence: hourly('18:30:00', '23:00:00'), nextRunAt: utc('2016-05-07T03:30:00Z') },
    ])
    expect(inferred).toMatchObject({ zone: 'America/Los_Angeles', samples: 4 })
  })

  it('counts the zones that fit as well: fewer, once both halves of the year are seen', () => {
    const summer = report(daily('06:00:00'), 'America/Denver', '2026-07-01T00:00:00Z')
    const winter = report(daily('06:00:00'), 'America/Denver', '2026-12-01T00:00:00Z')
    const zones = ['America/Phoenix', 'America/Denver', 'America/Boise', 'America/Regina', 'America/Chicago']
    expect(inferTimeZone([summer], { zones })).toEqual({ zone: 'America/Denver', others: 2, samples: 1 })
    expect(inferTimeZone([summer, winter], { zones })).toEqual({ zone: 'America/Denver', others: 1, samples: 2 })
  })

  it('takes a common zone before the alphabet, and then the alphabet', () => {
    const sample = report(daily('06:00:00'), 'Europe/Rome', '2026-07-01T00:00:00Z')
    expect(inferTimeZone([sample], { zones: ['Africa/Ceuta', 'Europe/Rome', 'Europe/Berlin'] })?.zone).toBe('Europe/Berlin')
    expect(inferTimeZone([sample], { zones: ['Europe/Rome', 'Europe/Prague'] })?.zone).toBe('Europe/Prague')
    expect(inferTimeZone([report(daily('06:00:00'), 'Asia/Kolkata', '2026-07-01T00:00:00Z')])?.zone).toBe('Asia/Kolkata')
  })

  it('is decided by the day too, where the time of the day fits', () => {
    // The same time of the day a day apart: UTC−10 and UTC+14.
    const sample = report(weekly('06:00:00', 'Monday'), 'Pacific/Kiritimati', '2026-07-01T00:00:00Z')
    expect(inferTimeZone([sample])).toMatchObject({ zone: 'Pacific/Kiritimati', others: 0 })
  })

  it('is not misled by a third of stale next runs, and is nobody’s guess beyond', () => {
    const good = ['06:00:00', '07:00:00', '08:00:00', '09:00:00'].map((start) => report(daily(start), 'Europe/London', '2026-07-01T00:00:00Z'))
    const stale = ['06:10:00', '07:20:00', '08:35:00'].map((start) => ({ ...report(daily(start), 'Europe/London', '2026-07-01T00:00:00Z'), recurrence: daily('12:34:00') }))
    expect(inferTimeZone([...good, ...stale.slice(0, 2)])).toMatchObject({ zone: 'Europe/London', samples: 4 })
    expect(inferTimeZone([...good, ...stale])).toBeUndefined()
  })

  it('leaves out next runs that had passed when they were read, unless there is nothing else', () => {
    const passed = { ...report(daily('06:00:00'), 'Europe/London', '2026-07-01T00:00:00Z'), at: utc('2026-08-01T00:00:00Z') }
    const fresh = { ...report(daily('06:00:00'), 'Asia/Tokyo', '2026-08-01T00:00:00Z'), at: utc('2026-08-01T00:00:00Z') }
    expect(inferTimeZone([passed, passed, fresh])).toMatchObject({ zone: 'Asia/Tokyo', samples: 1 })
    expect(inferTimeZone([passed])).toMatchObject({ zone: 'Europe/London', samples: 1 })
  })

  it('understands a run that a change of the clocks moved', () => {
    const moved = report(daily('02:30:00'), 'America/New_York', '2026-03-08T00:00:00Z')
    const after = report(daily('02:30:00'), 'America/New_York', '2026-03-09T00:00:00Z')
    const before = report(daily('02:30:00'), 'America/New_York', '2026-03-07T00:00:00Z')
    expect(new Date(moved.nextRunAt).toISOString()).toBe('2026-03-08T07:30:00.000Z')
    expect(inferTimeZone([before, moved, after])).toMatchObject({ zone: 'America/New_York', samples: 3 })
  })

  it('lets windows decide between zones that are equal otherwise, and no more than that', () => {
    const zones = ['America/Denver', 'America/Phoenix']
    const summer = report(daily('06:00:00'), 'America/Phoenix', '2026-07-01T00:00:00Z')
    const inDenver = report(daily('06:00:00'), 'America/Denver', '2026-07-01T00:00:00Z')
    expect(summer.nextRunAt).not.toBe(inDenver.nextRunAt)
    const winter = report(daily('06:00:00'), 'America/Phoenix', '2026-12-01T00:00:00Z')
    expect(inferTimeZone([winter], { zones })).toEqual({ zone: 'America/Denver', others: 1, samples: 1 })
    const window = report(hourly('09:00:00', '11:00:00'), 'America/Phoenix', '2026-07-01T00:00:00Z')
    expect(inferTimeZone([winter, window], { zones })).toEqual({ zone: 'America/Phoenix', others: 0, samples: 1 })
    // A window that contradicts the schedules that pin the zone changes nothing.
    expect(inferTimeZone([winter, { ...window, nextRunAt: utc('2026-07-01T03:07:00Z') }], { zones })).toEqual({ zone: 'America/Denver', others: 1, samples: 1 })
  })

  it('is unknown without a schedule that pins it', () => {
    expect(inferTimeZone([])).toBeUndefined()
    expect(inferTimeZone([report(hourly('09:00:00', '17:00:00'), 'Europe/London', '2026-07-01T00:00:00Z')])).toBeUndefined()
    expect(inferTimeZone([{ recurrence: { frequency: 'Daily', intervals: [] }, nextRunAt: 0 }])).toBeUndefined()
    expect(inferTimeZone([{ recurrence: daily('06:00:00'), nextRunAt: Number.NaN }])).toBeUndefined()
    expect(inferTimeZone([{ recurrence: daily('06:00:00'), nextRunAt: 8.7e15 }])).toBeUndefined()
    expect(inferTimeZone([{ recurrence: daily('06:00:00'), nextRunAt: 0.5 }])).toBeUndefined()
    expect(inferTimeZone([{ recurrence: daily('06:00:00'), nextRunAt: utc('2026-07-01T05:00:17Z') }])).toBeUndefined()
    expect(inferTimeZone([report(daily('06:00:00'), 'Europe/London', '2026-07-01T00:00:00Z')], { zones: ['Atlantis/Capital', ''] })).toBeUndefined()
  })

  it('shows the same time on the wall as the true zone', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    const instant = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) })
    const taken = fc.tuple(knownRecurrence(5), instant)
    const pinning = fc.tuple(knownRecurrence(5, ['Weekly', 'Monthly']), instant)
    fc.assert(
      fc.property(fc.constantFrom(...zones), pinning, fc.array(taken, { maxLength: 8 }), (zone, first, others) => {
        const samples = [first, ...others].map(([recurrence, after]) => ({ recurrence, nextRunAt: nextRuns(recurrence, zone, { after, count: 1 })?.[0] ?? Number.NaN }))
        const inferred = inferTimeZone(samples)
        const offset = (zone: string, instant: number) => wallClock(zone)?.offsetAt(instant) ?? Number.NaN
        const ours = inferred?.zone ?? 'nowhere'
        for (const { recurrence, nextRunAt } of samples) {
          if (recurrence.frequency !== 'Weekly' && recurrence.frequency !== 'Monthly') continue
          expect(runsBetween(recurrence, ours, nextRunAt - 1, nextRunAt)).toEqual([nextRunAt])
          // A run that a gap moved is at another time of the wall than its own, in one zone or in the other.
          if ([ours, zone].some((either) => offset(either, nextRunAt) !== offset(either, nextRunAt - 3 * 3_600_000))) continue
          // A day apart is the same time of the day: UTC−10 and UTC+14.
          expect(Math.abs(offset(ours, nextRunAt) - offset(zone, nextRunAt)) % dayMs).toBe(0)
        }
      }),
      { numRuns: 25 },
    )
  }, 30_000)
})

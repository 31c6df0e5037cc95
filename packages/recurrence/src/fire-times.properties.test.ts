import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextRuns, runsBetween } from './fire-times.ts'
import { anyRecurrence, knownRecurrence, oddZones } from './testing/arbitraries.ts'
import { wallClock } from './wall-clock.ts'

const dayMs = 86_400_000
/** 1990 to 2040: changes of the clocks that zones have given up, and those they keep. */
const instant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) })
const zone = fc.constantFrom(...oddZones)
const recurrence = knownRecurrence(1)

describe('the fires of any schedule that Tableau is known to report', () => {
  it('lie in the range, ascending, each once', () => {
    fc.assert(
      fc.property(recurrence, zone, instant, fc.nat({ max: 40 * dayMs }), (recurrence, zone, from, length) => {
        const runs = runsBetween(recurrence, zone, from, from + length) ?? []
        expect(runs.every((run) => run > from && run <= from + length)).toBe(true)
        expect(runs).toEqual([...new Set(runs)].toSorted((a, b) => a - b))
      }),
    )
  })

  it('of two adjacent ranges are those of both together', () => {
    fc.assert(
      fc.property(recurrence, zone, instant, fc.nat({ max: 20 * dayMs }), fc.nat({ max: 20 * dayMs }), (recurrence, zone, from, first, second) => {
        const middle = from + first
        const to = middle + second
        const parts = [...(runsBetween(recurrence, zone, from, middle) ?? []), ...(runsBetween(recurrence, zone, middle, to) ?? [])]
        expect(parts).toEqual(runsBetween(recurrence, zone, from, to))
      }),
    )
  })

  it('are at a fire time on the wall, or were moved there by a gap', () => {
    const hasMinute = (minutes: readonly number[], second: number) => minutes.some((minute) => minute * 60 === second)
    fc.assert(
      fc.property(knownRecurrence(1, ['Daily', 'Weekly', 'Monthly']), zone, instant, (recurrence, zone, from) => {
        if (recurrence.end !== undefined || recurrence.intervals.some((interval) => 'hours' in interval)) return
        const [hours = 0, minutes = 0] = (recurrence.start ?? '').split(':').map(Number)
        const clock = wallClock(zone)
        for (const run of runsBetween(recurrence, zone, from, from + 60 * dayMs) ?? []) {
          const second = ((run + (clock?.offsetAt(run) ?? 0)) % dayMs) / 1000
          const gap = ((clock?.offsetAt(run) ?? 0) - (clock?.offsetAt(run - 3 * 3_600_000) ?? 0)) / 60_000
          const meant = hours * 60 + minutes
          expect(hasMinute(gap > 0 ? [meant, meant + gap, meant + gap - 24 * 60] : [meant], second)).toBe(true)
        }
      }),
    )
  })

  it('begin as the next runs do', () => {
    fc.assert(
      fc.property(recurrence, zone, instant, fc.integer({ min: 1, max: 12 }), (recurrence, zone, after, count) => {
        const next = nextRuns(recurrence, zone, { after, count }) ?? []
        expect(next).toHaveLength(count)
        expect(runsBetween(recurrence, zone, after, next.at(-1) ?? after)).toEqual(next)
      }),
    )
  })

  it('end with the schedule, and are the same before', () => {
    fc.assert(
      fc.property(recurrence, zone, instant, fc.nat({ max: 40 * dayMs }), (recurrence, zone, from, length) => {
        const endScheduleAt = from + length
        const all = runsBetween(recurrence, zone, from, from + 40 * dayMs) ?? []
        const before = all.filter((run) => run <= endScheduleAt)
        expect(runsBetween(recurrence, zone, from, from + 40 * dayMs, { endScheduleAt })).toEqual(before)
        expect(nextRuns(recurrence, zone, { after: from, count: before.length + 1, endScheduleAt })).toEqual(before)
      }),
    )
  })
})

it('throws for no recurrence and no zone', () => {
  fc.assert(
    fc.property(anyRecurrence, fc.oneof(zone, fc.string({ unit: 'binary' })), (recurrence, zone) => {
      const runs = runsBetween(recurrence, zone, 0, dayMs)
      const next = nextRuns(recurrence, zone, { after: 0, count: 3 })
      expect(runs === undefined).toBe(next === undefined)
    }),
    { numRuns: 1000 },
  )
})

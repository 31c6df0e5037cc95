import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { runsBetween } from './fire-times.ts'
import { knownRecurrence } from './testing/arbitraries.ts'
import { readClock, scanFires } from './testing/wall-scan.ts'

// Different code and another source of offsets: a clock that is looked at every five minutes of a year.
it.each([
  ['America/New_York', 2026],
  ['Australia/Lord_Howe', 2026],
  ['America/Sao_Paulo', 2018],
])('%s in %i: what is computed is what a clock on the wall shows', (zone, year) => {
  const from = Date.UTC(year - 1, 11, 30)
  const to = Date.UTC(year + 1, 0, 1)
  const readings = readClock(zone, from, to)
  fc.assert(
    fc.property(knownRecurrence(5), (recurrence) => {
      // The clock is looked at two days before it counts, so that it has seen which times were there already.
      const start = Date.UTC(year, 0, 1)
      expect(runsBetween(recurrence, zone, start, to)).toEqual(scanFires(recurrence, readings).filter((instant) => instant > start))
    }),
    { numRuns: 30 },
  )
}, 30_000)

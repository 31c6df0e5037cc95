import { firesOn } from './fire-days.ts'
import type { KnownRhythm } from './fire-days.ts'
import type { Recurrence } from './recurrence.ts'
import { readRhythm } from './rhythm.ts'
import { dayMs, isInstant, wallClock } from './wall-clock.ts'
import type { WallClock } from './wall-clock.ts'

interface EndOfSchedule {
  /** Tableau's `endScheduleAt`, ms since 1970: nothing fires after it. */
  readonly endScheduleAt?: number | undefined
}

/** How far `nextRuns` looks, in days: five years. */
const horizonDays = 5 * 366

/**
 * The dates whose windows can reach an instant: a wall clock is at most a day away from UTC, a window lasts at most a day, and
 * a gap moves a fire by at most a day.
 */
const daysBefore = 3
const daysAfter = 2

const fires = (rhythm: KnownRhythm, clock: WallClock, from: number, to: number): number[] => {
  const first = rhythm.kind === 'window' ? rhythm.from : rhythm.at
  const last = rhythm.kind === 'window' ? rhythm.until : rhythm.at
  const step = rhythm.kind === 'window' ? rhythm.stepMinutes * 60 : 1
  // A set, since a fire that a gap moves can meet the next one.
  const found = new Set<number>()
  for (let day = Math.floor(from / dayMs) - daysBefore; day <= Math.floor(to / dayMs) + daysAfter; day += 1) {
    if (!firesOn(rhythm, day)) continue
    for (let second = first; second <= last; second += step) {
      const instant = clock.instantOf(day * dayMs + second * 1000)
      if (instant > from && instant <= to) found.add(instant)
    }
  }
  return [...found].toSorted((a, b) => a - b)
}

/** What fires, and on which clock; undefined when either is not known. */
const understood = (recurrence: Recurrence, zone: string): { rhythm: KnownRhythm; clock: WallClock } | undefined => {
  const rhythm = readRhythm(recurrence)
  const clock = wallClock(zone)
  return rhythm.kind === 'unknown' || clock === undefined ? undefined : { rhythm, clock }
}

/**
 * When a schedule fires in (`from`, `to`], both ms since 1970: ascending, each instant once. Its wall times are those of
 * `zone`, the server's (Cloud: the site's); one that a change of the clocks leaves out fires later by the gap, one that happens
 * twice fires the first time.
 *
 * Undefined when that is not known: the recurrence is not understood (`readRhythm` says why), the zone is unknown here, or a
 * bound is no instant.
 */
export const runsBetween = (recurrence: Recurrence, zone: string, from: number, to: number, { endScheduleAt }: EndOfSchedule = {}): number[] | undefined => {
  const schedule = understood(recurrence, zone)
  const last = Math.min(to, endScheduleAt ?? to)
  return schedule === undefined || !isInstant(from) || !isInstant(last) ? undefined : fires(schedule.rhythm, schedule.clock, from, last)
}

/**
 * The first `count` fires after `after` (ms since 1970), or fewer: it looks five years ahead, and not past the schedule's end.
 * Undefined in the cases of `runsBetween`.
 */
export const nextRuns = (recurrence: Recurrence, zone: string, { after, count, endScheduleAt }: { readonly after: number; readonly count: number } & EndOfSchedule): number[] | undefined => {
  const schedule = understood(recurrence, zone)
  const horizon = Math.min(after + horizonDays * dayMs, endScheduleAt ?? Infinity)
  if (schedule === undefined || !isInstant(after) || !isInstant(horizon)) return undefined
  const runs: number[] = []
  // Two days hold enough of an hourly schedule; a monthly one needs years, reached in few steps.
  let span = 2 * dayMs
  for (let from = after; from < horizon && runs.length < count; span *= 4) {
    const to = Math.min(from + span, horizon)
    for (const run of fires(schedule.rhythm, schedule.clock, from, to)) runs.push(run)
    from = to
  }
  return runs.slice(0, count)
}

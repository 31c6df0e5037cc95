import * as Instant from 'temporal-polyfill/fns/Instant'
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime'
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime'

export const dayMs = 86_400_000

/** What a date can hold (ECMAScript's time value) together with the days around it; not NaN. */
export const isInstant = (ms: number): boolean => Math.abs(ms) <= 8.64e15 - 10 * dayMs

/** How many days a clock keeps the offset of; about 30 years of a daily schedule, and a bound for a process that runs for months. */
const keptDays = 10_000

/**
 * A zone's wall clock. A wall time is written as milliseconds since 1970 that read it as if it were UTC, so that it can be
 * computed with like an instant; its day is the number of days since 1970.
 */
export interface WallClock {
  /** What to add to an instant to get its wall time, in milliseconds. */
  readonly offsetAt: (instant: number) => number
  /**
   * The instant of a wall time. One that a change of the clocks leaves out is moved forward by the gap, one that happens
   * twice is the first of the two (Temporal's `compatible`).
   */
  readonly instantOf: (wall: number) => number
}

const nanosecondsPerMs = 1_000_000

const temporalInstant = (wall: number, zone: string): number => {
  const read = new Date(wall)
  const dateTime = PlainDateTime.create(
    read.getUTCFullYear(),
    read.getUTCMonth() + 1,
    read.getUTCDate(),
    read.getUTCHours(),
    read.getUTCMinutes(),
    read.getUTCSeconds(),
    read.getUTCMilliseconds(),
  )
  return PlainDateTime.toZonedDateTime(dateTime, zone, { disambiguation: 'compatible' }).epochMilliseconds
}

const makeClock = (zone: string): WallClock => {
  const offsetAt = (instant: number) => ZonedDateTime.offsetNanoseconds(Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(instant), zone)) / nanosecondsPerMs
  // The offset of a wall day on which, and around which, the clocks do not change: nearly every day, and far cheaper than
  // asking for each of a day's fires.
  const steady = new Map<number, number | undefined>()
  const steadyOffset = (day: number): number | undefined => {
    if (steady.has(day)) return steady.get(day)
    const before = offsetAt((day - 1) * dayMs)
    const offset = before === offsetAt((day + 2) * dayMs) ? before : undefined
    if (steady.size >= keptDays) steady.clear()
    steady.set(day, offset)
    return offset
  }
  return {
    offsetAt,
    instantOf: (wall) => {
      const offset = steadyOffset(Math.floor(wall / dayMs))
      return offset === undefined ? temporalInstant(wall, zone) : wall - offset
    },
  }
}

const clocks = new Map<string, WallClock>()

/** The clock of an IANA zone, made once; undefined for a name that this browser or Node does not know. */
export const wallClock = (zone: string): WallClock | undefined => {
  const made = clocks.get(zone)
  if (made !== undefined) return made
  try {
    Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(0), zone)
  } catch (error) {
    // A wrong name comes from outside: it is not kept, so that many of them fill nothing.
    if (error instanceof RangeError) return undefined
    throw error
  }
  const clock = makeClock(zone)
  clocks.set(zone, clock)
  return clock
}

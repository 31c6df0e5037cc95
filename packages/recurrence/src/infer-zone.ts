import { firesOn } from './fire-days.ts'
import type { KnownRhythm } from './fire-days.ts'
import type { Recurrence } from './recurrence.ts'
import { readRhythm } from './rhythm.ts'
import { secondsPerDay } from './time-of-day.ts'
import { dayMs, isInstant, wallClock } from './wall-clock.ts'
import type { WallClock } from './wall-clock.ts'

/** One schedule as Tableau reported it; instants are ms since 1970. */
export interface ZoneSample {
  readonly recurrence: Recurrence
  readonly nextRunAt: number
  /** When it was read: a next run that had passed by then says less, since the schedule may have been changed after it. */
  readonly at?: number | undefined
}

export interface InferredZone {
  readonly zone: string
  /** How many other zones explain the samples just as well. */
  readonly others: number
  /** How many schedules say so. */
  readonly samples: number
}

/** Which zone is named when several fit. Some are here for their names: the browser's own list has `Asia/Calcutta`. */
const businessZones = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Asia/Kolkata',
  'UTC',
  'America/Sao_Paulo',
  'Europe/Paris',
  'Asia/Singapore',
  'Asia/Shanghai',
  'America/Toronto',
  'Pacific/Auckland',
  'Europe/Kyiv',
  'America/Argentina/Buenos_Aires',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Yangon',
]

interface Evidence {
  readonly rhythm: KnownRhythm
  readonly nextRunAt: number
}

/** The zone's own spelling of a name; undefined where it is not known here. */
const canonical = (zone: string): string | undefined => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

const allZones = (): string[] => {
  const preferred = new Map(businessZones.map((zone) => [canonical(zone), zone]))
  return [...businessZones, ...Intl.supportedValuesOf('timeZone').filter((zone) => !preferred.has(zone))]
}

const rank = (zone: string): number => {
  const index = businessZones.indexOf(zone)
  return index === -1 ? businessZones.length : index
}

/** The clocks go forward by two hours at most, but for a day that was left out once. */
const largestGap = 2 * 3600

/** Whether a next run, read on a zone's wall clock, is a time at which the schedule starts. */
const explains = ({ rhythm, nextRunAt }: Evidence, clock: WallClock, offset: number): boolean => {
  const wall = nextRunAt + offset
  const day = Math.floor(wall / dayMs)
  const second = (wall - day * dayMs) / 1000
  if (rhythm.kind === 'window') {
    // The window of this date, or the one of the day before that runs past midnight.
    return [0, 1].some((before) => {
      const sinceOpening = second + before * secondsPerDay - rhythm.from
      return sinceOpening >= 0 && sinceOpening <= rhythm.until - rhythm.from && sinceOpening % (rhythm.stepMinutes * 60) === 0 && firesOn(rhythm, day - before)
    })
  }
  if (second === rhythm.at) return firesOn(rhythm, day)
  // A fire that a change of the clocks moved forward.
  const gap = (second - rhythm.at + secondsPerDay) % secondsPerDay
  const meant = second > rhythm.at ? day : day - 1
  return gap <= largestGap && firesOn(rhythm, meant) && clock.instantOf(meant * dayMs + rhythm.at * 1000) === nextRunAt
}

const isPinning = ({ rhythm }: Evidence): boolean => rhythm.kind !== 'window'

/** How many of `evidence` a zone explains; undefined as soon as more than `misses` are not. */
const score = (evidence: readonly Evidence[], clock: WallClock, misses: number): number | undefined => {
  const offsets = new Map<number, number>()
  let missed = 0
  for (const sample of evidence) {
    const offset = offsets.get(sample.nextRunAt) ?? clock.offsetAt(sample.nextRunAt)
    offsets.set(sample.nextRunAt, offset)
    if (explains(sample, clock, offset)) continue
    missed += 1
    if (missed > misses) return undefined
  }
  return evidence.length - missed
}

/**
 * The zone of a server's wall clock, which REST does not tell: the one in which the schedules' next runs are at their own start
 * times. Schedules that run at one time of their days pin it; windows only decide between zones that those leave equal.
 * A next run can be stale, so two thirds of the pinning schedules must agree; undefined when they do not, or when none pins.
 * Among equal zones it takes a common one, then the first by name.
 */
export const inferTimeZone = (samples: readonly ZoneSample[], options: { readonly zones?: readonly string[] | undefined } = {}): InferredZone | undefined => {
  const read = samples.flatMap(({ recurrence, nextRunAt, at }) => {
    const rhythm = readRhythm(recurrence)
    return rhythm.kind === 'unknown' || !Number.isInteger(nextRunAt) || !isInstant(nextRunAt) ? [] : [{ rhythm, nextRunAt, stale: at !== undefined && nextRunAt < at }]
  })
  const fresh = read.filter(({ stale }) => !stale)
  const used = fresh.some(isPinning) ? fresh : read
  const pinning = used.filter(isPinning)
  if (pinning.length === 0) return undefined
  const windows = used.filter((sample) => !isPinning(sample))

  let best = Math.ceil((pinning.length * 2) / 3)
  let fitting: { zone: string; clock: WallClock }[] = []
  for (const zone of new Set(options.zones ?? allZones())) {
    const clock = wallClock(zone)
    const explained = clock === undefined ? undefined : score(pinning, clock, pinning.length - best)
    if (clock === undefined || explained === undefined) continue
    if (explained > best) fitting = []
    best = explained
    fitting.push({ zone, clock })
  }
  const weighed = fitting.map(({ zone, clock }) => ({ zone, windows: score(windows, clock, windows.length) ?? 0 }))
  const most = Math.max(...weighed.map((zone) => zone.windows))
  const equal = weighed.filter((zone) => zone.windows === most).toSorted((a, b) => rank(a.zone) - rank(b.zone) || (a.zone < b.zone ? -1 : 1))
  const [first] = equal
  return first && { zone: first.zone, others: equal.length - 1, samples: best }
}

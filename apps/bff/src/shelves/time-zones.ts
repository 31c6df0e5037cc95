import type { ServerTimeZone } from '@refreshboard/api-types'
import { asCloudRuns, inferTimeZone, type ZoneSample } from '@refreshboard/recurrence'
import type { Clock } from '../clock.ts'
import type { TableauServerConfig } from '../config.ts'
import type { SessionFacts } from '../session/sessions.ts'
import type { TaskShelf, TaskView } from './task-shelf.ts'

type Facts = Pick<SessionFacts, 'serverId' | 'siteTimeZone'>

/** What tells a zone: times as Tableau prints them, with its clock when it did. */
export interface ZoneSource {
  /** Kept for: the shelf. */
  readonly of: object
  /** How many times are known; more tell it better. */
  readonly known: number
  readonly samples: () => readonly ZoneSample[]
}

/** The zone in which a server runs its schedules, and a site of Cloud its tasks. */
export interface TimeZones {
  /** That of a site of Tableau Cloud, which Query Site tells, or the configured one: a Server's REST tells none. */
  known(facts: Facts): ServerTimeZone | undefined
  /** Known, or found by comparing start times with next runs; undefined when nothing decides it. */
  of(facts: Facts, source: ZoneSource): ServerTimeZone | undefined
}

/** Trying all zones takes a moment of the processor: so many schedules decide, and the answer is kept so long. */
const maxSamples = { once: 40, repeated: 10 }
const keptMs = 5 * 60_000

const infer = (told: readonly ZoneSample[]): ServerTimeZone | undefined => {
  // Those that run once a day tell most.
  const once = told.filter(({ recurrence }) => recurrence.frequency !== 'Hourly').slice(0, maxSamples.once)
  const repeated = told.filter(({ recurrence }) => recurrence.frequency === 'Hourly').slice(0, maxSamples.repeated)
  const found = inferTimeZone([...once, ...repeated])
  return found && { name: found.zone, inferred: true, others: found.others }
}

interface Inferred {
  readonly zone: ServerTimeZone | undefined
  /** Of how many the times were known. */
  readonly known: number
  readonly at: number
}

export const createTimeZones = (servers: readonly TableauServerConfig[], clock: Clock): TimeZones => {
  const inferred = new WeakMap<object, Inferred>()
  const told: TimeZones['known'] = ({ serverId, siteTimeZone }) => {
    const name = siteTimeZone ?? servers.find(({ id }) => id === serverId)?.timeZone
    return name === undefined ? undefined : { name, inferred: false }
  }
  return {
    known: told,
    of: (facts, { of: shelf, known, samples }) => {
      const certain = told(facts)
      if (certain) return certain
      const before = inferred.get(shelf)
      if (before && before.known === known && clock.monotonic() - before.at < keptMs) return before.zone
      const zone = infer(samples())
      inferred.set(shelf, { zone, known, at: clock.monotonic() })
      return zone
    },
  }
}

interface Timed {
  readonly recurrence?: ZoneSample['recurrence'] | undefined
  readonly nextRunAt?: string | undefined
}

/** Those that tell when they run next. */
export const zoneSamples = (schedules: readonly Timed[], readAt: number): ZoneSample[] =>
  schedules.flatMap(({ recurrence, nextRunAt }) => (recurrence === undefined || nextRunAt === undefined ? [] : [{ recurrence, nextRunAt: Date.parse(nextRunAt), at: readAt }]))

/** What the tasks of a site of Tableau Cloud tell of its zone. */
export const taskZone = (shelf: TaskShelf, view: TaskView): ZoneSource => {
  const timed = view.value.flatMap(({ schedule }) => (schedule?.recurrence === undefined ? [] : [{ ...schedule, recurrence: asCloudRuns(schedule.recurrence) }]))
  return { of: shelf, known: timed.length, samples: () => zoneSamples(timed, view.readAt) }
}

import type { ServerTimeZone } from '@refreshboard/api-types'
import { inferTimeZone } from '@refreshboard/recurrence'
import type { Clock } from '../../clock.ts'
import type { TableauServerConfig } from '../../config.ts'
import type { SessionFacts } from '../../session/sessions.ts'
import type { ScheduleShelf, ScheduleView } from '../../shelves/schedule-shelf.ts'

/** The zone in which a server runs its schedules; REST does not tell it. */
export interface TimeZones {
  configured(facts: Pick<SessionFacts, 'serverId'>): ServerTimeZone | undefined
  /** Configured, or found by comparing start times with next runs; undefined when no schedule decides it. */
  of(facts: Pick<SessionFacts, 'serverId'>, shelf: ScheduleShelf, view: ScheduleView): ServerTimeZone | undefined
}

/** Trying all zones takes a moment of the processor: so many schedules decide, and the answer is kept so long. */
const maxSamples = { once: 40, repeated: 10 }
const keptMs = 5 * 60_000

const infer = (view: ScheduleView): ServerTimeZone | undefined => {
  const told = view.schedules.flatMap(({ recurrence, nextRunAt }) =>
    recurrence === undefined || nextRunAt === undefined ? [] : [{ recurrence, nextRunAt: Date.parse(nextRunAt), at: view.list.readAt }],
  )
  // Those that run once a day tell most.
  const once = told.filter(({ recurrence }) => recurrence.frequency !== 'Hourly').slice(0, maxSamples.once)
  const repeated = told.filter(({ recurrence }) => recurrence.frequency === 'Hourly').slice(0, maxSamples.repeated)
  const found = inferTimeZone([...once, ...repeated])
  return found && { name: found.zone, inferred: true, others: found.others }
}

interface Inferred {
  readonly zone: ServerTimeZone | undefined
  /** Of how many schedules the times were known. */
  readonly known: number
  readonly at: number
}

export const createTimeZones = (servers: readonly TableauServerConfig[], clock: Clock): TimeZones => {
  const inferred = new WeakMap<ScheduleShelf, Inferred>()
  const configured: TimeZones['configured'] = ({ serverId }) => {
    const name = servers.find(({ id }) => id === serverId)?.timeZone
    return name === undefined ? undefined : { name, inferred: false }
  }
  return {
    configured,
    of: (facts, shelf, view) => {
      const known = configured(facts)
      if (known) return known
      const before = inferred.get(shelf)
      if (before && before.known === view.details.known && clock.monotonic() - before.at < keptMs) return before.zone
      const zone = infer(view)
      inferred.set(shelf, { zone, known: view.details.known, at: clock.monotonic() })
      return zone
    },
  }
}

import type { ServerTimeZone } from '@refreshboard/api-types'
import { inferTimeZone } from '@refreshboard/recurrence'
import type { TableauServerConfig } from '../../config.ts'
import type { SessionFacts } from '../../session/sessions.ts'
import type { ScheduleShelf, ScheduleView } from '../../shelves/schedule-shelf.ts'

/** The zone in which a server runs its schedules; REST does not tell it. */
export interface TimeZones {
  configured(facts: Pick<SessionFacts, 'serverId'>): ServerTimeZone | undefined
  /** Configured, or found by comparing start times with next runs; undefined when no schedule decides it. */
  of(facts: Pick<SessionFacts, 'serverId'>, shelf: ScheduleShelf, view: ScheduleView): ServerTimeZone | undefined
}

const infer = (view: ScheduleView): ServerTimeZone | undefined => {
  const samples = view.schedules.flatMap(({ recurrence, nextRunAt }) =>
    recurrence === undefined || nextRunAt === undefined ? [] : [{ recurrence, nextRunAt: Date.parse(nextRunAt), at: view.list.readAt }],
  )
  const found = inferTimeZone(samples)
  return found && { name: found.zone, inferred: true, others: found.others }
}

export const createTimeZones = (servers: readonly TableauServerConfig[]): TimeZones => {
  const inferred = new WeakMap<ScheduleShelf, { revision: string; zone: ServerTimeZone | undefined }>()
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
      if (before?.revision === view.revision) return before.zone
      const zone = infer(view)
      inferred.set(shelf, { revision: view.revision, zone })
      return zone
    },
  }
}

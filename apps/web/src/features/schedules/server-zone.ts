import { getTimeZone, type ServerTimeZone } from '@refreshboard/api-types'
import { zoneCity } from '@refreshboard/recurrence'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { readOf } from '../../lib/query.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { isKnownZone } from '../../lib/time.ts'

/** The zone in which schedules run: it decides when they fire. Or why it is not known. */
export type ServerZone = { known: true; name: string; words: string; note: string | undefined } | { known: false; words: string; note: string }

/** For people: what the zone is, and how sure that is. */
export const serverZoneOf = (zone: ServerTimeZone | undefined): ServerZone => {
  if (zone === undefined) {
    return { known: false, words: 'server time, zone unknown', note: 'Tableau does not tell the zone of its server, none is configured here, and its schedules do not show it. When schedules run next cannot be computed.' }
  }
  if (!isKnownZone(zone.name)) return { known: false, words: `server time, ${zone.name}`, note: `This browser does not know the zone ${zone.name}: when schedules run next cannot be computed.` }
  const others = zone.others === undefined || zone.others === 0 ? '' : ` ${zone.others === 1 ? 'One other zone fits' : `${zone.others} other zones fit`} as well.`
  return {
    known: true,
    name: zone.name,
    words: `server time, ${zoneCity(zone.name)}${zone.inferred ? ' (inferred)' : ''}`,
    note: zone.inferred ? `The zone is inferred: it was found by comparing the schedules’ start times with their next runs.${others}` : undefined,
  }
}

export const useServerZone = (): ServerZone => {
  const { server } = useSession()
  const live = useIsLive()
  // Filled by every answer that lists schedules; asked for where none has come.
  const { data } = useQuery({ ...readOf(getTimeZone, undefined), enabled: live && server.timeZone === undefined, staleTime: 10 * 60_000 })
  const zone = server.timeZone ?? data?.timeZone
  return useMemo(() => serverZoneOf(zone), [zone])
}

import { getTimeZone, type ServerTimeZone, type Session } from '@refreshboard/api-types'
import { zoneCity } from '@refreshboard/recurrence'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { readOf } from './query.ts'
import { useIsLive, useSession } from './session-store.ts'
import { isKnownZone } from './time.ts'

/** The zone in which schedules run: it decides when they fire. Or why it is not known. */
export type ServerZone = { known: true; name: string; words: string; note: string | undefined } | { known: false; words: string; note: string }

/** What runs by the zone, and whose it is: on Tableau Cloud each task by its site's. */
const told = {
  server: { time: 'server time', of: 'its server', runs: 'schedules' },
  cloud: { time: 'site time', of: 'this site', runs: 'tasks' },
} as const

/** For people: what the zone is, and how sure that is. */
export const serverZoneOf = (zone: ServerTimeZone | undefined, flavor: Session['server']['flavor'] = 'server'): ServerZone => {
  const { time, of, runs } = told[flavor]
  if (zone === undefined) {
    return { known: false, words: `${time}, zone unknown`, note: `Tableau does not tell the zone of ${of}, none is configured here, and its ${runs} do not show it. When ${runs} run next cannot be computed.` }
  }
  if (!isKnownZone(zone.name)) return { known: false, words: `${time}, ${zone.name}`, note: `This browser does not know the zone ${zone.name}: when ${runs} run next cannot be computed.` }
  const others = zone.others === undefined || zone.others === 0 ? '' : ` ${zone.others === 1 ? 'One other zone fits' : `${zone.others} other zones fit`} as well.`
  return {
    known: true,
    name: zone.name,
    words: `${time}, ${zoneCity(zone.name)}${zone.inferred ? ' (inferred)' : ''}`,
    note: zone.inferred ? `The zone is inferred: it was found by comparing the ${runs}’ start times with their next runs.${others}` : undefined,
  }
}

export const useServerZone = (): ServerZone => {
  const { server } = useSession()
  const live = useIsLive()
  // Filled by every answer that lists schedules, on Tableau Cloud tasks; asked for where none has come.
  const { data } = useQuery({ ...readOf(getTimeZone, undefined), enabled: live && server.timeZone === undefined, staleTime: 10 * 60_000 })
  const zone = server.timeZone ?? data?.timeZone
  return useMemo(() => serverZoneOf(zone, server.flavor), [zone, server.flavor])
}

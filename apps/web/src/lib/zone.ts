import { getTimeZone, type ServerTimeZone, type Session } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { zonePreference, type ZoneChoice } from './preferences.ts'
import { readOf } from './query.ts'
import { useIsLive, useSession } from './session-store.ts'
import { isKnownZone, localZone, zoneCity } from './time.ts'

/** A zone that times can be told in, or the reason why not. */
export interface ZoneOption {
  choice: ZoneChoice
  /** IANA name; absent when it cannot be chosen. */
  name?: string
  /** For people: `Server time · Los Angeles`. */
  label: string
  /** Why it cannot be chosen. */
  reason?: string
}

/** The three zones of a session. Schedules run in the server's, people live in theirs, logs are in UTC. */
export const zoneOptions = ({ server }: Pick<Session, 'server'>, inferred?: ServerTimeZone): Record<ZoneChoice, ZoneOption> => {
  const zone = server.timeZone ?? inferred
  const time = server.flavor === 'cloud' ? 'Site time' : 'Server time'
  const unknown =
    zone === undefined
      ? 'Tableau does not tell its time zone, none is configured, and no schedule shows it'
      : isKnownZone(zone.name)
        ? undefined
        : `This browser does not know the zone ${zone.name}`
  return {
    server:
      zone === undefined || unknown !== undefined
        ? { choice: 'server', label: time, reason: unknown ?? '' }
        : { choice: 'server', name: zone.name, label: `${time} · ${zoneCity(zone.name)}${zone.inferred ? ' (inferred)' : ''}` },
    mine: { choice: 'mine', name: localZone(), label: `My time · ${zoneCity(localZone())}` },
    utc: { choice: 'utc', name: 'UTC', label: 'UTC' },
  }
}

/** An inferred zone is looked at again after so long: it gets better with the schedules that have been read. */
const zoneFreshMs = 10 * 60_000

/** The zone in which every time of the page is told. Falls back to this computer's where the server's is unknown. */
export const useZone = (): { name: string; option: ZoneOption; options: Record<ZoneChoice, ZoneOption> } => {
  const session = useSession()
  const live = useIsLive()
  const chosen = zonePreference.use()
  const configured = session.server.timeZone !== undefined
  const { data } = useQuery({ ...readOf(getTimeZone, undefined), enabled: live && !configured, staleTime: zoneFreshMs, gcTime: zoneFreshMs })
  const options = zoneOptions(session, data?.timeZone)
  const option = options[chosen].name === undefined ? options.mine : options[chosen]
  return { name: option.name ?? 'UTC', option, options }
}

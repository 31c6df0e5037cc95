import type { Session } from '@refreshboard/api-types'
import { zonePreference, type ZoneChoice } from './preferences.ts'
import { useSession } from './session-store.ts'
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
export const zoneOptions = ({ server }: Pick<Session, 'server'>): Record<ZoneChoice, ZoneOption> => {
  const zone = server.timeZone
  const unknown =
    zone === undefined
      ? 'Tableau does not tell its time zone, and none is configured'
      : isKnownZone(zone.name)
        ? undefined
        : `This browser does not know the zone ${zone.name}`
  return {
    server:
      zone === undefined || unknown !== undefined
        ? { choice: 'server', label: 'Server time', reason: unknown ?? '' }
        : { choice: 'server', name: zone.name, label: `Server time · ${zoneCity(zone.name)}${zone.inferred ? ' (inferred)' : ''}` },
    mine: { choice: 'mine', name: localZone(), label: `My time · ${zoneCity(localZone())}` },
    utc: { choice: 'utc', name: 'UTC', label: 'UTC' },
  }
}

/** The zone in which every time of the page is told. Falls back to this computer's where the server's is unknown. */
export const useZone = (): { name: string; option: ZoneOption; options: Record<ZoneChoice, ZoneOption> } => {
  const session = useSession()
  const chosen = zonePreference.use()
  const options = zoneOptions(session)
  const option = options[chosen].name === undefined ? options.mine : options[chosen]
  return { name: option.name ?? 'UTC', option, options }
}

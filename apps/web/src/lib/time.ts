const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const padded = (value: number): string => String(value).padStart(2, '0')

/** How long something took: `45 s`, `4 m 12 s`, `2 h 05 m`, `3 d 04 h`. Clocks that disagree never make it negative. */
export const formatDuration = (ms: number): string => {
  const left = Math.max(0, Math.floor(ms / second))
  if (left < 60) return `${left} s`
  if (left < 3600) return `${Math.floor(left / 60)} m ${padded(left % 60)} s`
  if (left < 86_400) return `${Math.floor(left / 3600)} h ${padded(Math.floor((left % 3600) / 60))} m`
  return `${Math.floor(left / 86_400)} d ${padded(Math.floor((left % 86_400) / 3600))} h`
}

/** How long ago something was: `just now`, `4 s ago`, `3 min ago`, `2 h ago`, `5 d ago`. */
export const formatAge = (ms: number): string => {
  if (ms < second) return 'just now'
  if (ms < minute) return `${Math.floor(ms / second)} s ago`
  if (ms < hour) return `${Math.floor(ms / minute)} min ago`
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h ago`
  return `${Math.floor(ms / day)} d ago`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** A formatter for a zone, made once for each key. */
export const formatter = (zone: string, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const cached = formatters.get(`${zone} ${key}`)
  if (cached !== undefined) return cached
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options })
  formatters.set(`${zone} ${key}`, made)
  return made
}

const partsOf = (at: number, zone: string): Record<string, string> => {
  const format = formatter(zone, 'parts', {
    year: 'numeric',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    weekday: 'short',
  })
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}

/** An instant for a table: `02:14:05` on the day of `now`, `23 Nov 02:14` in its year, else with the year. */
export const formatInstant = (at: number, zone: string, now: number): string => {
  const then = partsOf(at, zone)
  const today = partsOf(now, zone)
  if (then['year'] !== today['year']) return `${then['day']} ${then['month']} ${then['year']}`
  if (then['day'] !== today['day'] || then['month'] !== today['month']) return `${then['day']} ${then['month']} ${then['hour']}:${then['minute']}`
  return `${then['hour']}:${then['minute']}:${then['second']}`
}

/** An instant in full, its zone named: `Sun 23 Nov 2025, 02:14:05 PST`. */
export const formatFull = (at: number, zone: string): string => {
  const p = partsOf(at, zone)
  return `${p['weekday']} ${p['day']} ${p['month']} ${p['year']}, ${p['hour']}:${p['minute']}:${p['second']} ${zoneAbbreviation(at, zone)}`
}

/** What a clock in the zone is called at that instant: `PST`, `GMT+1`, `UTC`. */
export const zoneAbbreviation = (at: number, zone: string): string => {
  if (zone === 'UTC') return 'UTC'
  const format = formatter(zone, 'zone', { timeZoneName: 'short' })
  // en-GB knows few abbreviations; American English knows those of America.
  const american = zone.startsWith('America/') || zone.startsWith('US/')
  const named = american ? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }) : format
  return named.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** `America/Los_Angeles` → `Los Angeles`. */
export const zoneCity = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

/** True when this browser can tell times in the zone. */
export const isKnownZone = (zone: string): boolean => {
  try {
    return formatter(zone, 'zone', { timeZoneName: 'short' }) !== undefined
  } catch {
    return false
  }
}

/** The zone of this computer. */
export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

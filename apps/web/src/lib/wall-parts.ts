/** What a clock and a calendar in a zone show at an instant. */
export interface WallParts {
  /** `2025-11-23` */
  date: string
  year: string
  /** `Nov` */
  month: string
  /** `23` */
  day: string
  /** `Sun` */
  weekday: string
  hour: string
  minute: string
  second: string
}

const formatters = new Map<string, Intl.DateTimeFormat>()

const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const cached = formatters.get(zone)
  if (cached !== undefined) return cached
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

/** The wall clock of a zone at an instant in milliseconds since 1970. */
export const partsIn = (at: number, zone: string): WallParts => {
  const found: Partial<Record<string, string>> = Object.fromEntries(formatterOf(zone).formatToParts(at).map(({ type, value }) => [type, value]))
  const { year = '', month = '', day = '', weekday = '', hour = '', minute = '', second = '' } = found
  return { date: `${year}-${month}-${day}`, year, month: months[Number(month) - 1] ?? '', day, weekday, hour, minute, second }
}

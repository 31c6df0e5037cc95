const dayMs = 86_400_000

/** A zone's distance from UTC in milliseconds, east positive, at an instant. */
export type Offsets = (instant: number) => number

const zones = new Map<string, Offsets>()

/**
 * The offsets of an IANA zone, from the platform's own data. Asked at the two ends of a UTC day first and remembered: only
 * inside a day of change is every instant looked up. Throws a RangeError for a zone that does not exist.
 */
export const offsetsOf = (zone: string): Offsets => {
  const known = zones.get(zone)
  if (known !== undefined) return known
  const lookUp = lookUpIn(zone)
  const atMidnight = new Map<number, number>()
  const midnight = (day: number): number => {
    let offset = atMidnight.get(day)
    if (offset === undefined) {
      offset = lookUp(day * dayMs)
      atMidnight.set(day, offset)
    }
    return offset
  }
  const offsets: Offsets = (instant) => {
    const day = Math.floor(instant / dayMs)
    const before = midnight(day)
    return before === midnight(day + 1) ? before : lookUp(instant)
  }
  zones.set(zone, offsets)
  return offsets
}

const lookUpIn = (zone: string): Offsets => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  return (instant) => {
    // `3/4/2026, GMT-08:00`; `GMT` alone is none.
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(instant)) ?? []
    const distance = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
    return sign === '-' ? -distance : distance
  }
}

/**
 * The instant at which the clocks of a zone show `wall`, itself given as if it were UTC. Where they show it twice: the first
 * time. Where they skip it: as much later as they skip, which is the offset before the change applied.
 */
export const instantOfWall = (wall: number, offsets: Offsets): number => {
  const before = offsets(wall - dayMs)
  const tries = [before, offsets(wall + dayMs)].map((offset) => ({ offset, instant: wall - offset })).filter(({ offset, instant }) => offsets(instant) === offset)
  return tries.length === 0 ? wall - before : Math.min(...tries.map(({ instant }) => instant))
}

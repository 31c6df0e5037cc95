import { formatter } from './time.ts'

const day = 24 * 60 * 60 * 1000

/** The wall time in the zone, as a date-time field wants it: `2025-11-23T02:14`. */
export const toFieldValue = (at: number, zone: string): string => {
  const numbers = formatter(zone, 'field', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
  const p = Object.fromEntries(numbers.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${p['year']}-${p['month']}-${p['day']}T${p['hour']}:${p['minute']}`
}

/**
 * The instant at which a clock in the zone shows `value` (`2025-11-23T02:14`). In a gap of the clock change the instant
 * just after it, in an overlap the first one. `undefined` when it is no date and time.
 */
export const fromFieldValue = (value: string, zone: string): number | undefined => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value)) return undefined
  const wall = Date.parse(`${value}:00Z`)
  if (Number.isNaN(wall)) return undefined
  const offsetAt = (at: number) => Date.parse(`${toFieldValue(at, zone)}:00Z`) - at
  const candidates = [wall - offsetAt(wall - day), wall - offsetAt(wall + day)].toSorted((a, b) => a - b)
  return candidates.find((at) => toFieldValue(at, zone) === value) ?? candidates.at(-1)
}

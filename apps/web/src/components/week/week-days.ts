import { fromFieldValue, toFieldValue } from '../../lib/time-fields.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Where a day's clock jumps, in minutes of its wall clock. */
export interface ClockChange {
  /** `skipped`: these wall times do not exist. `repeated`: they come twice. */
  kind: 'skipped' | 'repeated'
  fromMinute: number
  toMinute: number
  /** The instant at which the clock jumps. */
  at: number
}

/** One day of a calendar in a zone. */
export interface CalendarDay {
  /** `2026-11-23` */
  date: string
  /** From its first instant up to the next day's, milliseconds since 1970. */
  from: number
  to: number
  change: ClockChange | undefined
}

/** The date some days later. */
export const addDays = (date: string, days: number): string => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10)

/** The seven dates, from Monday on, of the week that the date is in. */
export const weekOf = (date: string): string[] => {
  const sinceMonday = (new Date(date).getUTCDay() + 6) % 7
  return Array.from({ length: 7 }, (_, index) => addDays(date, index - sinceMonday))
}

const offsetAt = (at: number, zone: string): number => Date.parse(`${toFieldValue(at, zone)}:00Z`) - at

/** The first whole minute in (`from`, `to`] from which on the zone has the offset that it has at `to`. */
const jumpBetween = (from: number, to: number, zone: string): number => {
  const after = offsetAt(to, zone)
  let before = from
  let there = to
  while (there - before > minuteMs) {
    const middle = before + Math.round((there - before) / 2 / minuteMs) * minuteMs
    if (offsetAt(middle, zone) === after) there = middle
    else before = middle
  }
  return there
}

const changeOf = (date: string, from: number, to: number, zone: string): ClockChange | undefined => {
  // A minute earlier: a clock that jumps at midnight leaves out the first hour of this day.
  const [first, last] = [from - minuteMs, to - minuteMs]
  const by = offsetAt(last, zone) - offsetAt(first, zone)
  if (by === 0) return undefined
  const at = jumpBetween(first, last, zone)
  const after = (at + offsetAt(at, zone) - Date.parse(date)) / minuteMs
  const before = after - by / minuteMs
  return { kind: by > 0 ? 'skipped' : 'repeated', fromMinute: Math.min(before, after), toMinute: Math.max(before, after), at }
}

/** A date as a day of the zone's calendar. */
export const dayOf = (date: string, zone: string): CalendarDay => {
  const midnight = (of: string): number => fromFieldValue(`${of}T00:00`, zone) ?? Date.parse(of)
  const from = midnight(date)
  const to = midnight(addDays(date, 1))
  return { date, from, to, change: changeOf(date, from, to, zone) }
}

/** What the day's wall clock shows at an instant of it, in minutes since midnight. */
export const minuteOf = (at: number, { from, change }: CalendarDay): number => {
  const passed = Math.floor((at - from) / minuteMs)
  if (change === undefined || at < change.at) return passed
  return passed + (change.kind === 'skipped' ? 1 : -1) * (change.toMinute - change.fromMinute)
}

/** True for the second time that a wall time comes on a day. */
export const isSecondTime = (at: number, { change }: CalendarDay, minute: number): boolean => change?.kind === 'repeated' && at >= change.at && minute < change.toMinute

const padded = (value: number): string => String(value).padStart(2, '0')

/** `05:00` for 300. */
export const clockOfMinute = (minute: number): string => `${padded(Math.floor(minute / 60) % 24)}:${padded(minute % 60)}`

/** What a day's change of the clock means for its column. */
export const changeInWords = ({ kind, fromMinute, toMinute }: ClockChange): string =>
  kind === 'skipped'
    ? `the clock goes from ${clockOfMinute(fromMinute)} to ${clockOfMinute(toMinute)}: times in between do not exist`
    : `the clock goes back from ${clockOfMinute(toMinute)} to ${clockOfMinute(fromMinute)}: times in between come twice, and share their rows here`

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

/** `Mon 23 Nov` */
export const dateInWords = (date: string): string => {
  const day = new Date(date)
  return `${weekdays[day.getUTCDay()]} ${day.getUTCDate()} ${months[day.getUTCMonth()]}`
}

import { partsIn } from './wall-parts.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long until something: `in 40 s`, `in 90 min`, `in 6 h`, `in 3 d`; `due` once it is there. */
export const formatUntil = (ms: number): string => {
  if (ms <= 0) return 'due'
  if (ms < minute) return `in ${Math.ceil(ms / second)} s`
  if (ms < 2 * hour) return `in ${Math.floor(ms / minute)} min`
  if (ms < 2 * day) return `in ${Math.floor(ms / hour)} h`
  return `in ${Math.floor(ms / day)} d`
}

/** An instant to come, to the minute: `05:00` today, `Tue 05:00` within six days, `30 Nov 23:00` in this year, else with the year. */
export const formatComing = (at: number, zone: string, now: number): string => {
  const then = partsIn(at, zone)
  const today = partsIn(now, zone)
  const time = `${then.hour}:${then.minute}`
  if (then.date === today.date) return time
  const days = (Date.parse(then.date) - Date.parse(today.date)) / day
  if (days > 0 && days < 7) return `${then.weekday} ${time}`
  return then.year === today.year ? `${then.day} ${then.month} ${time}` : `${then.day} ${then.month} ${then.year} ${time}`
}

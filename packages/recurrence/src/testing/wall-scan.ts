import { weekDays } from '../recurrence.ts'
import type { Recurrence } from '../recurrence.ts'

/** One reading of a zone's clock: the instant, and the wall time read as if it were UTC. */
interface Reading {
  readonly instant: number
  readonly wall: number
}

const stepMs = 5 * 60_000

/** A zone's clock as Intl shows it, every five minutes of a range. */
export const readClock = (zone: string, from: number, to: number): Reading[] => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
  const readings: Reading[] = []
  for (let instant = from; instant <= to; instant += stepMs) {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = (format.format(instant).match(/\d+/g) ?? []).map(Number)
    readings.push({ instant, wall: Date.UTC(year, month - 1, day, hour, minute) })
  }
  return readings
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const opensOn = ({ frequency, intervals }: Recurrence, midnight: number): boolean => {
  const date = new Date(midnight)
  const name = weekDays[date.getUTCDay()]
  const isLast = new Date(midnight + 86_400_000).getUTCDate() === 1
  if (frequency !== 'Monthly') {
    const days = intervals.flatMap(({ weekDay }) => (weekDay === undefined ? [] : [weekDay]))
    return days.length === 0 || days.some((day) => day === name)
  }
  return intervals.some(({ monthDay, weekDay }) => {
    if (weekDay === undefined) return monthDay === 'LastDay' ? isLast : monthDay === String(date.getUTCDate())
    if (weekDay !== name) return false
    const inMonth: number[] = []
    for (let day = 1; new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCMonth() === date.getUTCMonth(); day += 1) {
      if (new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay() === date.getUTCDay()) inMonth.push(day)
    }
    const index = monthDay === 'LastDay' ? inMonth.length - 1 : ['First', 'Second', 'Third', 'Fourth', 'Fifth'].indexOf(monthDay ?? '')
    return inMonth[index] === date.getUTCDate()
  })
}

/** The minutes after the midnight of a day that opens, at which it fires. */
const minutesAfterOpening = ({ start = '', end, intervals }: Recurrence): Set<number> => {
  const first = minutesOf(start)
  const step = intervals.flatMap(({ hours, minutes }) => (hours === undefined ? (minutes === undefined ? [] : [Number(minutes)]) : [Number(hours) * 60]))[0]
  if (step === undefined || step >= 1440) return new Set([first])
  const found = new Set<number>()
  const close = end === undefined ? first : minutesOf(end)
  for (let minute = first; close === first ? minute < first + 1440 : minute <= (close < first ? close + 1440 : close); minute += step) found.add(minute)
  return found
}

/**
 * The fires of a schedule by looking at a clock all the time, for comparison with those that are computed. Where the clock
 * jumps forward, it goes on through the minutes that were left out as if it had not jumped.
 */
export const scanFires = (recurrence: Recurrence, readings: readonly Reading[]): number[] => {
  const minutes = minutesAfterOpening(recurrence)
  const opens = new Map<number, boolean>()
  const isFire = (wall: number): boolean =>
    [0, 1].some((back) => {
      const midnight = Math.floor(wall / 86_400_000) * 86_400_000 - back * 86_400_000
      if (!minutes.has((wall - midnight) / 60_000)) return false
      const known = opens.get(midnight) ?? opensOn(recurrence, midnight)
      opens.set(midnight, known)
      return known
    })
  const found = new Set<number>()
  let latest = -Infinity
  let previous: Reading | undefined
  for (const reading of readings) {
    const { instant, wall } = previous ?? { instant: reading.instant, wall: reading.wall - stepMs }
    for (let leftOut = wall + stepMs; leftOut < reading.wall; leftOut += stepMs) {
      if (leftOut > latest && isFire(leftOut)) found.add(instant + leftOut - wall)
    }
    // A wall time that was there before does not fire again.
    if (reading.wall > latest && isFire(reading.wall)) found.add(reading.instant)
    latest = Math.max(latest, reading.wall)
    previous = reading
  }
  return [...found].toSorted((a, b) => a - b)
}

import { weekDays } from './recurrence.ts'
import type { WeekDay } from './recurrence.ts'
import type { Rhythm } from './rhythm.ts'
import { dayMs } from './wall-clock.ts'

/** A rhythm that has fire times. */
export type KnownRhythm = Exclude<Rhythm, { kind: 'unknown' }>

const weekDayOf = (date: Date): WeekDay | undefined => weekDays[date.getUTCDay()]

const lastDayOfMonth = (date: Date): number => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()

const isOccurrence = (date: Date, { occurrence, day }: Extract<Rhythm, { kind: 'weekdayOfMonth' }>): boolean => {
  if (weekDayOf(date) !== day) return false
  const inMonth = date.getUTCDate()
  if (occurrence === 'LastDay') return inMonth + 7 > lastDayOfMonth(date)
  const nth = { First: 1, Second: 2, Third: 3, Fourth: 4, Fifth: 5 }[occurrence]
  return Math.ceil(inMonth / 7) === nth
}

/** Whether the rhythm fires, or opens its window, on a local date, given as days since 1970. */
export const firesOn = (rhythm: KnownRhythm, day: number): boolean => {
  const date = new Date(day * dayMs)
  switch (rhythm.kind) {
    case 'window':
    case 'onceADay':
    case 'weekly':
      return rhythm.days.length === 0 || rhythm.days.some((weekDay) => weekDay === weekDayOf(date))
    case 'monthDays':
      return rhythm.days.includes(date.getUTCDate()) || (rhythm.lastDay && date.getUTCDate() === lastDayOfMonth(date))
    case 'weekdayOfMonth':
    default:
      return isOccurrence(date, rhythm)
  }
}

import type { Occurrence, Recurrence, WeekDay } from './recurrence.ts'
import { weekDays } from './recurrence.ts'
import { printedInterval, readRhythm } from './rhythm.ts'
import type { Rhythm } from './rhythm.ts'
import { clockTime, secondsOf, secondsPerDay } from './time-of-day.ts'
import { zoneWords } from './zone-city.ts'

type Window = Extract<Rhythm, { kind: 'window' }>

/** Neighbouring days, as long as they go; “Sat, Sun” is a weekend, not two ends of a week. */
const stretchesOf = (days: readonly WeekDay[]): WeekDay[][] => {
  const stretches: WeekDay[][] = []
  let open: WeekDay[] = []
  for (const day of weekDays) {
    if (!days.includes(day)) open = []
    else if (open.push(day) === 1) stretches.push(open)
  }
  const [first, last] = stretches
  const meetsAcrossTheWeekEnd = stretches.length === 2 && first?.[0] === 'Sunday' && last?.at(-1) === 'Saturday'
  return meetsAcrossTheWeekEnd && last !== undefined ? [[...last, ...first]] : stretches
}

const short = (day: WeekDay | undefined): string => day?.slice(0, 3) ?? ''

/** “Sun, Wed”, “Mon–Fri”, “Sat, Sun”. */
const dayWords = (days: readonly WeekDay[]): string =>
  stretchesOf(days)
    .map((stretch) => (stretch.length > 2 ? `${short(stretch[0])}–${short(stretch.at(-1))}` : stretch.map(short).join(', ')))
    .join(', ')

const isEveryDay = (days: readonly WeekDay[]): boolean => days.length === 0 || days.length === weekDays.length

const everyWords = (stepMinutes: number): string => {
  if (stepMinutes === 60) return 'Every hour'
  return stepMinutes % 60 === 0 ? `Every ${stepMinutes / 60} hours` : `Every ${stepMinutes} minutes`
}

const windowWords = ({ stepMinutes, from, until, allDay }: Window, end: string | undefined): string => {
  if (allDay) {
    // From when matters but for minutes from midnight on: every 4 hours may be 00:00, 04:00 … or 01:00, 05:00 …, and a start that was moved has to be seen.
    const startTells = stepMinutes >= 60 || from !== 0
    return `${everyWords(stepMinutes)}${startTells ? ` from ${clockTime(from)}` : ''}, all day`
  }
  const closes = secondsOf(end) ?? until
  // An end after the last fire is told too: two sets of times that are not the same must not read the same.
  const after = closes === until % secondsPerDay ? '' : ` (ends at ${clockTime(closes)})`
  return `${everyWords(stepMinutes)} from ${clockTime(from)} to ${clockTime(until)}${until >= secondsPerDay ? ' the next day' : ''}${after}`
}

/** A window that closes before its second fire is one fire a day, whatever its step. */
const onceInWindow = ({ stepMinutes, from, days }: Window, end: string | undefined): string => {
  const closes = clockTime(secondsOf(end) ?? from)
  return `${isEveryDay(days) ? 'Daily' : dayWords(days)} at ${clockTime(from)} (${everyWords(stepMinutes).toLowerCase()}, but ends at ${closes})`
}

const ordinal = (day: number): string => {
  const suffix = day % 100 >= 11 && day % 100 <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th')
  return `${day}${suffix}`
}

const occurrenceWords: Readonly<Record<Occurrence, string>> = { First: 'first', Second: 'second', Third: 'third', Fourth: 'fourth', Fifth: 'fifth', LastDay: 'last' }

const listed = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`)

/** “06:00”, or what Tableau reported where that is no time. */
const rawTime = (time: string): string => {
  const seconds = secondsOf(time)
  return seconds === undefined ? `“${time}”` : clockTime(seconds)
}

const unknownWords = ({ frequency, start, end, intervals }: Recurrence): string => {
  const subject = frequency.trim() === '' ? 'No frequency' : frequency
  const times = end === undefined ? (start === undefined ? '' : ` at ${rawTime(start)}`) : `${start === undefined ? '' : ` from ${rawTime(start)}`} to ${rawTime(end)}`
  const raw = intervals.length === 0 ? '' : `: ${intervals.map(printedInterval).join(', ')}`
  return `${subject}${times} (unknown to Refreshboard${raw})`
}

/**
 * A recurrence in a sentence's words, without a full stop: “Every 2 hours from 18:30 to 22:30 (ends at 23:00)”, where the second
 * time is that of the last fire and the end is told where it is another, “Mon–Fri at 05:00”, “On the last day of the month at 23:00”.
 * What is not understood is told as it was reported.
 */
export const describeRecurrence = (recurrence: Recurrence): string => {
  const rhythm = readRhythm(recurrence)
  switch (rhythm.kind) {
    case 'window': {
      if (rhythm.until === rhythm.from) return onceInWindow(rhythm, recurrence.end)
      return `${windowWords(rhythm, recurrence.end)}${isEveryDay(rhythm.days) ? '' : `, ${dayWords(rhythm.days)}`}`
    }
    case 'onceADay':
      return `${isEveryDay(rhythm.days) ? 'Daily' : dayWords(rhythm.days)} at ${clockTime(rhythm.at)}`
    case 'weekly':
      return `${isEveryDay(rhythm.days) ? 'Every day' : dayWords(rhythm.days)} at ${clockTime(rhythm.at)}`
    case 'monthDays': {
      const days = [...rhythm.days.map(ordinal), ...(rhythm.lastDay ? ['last day'] : [])]
      return `On the ${listed(days)} of the month at ${clockTime(rhythm.at)}`
    }
    case 'weekdayOfMonth':
      return `On the ${occurrenceWords[rhythm.occurrence]} ${rhythm.day} of the month at ${clockTime(rhythm.at)}`
    case 'unknown':
    default:
      return unknownWords(recurrence)
  }
}

/** The same with the zone that its times are of: “Mon–Fri at 05:00, Los Angeles time”, “…, UTC”. */
export const describeIn = (recurrence: Recurrence, zone: string): string => `${describeRecurrence(recurrence)}, ${zoneWords(zone)}`

import { cloudFaults } from './cloud-rules.ts'
import { sortIntervals } from './faults.ts'
import { weekDays } from './recurrence.ts'
import type { CloudRecurrence, Interval, Recurrence, WeekDay } from './recurrence.ts'
import { countOf, isOccurrence, isWeekDay, readRhythm } from './rhythm.ts'

type Daily = Extract<CloudRecurrence, { frequency: 'Daily' }>
type Monthly = Extract<CloudRecurrence, { frequency: 'Monthly' }>

const dailyHours = [2, 4, 6, 8, 12, 24] as const satisfies readonly Daily['hours'][]

const inOrder = (days: readonly string[]): WeekDay[] => weekDays.filter((day) => days.includes(day))

const dayOfMonth = ({ intervals }: Recurrence): Monthly['on'] | undefined => {
  const { monthDays, weekdaysOfMonth } = sortIntervals(intervals)
  const [weekday] = weekdaysOfMonth
  if (weekday !== undefined) return isOccurrence(weekday.occurrence) && isWeekDay(weekday.day) ? { occurrence: weekday.occurrence, weekDay: weekday.day } : undefined
  if (monthDays.includes('LastDay')) return { lastDay: true }
  return { days: monthDays.flatMap((day) => countOf(day) ?? []).toSorted((a, b) => a - b) }
}

/** The value of a recurrence in which `cloudFaults` found none; undefined for a shape that they do not take. */
const valueOf = (recurrence: Recurrence): CloudRecurrence | undefined => {
  const { frequency, start = '', end = '', intervals } = recurrence
  const { steps, days } = sortIntervals(intervals)
  switch (frequency) {
    case 'Hourly':
      return { frequency, start, end, weekDays: inOrder(days) }
    case 'Daily': {
      const hours = dailyHours.find((allowed) => allowed === countOf(steps[0]?.value))
      if (hours === undefined) return undefined
      return hours === 24 ? { frequency, start, hours, weekDays: inOrder(days) } : { frequency, start, end, hours, weekDays: inOrder(days) }
    }
    case 'Weekly': {
      const [weekDay] = inOrder(days)
      return weekDay === undefined ? undefined : { frequency, start, weekDay }
    }
    case 'Monthly': {
      const on = dayOfMonth(recurrence)
      return on === undefined ? undefined : { frequency, start, on }
    }
    default:
      return undefined
  }
}

/** Why it cannot be sent back as it was read, for somebody who has never seen a request. */
const reasonFor = (recurrence: Recurrence, messages: readonly string[]): string => {
  const rhythm = readRhythm(recurrence)
  if (rhythm.kind === 'unknown') return `${rhythm.reason} What Refreshboard does not understand to the last detail, it does not take over.`
  return `${messages.join('. ')}.`
}

/**
 * Whether Create or Update Cloud Extract Refresh Task takes what was read, as what; otherwise a sentence that says why not. 60
 * minutes are an hour; the end of a Daily every 24 hours, which has no meaning, is left out.
 */
export const toCloudRecurrence = (recurrence: Recurrence): { readonly writable: true; readonly value: CloudRecurrence } | { readonly writable: false; readonly reason: string } => {
  const messages = cloudFaults(recurrence).map(({ message }) => message)
  const value = messages.length === 0 ? valueOf(recurrence) : undefined
  return value === undefined ? { writable: false, reason: reasonFor(recurrence, messages) } : { writable: true, value }
}

const onDays = (days: readonly WeekDay[]): Interval[] => inOrder(days).map((weekDay) => ({ weekDay }))

const monthIntervals = (on: Monthly['on']): Interval[] => {
  if ('days' in on) return on.days.toSorted((a, b) => a - b).map((day) => ({ monthDay: String(day) }))
  return 'lastDay' in on ? [{ monthDay: 'LastDay' }] : [{ monthDay: on.occurrence, weekDay: on.weekDay }]
}

/**
 * The recurrence as it is sent (extract reference, § Create Cloud Extract Refresh Task), its days in order. Once a day is
 * `hours="24"` with the end equal to the start, as Tableau's own pages send it: a Daily without hours was seen to run hourly.
 */
export const fromCloudRecurrence = (value: CloudRecurrence): Recurrence => {
  const { frequency, start } = value
  switch (frequency) {
    case 'Hourly':
      return { frequency, start, end: value.end, intervals: [{ hours: '1' }, ...onDays(value.weekDays)] }
    case 'Daily':
      return { frequency, start, end: value.hours === 24 ? start : value.end, intervals: [{ hours: String(value.hours) }, ...onDays(value.weekDays)] }
    case 'Weekly':
      return { frequency, start, intervals: [{ weekDay: value.weekDay }] }
    case 'Monthly':
    default:
      return { frequency, start, intervals: monthIntervals(value.on) }
  }
}

/**
 * What Cloud makes of a recurrence, for words and fire times. Differs in one shape: a Daily without hours, which runs once a day
 * on Server, was seen to run every hour on Cloud.
 */
export const asCloudRuns = (recurrence: Recurrence): Recurrence => {
  const { frequency, intervals } = recurrence
  return frequency === 'Daily' && sortIntervals(intervals).steps.length === 0 ? { ...recurrence, intervals: [{ hours: '1' }, ...intervals] } : recurrence
}

import { daysOr, given, isFault, sortIntervals, timeOr } from './faults.ts'
import type { RecurrenceFault, SortedIntervals } from './faults.ts'
import { weekDays } from './recurrence.ts'
import type { Recurrence, ServerRecurrence, WeekDay } from './recurrence.ts'
import { countOf, readRhythm } from './rhythm.ts'

type Hourly = Extract<ServerRecurrence, { frequency: 'Hourly' }>
type Every = Hourly['every']

const hourlyRule = 'Hourly runs every 15 or 30 minutes, or every 1, 2, 4, 6, 8 or 12 hours'
const monthlyRule = 'Monthly runs on one day: 1 to 31, or the last day of the month'

const hours = [1, 2, 4, 6, 8, 12] as const
const minutes = [15, 30] as const

const onIntervals = (message: string): RecurrenceFault => ({ field: 'intervals', message })

const everyOr = (sorted: SortedIntervals): Every | RecurrenceFault => {
  const { steps, days, monthDays, weekdaysOfMonth, others } = sorted
  if (days.length + monthDays.length + weekdaysOfMonth.length + others.length > 0) {
    return onIntervals(`Hourly takes one interval in hours or minutes; not ${given({ ...sorted, steps: [] })}`)
  }
  const [step] = steps
  if (step === undefined) return onIntervals(hourlyRule)
  if (steps.length > 1) return onIntervals(`${hourlyRule}: one interval, not ${steps.length}`)
  const count = countOf(step.value)
  const everyHours = step.unit === 'hours' ? hours.find((allowed) => allowed === count) : undefined
  if (everyHours !== undefined) return { hours: everyHours }
  const everyMinutes = step.unit === 'minutes' ? minutes.find((allowed) => allowed === count) : undefined
  return everyMinutes === undefined ? onIntervals(`${hourlyRule}; not ${given(sorted)}`) : { minutes: everyMinutes }
}

const weekDaysOr = (sorted: SortedIntervals): readonly WeekDay[] | RecurrenceFault => {
  const { steps, days, monthDays, weekdaysOfMonth, others } = sorted
  if (steps.length + monthDays.length + weekdaysOfMonth.length + others.length > 0) return onIntervals(`Weekly takes days of the week; not ${given({ ...sorted, days: [] })}`)
  // An update without days may set all seven (jobs-tasks-schedules reference, § Update Server Schedule).
  if (days.length === 0) return onIntervals('Weekly needs at least one day; without days Tableau would run it on all seven')
  return daysOr(days)
}

const monthDayOr = (sorted: SortedIntervals): number | 'LastDay' | RecurrenceFault => {
  const { steps, days, monthDays, weekdaysOfMonth, others } = sorted
  const [only] = monthDays
  if (monthDays.length !== 1 || steps.length + days.length + weekdaysOfMonth.length + others.length > 0) return onIntervals(only === undefined && given(sorted) === '' ? monthlyRule : `${monthlyRule}; not ${given(sorted)}`)
  if (only === 'LastDay') return 'LastDay'
  const day = countOf(only)
  return day === undefined || day > 31 ? onIntervals(`${monthlyRule}; not ${given(sorted)}`) : day
}

/** The request that a recurrence is, or everything that is wrong with it: one reading, so that value and faults cannot disagree. */
const parse = (recurrence: Recurrence): ServerRecurrence | RecurrenceFault[] => {
  const { frequency, start = '', end = '' } = recurrence
  const sorted = sortIntervals(recurrence.intervals)
  const startFault = timeOr(frequency, 'start', recurrence.start)
  switch (frequency) {
    case 'Hourly': {
      const endFault = timeOr(frequency, 'end', recurrence.end)
      const every = everyOr(sorted)
      if (isFault(startFault) || isFault(endFault) || isFault(every)) return [startFault, endFault, every].filter(isFault)
      return { frequency, start, end, every }
    }
    case 'Daily': {
      // Sent with a Daily, both are dropped without a word (jobs-tasks-schedules reference, § Create Server Schedule).
      const endFault = recurrence.end === undefined ? undefined : { field: 'end', message: `Daily runs once a day and has no end; not “${recurrence.end}”` }
      const intervalsFault = recurrence.intervals.length === 0 ? undefined : onIntervals(`Daily runs once a day, every day; not ${given(sorted)}`)
      const faults = [startFault, endFault, intervalsFault].filter(isFault)
      return faults.length > 0 ? faults : { frequency, start }
    }
    case 'Weekly': {
      const days = weekDaysOr(sorted)
      if (isFault(startFault) || isFault(days)) return [startFault, days].filter(isFault)
      return { frequency, start, weekDays: weekDays.filter((day) => days.includes(day)) }
    }
    case 'Monthly': {
      const monthDay = monthDayOr(sorted)
      if (isFault(startFault) || isFault(monthDay)) return [startFault, monthDay].filter(isFault)
      return { frequency, start, monthDay }
    }
    default:
      return [{ field: 'frequency', message: `A schedule is Hourly, Daily, Weekly or Monthly; not “${frequency}”` }]
  }
}

/**
 * What Create and Update Server Schedule would refuse of a recurrence, or drop without saying so; empty when it can be sent as
 * it is. An end on a Weekly or Monthly is no fault: the reference says that it is ignored, and it has no meaning on reading.
 */
export const serverFaults = (recurrence: Recurrence): RecurrenceFault[] => {
  const parsed = parse(recurrence)
  return Array.isArray(parsed) ? parsed : []
}

const inTableauOnly = 'which can be set in Tableau’s own pages only'

/** Why REST cannot write back what was read, for somebody who has never seen a request. */
const reasonFor = (recurrence: Recurrence, faults: readonly RecurrenceFault[]): string => {
  const { frequency, end } = recurrence
  const { steps, days } = sortIntervals(recurrence.intervals)
  const [step] = steps
  const rhythm = readRhythm(recurrence)
  if (rhythm.kind === 'unknown') return `${rhythm.reason} What Refreshboard does not understand to the last detail, it does not change.`
  if (rhythm.kind === 'monthDays') return `It runs on several days of the month, ${inTableauOnly}.`
  if (rhythm.kind === 'weekdayOfMonth') return `It runs on a weekday of the month, ${inTableauOnly}.`
  if (frequency === 'Daily' && rhythm.kind === 'window') return `It is Daily and repeats within the day, ${inTableauOnly}.`
  if (frequency !== 'Weekly' && days.length > 0) return `It is ${frequency} on chosen days of the week, ${inTableauOnly}.`
  if (frequency !== 'Weekly' && rhythm.kind === 'onceADay' && step !== undefined) return `It is ${frequency} with an interval of ${step.value} ${step.unit}, ${inTableauOnly}.`
  if (frequency === 'Daily' && end !== undefined) return `It is Daily with an end time, ${inTableauOnly}.`
  return `${faults.map(({ message }) => message).join('. ')}.`
}

/** Servers report one hour as 60 minutes too; it is written as `hours="1"`. */
const hourAsHours = (recurrence: Recurrence): Recurrence => ({
  ...recurrence,
  intervals: recurrence.intervals.map((interval) => (Object.keys(interval).length === 1 && countOf(interval['minutes']) === 60 ? { hours: '1' } : interval)),
})

/** Whether Update Server Schedule can write back what was read, as what; otherwise a sentence that says why not. */
export const toServerRecurrence = (recurrence: Recurrence): { readonly writable: true; readonly value: ServerRecurrence } | { readonly writable: false; readonly reason: string } => {
  const parsed = parse(recurrence.frequency === 'Hourly' ? hourAsHours(recurrence) : recurrence)
  return Array.isArray(parsed) ? { writable: false, reason: reasonFor(recurrence, parsed) } : { writable: true, value: parsed }
}

/** What Tableau reports after a write: a Weekly's days from Sunday to Saturday, a Daily without intervals and end. */
export const fromServerRecurrence = (value: ServerRecurrence): Recurrence => {
  const { frequency, start } = value
  switch (frequency) {
    case 'Hourly':
      return { frequency, start, end: value.end, intervals: Object.entries(value.every).map(([unit, count]) => ({ [unit]: String(count) })) }
    case 'Daily':
      return { frequency, start, intervals: [] }
    case 'Weekly':
      return { frequency, start, intervals: value.weekDays.toSorted((a, b) => weekDays.indexOf(a) - weekDays.indexOf(b)).map((weekDay) => ({ weekDay })) }
    case 'Monthly':
    default:
      return { frequency, start, intervals: [{ monthDay: String(value.monthDay) }] }
  }
}

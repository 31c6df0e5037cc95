import { daysOr, given, isFault, sortIntervals, timeOr } from './faults.ts'
import type { RecurrenceFault, SortedIntervals } from './faults.ts'
import type { Recurrence } from './recurrence.ts'
import { countOf, isOccurrence } from './rhythm.ts'
import { clockTime } from './time-of-day.ts'

const onIntervals = (message: string): RecurrenceFault => ({ field: 'intervals', message })

const dailyHours = [2, 4, 6, 8, 12, 24]
const dailyRule = 'Daily runs every 2, 4, 6, 8, 12 or 24 hours'
const monthlyRule = 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month'

/** Times are on a grid of 5 minutes (extract reference, § Create Cloud Extract Refresh Task). */
const gridFault = (field: 'start' | 'end', seconds: number): RecurrenceFault[] =>
  seconds % 300 === 0 ? [] : [{ field, message: `The ${field} is on a full 5 minutes; not ${clockTime(seconds)}` }]

/** `start`, and `end` where it counts: on the grid, and whole hours apart, “else 409004”. */
const timeFaults = ({ frequency, start, end }: Recurrence, endIs: 'needed' | 'optional' | 'ignored'): RecurrenceFault[] => {
  const from = timeOr(frequency, 'start', start)
  const until = endIs === 'needed' || (endIs === 'optional' && end !== undefined) ? timeOr(frequency, 'end', end) : undefined
  const faults = [...(isFault(from) ? [from] : gridFault('start', from)), ...(until === undefined ? [] : isFault(until) ? [until] : gridFault('end', until))]
  if (faults.length > 0 || isFault(from) || isFault(until) || until === undefined || (until - from) % 3600 === 0) return faults
  return [{ field: 'end', message: `The end is a whole number of hours after the start; not ${clockTime(until)} after ${clockTime(from)}` }]
}

/** Attributes of an interval that the frequency does not take. */
const strangers = ({ frequency }: Recurrence, sorted: SortedIntervals, taken: Partial<SortedIntervals>): RecurrenceFault[] => {
  const rest = given({ ...sorted, ...taken })
  return rest === '' ? [] : [onIntervals(`${frequency} does not take ${rest}`)]
}

const dayFaults = (frequency: string, days: readonly string[]): RecurrenceFault[] => {
  if (days.length === 0) return [onIntervals(`${frequency} needs at least one day of the week`)]
  return [daysOr(days)].filter(isFault)
}

const stepFault = (rule: string, { steps }: SortedIntervals, allowed: (unit: string, count: number | undefined) => boolean): RecurrenceFault[] => {
  const [step] = steps
  if (step === undefined) return [onIntervals(rule)]
  if (steps.length > 1) return [onIntervals(`${rule}: one interval, not ${steps.length}`)]
  return allowed(step.unit, countOf(step.value)) ? [] : [onIntervals(`${rule}; not ${step.value} ${step.unit}`)]
}

const monthlyFaults = ({ monthDays, weekdaysOfMonth }: SortedIntervals): RecurrenceFault[] => {
  const [weekday] = weekdaysOfMonth
  if (monthDays.length === 0 && weekday === undefined) return [onIntervals(monthlyRule)]
  if (weekday !== undefined) {
    if (weekdaysOfMonth.length > 1 || monthDays.length > 0) return [onIntervals(`${monthlyRule}; not several of them`)]
    if (!isOccurrence(weekday.occurrence)) return [onIntervals(`A weekday of the month is its First, Second, Third, Fourth, Fifth or LastDay; not “${weekday.occurrence}”`)]
    return [daysOr([weekday.day])].filter(isFault)
  }
  const stranger = monthDays.find((day) => day !== 'LastDay' && (countOf(day) ?? 32) > 31)
  if (stranger !== undefined) return [onIntervals(`${monthlyRule}; not “${stranger}”`)]
  if (monthDays.includes('LastDay') && monthDays.length > 1) return [onIntervals(`The last day of the month stands alone; not ${monthDays.join(', ')}`)]
  const twice = monthDays.find((day, index) => monthDays.some((other, at) => at < index && countOf(other) === countOf(day)))
  return twice === undefined ? [] : [onIntervals(`Each day of the month can be given once; ${twice} was given twice`)]
}

/**
 * What Create and Update Cloud Extract Refresh Task would refuse of a recurrence; empty when it can be sent (extract
 * reference, § Create Cloud Extract Refresh Task, and what Cloud was seen to answer with 409004). A Daily always needs its
 * hours, 24 for once a day: without them it was seen to run hourly.
 */
export const cloudFaults = (recurrence: Recurrence): RecurrenceFault[] => {
  const sorted = sortIntervals(recurrence.intervals)
  const { steps, days, monthDays } = sorted
  switch (recurrence.frequency) {
    case 'Hourly':
      return [
        ...timeFaults(recurrence, 'needed'),
        ...strangers(recurrence, sorted, { steps: [], days: [] }),
        ...stepFault('Hourly runs every hour', sorted, (unit, count) => count === (unit === 'hours' ? 1 : 60)),
        ...dayFaults('Hourly', days),
      ]
    case 'Daily': {
      const onceADay = steps.length === 1 && steps[0]?.unit === 'hours' && countOf(steps[0].value) === 24
      return [
        ...timeFaults(recurrence, onceADay ? 'optional' : 'needed'),
        ...strangers(recurrence, sorted, { steps: [], days: [] }),
        ...stepFault(dailyRule, sorted, (unit, count) => unit === 'hours' && count !== undefined && dailyHours.includes(count)),
        ...dayFaults('Daily', days),
      ]
    }
    case 'Weekly':
      return [
        ...timeFaults(recurrence, 'ignored'),
        ...strangers(recurrence, sorted, { days: [] }),
        ...(days.length > 1 ? [onIntervals(`Weekly runs on exactly one day of the week; not on ${days.length}: ${days.join(', ')}`)] : dayFaults('Weekly', days)),
      ]
    case 'Monthly':
      return [...timeFaults(recurrence, 'ignored'), ...strangers(recurrence, sorted, { monthDays: [], weekdaysOfMonth: [] }), ...monthlyFaults({ ...sorted, monthDays })]
    default:
      return [{ field: 'frequency', message: `A schedule is Hourly, Daily, Weekly or Monthly; not “${recurrence.frequency}”` }]
  }
}

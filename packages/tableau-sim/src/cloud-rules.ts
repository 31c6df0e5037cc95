import { refusals } from './errors.ts'
import { secondsOfDay, weekDays } from './recurrence.ts'
import type { Interval, Recurrence } from './recurrence.ts'
import { childOf } from './xml-in.ts'
import type { RequestElement } from './xml-in.ts'

/**
 * What Create and Update Cloud Extract Refresh Task want of a schedule (extract reference, § Request Attributes). The detail of
 * a 409004 begins with the sentence of the rule that is broken; what was given follows it.
 */
export const cloudRules = {
  schedule: 'A schedule with frequencyDetails is needed',
  frequency: 'The frequency must be Hourly, Daily, Weekly or Monthly',
  start: 'A start time in the format HH:MM:SS is needed',
  end: 'The end time must have the format HH:MM:SS',
  endNeeded: 'An Hourly schedule, and a Daily schedule of less than 24 hours, needs an end time',
  grid: 'Times must be in increments of 5 minutes',
  wholeHours: 'The difference between start and end times must be in increments of 60 minutes',
  interval: 'An interval holds one of hours, minutes, weekDay and monthDay that the frequency takes',
  hourlyStep: 'An Hourly schedule needs exactly one interval of hours="1" or minutes="60"',
  dailyHours: 'A Daily schedule needs exactly one interval with hours of 2, 4, 6, 8, 12 or 24',
  weekDayNeeded: 'An Hourly and a Daily schedule need at least one weekDay',
  oneWeekDay: 'A Weekly schedule needs exactly one weekDay',
  weekDay: 'A weekDay must be Sunday, Monday, Tuesday, Wednesday, Thursday, Friday or Saturday',
  monthDay: 'A Monthly schedule needs a monthDay of 1 to 31, of LastDay, or an occurrence with a weekDay',
  lastDayAlone: 'LastDay must be the only interval of a Monthly schedule',
  occurrenceAlone: 'An occurrence with a weekDay must be the only interval of a Monthly schedule',
  occurrence: 'The occurrence of a weekDay must be First, Second, Third, Fourth, Fifth or LastDay',
  once: 'A day must not be given twice',
} as const
export type CloudRule = keyof typeof cloudRules

const broken = (rule: CloudRule, given?: string) => refusals.cloudIntervals(`${cloudRules[rule]}${given === undefined ? '' : `; given: ${given}`}.`)

const frequencies = ['Hourly', 'Daily', 'Weekly', 'Monthly'] as const
type Frequency = (typeof frequencies)[number]

/** The schedule of a request, or 409004. */
export const readCloudSchedule = (schedule: RequestElement | undefined): Recurrence => {
  if (schedule === undefined) throw broken('schedule')
  const frequency = frequencies.find((word) => word === schedule.attributes.get('frequency'))
  if (frequency === undefined) throw broken('frequency', schedule.attributes.get('frequency'))
  const details = childOf(schedule, 'frequencyDetails')
  if (details === undefined) throw broken('schedule')
  // § cURL Request Example has each interval in an element `intervals` of its own.
  const intervals = details.children
    .filter((child) => child.name === 'intervals')
    .flatMap((list) => list.children.filter((child) => child.name === 'interval').map((interval): Interval => Object.fromEntries(interval.attributes)))
  const start = details.attributes.get('start')
  const from = secondsOfDay(start)
  if (start === undefined || from === undefined) throw broken('start', start)
  const kept = readIntervals(frequency, intervals)
  checkGrid(start, from)
  const end = endOf(frequency, kept, details.attributes.get('end'), from)
  return { frequency, start, ...(end !== undefined && { end }), intervals: kept }
}

const checkGrid = (text: string, seconds: number): void => {
  if (seconds % 300 !== 0) throw broken('grid', text)
}

/** Weekly and Monthly take none; one that is given to them is dropped. */
const endOf = (frequency: Frequency, intervals: readonly Interval[], end: string | undefined, from: number): string | undefined => {
  if (frequency === 'Weekly' || frequency === 'Monthly') return undefined
  if (end === undefined) {
    if (frequency === 'Daily' && intervals.some(({ hours }) => hours === '24')) return undefined
    throw broken('endNeeded')
  }
  const until = secondsOfDay(end)
  if (until === undefined) throw broken('end', end)
  checkGrid(end, until)
  if ((until - from) % 3600 !== 0) throw broken('wholeHours', `${(until - from) / 60} minutes`)
  return end
}

const printed = (intervals: readonly Interval[]): string =>
  intervals.length === 0 ? 'no interval' : intervals.map((interval) => Object.entries(interval).map(([name, value]) => `${name}="${value}"`).join(' ')).join(', ')

const readIntervals = (frequency: Frequency, intervals: readonly Interval[]): Interval[] => {
  if (frequency === 'Monthly') return monthlyIntervals(intervals)
  const taken = { Hourly: ['hours', 'minutes', 'weekDay'], Daily: ['hours', 'weekDay'], Weekly: ['weekDay'] }[frequency]
  const stranger = intervals.find((interval) => Object.keys(interval).length !== 1 || !taken.includes(Object.keys(interval)[0] ?? ''))
  if (stranger !== undefined) throw broken('interval', Object.keys(stranger).length === 0 ? 'none of them' : printed([stranger]))
  const days = intervals.flatMap(({ weekDay }) => weekDay ?? [])
  const steps = intervals.filter(({ weekDay }) => weekDay === undefined)
  if (frequency !== 'Weekly') checkStep(frequency, steps)
  if (frequency === 'Weekly' && days.length !== 1) throw broken('oneWeekDay', printed(intervals))
  if (days.length === 0) throw broken('weekDayNeeded', printed(intervals))
  checkDays(days)
  return [...intervals]
}

const checkStep = (frequency: 'Hourly' | 'Daily', steps: readonly Interval[]): void => {
  const [step, ...others] = steps
  const right = frequency === 'Hourly' ? step?.['hours'] === '1' || step?.['minutes'] === '60' : ['2', '4', '6', '8', '12', '24'].includes(step?.['hours'] ?? '')
  if (!right || others.length > 0) throw broken(frequency === 'Hourly' ? 'hourlyStep' : 'dailyHours', printed(steps))
}

const checkDays = (days: readonly string[]): void => {
  const stranger = days.find((day) => !weekDays.some((weekDay) => weekDay === day))
  if (stranger !== undefined) throw broken('weekDay', stranger)
  checkOnce(days)
}

const checkOnce = (days: readonly string[]): void => {
  const twice = days.find((day, index) => days.indexOf(day) !== index)
  if (twice !== undefined) throw broken('once', twice)
}

const occurrences = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'LastDay']

const monthlyIntervals = (intervals: readonly Interval[]): Interval[] => {
  if (intervals.length === 0) throw broken('monthDay', printed(intervals))
  const days = intervals.map((interval): string | Interval => {
    const { monthDay, weekDay, ...others } = interval
    if (Object.keys(others).length > 0) throw broken('interval', printed([interval]))
    if (monthDay === undefined) throw broken('monthDay', printed([interval]))
    if (weekDay === undefined) return dayOfMonth(monthDay)
    if (!occurrences.includes(monthDay)) throw broken('occurrence', monthDay)
    checkDays([weekDay])
    return { monthDay, weekDay }
  })
  const plain = days.filter((day) => typeof day === 'string')
  if (plain.length < days.length && days.length > 1) throw broken('occurrenceAlone', printed(intervals))
  if (plain.includes('LastDay') && days.length > 1) throw broken('lastDayAlone', printed(intervals))
  checkOnce(plain)
  return days.map((day) => (typeof day === 'string' ? { monthDay: day } : day))
}

const dayOfMonth = (text: string): string => {
  if (text === 'LastDay') return text
  const day = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (day < 1 || day > 31) throw broken('monthDay', `monthDay="${text}"`)
  return String(day)
}

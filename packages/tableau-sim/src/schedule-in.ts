import { refusals } from './errors.ts'
import type { TableauRefusal } from './errors.ts'
import { secondsOfDay, weekDays } from './recurrence.ts'
import type { Interval, Recurrence } from './recurrence.ts'
import type { ExecutionOrder, ScheduleState } from './server-schedule.ts'
import { childOf } from './xml-in.ts'
import type { RequestElement } from './xml-in.ts'

const frequencies = ['Hourly', 'Daily', 'Weekly', 'Monthly'] as const
export type Frequency = (typeof frequencies)[number]

/** How a method refuses a value that is wrong by itself: 400000 when creating, 400008 when updating. */
export type Refuse = (detail: string) => TableauRefusal

const maxNameLength = 255

/** Undefined where the attribute is missing. */
export const readName = (schedule: RequestElement, refuse: Refuse): string | undefined => {
  const name = schedule.attributes.get('name')
  if (name !== undefined && (name.trim() === '' || name.length > maxNameLength)) throw refuse(`The name of a schedule has 1 to ${maxNameLength} characters.`)
  return name
}

export const readPriority = (schedule: RequestElement, refuse: Refuse): number | undefined => {
  const text = schedule.attributes.get('priority')
  if (text === undefined) return undefined
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > 100) throw refuse(`The priority must be a whole number from 1 to 100, not '${text}'.`)
  return Number(text)
}

export const readOrder = (schedule: RequestElement, refuse: Refuse): ExecutionOrder | undefined => readWord(schedule, 'executionOrder', ['Parallel', 'Serial'] as const, refuse)

export const readState = (schedule: RequestElement, refuse: Refuse): ScheduleState | undefined => readWord(schedule, 'state', ['Active', 'Suspended'] as const, refuse)

export const readFrequency = (schedule: RequestElement, refuse: Refuse): Frequency | undefined => readWord(schedule, 'frequency', frequencies, refuse)

/** The frequency of a schedule that is there, where REST can write it. */
export const writableFrequency = (text: string): Frequency | undefined => frequencies.find((frequency) => frequency === text)

/** One of a closed list of words, letter by letter. */
export const readWord = <T extends string>(schedule: RequestElement, attribute: string, words: readonly T[], refuse: Refuse): T | undefined => {
  const text = schedule.attributes.get(attribute)
  if (text === undefined) return undefined
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw refuse(`'${text}' is not a valid ${attribute}; it must be one of ${words.join(', ')}.`)
  return word
}

/**
 * What `frequencyDetails` make of a schedule (§ Create Server Schedule, interval-expression). A frequency that takes no end or
 * no intervals drops those it is given. Refuses with 400000 where the start is missing and with 409004 where the intervals do
 * not have the form. `withoutDays`: what Weekly without days is: refused, or the whole week as § Update Server Schedule has it.
 */
export const readTimes = (frequency: Frequency, details: RequestElement, withoutDays: 'refused' | 'every day'): Recurrence => {
  const start = details.attributes.get('start')
  if (start === undefined) throw refusals.badRequest('Payload is either malformed or incomplete: frequencyDetails need a start.')
  if (secondsOfDay(start) === undefined) throw refusals.intervals(`The start time must have the format HH:MM:SS, from 00:00:00 to 23:59:59; it is '${start}'.`)
  const intervals = details.children
    .filter((child) => child.name === 'intervals')
    .flatMap((list) => list.children.filter((child) => child.name === 'interval').map((interval): Interval => Object.fromEntries(interval.attributes)))
  switch (frequency) {
    case 'Hourly': {
      const end = details.attributes.get('end')
      if (end === undefined || secondsOfDay(end) === undefined) {
        throw refusals.intervals(`An hourly schedule must have an end time in the format HH:MM:SS${end === undefined ? '' : `; it is '${end}'`}.`)
      }
      return { frequency, start, end, intervals: [hourlyInterval(intervals)] }
    }
    case 'Weekly':
      if (intervals.length === 0 && withoutDays === 'every day') return { frequency, start, intervals: everyDay }
      return { frequency, start, intervals: weeklyIntervals(intervals) }
    case 'Monthly':
      return { frequency, start, intervals: [monthlyInterval(intervals)] }
    case 'Daily':
    default:
      return { frequency, start, intervals: [] }
  }
}

/** What a Weekly schedule has after an update without days. */
export const everyDay: readonly Interval[] = weekDays.map((weekDay) => ({ weekDay }))

/** `frequencyDetails`, or undefined where there are none. */
export const detailsOf = (schedule: RequestElement): RequestElement | undefined => childOf(schedule, 'frequencyDetails')

const printed = (intervals: readonly Interval[]): string =>
  intervals.length === 0 ? 'none was given' : `given were ${intervals.map((interval) => Object.entries(interval).map(([name, value]) => `${name}='${value}'`).join(' ')).join(', ')}`

const only = (intervals: readonly Interval[]): [name: string, value: string] | undefined => {
  const [first, ...others] = intervals
  const attributes = Object.entries(first ?? {})
  return others.length === 0 && attributes.length === 1 ? attributes[0] : undefined
}

const steps: Readonly<Record<string, readonly string[]>> = { hours: ['1', '2', '4', '6', '8', '12'], minutes: ['15', '30'] }

const hourlyInterval = (intervals: readonly Interval[]): Interval => {
  const [unit = '', value = ''] = only(intervals) ?? []
  if (Object.hasOwn(steps, unit) && steps[unit]?.includes(value) === true) return { [unit]: value }
  throw refusals.intervals(`An hourly schedule must have exactly one interval with hours of 1, 2, 4, 6, 8 or 12, or minutes of 15 or 30; ${printed(intervals)}.`)
}

/** In the order given; a day that is given twice counts once. */
const weeklyIntervals = (intervals: readonly Interval[]): Interval[] => {
  const days = intervals.map((interval) => {
    const [name, value] = only([interval]) ?? []
    return name === 'weekDay' ? weekDays.find((day) => day === value) : undefined
  })
  const known = days.filter((day) => day !== undefined)
  if (known.length === 0 || known.length < days.length) {
    throw refusals.intervals(`A weekly schedule must have 1 to 7 intervals with a weekDay of ${weekDays.join(', ')}; ${printed(intervals)}.`)
  }
  return [...new Set(known)].map((weekDay) => ({ weekDay }))
}

const monthlyInterval = (intervals: readonly Interval[]): Interval => {
  const [name, value = ''] = only(intervals) ?? []
  const day = /^\d{1,2}$/.test(value) ? Number(value) : 0
  if (name === 'monthDay' && value === 'LastDay') return { monthDay: value }
  if (name === 'monthDay' && day >= 1 && day <= 31) return { monthDay: String(day) }
  throw refusals.intervals(`A monthly schedule must have exactly one interval with a monthDay of 1 to 31 or LastDay; ${printed(intervals)}.`)
}

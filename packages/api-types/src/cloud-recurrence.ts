import { z } from 'zod'
import { weekDays } from './recurrence.ts'

// The sentences are those of `cloudFaults` in packages/recurrence, which this package may not import: a property test of the
// BFF holds both to one another.

/** What was given, for a sentence. Not by `String`: an object can hold anything as its `toString`. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'))

const clock = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/

/** Seconds since midnight of `HH:MM:SS`; undefined for anything else. */
const secondsOf = (time: unknown): number | undefined => {
  const parts = typeof time === 'string' ? clock.exec(time) : null
  return parts === null ? undefined : Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3])
}

/** A grid of 5 minutes. */
const onGrid = /^([01]\d|2[0-3]):[0-5][05]:00$/
const isOnGrid = (time: unknown): boolean => typeof time === 'string' && onGrid.test(time)

/** `18:30`, with seconds only where there are some. */
const shortTime = (time: unknown): string => textOf(time).replace(/:00$/, '')

const timeFault = (frequency: string, field: 'start' | 'end', value: unknown): string | undefined => {
  if (value === undefined || value === '') return `${frequency} needs ${field === 'end' ? 'an end' : 'a start'}`
  if (secondsOf(value) === undefined) return `The ${field} is HH:MM:SS, from 00:00:00 to 23:59:59; not “${textOf(value)}”`
  return isOnGrid(value) ? undefined : `The ${field} is on a full 5 minutes; not ${shortTime(value)}`
}

const time = (frequency: string, field: 'start' | 'end') => {
  const rule = { error: ({ input }: { input?: unknown }): string => timeFault(frequency, field, input) ?? '' }
  return z.string(rule).regex(onGrid, rule)
}

const dayFault = (day: unknown): string => `A day of the week is Sunday to Saturday; not “${textOf(day)}”`

const someDays = (frequency: string) =>
  z
    .array(z.enum(weekDays, { error: ({ input }) => dayFault(input) }), { error: `${frequency} needs at least one day of the week` })
    .min(1, `${frequency} needs at least one day of the week`)
    .refine((days) => new Set(days).size === days.length, {
      error: ({ input }) => {
        const days: unknown[] = Array.isArray(input) ? input : []
        return `Each day of the week can be given once; ${textOf(days.find((day, index) => days.indexOf(day) !== index))} was given twice`
      },
    })

interface Times {
  readonly start?: unknown
  readonly end?: unknown
}

const areApart = ({ start, end }: Times): boolean => {
  const [from, until] = [secondsOf(start), secondsOf(end)]
  // A time that is none, or off the grid, has a sentence of its own.
  if (from === undefined || until === undefined || !isOnGrid(start) || !isOnGrid(end)) return true
  return (until - from) % 3600 === 0
}

/** Whole hours from start to end, “else 409004”. Asked whatever else is wrong, so that all faults are shown at once. */
const wholeHours = {
  path: ['end'],
  when: () => true,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the input of an object's check is the object, which zod types as unknown
  error: ({ input }: { input?: unknown }) => `The end is a whole number of hours after the start; not ${shortTime((input as Times).end)} after ${shortTime((input as Times).start)}`,
}

export const cloudDailyHours = [2, 4, 6, 8, 12, 24] as const
const dailyRule = 'Daily runs every 2, 4, 6, 8, 12 or 24 hours'

const monthlyRule = 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month'
/** Which of a month's Thursdays; `LastDay` is the last one. */
export const weekDayOccurrences = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'LastDay'] as const
export type WeekDayOccurrence = (typeof weekDayOccurrences)[number]

const daysFault = (days: readonly unknown[], lastDay: boolean): string => {
  const stranger = days.find((day) => typeof day !== 'number' || !Number.isInteger(day) || day < 1 || day > 31)
  if (stranger !== undefined) return `${monthlyRule}; not “${textOf(stranger)}”`
  if (lastDay && days.length > 0) return `The last day of the month stands alone; not ${[...days.map(textOf), 'LastDay'].join(', ')}`
  const twice = days.find((day, index) => days.indexOf(day) !== index)
  return twice === undefined ? monthlyRule : `Each day of the month can be given once; ${textOf(twice)} was given twice`
}

/** Which rule `on` breaks; only asked of what no kind of `on` takes. */
const onFault = (input: unknown): string => {
  if (typeof input !== 'object' || input === null) return monthlyRule
  const given = new Map<string, unknown>(Object.entries(input))
  const days = given.get('days')
  const occurrence = given.get('occurrence')
  const isWeekday = given.has('occurrence') || given.has('weekDay')
  if (isWeekday && (given.has('days') || given.has('lastDay'))) return `${monthlyRule}; not several of them`
  if (!isWeekday) return daysFault(Array.isArray(days) ? days : [], given.get('lastDay') === true)
  if (!weekDayOccurrences.some((known) => known === occurrence)) return `A weekday of the month is its First, Second, Third, Fourth, Fifth or LastDay; not “${textOf(occurrence)}”`
  return weekDays.some((known) => known === given.get('weekDay')) ? monthlyRule : dayFault(given.get('weekDay'))
}

const same = <T>(value: T): T => value
const error = ({ input }: { input?: unknown }): string => onFault(input)

// A union tells now its own fault and now that of one of its kinds, at a place within it. So a kind has the same sentence for a key
// too many, and ends in a pipe, which hides its other faults.
const on = z.union(
  [
    z
      .strictObject(
        {
          days: z
            .array(z.int().min(1).max(31))
            .min(1)
            .refine((days) => new Set(days).size === days.length),
        },
        { error },
      )
      .transform(same),
    z.strictObject({ lastDay: z.literal(true) }, { error }).transform(same),
    z.strictObject({ occurrence: z.enum(weekDayOccurrences), weekDay: z.enum(weekDays) }, { error }).transform(same),
  ],
  { error },
)

/**
 * What Create and Update Cloud Extract Refresh Task take (extract reference, § Create Cloud Extract Refresh Task, and what Cloud
 * was seen to answer with 409004): times on a grid of 5 minutes, an end whole hours after its start. An Hourly runs every hour
 * and a Daily every `hours`, both on chosen weekdays; a Daily needs its end unless it runs every 24 hours, once a day. A Weekly
 * runs on one day.
 */
export const cloudRecurrenceSchema = z.discriminatedUnion(
  'frequency',
  [
    z.strictObject({ frequency: z.literal('Hourly'), start: time('Hourly', 'start'), end: time('Hourly', 'end'), weekDays: someDays('Hourly') }).refine(areApart, wholeHours),
    z
      .strictObject({
        frequency: z.literal('Daily'),
        start: time('Daily', 'start'),
        end: time('Daily', 'end').optional(),
        hours: z.literal(cloudDailyHours, { error: ({ input }) => (input === undefined ? dailyRule : `${dailyRule}; not ${textOf(input)} hours`) }),
        weekDays: someDays('Daily'),
      })
      .refine(({ end, hours }) => hours === 24 || end !== undefined, { path: ['end'], when: () => true, error: 'Daily needs an end' })
      .refine(areApart, wholeHours),
    z.strictObject({
      frequency: z.literal('Weekly'),
      start: time('Weekly', 'start'),
      weekDay: z.enum(weekDays, { error: ({ input }) => (input === undefined ? 'Weekly needs at least one day of the week' : dayFault(input)) }),
    }),
    z.strictObject({ frequency: z.literal('Monthly'), start: time('Monthly', 'start'), on }),
  ],
  {
    error: ({ input }) => {
      const frequency: unknown = typeof input === 'object' && input !== null && 'frequency' in input ? input.frequency : undefined
      return frequency === undefined ? 'Choose how often it runs: Hourly, Daily, Weekly or Monthly' : `A schedule is Hourly, Daily, Weekly or Monthly; not “${textOf(frequency)}”`
    },
  },
)
export type CloudRecurrence = z.output<typeof cloudRecurrenceSchema>

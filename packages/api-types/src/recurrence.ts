import { z } from 'zod'

export const weekDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
export type WeekDay = (typeof weekDays)[number]

/**
 * When a schedule runs, as Tableau reports it (`frequency` and `<frequencyDetails>`): nothing is dropped. Times are
 * `HH:MM:SS` on the server's wall clock; an interval holds its attributes as printed (`hours`, `minutes`, `weekDay`, `monthDay`).
 */
export const recurrenceSchema = z.object({
  frequency: z.string(),
  start: z.string().optional(),
  end: z.string().optional(),
  intervals: z.array(z.record(z.string(), z.string())),
})
export type Recurrence = z.infer<typeof recurrenceSchema>

/** `what`: “start time”; `missing`: what to enter where there is none. */
const time = (what: string, missing: string) => z.string(`Enter ${missing}`).regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, `The ${what} must be HH:MM:SS, from 00:00:00 to 23:59:59`)

const start = time('start time', 'the start time')

export const hourlyHours = [1, 2, 4, 6, 8, 12] as const
export const hourlyMinutes = [15, 30] as const

const hourlyRule = 'Hourly runs every 15 or 30 minutes, or every 1, 2, 4, 6, 8 or 12 hours'

/** What was given, for a message: `3`, `“often”`. */
const printed = (value: unknown): string => (value === undefined ? 'nothing was given' : `not ${JSON.stringify(value)}`)

const everyFault = (input: unknown): string => {
  if (typeof input !== 'object' || input === null) return hourlyRule
  const given = Object.entries(input).map(([unit, count]) => `${JSON.stringify(count)} ${unit}`)
  return given.length === 1 ? `${hourlyRule}; not ${given.join('')}` : `${hourlyRule}: one interval, not ${given.length}`
}

const every = z.union([z.strictObject({ hours: z.literal(hourlyHours) }), z.strictObject({ minutes: z.literal(hourlyMinutes) })], { error: ({ input }) => everyFault(input) })

const monthDayRule = 'Monthly runs on one day: 1 to 31, or the last day of the month'

/**
 * What Create and Update Server Schedule can express (jobs-tasks-schedules reference, § Create Server Schedule,
 * interval-expression). Several days of a month, a weekday of the month, and a Daily with hours or weekdays can be made in
 * Tableau's own pages only.
 */
export const serverRecurrenceSchema = z.discriminatedUnion(
  'frequency',
  [
    z.strictObject({ frequency: z.literal('Hourly'), start, end: time('end time', 'an end time, which Hourly needs'), every }),
    z.strictObject({ frequency: z.literal('Daily'), start }),
    z.strictObject({
      frequency: z.literal('Weekly'),
      start,
      weekDays: z
        .array(z.enum(weekDays, { error: ({ input }) => `A day of the week is Sunday to Saturday; ${printed(input)}` }))
        .min(1, 'Weekly needs at least one day; without days Tableau would run it on all seven')
        .max(7, 'Weekly has seven days at most')
        .refine((days) => new Set(days).size === days.length, 'Each day of the week can be given once'),
    }),
    z.strictObject({
      frequency: z.literal('Monthly'),
      start,
      monthDay: z.union([z.int().min(1, monthDayRule).max(31, monthDayRule), z.literal('LastDay')], { error: ({ input }) => `${monthDayRule}; ${printed(input)}` }),
    }),
  ],
  { error: 'Choose how often it runs: Hourly, Daily, Weekly or Monthly' },
)
export type ServerRecurrence = z.output<typeof serverRecurrenceSchema>

/** One `<interval>` with its attributes as printed: `hours`, `minutes`, `weekDay`, `monthDay`, or one that nobody knows yet. */
export type Interval = Readonly<Record<string, string>>

/**
 * When a schedule runs, as Tableau reports it (`schedule@frequency` and `<frequencyDetails>`): nothing is dropped, nothing
 * is read into it. `start` and `end` are `HH:MM:SS` on the server's (Cloud: the site's) wall clock.
 */
export interface Recurrence {
  /** `Hourly`, `Daily`, `Weekly` or `Monthly`; an unknown one stays as it is. */
  readonly frequency: string
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly intervals: readonly Interval[]
}

export const weekDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
export type WeekDay = (typeof weekDays)[number]

/**
 * What Create and Update Server Schedule can express (jobs-tasks-schedules reference, § Create Server Schedule,
 * interval-expression). Times are `HH:MM:SS`.
 */
export type ServerRecurrence =
  | { readonly frequency: 'Hourly'; readonly start: string; readonly end: string; readonly every: { readonly hours: 1 | 2 | 4 | 6 | 8 | 12 } | { readonly minutes: 15 | 30 } }
  | { readonly frequency: 'Daily'; readonly start: string }
  | { readonly frequency: 'Weekly'; readonly start: string; readonly weekDays: readonly WeekDay[] }
  | { readonly frequency: 'Monthly'; readonly start: string; readonly monthDay: number | 'LastDay' }

/** Which of a month's Thursdays; `LastDay` is the last one. */
export const occurrences = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'LastDay'] as const
export type Occurrence = (typeof occurrences)[number]

/**
 * What Create and Update Cloud Extract Refresh Task can express (extract reference, § Create Cloud Extract Refresh Task).
 * Times are `HH:MM:SS` on the site's wall clock, on a grid of 5 minutes; an end is whole hours after its start. A Daily every
 * 24 hours runs once a day and needs no end.
 */
export type CloudRecurrence =
  | { readonly frequency: 'Hourly'; readonly start: string; readonly end: string; readonly weekDays: readonly WeekDay[] }
  | { readonly frequency: 'Daily'; readonly start: string; readonly end?: string | undefined; readonly hours: 2 | 4 | 6 | 8 | 12 | 24; readonly weekDays: readonly WeekDay[] }
  | { readonly frequency: 'Weekly'; readonly start: string; readonly weekDay: WeekDay }
  | { readonly frequency: 'Monthly'; readonly start: string; readonly on: { readonly days: readonly number[] } | { readonly lastDay: true } | { readonly occurrence: Occurrence; readonly weekDay: WeekDay } }

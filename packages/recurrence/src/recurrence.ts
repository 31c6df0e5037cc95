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

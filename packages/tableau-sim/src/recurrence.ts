/** One `<interval>`: its attributes as printed (`hours`, `minutes`, `weekDay`, `monthDay`, or whatever comes). */
export type Interval = Readonly<Record<string, string>>

/** When a schedule runs, as it is printed: `schedule@frequency` and `<frequencyDetails>`. Never changed, only replaced. */
export interface Recurrence {
  readonly frequency: string
  /** `HH:MM:SS` on the server's wall clock, as is `end`. */
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly intervals: readonly Interval[]
}

export const weekDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** Seconds since midnight of `HH:MM:SS`; undefined for anything else. */
export const secondsOfDay = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\d\d:\d\d:\d\d$/.test(text)) return undefined
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return hours < 24 && minutes < 60 && seconds < 60 ? (hours * 60 + minutes) * 60 + seconds : undefined
}

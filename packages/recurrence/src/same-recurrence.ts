import type { Interval, Recurrence } from './recurrence.ts'

const sortedEntries = (interval: Interval): string => JSON.stringify(Object.entries(interval).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const printed = ({ frequency, start, end, intervals }: Recurrence): string => JSON.stringify([frequency, start ?? null, end ?? null, intervals.map(sortedEntries).toSorted()])

/** The same times, in whatever order Tableau prints intervals and attributes. */
export const sameRecurrence = (a: Recurrence | undefined, b: Recurrence | undefined): boolean =>
  a === undefined || b === undefined ? a === b : printed(a) === printed(b)

import { toCloudRecurrence } from './cloud-recurrence.ts'
import type { Interval, Recurrence } from './recurrence.ts'
import { toServerRecurrence } from './server-recurrence.ts'

const sortedEntries = (interval: Interval): string => JSON.stringify(Object.entries(interval).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const printed = ({ frequency, start, end, intervals }: Recurrence): string => JSON.stringify([frequency, start ?? null, end ?? null, intervals.map(sortedEntries).toSorted()])

/** The same times, in whatever order Tableau prints intervals and attributes. */
export const sameRecurrence = (a: Recurrence | undefined, b: Recurrence | undefined): boolean =>
  a === undefined || b === undefined ? a === b : printed(a) === printed(b)

type Written = typeof toServerRecurrence | typeof toCloudRecurrence

/** One text for what would be written back; undefined where nothing can be. */
const writtenBy = (write: Written, recurrence: Recurrence | undefined): string | undefined => {
  const read = recurrence && write(recurrence)
  return read?.writable === true ? JSON.stringify(read.value) : undefined
}

const sameBy = (write: Written, a: Recurrence | undefined, b: Recurrence | undefined): boolean => {
  if (sameRecurrence(a, b)) return true
  const written = writtenBy(write, a)
  return written !== undefined && written === writtenBy(write, b)
}

/**
 * The same times for Tableau Server, however it prints them: 60 minutes are an hour, days stand in any order, the end of a Weekly
 * or a Monthly means nothing. Times that REST cannot write are the same only where they are printed alike ({@link sameRecurrence}).
 * Undefined is the same as undefined alone.
 */
export const sameServerTimes = (a: Recurrence | undefined, b: Recurrence | undefined): boolean => sameBy(toServerRecurrence, a, b)

/** The same as {@link sameServerTimes} for Tableau Cloud, where the end of a Daily every 24 hours means nothing either. */
export const sameCloudTimes = (a: Recurrence | undefined, b: Recurrence | undefined): boolean => sameBy(toCloudRecurrence, a, b)

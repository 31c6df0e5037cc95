import type { Recurrence } from '@refreshboard/api-types'

/** Which of two texts stands first, by their code units alone: the same on every machine. */
export const byText = (a: string, b: string): number => {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Numbers are padded, so that the 3rd of a month stands before the 10th. */
const sortKey = (interval: Readonly<Record<string, string>>): string => JSON.stringify(interval).replaceAll(/\d+/g, (digits) => digits.padStart(4, '0'))

/** The same times in one order: Tableau tells intervals and their attributes in any. */
export const recurrenceInOneOrder = ({ frequency, start, end, intervals }: Recurrence): Recurrence => ({
  frequency,
  ...(start === undefined ? {} : { start }),
  ...(end === undefined ? {} : { end }),
  intervals: intervals
    .map((interval) => Object.fromEntries(Object.entries(interval).toSorted(([a], [b]) => byText(a, b))))
    .map((interval) => ({ interval, key: sortKey(interval), text: JSON.stringify(interval) }))
    .toSorted((a, b) => byText(a.key, b.key) || byText(a.text, b.text))
    .map(({ interval }) => interval),
})

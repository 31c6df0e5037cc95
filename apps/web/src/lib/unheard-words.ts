import { formatDuration } from './time.ts'

/** `last heard of 40 s ago`, while the job cannot be read. */
export const unheardWords = (unheardSince: number | undefined, now: number): string | undefined =>
  unheardSince === undefined ? undefined : `last heard of ${formatDuration(now - unheardSince)} ago`

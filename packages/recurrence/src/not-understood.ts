import type { Recurrence } from './recurrence.ts'
import { readRhythm } from './rhythm.ts'

/** What Query Schedules prints (§ Create Server Schedule, frequency and state). */
const frequencies: readonly string[] = ['Hourly', 'Daily', 'Weekly', 'Monthly']
const states: readonly string[] = ['Active', 'Suspended']

/** How some servers report days that only Tableau's own pages can set: known, though it says little. */
const isCustomized = ({ intervals }: Recurrence): boolean => intervals.some(({ monthDay }) => monthDay === 'Customized Monthly')

const whatItIs = 'What it does not understand it does not change.'

/**
 * Why a schedule of Tableau Server is only shown and never changed: something of it that this version does not know. A sentence for
 * people, or undefined. Times that were not told are not judged.
 */
export const notUnderstood = ({ frequency, state, recurrence }: { frequency: string; state: string; recurrence?: Recurrence | undefined }): string | undefined => {
  if (!frequencies.includes(frequency)) return `Its frequency is “${frequency}”, which Refreshboard does not know. ${whatItIs}`
  if (!states.includes(state)) return `Its state is “${state}”, which Refreshboard does not know. ${whatItIs}`
  if (recurrence === undefined || isCustomized(recurrence)) return undefined
  const rhythm = readRhythm(recurrence)
  return rhythm.kind === 'unknown' ? `${rhythm.reason} What Refreshboard does not understand it does not change.` : undefined
}

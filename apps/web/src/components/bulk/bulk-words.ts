import type { BulkActionName, BulkItemState, BulkRun, BulkRunState } from '@refreshboard/api-types'
import { plural } from '../../lib/count.ts'

interface ActionWords {
  /** On a button: `Cancel`. */
  verb: string
  /** While it is under way: `Cancelling`. */
  doing: string
  one: string
  /** It costs more than a click is worth when it is about many. */
  danger: boolean
}

/** How each action is told. */
export const actionWords: Record<BulkActionName, ActionWords> = {
  'jobs.cancel': { verb: 'Cancel', doing: 'Cancelling', one: 'job', danger: true },
  'tasks.run': { verb: 'Run', doing: 'Running', one: 'task', danger: false },
  'tasks.delete': { verb: 'Delete', doing: 'Deleting', one: 'task', danger: true },
  'tasks.move': { verb: 'Move', doing: 'Moving', one: 'task', danger: false },
  'schedules.suspend': { verb: 'Suspend', doing: 'Suspending', one: 'schedule', danger: false },
  'schedules.resume': { verb: 'Resume', doing: 'Resuming', one: 'schedule', danger: false },
  'schedules.apply': { verb: 'Apply', doing: 'Applying', one: 'change', danger: false },
}

/** From so many on their number has to be typed before something is done that costs more than a click is worth. */
export const manyItems = 20

/** Each state of an item in a word. */
export const itemWords: Record<BulkItemState, string> = {
  left_out: 'Left out',
  planned: 'Not sent',
  sending: 'Being sent',
  checking: 'Being checked',
  done: 'Done',
  refused: 'Refused',
  unconfirmed: 'Not confirmed',
  half_done: 'Half done',
}

/** Each state of a run in a word. */
export const runWords: Record<BulkRunState, string> = {
  planned: 'Not started',
  running: 'Under way',
  waiting: 'Waiting for Tableau',
  pausing: 'Pausing',
  paused: 'Paused',
  interrupted: 'Interrupted',
  halted: 'Halted',
  stopping: 'Stopping',
  stopped: 'Stopped',
  done: 'Finished',
}

/** Something is being sent, or will be by itself. */
export const isUnderWay = (state: BulkRunState): boolean => ['running', 'waiting', 'pausing', 'stopping'].includes(state)

/** It will never send anything any more. */
export const isOver = (state: BulkRunState): boolean => state === 'stopped' || state === 'done'

/** How far a run is: of what was to be done, and how much of that is known. */
export const progressOf = ({ counts }: Pick<BulkRun, 'counts'>): { known: number; total: number } => {
  const { done = 0, refused = 0, unconfirmed = 0, half_done: half = 0, planned = 0, sending = 0, checking = 0 } = counts
  const known = done + refused + unconfirmed + half
  return { known, total: known + planned + sending + checking }
}

/** How many somebody has to look at: refused, done by half, or not confirmed. */
export const troubleOf = ({ counts }: Pick<BulkRun, 'counts'>): number => (counts.refused ?? 0) + (counts.half_done ?? 0) + (counts.unconfirmed ?? 0)

/** “Cancel 12 jobs”. */
export const doWords = (action: BulkActionName, n: number): string => `${actionWords[action].verb} ${plural(n, actionWords[action].one)}`

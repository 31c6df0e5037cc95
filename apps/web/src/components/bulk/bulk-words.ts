import type { BulkActionName, BulkItemState, BulkRun, BulkRunState } from '@refreshboard/api-types'
import { formatCount, plural } from '../../lib/count.ts'

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

/** It was begun, and nothing more is sent until somebody, or Refreshboard itself, goes on with it. */
export const stands = (state: BulkRunState): boolean => ['paused', 'interrupted', 'halted'].includes(state)

/** What is sent for one item in more than one request, of which the first may be through and the others not. */
const inSteps = (action: BulkActionName): boolean => action === 'tasks.move' || action === 'schedules.apply'

/** An item was begun and is not over, in a run that stands. */
export const isHalfWay = (run: Pick<BulkRun, 'state'>, item: { state: BulkItemState }): boolean => stands(run.state) && (item.state === 'sending' || item.state === 'checking')

/** The state of an item in a word, as it is told in a run: nothing is on its way where the run stands. */
export const itemWord = (run: Pick<BulkRun, 'action' | 'state'>, state: BulkItemState): string => {
  if (!isHalfWay(run, { state })) return itemWords[state]
  if (state === 'checking') return 'Not known yet'
  return inSteps(run.action) ? 'Partly done' : 'Begun'
}

/** What becomes of an item that was begun and is not over, in a run that stands. */
export const halfWayWords = ({ action, state }: Pick<BulkRun, 'action' | 'state'>): string =>
  `${inSteps(action) ? 'It may be partly done.' : 'It may have been sent.'} It goes on where it was ${state === 'interrupted' ? 'as soon as the run goes on by itself' : 'when you resume the run'}; nothing is sent twice.`

/** “87 done, 3 to look at”. What was refused is not done. */
export const doneWords = (run: Pick<BulkRun, 'counts'>): string => {
  const trouble = troubleOf(run)
  return `${formatCount(run.counts.done ?? 0)} done${trouble === 0 ? '' : `, ${formatCount(trouble)} to look at`}`
}

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

import type { Clock } from '../../clock.ts'
import { ProblemError } from '../../http/problem-error.ts'

/** A request waits so long for what is read in the background. */
export const longestMs = 25_000
const askAgainMs = 5000

/** `overloaded`, with the time at which to ask again: `what` has not been read yet. */
export const notYet = (clock: Clock, what: string): ProblemError =>
  new ProblemError('overloaded', `${what} This goes on in the background: ask again in a few seconds. Nothing was sent to Tableau.`, { retryAt: clock.now() + askAgainMs })

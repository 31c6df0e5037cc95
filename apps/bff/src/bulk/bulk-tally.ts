import type { ErrorCode } from '@refreshboard/api-types'
import type { ProblemError } from '../http/problem-error.ts'

/** What says something about one item alone: however many there are of it, the others are worth trying. */
const ofOneItem = new Set<ErrorCode>(['already_queued', 'already_finished', 'not_found', 'conflict', 'changed_elsewhere'])

const refusedInARow = 3
const unreachedInARow = 2
const lostInARow = 3

/**
 * Watches how one item after the other ends. Each method returns why the run should halt, as a sentence, or undefined: a refusal that all
 * others would meet with as well.
 */
export interface Tally {
  went(): undefined
  refused(problem: ProblemError): string | undefined
  /** Tableau, or our own store, could not be reached, and nothing was sent. */
  unreached(problem: ProblemError): string | undefined
  /** It could not be confirmed what became of it. */
  lost(): string | undefined
}

export const createTally = (): Tally => {
  let last = ''
  let count = 0
  const inARow = (what: string): number => {
    count = what === last ? count + 1 : 1
    last = what
    return count
  }
  return {
    went: () => {
      last = ''
      return undefined
    },
    refused: (problem) => {
      if (ofOneItem.has(problem.code)) {
        last = ''
        return undefined
      }
      const times = inARow(`${problem.code} ${problem.facts.tableau?.code ?? ''}`)
      return times < refusedInARow ? undefined : `Three in a row were refused for the same reason, so the others were not tried. ${problem.detail}`
    },
    unreached: (problem) => (inARow('unreached') < unreachedInARow ? undefined : `Twice in a row nothing could be sent, so the others were not tried. ${problem.detail}`),
    lost: () => (inARow('lost') < lostInARow ? undefined : 'What became of three in a row could not be confirmed, so the others were not tried. Look at those first.'),
  }
}

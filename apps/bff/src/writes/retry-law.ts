import { TableauError } from '@refreshboard/tableau-client'
import { toProblemError } from '../http/error-mapper.ts'
import { nameOfError, type Logger } from '../http/logger.ts'
import { ProblemError } from '../http/problem-error.ts'
import { SessionEnded } from '../session/session-ended.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Intention, Seen } from './intention.ts'
import { operationOf, writeLaws } from './write-laws.ts'

/** What came of sending: what was seen of it, or that the session was dead, which says nothing of the write. */
export type Result = { seen: Seen; refused: boolean; repeatable: boolean } | { ended: SessionEnded }

export type Settled = Exclude<Result, { ended: SessionEnded }>

export const settled = (seen: Seen): Settled => ({ seen, refused: false, repeatable: false })

/** `repeatable`: it is certain that Tableau did nothing, and the same key may be sent again. */
const refused = (evidence: string, problem: ProblemError, repeatable: boolean): Settled => ({ seen: { state: 'not_done', evidence, problem }, refused: true, repeatable })

const nothingSent = 'Nothing was sent to Tableau.'

/** The retry law: a write is sent once; what its failure means depends on whether it can have arrived. */
export const resultOf = (error: unknown, intention: Intention, log: Logger, now: number): Result => {
  if (error instanceof SessionEnded) return { ended: error }
  const problem = toProblemError(error, now)
  const law = writeLaws[intention.write]
  if (error instanceof ProblemError || error instanceof StorageError) return refused(nothingSent, problem, true)
  if (error instanceof TableauError) {
    const elsewhere = !law.effect.includes(error.operation)
    if (elsewhere || error.outcome === 'not-sent') return refused(nothingSent, problem, true)
    if (error.outcome === 'answered') return refused(problem.detail, problem, law.repeatable.includes(problem.code))
    return settled({ state: 'checking', evidence: 'Tableau’s reply was lost. It is being read back; nothing is sent again.' })
  }
  log.error('a write failed in an unexpected way', { requestId: intention.requestId, operation: operationOf(intention.write), error: nameOfError(error) })
  return settled({ state: 'unconfirmed', evidence: 'The application failed while it was being sent. Look at the item before sending it again.' })
}

import { intentionKeySchema, problemSchema, writeResultSchema, type IntentionKey, type Problem, type WriteOutcome, type WriteResult } from '@refreshboard/api-types'
import { instant } from '../clock.ts'
import { toProblem } from '../http/error-mapper.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { WriteRow } from '../storage/database.ts'
import { fromStoredText, inputHashOf, storedText, type Intention } from './intention.ts'
import type { Settled } from './retry-law.ts'
import { operationOf } from './write-laws.ts'
import type { Settlement } from './write-store.ts'

/** The record under which an intention is about to be sent. */
export const newRecord = (principal: PrincipalKey, intention: Intention, startedAt: number): WriteRow => ({
  principal,
  key: intention.key,
  operation: operationOf(intention.write),
  input_hash: inputHashOf(intention),
  target: intention.target,
  state: 'sending',
  evidence: 'It is being sent.',
  problem: null,
  refused: 0,
  repeatable: 0,
  started_at: startedAt,
  input: storedText(intention.input),
  before: null,
  result: null,
})

const resultIn = (seen: Settled['seen']): WriteResult | undefined => (seen.state === 'done' ? seen.result : undefined)

/** What is recorded of an intention once it is known what became of it. `requestId`: for its problem. */
export const settlementOf = (result: Settled, requestId: string): Settlement => ({
  state: result.seen.state,
  evidence: result.seen.evidence,
  problem: result.seen.state === 'not_done' ? JSON.stringify(toProblem(result.seen.problem, requestId)) : null,
  result: storedText(resultIn(result.seen)),
  refused: result.refused ? 1 : 0,
  repeatable: result.repeatable ? 1 : 0,
})

interface Told {
  state: WriteRow['state']
  evidence: string
  result: WriteResult | undefined
  problem: Problem | undefined
}

const outcomeOf = (key: IntentionKey, operation: string, startedAt: number, told: Told): WriteOutcome => ({
  key,
  operation,
  state: told.state === 'sending' ? 'checking' : told.state,
  startedAt: instant(startedAt),
  evidence: told.evidence,
  ...(told.result === undefined ? {} : { result: told.result }),
  ...(told.problem === undefined ? {} : { problem: told.problem }),
})

/** The outcome of an intention whose sending was waited for. */
export const sentOutcome = (intention: Intention, startedAt: number, { seen }: Settled): WriteOutcome =>
  outcomeOf(intention.key, operationOf(intention.write), startedAt, { state: seen.state, evidence: seen.evidence, result: resultIn(seen), problem: undefined })

export const storedProblem = (row: WriteRow): Problem | undefined => (row.problem === null ? undefined : problemSchema.parse(fromStoredText(row.problem)))

/** The outcome as a record has it. */
export const recordedOutcome = (row: WriteRow): WriteOutcome => {
  const result = writeResultSchema.optional().parse(fromStoredText(row.result))
  return outcomeOf(intentionKeySchema.parse(row.key), row.operation, row.started_at, { state: row.state, evidence: row.evidence, result, problem: storedProblem(row) })
}

/** A recorded problem, to be answered again. */
export const thrown = (problem: Problem): ProblemError =>
  new ProblemError(problem.code, problem.detail, {
    ...(problem.fields === undefined ? {} : { fields: problem.fields }),
    ...(problem.tableau === undefined ? {} : { tableau: problem.tableau }),
    ...(problem.retryAt === undefined ? {} : { retryAt: Date.parse(problem.retryAt) }),
  })

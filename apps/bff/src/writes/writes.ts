import { createHash } from 'node:crypto'
import { problemSchema, intentionKeySchema, type IntentionKey, type Problem, type WriteOutcome } from '@refreshboard/api-types'
import { TableauError } from '@refreshboard/tableau-client'
import { instant, type Clock } from '../clock.ts'
import { toProblem, toProblemError } from '../http/error-mapper.ts'
import type { Logger } from '../http/logger.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { PrincipalKey } from '../session/principal.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import type { WriteRow } from '../storage/database.ts'
import type { Settlement, WriteStore } from './write-store.ts'

/** What reading an item back shows: settled, or only what it looks like so far (a sentence). */
export type Seen =
  | { state: 'done'; evidence: string }
  | { state: 'not_done'; evidence: string; problem: ProblemError }
  | { state: 'unconfirmed'; evidence: string }
  | { state: 'checking'; evidence: string }

export type ReadBack = (tableau: TableauSession) => Promise<Seen>

/** What a person wants of Tableau, once. */
export interface Intention {
  readonly key: IntentionKey
  /** The contract operation, such as `jobs.cancel`. */
  readonly operation: string
  /** The client's call that has the effect; an error of any other call means that nothing was sent. */
  readonly upstream: string
  /** What is written to: the same operation on it is sent once at a time. */
  readonly target: string
  /** The whole input; the same key with another one is a mistake. */
  readonly input: unknown
  readonly requestId: string
  /** Sends it; resolves with what was seen. Called at most once. */
  readonly send: (tableau: TableauSession) => Promise<string>
  readonly readBack: ReadBack
}

export interface Writes {
  /** Carries an intention out, or tells what became of it. Throws the problem when Tableau refused it. */
  perform(tableau: TableauSession, intention: Intention): Promise<WriteOutcome>
  /** What became of an intention of this principal; goes on reading back where a restart interrupted that. */
  outcome(tableau: TableauSession, key: IntentionKey, readBackOf: (record: WriteRow) => ReadBack | undefined): Promise<WriteOutcome>
  /** Call once at the start, before anything is performed. */
  recover(): Promise<void>
  purge(): Promise<void>
}

/** Reading back goes on this long, with pauses that grow. */
const readBackMs = 30_000
const firstPauseMs = 500
const pauseFactor = 1.6
const keptMs = 24 * 60 * 60_000

type Result = { seen: Seen; refused: boolean; repeatable: boolean } | { ended: SessionEnded }

interface Flight {
  /** What sending showed. Never rejects. */
  readonly answer: Promise<Result>
  /** What it came to, at last. Never rejects. */
  readonly final: Promise<Result>
}

const settled = (seen: Seen): Result => ({ seen, refused: false, repeatable: false })

const hashOf = (intention: Intention): string => createHash('sha256').update(JSON.stringify([intention.operation, intention.input])).digest('hex')

const restarted = 'The application was restarted while this was being sent. Reading it back shows what became of it.'

export const createWrites = (options: {
  store: WriteStore
  clock: Clock
  log: Logger
  /** Keeps work that outlives its request from being cut off at a stop. */
  background: (work: Promise<unknown>) => void
  /** Aborted when the process stops: reading back then ends, and the record stays `checking`. */
  stop: AbortSignal
}): Writes => {
  const { store, clock, log, background, stop } = options
  const flights = new Map<string, Flight>()

  const flightKey = (principal: PrincipalKey, operation: string, target: string): string => JSON.stringify([principal, operation, target])

  /** The retry law: a write is sent once; what its failure means depends on whether it can have arrived. */
  const resultOf = (error: unknown, intention: Intention): Result => {
    if (error instanceof SessionEnded) return { ended: error }
    const problem = toProblemError(error, clock.now())
    const elsewhere = error instanceof TableauError && error.operation !== intention.upstream
    if (error instanceof TableauError && error.outcome === 'unknown' && !elsewhere) {
      return settled({ state: 'checking', evidence: 'Tableau’s reply was lost. It is being read back; nothing is sent again.' })
    }
    if (error instanceof TableauError && (elsewhere || error.outcome === 'not-sent')) {
      return { seen: { state: 'not_done', evidence: 'Nothing was sent to Tableau.', problem }, refused: true, repeatable: true }
    }
    if (error instanceof TableauError) {
      return { seen: { state: 'not_done', evidence: problem.detail, problem }, refused: true, repeatable: problem.code === 'throttled' }
    }
    log.error('a write failed in an unexpected way', { requestId: intention.requestId, operation: intention.operation, error: error instanceof Error ? error.name : 'unknown' })
    return settled({ state: 'unconfirmed', evidence: 'The application failed while it was being sent. Look at the item before sending it again.' })
  }

  const send = async (tableau: TableauSession, intention: Intention): Promise<Result> => {
    try {
      return settled({ state: 'done', evidence: await intention.send(tableau) })
    } catch (error) {
      return resultOf(error, intention)
    }
  }

  /** One look; what cannot be read now may be readable later. */
  const look = async (tableau: TableauSession, readBack: ReadBack): Promise<Seen> => {
    try {
      return await readBack(tableau)
    } catch (error) {
      if (error instanceof SessionEnded) throw error
      return { state: 'checking', evidence: 'Tableau could not be read in the meantime.' }
    }
  }

  const readBackLoop = async (tableau: TableauSession, readBack: ReadBack): Promise<Result> => {
    const until = clock.monotonic() + readBackMs
    let pause = firstPauseMs
    try {
      for (;;) {
        const seen = await look(tableau, readBack)
        if (seen.state !== 'checking') return settled(seen)
        const left = until - clock.monotonic()
        if (left <= 0) {
          return settled({ state: 'unconfirmed', evidence: `${seen.evidence} That is all that could be found out in ${readBackMs / 1000} seconds.` })
        }
        await clock.delay(Math.min(pause, left), stop)
        pause *= pauseFactor
      }
    } catch (error) {
      const evidence = error instanceof SessionEnded ? 'The session ended while it was being read back.' : 'Reading back was interrupted.'
      return settled({ state: 'checking', evidence })
    }
  }

  const register = (key: string, answer: Promise<Result>, tableau: TableauSession, readBack: ReadBack): Flight => {
    const final = answer.then((result) => ('seen' in result && result.seen.state === 'checking' ? readBackLoop(tableau, readBack) : result))
    const flight = { answer, final }
    flights.set(key, flight)
    background(
      final.finally(() => flights.delete(key)),
    )
    return flight
  }

  const settlementOf = (result: Exclude<Result, { ended: SessionEnded }>, requestId: string): Settlement => ({
    state: result.seen.state,
    evidence: result.seen.evidence,
    problem: result.seen.state === 'not_done' ? JSON.stringify(toProblem(result.seen.problem, requestId)) : null,
    refused: result.refused ? 1 : 0,
    repeatable: result.repeatable ? 1 : 0,
  })

  /** Once Tableau has answered, a store that fails must not make it look as if nothing had happened. */
  const record = async (principal: PrincipalKey, key: string, requestId: string, result: Exclude<Result, { ended: SessionEnded }>): Promise<void> => {
    try {
      await store.settle(principal, key, settlementOf(result, requestId))
    } catch (error) {
      log.error('the outcome of a write could not be recorded', { requestId, error: error instanceof Error ? error.name : 'unknown' })
    }
  }

  const outcomeOf = (key: IntentionKey, operation: string, startedAt: number, seen: Pick<Settlement, 'evidence'> & { state: WriteRow['state'] }, problem?: Problem): WriteOutcome => ({
    key,
    operation,
    state: seen.state === 'sending' ? 'checking' : seen.state,
    startedAt: instant(startedAt),
    evidence: seen.evidence,
    ...(problem === undefined ? {} : { problem }),
  })

  /** Waits for a flight as this intention, and writes down what came of it. `again`: the lent token was dead. */
  const follow = async (tableau: TableauSession, intention: Intention, flight: Flight, startedAt: number): Promise<WriteOutcome | 'again'> => {
    const { principal } = tableau
    const result = await flight.answer
    if ('ended' in result) {
      // 401002 is said of the session, not of the write: the same intention may be sent after signing in again.
      await store.release(principal, intention.key)
      if (result.ended.sessionId === tableau.sessionId) throw result.ended
      return 'again'
    }
    await record(principal, intention.key, intention.requestId, result)
    if (result.seen.state === 'checking') {
      background(
        flight.final.then((last) => ('seen' in last ? record(principal, intention.key, intention.requestId, last) : undefined)),
      )
    }
    if (result.seen.state === 'not_done') throw result.seen.problem
    return outcomeOf(intention.key, intention.operation, startedAt, result.seen)
  }

  const storedProblem = (row: WriteRow): Problem | undefined => (row.problem === null ? undefined : problemSchema.parse(JSON.parse(row.problem)))

  const thrown = (problem: Problem): ProblemError =>
    new ProblemError(problem.code, problem.detail, {
      ...(problem.fields === undefined ? {} : { fields: problem.fields }),
      ...(problem.tableau === undefined ? {} : { tableau: problem.tableau }),
      ...(problem.retryAt === undefined ? {} : { retryAt: Date.parse(problem.retryAt) }),
    })

  const recordedOutcome = (row: WriteRow): WriteOutcome =>
    outcomeOf(intentionKeySchema.parse(row.key), row.operation, row.started_at, row, storedProblem(row))

  /** A record whose outcome nobody is finding out at present, since this process did not send it, is read back. */
  const resume = (tableau: TableauSession, row: WriteRow, readBack: ReadBack, requestId: string): void => {
    const key = flightKey(tableau.principal, row.operation, row.target)
    if (row.state !== 'checking' || flights.has(key)) return
    const answer = Promise.resolve(settled({ state: 'checking', evidence: row.evidence }))
    const flight = register(key, answer, tableau, readBack)
    background(flight.final.then((last) => ('seen' in last ? record(tableau.principal, row.key, requestId, last) : undefined)))
  }

  /** The answer to a key that was used before. */
  const replay = async (tableau: TableauSession, intention: Intention, row: WriteRow): Promise<WriteOutcome | 'again'> => {
    if (row.operation !== intention.operation || row.input_hash !== hashOf(intention)) {
      throw new ProblemError('idempotency_mismatch', 'This Idempotency-Key belongs to another request. Use a new one for a new intention; nothing was sent.')
    }
    if (row.state === 'not_done' && row.repeatable === 1) return 'again'
    const flight = row.state === 'sending' ? flights.get(flightKey(tableau.principal, row.operation, row.target)) : undefined
    if (flight) return follow(tableau, intention, flight, row.started_at)
    resume(tableau, row, intention.readBack, intention.requestId)
    const problem = storedProblem(row)
    if (row.refused === 1 && problem) throw thrown(problem)
    return recordedOutcome(row)
  }

  /** Makes this key's record the one under which the intention is sent, unless the key was used before. */
  const claim = async (principal: PrincipalKey, intention: Intention, startedAt: number): Promise<WriteRow | undefined> => {
    const row: WriteRow = {
      principal,
      key: intention.key,
      operation: intention.operation,
      input_hash: hashOf(intention),
      target: intention.target,
      state: 'sending',
      evidence: 'It is being sent.',
      problem: null,
      refused: 0,
      repeatable: 0,
      started_at: startedAt,
    }
    if (await store.claim(row)) return undefined
    const known = await store.find(principal, intention.key)
    const sameAgain = known?.state === 'not_done' && known.repeatable === 1 && known.input_hash === row.input_hash
    if (sameAgain && (await store.reclaim(principal, intention.key, startedAt))) return undefined
    return store.find(principal, intention.key)
  }

  const attempt = async (tableau: TableauSession, intention: Intention): Promise<WriteOutcome | 'again'> => {
    const { principal } = tableau
    const startedAt = clock.now()
    const known = await claim(principal, intention, startedAt)
    if (known) return replay(tableau, intention, known)
    const key = flightKey(principal, intention.operation, intention.target)
    // The same write to the same thing that is under way under another key (a second tab, a second browser) is this one.
    const flight = flights.get(key) ?? register(key, send(tableau, intention), tableau, intention.readBack)
    return follow(tableau, intention, flight, startedAt)
  }

  return {
    perform: async (tableau, intention) => {
      for (;;) {
        const outcome = await attempt(tableau, intention)
        if (outcome !== 'again') return outcome
      }
    },
    outcome: async (tableau, key, readBackOf) => {
      const row = await store.find(tableau.principal, key)
      if (!row) throw new ProblemError('not_found', 'No write of yours has this key. Records are kept for 24 hours.')
      const readBack = readBackOf(row)
      if (readBack) resume(tableau, row, readBack, key)
      return recordedOutcome(row)
    },
    recover: async () => {
      await store.recover(restarted)
    },
    purge: () => store.purge(clock.now() - keptMs),
  }
}

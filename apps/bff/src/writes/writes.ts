import type { IntentionKey, WriteOutcome } from '@refreshboard/api-types'
import type { AuditLog, Known } from '../audit/audit-log.ts'
import { knownOf } from '../audit/known-of.ts'
import type { Clock } from '../clock.ts'
import { nameOfError, type Logger } from '../http/logger.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { PrincipalKey } from '../session/principal.ts'
import { NothingToSend } from '../session/rehearsal.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import type { WriteRow } from '../storage/database.ts'
import { fromStoredText, inputHashOf, storedText, type Intention, type ReadBack, type Remember, type Seen } from './intention.ts'
import { readBackUntilKnown } from './read-back-loop.ts'
import type { ReadBackOf } from './read-backs.ts'
import { newRecord, recordedOutcome, sentOutcome, settlementOf, storedProblem, thrown } from './records.ts'
import { resultOf, settled, type Result, type Settled } from './retry-law.ts'
import { operationOf } from './write-laws.ts'
import type { WriteStore } from './write-store.ts'

export interface Writes {
  /**
   * Carries an intention out, or tells what became of it. Throws the problem when Tableau refused it. In a rehearsal it records nothing
   * and throws what would be sent, or {@link NothingToSend}.
   */
  perform(tableau: TableauSession, intention: Intention): Promise<WriteOutcome>
  /** What became of an intention of this principal; goes on reading back where a restart interrupted that. */
  outcome(tableau: TableauSession, key: IntentionKey, readBackOf: ReadBackOf): Promise<WriteOutcome>
  /** Call once at the start, before anything is performed. */
  recover(): Promise<void>
  purge(): Promise<void>
}

const keptMs = 24 * 60 * 60_000

interface Flight {
  /** What sending showed. Never rejects. */
  readonly answer: Promise<Result>
  /** What it came to, at last. Never rejects. */
  readonly final: Promise<Result>
}

const restarted = 'The application was restarted while this was being sent. Reading it back shows what became of it.'

export const createWrites = (options: {
  store: WriteStore
  audit: AuditLog
  clock: Clock
  log: Logger
  /** Keeps work that outlives its request from being cut off at a stop. */
  background: (work: Promise<unknown>) => void
  /** Aborted when the process stops: reading back then ends, and the record stays `checking`. */
  stop: AbortSignal
}): Writes => {
  const { store, audit, clock, log, background, stop } = options
  const flights = new Map<string, Flight>()

  /** The same input for the same thing: two changes of one schedule are two writes. */
  const flightKey = (principal: PrincipalKey, write: Pick<WriteRow, 'operation' | 'target' | 'input_hash'>): string =>
    JSON.stringify([principal, write.operation, write.target, write.input_hash])

  /** `tell`: has the audit told what reading back has settled. */
  const register = (key: string, answer: Promise<Result>, readBack: () => Promise<Seen>, tell: (known: Known) => Promise<void>): Flight => {
    const found = async (): Promise<Settled> => {
      const last = await readBackUntilKnown(readBack, clock, stop)
      if (last.seen.state !== 'checking') await tell(knownOf(last))
      return last
    }
    const final = answer.then((result) => ('seen' in result && result.seen.state === 'checking' ? found() : result))
    const flight = { answer, final }
    flights.set(key, flight)
    background(
      final.finally(() => flights.delete(key)),
    )
    return flight
  }

  const takeOff = (key: string, tableau: TableauSession, intention: Intention): Flight => {
    let before: unknown
    const remember: Remember = async (seen) => {
      before = seen
      await store.remember(tableau.principal, intention.key, storedText(seen))
    }
    const recording = audit.recording(tableau, intention)
    const attempt = async (): Promise<Result> => {
      try {
        return settled({ state: 'done', ...(await intention.send(recording.tableau, remember)) })
      } catch (error) {
        return resultOf(error, intention, log, clock.now())
      }
    }
    const send = async (): Promise<Result> => {
      const result = await attempt()
      await recording.known(knownOf(result))
      return result
    }
    return register(key, send(), () => intention.readBack(tableau, before), (known) => recording.known(known))
  }

  /** Once Tableau has answered, a store that fails must not make it look as if nothing had happened. */
  const record = async (principal: PrincipalKey, key: string, requestId: string, result: Settled): Promise<void> => {
    try {
      await store.settle(principal, key, settlementOf(result, requestId))
    } catch (error) {
      log.error('the outcome of a write could not be recorded', { requestId, error: nameOfError(error) })
    }
  }

  const recordFinal = async (principal: PrincipalKey, key: string, requestId: string, flight: Flight): Promise<void> => {
    const last = await flight.final
    if ('seen' in last) await record(principal, key, requestId, last)
  }

  const recordLast = (principal: PrincipalKey, key: string, requestId: string, flight: Flight): void => {
    background(recordFinal(principal, key, requestId, flight))
  }

  /** Waits for a flight as this intention, and writes down what came of it. `again`: the lent token was dead. */
  const follow = async (tableau: TableauSession, intention: Intention, flight: Flight, row: WriteRow): Promise<WriteOutcome | 'again'> => {
    const { principal } = tableau
    const result = await flight.answer
    if ('ended' in result) {
      // 401002 is said of the session, not of the write: the same intention may be sent after signing in again.
      await store.release(principal, intention.key)
      if (result.ended.sessionId === tableau.sessionId) throw result.ended
      return 'again'
    }
    await record(principal, intention.key, intention.requestId, result)
    if (result.seen.state === 'checking') recordLast(principal, row.key, intention.requestId, flight)
    if (result.seen.state === 'not_done') throw result.seen.problem
    return sentOutcome(intention, row.started_at, result)
  }

  /** A record whose outcome nobody is finding out at present, since this process did not send it, is read back. */
  const resume = (tableau: TableauSession, row: WriteRow, readBack: ReadBack, requestId: string): void => {
    const key = flightKey(tableau.principal, row)
    if (row.state !== 'checking' || flights.has(key)) return
    const answer = Promise.resolve(settled({ state: 'checking', evidence: row.evidence }))
    const flight = register(key, answer, () => readBack(tableau, fromStoredText(row.before)), (known) => audit.known(tableau, row, known))
    recordLast(tableau.principal, row.key, requestId, flight)
  }

  /** The answer to a key that was used before. */
  const replay = async (tableau: TableauSession, intention: Intention, row: WriteRow): Promise<WriteOutcome | 'again'> => {
    if (row.operation !== operationOf(intention.write) || row.input_hash !== inputHashOf(intention)) {
      throw new ProblemError('idempotency_mismatch', 'This Idempotency-Key belongs to another request. Use a new one for a new intention; nothing was sent.')
    }
    if (row.state === 'not_done' && row.repeatable === 1) return 'again'
    const flight = row.state === 'sending' ? flights.get(flightKey(tableau.principal, row)) : undefined
    if (flight) return follow(tableau, intention, flight, row)
    resume(tableau, row, intention.readBack, intention.requestId)
    const problem = storedProblem(row)
    if (row.refused === 1 && problem) throw thrown(problem)
    return recordedOutcome(row)
  }

  /** Makes this key's record the one under which the intention is sent, unless the key was used before. */
  const claim = async (row: WriteRow, principal: PrincipalKey, key: IntentionKey): Promise<WriteRow | undefined> => {
    if (await store.claim(row)) return undefined
    const known = await store.find(principal, key)
    const sameAgain = known?.state === 'not_done' && known.repeatable === 1 && known.input_hash === row.input_hash
    if (sameAgain && (await store.reclaim(principal, key, row.started_at))) return undefined
    return store.find(principal, key)
  }

  const attempt = async (tableau: TableauSession, intention: Intention): Promise<WriteOutcome | 'again'> => {
    const { principal } = tableau
    const row = newRecord(principal, intention, clock.now())
    const known = await claim(row, principal, intention.key)
    if (known) return replay(tableau, intention, known)
    const key = flightKey(principal, row)
    // The same write that is under way under another key (a second tab, a second browser) is this one.
    return follow(tableau, intention, flights.get(key) ?? takeOff(key, tableau, intention), row)
  }

  return {
    perform: async (tableau, intention) => {
      if (tableau.rehearsal) {
        throw new NothingToSend((await intention.send(tableau, () => Promise.resolve())).evidence)
      }
      for (;;) {
        const outcome = await attempt(tableau, intention)
        if (outcome !== 'again') return outcome
      }
    },
    outcome: async (tableau, key, readBackOf) => {
      const row = await store.find(tableau.principal, key)
      if (!row) throw new ProblemError('not_found', 'No write of yours has this key. Records are kept for 24 hours.')
      const readBack = readBackOf(tableau.principal, row)
      if (readBack) resume(tableau, row, readBack, key)
      return recordedOutcome(row)
    },
    recover: async () => {
      await store.recover(restarted)
    },
    purge: () => store.purge(clock.now() - keptMs),
  }
}

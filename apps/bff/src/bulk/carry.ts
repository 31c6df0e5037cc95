import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem-error.ts'
import { SessionEnded } from '../session/session-ended.ts'
import { thrown } from '../writes/records.ts'
import type { Writes } from '../writes/writes.ts'
import type { Carry } from './bulk-action.ts'

/** How often a write whose reply was lost is asked after, and for how long: reading back itself ends before. */
const pollMs = 250
const longestMs = 120_000

interface CarryDeps {
  readonly writes: Writes
  readonly clock: Clock
  readonly stop: AbortSignal
  /** Whether the session may still be used. */
  readonly lives: (sessionId: string) => Promise<boolean>
}

/** Carries intentions out as a person's single write is, and waits for what becomes of it. `onChecking`: a reply was lost. */
export const createCarry =
  ({ writes, clock, stop, lives }: CarryDeps, onChecking: (evidence: string) => Promise<void>): Carry =>
  async ({ tableau }, intention) => {
    const since = clock.monotonic()
    for (let told = false; ; told = true) {
      const { state, evidence, result, problem } = await writes.perform(tableau, intention)
      if (state === 'done' || state === 'unconfirmed') return { state, evidence, ...(result === undefined ? {} : { result }) }
      if (state === 'not_done') throw problem === undefined ? new ProblemError('upstream_refused', evidence) : thrown(problem)
      if (!told) await onChecking(evidence)
      if (clock.monotonic() - since >= longestMs) return { state: 'unconfirmed', evidence: `${evidence} It was not found out in two minutes.` }
      if (!(await lives(tableau.sessionId))) throw new SessionEnded(tableau.sessionId)
      await clock.delay(pollMs, stop)
    }
  }

import type { Clock } from './clock.ts'
import { nameOfError, type Logger } from './http/logger.ts'

/** Work that outlives the request that began it: a sign-out at Tableau, reading a write back. */
export interface Background {
  /** Takes work over; what it fails with is a line in the log, and nothing else ends by it. */
  run: (work: Promise<unknown>) => void
  /** Waits until all of it is over, `graceMs` milliseconds at most. */
  drained: (graceMs: number) => Promise<void>
}

/** `clock`: what the grace is measured by. */
export const createBackground = (log: Pick<Logger, 'error'>, clock: Pick<Clock, 'delay'>): Background => {
  const pending = new Set<Promise<void>>()
  return {
    run: (work) => {
      const settled = work.then(
        () => undefined,
        (error: unknown) => log.error('work in the background failed', { error: nameOfError(error) }),
      )
      pending.add(settled)
      void settled.then(() => pending.delete(settled))
    },
    drained: async (graceMs) => {
      const grace = new AbortController()
      await Promise.race([Promise.all(pending), clock.delay(graceMs, grace.signal).catch(() => undefined)])
      grace.abort()
    },
  }
}

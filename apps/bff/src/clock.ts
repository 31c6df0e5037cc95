import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'

/** The time sources of the BFF, so that tests can turn them. */
export interface Clock {
  /** The time of day in milliseconds since 1970: for what outlives the process (sessions, records). */
  now(): number
  /** A clock that never jumps, in milliseconds: for ages and intervals. */
  monotonic(): number
  /** Resolves after `ms`; rejects when `signal` is aborted first. */
  delay(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  delay: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
}

/** ISO 8601 in UTC. */
export const instant = (ms: number): string => new Date(ms).toISOString()

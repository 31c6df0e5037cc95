import { setTimeout as delay } from 'node:timers/promises'
import { TableauApiError, TableauProtocolError, TableauUnreachableError } from './errors.ts'

/** At most this many sends beyond the first, for reads only. */
const maxRepeats = 2
const firstPauseMs = 100
/** A tenth of the reads may be repeated; a client that was quiet has this many repeats saved up. */
const budgetShare = 0.1
const budgetCap = 10

/** Keeps repeats from doubling the load of a server that is already failing. */
export interface RetryBudget {
  /** Counts a first try. */
  deposit: () => void
  /** Takes one repeat, if there is one left. */
  take: () => boolean
}

export const createRetryBudget = (): RetryBudget => {
  let saved = budgetCap
  return {
    deposit: () => {
      saved = Math.min(budgetCap, saved + budgetShare)
    },
    take: () => {
      if (saved < 1) return false
      saved -= 1
      return true
    },
  }
}

/** Whether a repeat can find another answer. Never where Tableau asks to wait, where the name is unknown or TLS fails. */
const isPassing = (error: unknown): boolean => {
  if (error instanceof TableauApiError) return error.httpStatus >= 500 && error.retryAfterMs === undefined
  if (error instanceof TableauProtocolError) return error.retryAfterMs === undefined && !error.tooLarge
  if (error instanceof TableauUnreachableError) return ['refused', 'reset', 'timeout', 'network'].includes(error.kind)
  return false
}

/** What a test replaces: how long a pause is and how it passes. */
export interface Pace {
  readonly random: () => number
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>
}

export const realPace: Pace = {
  random: Math.random,
  pause: (ms, signal) => delay(ms, undefined, signal === undefined ? undefined : { signal }),
}

/**
 * Tries a read up to three times before the deadline with full-jitter pauses (0 … 100 ms, 0 … 200 ms). The law of who
 * repeats is by operation: nothing but a read may come here.
 */
export const withRepeats = async <T>(
  attempt: (remainingMs: number) => Promise<T>,
  options: { deadlineMs: number; budget: RetryBudget; pace: Pace; signal: AbortSignal | undefined },
): Promise<T> => {
  const { deadlineMs, budget, pace, signal } = options
  const end = performance.now() + deadlineMs
  budget.deposit()
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await attempt(end - performance.now())
    } catch (error) {
      if (signal?.aborted === true || repeats === maxRepeats || !isPassing(error)) throw error
      const pauseMs = pace.random() * firstPauseMs * 2 ** repeats
      if (performance.now() + pauseMs >= end || !budget.take()) throw error
      await pace.pause(pauseMs, signal).catch(() => undefined)
      signal?.throwIfAborted()
    }
  }
}

import type { Clock } from '../clock.ts'

export interface TestClock extends Clock {
  /** Moves both clocks on and wakes who waited for that. */
  advance(ms: number): void
  /** How many wait at present. */
  readonly waiting: number
}

interface Sleeper {
  at: number
  wake: () => void
}

/** A clock that stands still until it is moved. */
export const createTestClock = (start = Date.parse('2026-03-04T16:00:00Z')): TestClock => {
  let elapsed = 0
  const sleepers = new Set<Sleeper>()
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    delay: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper: Sleeper = { at: elapsed + ms, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener(
          'abort',
          () => {
            sleepers.delete(sleeper)
            reject(new Error('aborted'))
          },
          { once: true },
        )
      }),
    advance: (ms) => {
      elapsed += ms
      for (const sleeper of sleepers) {
        if (sleeper.at > elapsed) continue
        sleepers.delete(sleeper)
        sleeper.wake()
      }
    },
    get waiting() {
      return sleepers.size
    },
  }
}

import type { Clock } from '../clock.ts'

/** What a piece of work came to, or undefined when it took longer than `ms`; it goes on either way. */
export const within = async <T>(clock: Clock, work: Promise<T>, ms: number): Promise<T | undefined> => {
  const timer = new AbortController()
  const patience = clock.delay(ms, timer.signal).then(
    () => undefined,
    () => undefined,
  )
  try {
    return await Promise.race([work, patience])
  } finally {
    timer.abort()
  }
}

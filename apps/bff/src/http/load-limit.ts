import { ProblemError } from './problem-error.ts'

/** How many requests are worked on at once. */
export interface LoadLimit {
  /** Takes a place, or throws `overloaded`. The returned function gives it back. */
  enter(sessionId: string | undefined): () => void
  readonly inFlight: number
}

/** `total` for everyone together, `perSession` for one signed-in browser, so that one cannot crowd out the others. */
export const createLoadLimit = (options: { total: number; perSession: number; now: () => number }): LoadLimit => {
  const bySession = new Map<string, number>()
  let inFlight = 0
  return {
    get inFlight() {
      return inFlight
    },
    enter: (sessionId) => {
      const ofSession = sessionId === undefined ? 0 : (bySession.get(sessionId) ?? 0)
      if (inFlight >= options.total || ofSession >= options.perSession) {
        throw new ProblemError('overloaded', 'Too many requests are being worked on. Nothing was started; try again in a second.', {
          retryAt: options.now() + 1000,
        })
      }
      inFlight += 1
      if (sessionId !== undefined) bySession.set(sessionId, ofSession + 1)
      return () => {
        inFlight -= 1
        if (sessionId === undefined) return
        const left = (bySession.get(sessionId) ?? 1) - 1
        if (left > 0) bySession.set(sessionId, left)
        else bySession.delete(sessionId)
      }
    },
  }
}

import { ProblemError } from './problem-error.ts'

/** How many requests are worked on at once. */
export interface LoadLimit {
  /** Takes a place, or throws `overloaded`. The returned function gives it back. Without a session it is a sign-in. */
  enter(sessionId: string | undefined): () => void
  /** How many are worked on. */
  underWay(): number
  /** Whether there is no place for anybody. */
  isFull(): boolean
  /** What a request is told for which there is no room. */
  overloaded(): ProblemError
}

/** `total` for everyone together; `perSession` for one signed-in browser and `signIns` for those that are none yet, so that neither crowds out the rest. */
export const createLoadLimit = (options: { total: number; perSession: number; signIns: number; now: () => number }): LoadLimit => {
  const byClass = new Map<string, number>()
  let inFlight = 0
  const isFull = (): boolean => inFlight >= options.total
  const overloaded = (): ProblemError =>
    new ProblemError('overloaded', 'Too many requests are being worked on. Nothing was started; try again in a second.', { retryAt: options.now() + 1000 })
  return {
    underWay: () => inFlight,
    isFull,
    overloaded,
    enter: (sessionId) => {
      const name = sessionId ?? ''
      const ofClass = byClass.get(name) ?? 0
      if (isFull() || ofClass >= (sessionId === undefined ? options.signIns : options.perSession)) throw overloaded()
      inFlight += 1
      byClass.set(name, ofClass + 1)
      return () => {
        inFlight -= 1
        const left = (byClass.get(name) ?? 1) - 1
        if (left > 0) byClass.set(name, left)
        else byClass.delete(name)
      }
    },
  }
}

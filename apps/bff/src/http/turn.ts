/** How late a turn of the event loop may become before it takes no more requests. */
const lateMs = 80

/** With fewer than this at work, the loop is late for another reason (a long sort, the collector), which shedding would not mend. */
const fewRequests = 48

const everyMs = 20

/**
 * How much work the event loop takes on. What is ready together is worked through in one turn, and those behind wait
 * unseen: so while turns are late and many are at work no more is taken, and the rest is told at once.
 */
export interface Turn {
  /** Takes one more request beside those under way, or says that there is no room. */
  takes(underWay: number): boolean
  /** A new turn has begun. */
  begin(): void
}

export const createTurn = (monotonic: () => number): Turn => {
  let begunAt = monotonic()
  let lastMs = 0
  let taken = 0
  return {
    takes: (underWay) => {
      const isLate = Math.max(lastMs, monotonic() - begunAt) > everyMs + lateMs
      if (isLate && Math.max(taken, underWay) >= fewRequests) return false
      taken += 1
      return true
    },
    begin: () => {
      lastMs = monotonic() - begunAt
      begunAt += lastMs
      taken = 0
    },
  }
}

/** Begins a turn whenever the loop gets round to its timers. */
export const watchTurns = (turn: Turn): (() => void) => {
  const timer = setInterval(() => turn.begin(), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

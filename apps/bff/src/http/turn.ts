/** How late a turn of the event loop may become before it takes few more requests. */
const lateMs = 80

/** What a late turn takes all the same. */
const fewRequests = 48

/** How many answers one turn makes. */
const answersATurn = 8

/** How many answers may wait to be made: an eighth of a second's work, where each is a whole window of jobs. */
const mostWaiting = 32

/** For so long after many waited, no more than {@link mostUnderWay} are worked on: those that wait for Tableau come back together. */
const busyMs = 500
const mostUnderWay = 128

const everyMs = 20

/**
 * How much work the event loop takes on. What is ready together is worked through in one turn, and those behind wait
 * unseen: so each makes a few answers, and while many wait or turns are late the rest is told at once. A turn that is late
 * for another reason (a long sort, the collector) finds few requests ready, and turns nobody away.
 */
export interface Turn {
  /** Takes one more request beside those under way, or says that there is no room. */
  takes(underWay: number): boolean
  /** Waits for a share of a turn: requests that waited for the same reading are not all answered in one. */
  share(): Promise<void>
  /** A new turn has begun. */
  begin(): void
}

export const createTurn = (monotonic: () => number): Turn => {
  let begunAt = monotonic()
  let lastMs = 0
  let taken = 0
  let shared = 0
  let isSharing = false
  let fullAt = Number.NEGATIVE_INFINITY
  const waiting: (() => void)[] = []

  const release = (): void => {
    const next = waiting.splice(0, answersATurn)
    shared = next.length
    for (const resolve of next) resolve()
    if (shared > 0) setImmediate(release)
    else isSharing = false
  }

  return {
    takes: (underWay) => {
      const now = monotonic()
      const isLate = Math.max(lastMs, now - begunAt) > everyMs + lateMs
      if (waiting.length >= mostWaiting) fullAt = now
      if (now - fullAt < busyMs && underWay >= mostUnderWay) return false
      if (waiting.length >= mostWaiting || (isLate && taken >= fewRequests)) return false
      taken += 1
      return true
    },
    share: () => {
      if (!isSharing) {
        isSharing = true
        setImmediate(release)
      }
      if (shared >= answersATurn) return new Promise((resolve) => waiting.push(resolve))
      shared += 1
      return Promise.resolve()
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

/** When a figure arrived, by both of this computer's clocks. */
export interface Receipt {
  /** `performance.now()`: never jumps, but may stand still while the computer sleeps. */
  steady: number
  /** `Date.now()`: goes on during sleep, but may be set. */
  wall: number
}

export const receiptNow = (): Receipt => ({ steady: performance.now(), wall: Date.now() })

/**
 * Milliseconds since the receipt. The larger of both clocks: after eight hours of sleep the wall clock tells, and a wall
 * clock that was set back cannot make old figures look fresh.
 */
export const sinceReceipt = (receipt: Receipt, now: Receipt = receiptNow()): number =>
  Math.max(0, now.steady - receipt.steady, now.wall - receipt.wall)

/** `reading`: the first sweep is under way. `late`: more than 3 polls old. `not-live`: more than 10 polls or 5 minutes. */
export type LiveState = 'reading' | 'live' | 'late' | 'not-live'

const notLiveMs = 5 * 60_000

/** @param ageMs how old the figures are now @param everyMs how often they are read */
export const liveState = ({ ageMs, everyMs, complete }: { ageMs: number; everyMs: number; complete: boolean }): LiveState => {
  const every = Math.max(1000, everyMs)
  if (ageMs > 10 * every || ageMs > notLiveMs) return 'not-live'
  if (ageMs > 3 * every) return 'late'
  return complete ? 'live' : 'reading'
}

/** What {@link pollDelay} looks at. */
export interface PollInput {
  paused: boolean
  /** How often the figures are worth reading, by the last answer; absent before the first one. */
  everyMs: number | undefined
  complete: boolean
  failed: boolean
  /** When a failed read has a chance again, milliseconds since 1970. */
  retryAt?: number | undefined
  /** How long ago the last good answer came. */
  sinceGoodMs: number
  now: number
}

/** Milliseconds until the next read, or `false` for none: every poll, faster while the first sweep runs, backed off after a failure. */
export const pollDelay = ({ paused, everyMs, complete, failed, retryAt, sinceGoodMs, now }: PollInput): number | false => {
  if (paused) return false
  const every = Math.max(1000, everyMs ?? 5000)
  if (failed) {
    const backOff = Math.min(60_000, Math.max(every, sinceGoodMs / 2))
    return retryAt === undefined ? backOff : Math.max(1000, Math.min(retryAt - now, 60 * 60_000))
  }
  if (everyMs === undefined) return false
  return complete ? every : 600
}

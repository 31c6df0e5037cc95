import { describe, expect, it } from 'vitest'
import { liveState, pollDelay, sinceReceipt } from './live.ts'

describe('live, late, not live', () => {
  it.each([
    [15_000, 5000, 'live'],
    [15_001, 5000, 'late'],
    [50_000, 5000, 'late'],
    [50_001, 5000, 'not-live'],
    [90_000, 30_000, 'live'],
    [90_001, 30_000, 'late'],
    [300_000, 30_000, 'late'],
    [300_001, 30_000, 'not-live'],
    // Ten polls of a minute are ten minutes: five minutes are too old whatever the poll.
    [300_001, 60_000, 'not-live'],
  ])('%d ms at a poll of %d ms is %s', (ageMs, everyMs, state) => {
    expect(liveState({ ageMs, everyMs, complete: true })).toBe(state)
  })

  it('says that the first sweep is under way', () => {
    expect(liveState({ ageMs: 500, everyMs: 5000, complete: false })).toBe('reading')
    expect(liveState({ ageMs: 60_000, everyMs: 5000, complete: false })).toBe('not-live')
  })
})

describe('time since an answer', () => {
  const receipt = { steady: 1000, wall: 1_000_000 }

  it('counts sleep, during which the steady clock stands still', () => {
    expect(sinceReceipt(receipt, { steady: 2000, wall: 1_000_000 + 8 * 3_600_000 })).toBe(8 * 3_600_000)
  })

  it('does not get younger when the wall clock is set back', () => {
    expect(sinceReceipt(receipt, { steady: 61_000, wall: 0 })).toBe(60_000)
  })
})

describe('when to read again', () => {
  const good = { paused: false, everyMs: 5000, complete: true, failed: false, sinceGoodMs: 0, now: 0 }

  it('keeps the pace that the last answer named, faster during the first sweep', () => {
    expect(pollDelay(good)).toBe(5000)
    expect(pollDelay({ ...good, everyMs: 30_000 })).toBe(30_000)
    expect(pollDelay({ ...good, complete: false })).toBe(600)
  })

  it('rests while paused', () => {
    expect(pollDelay({ ...good, paused: true, failed: true })).toBe(false)
  })

  it('backs off after failures, up to a minute', () => {
    expect(pollDelay({ ...good, failed: true, sinceGoodMs: 6000 })).toBe(5000)
    expect(pollDelay({ ...good, failed: true, sinceGoodMs: 40_000 })).toBe(20_000)
    expect(pollDelay({ ...good, failed: true, sinceGoodMs: 3_600_000 })).toBe(60_000)
  })

  it('waits as long as it was asked to', () => {
    expect(pollDelay({ ...good, failed: true, sinceGoodMs: 6000, retryAt: 1_740_000 })).toBe(1_740_000)
    expect(pollDelay({ ...good, failed: true, sinceGoodMs: 6000, retryAt: -1 })).toBe(1000)
  })

  it('tries again when there never was an answer', () => {
    expect(pollDelay({ ...good, everyMs: undefined, failed: true })).toBe(5000)
    expect(pollDelay({ ...good, everyMs: undefined })).toBe(false)
  })
})

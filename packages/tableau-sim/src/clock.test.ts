import { afterEach, describe, expect, it, vi } from 'vitest'
import { createManualClock, createRunningClock } from './clock.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('the manual clock', () => {
  it('runs what is due in order, each at its own time, also what tasks add', () => {
    const clock = createManualClock(1000)
    const seen: [string, number][] = []
    const note = (name: string) => () => seen.push([name, clock.now()])
    clock.at(1300, note('c'))
    clock.at(1100, () => {
      note('a')()
      clock.at(1200, note('b'))
      clock.at(900, note('late'))
    })
    clock.at(1300, note('d'))
    clock.at(1301, note('never'))
    clock.advance(300)
    expect(seen).toEqual([['a', 1100], ['late', 1100], ['b', 1200], ['c', 1300], ['d', 1300]])
    expect(clock.now()).toBe(1300)
  })

  it('keeps the order of a thousand timers and forgets the ones called off', () => {
    const clock = createManualClock(0)
    const seen: number[] = []
    for (let index = 0; index < 1000; index += 1) {
      const at = (index * 7919) % 1000
      const cancel = clock.at(at, () => seen.push(at))
      if (at % 3 === 0) cancel()
    }
    clock.advance(1000)
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, at) => at).filter((at) => at % 3 !== 0))
  })

  it.each([-1, Number.NaN, Infinity])('refuses to move by %s', (ms) => {
    expect(() => createManualClock().advance(ms)).toThrow(RangeError)
  })

  it('runs nothing after it was closed', () => {
    const clock = createManualClock(0)
    const task = vi.fn<() => void>()
    clock.at(1, task)
    clock.close()
    clock.advance(10)
    expect(task).not.toHaveBeenCalled()
  })
})

describe('the running clock', () => {
  it('goes at its speed and runs tasks at their own time', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const clock = createRunningClock({ speed: 60, start: 0 })
    const seen: number[] = []
    clock.at(60_000, () => seen.push(clock.now()))
    clock.at(30_000, () => {
      seen.push(clock.now())
      clock.at(31_000, () => seen.push(clock.now()))
    })
    vi.advanceTimersByTime(1100)
    expect(seen).toEqual([30_000, 31_000, 60_000])
    expect(clock.now()).toBe(66_000)
    clock.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('can be moved on by hand', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const clock = createRunningClock({ start: 5 })
    const task = vi.fn<() => void>()
    clock.at(1005, task)
    clock.advance(1000)
    expect(task).toHaveBeenCalledOnce()
    expect(clock.now()).toBe(1005)
    clock.close()
  })

  it('refuses a speed that is none', () => {
    expect(() => createRunningClock({ speed: 0 })).toThrow(RangeError)
  })
})

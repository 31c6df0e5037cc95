import { describe, expect, it } from 'vitest'
import { createTestClock } from '../testing/test-clock.ts'
import { indexLagMs } from './overlay.ts'
import { Taken } from './taken.ts'

describe('what was taken in beside a list', () => {
  it('is what was seen last until a later reading of the list began', () => {
    const clock = createTestClock()
    const taken = new Taken<string>(clock)
    const before = clock.monotonic()
    clock.advance(1000)
    taken.take('a', 'new')
    expect([taken.since('a', undefined), taken.since('a', before), taken.since('a', clock.monotonic() + 1), taken.since('b', before)]).toEqual(['new', 'new', undefined, undefined])
    taken.forget('a')
    expect(taken.since('a', before)).toBeUndefined()
  })

  it('is forgotten when another is taken in after as long as a list can run behind', () => {
    const clock = createTestClock()
    const taken = new Taken<string>(clock)
    taken.take('a', 'old')
    clock.advance(indexLagMs)
    taken.take('b', 'new')
    expect([taken.size, taken.since('a', undefined)]).toEqual([1, undefined])
  })
})

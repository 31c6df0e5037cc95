import { describe, expect, it } from 'vitest'
import { anItem } from '../../test/a-run.ts'
import { leftOutByReason, planChanges } from './plan-changes.ts'

describe('planChanges', () => {
  it('tells each that came, went, is left out, is so no longer, or would be done something else to', () => {
    const before = [anItem(0), anItem(1), anItem(2, { state: 'left_out', reason: 'It was queued.' }), anItem(3), anItem(4)]
    const now = [anItem(0), anItem(1, { state: 'left_out', reason: 'It is over.' }), anItem(2), anItem(3, { will: 'It will be stopped.' }), anItem(5)]
    expect(planChanges(before, now)).toEqual([
      '“Sales 2” is left out now: It is over.',
      '“Sales 3” is no longer left out: It will be cancelled.',
      '“Sales 4”: it was “It will be cancelled.”, it is “It will be stopped.” now.',
      '“Sales 6” was not among them before: It will be cancelled.',
      '“Sales 5” is not among them any more.',
    ])
  })

  it('has nothing to tell of what is left out before and after', () => {
    const out = anItem(0, { state: 'left_out', reason: 'It is over.' })
    expect(planChanges([out], [out, anItem(1, { state: 'left_out' })])).toEqual([])
    expect(planChanges([out], [])).toEqual([])
  })
})

describe('leftOutByReason', () => {
  it('counts the same reason once, whenever it came about, the most first', () => {
    const out = (n: number, reason: string) => anItem(n, { state: 'left_out', reason })
    const groups = leftOutByReason([anItem(0), out(1, 'It is not there.'), out(2, 'It has ended already at 2025-11-23T10:00:00Z.'), out(3, 'It has ended already at 2025-11-23T11:00:00.5Z.')])
    expect(groups.map(({ reason, items }) => [reason, items.length])).toEqual([
      ['It has ended already.', 2],
      ['It is not there.', 1],
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { fakeTableau, someLuid, somePrincipal } from '../testing/fake-tableau.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { indexLagMs, Overlay } from './overlay.ts'
import { createShelves, idleShelfMs } from './shelves.ts'

const rowsOf = (count: number) => (operation: string) =>
  operation === 'listExtractRefreshTasks' ? Array.from({ length: count }, (_one, n) => ({ id: someLuid(n) })) : { rows: [], pageNumber: 1, pageSize: 1000, totalAvailable: 0 }

describe('shelves', () => {
  it('that nobody asks for are dropped, and their number is bounded', () => {
    const clock = createTestClock()
    const shelves = createShelves(clock)
    for (let user = 0; user < 250; user += 1) {
      shelves.of(somePrincipal(String(user)))
      clock.advance(1)
    }
    expect(shelves.count).toBe(200)
    clock.advance(idleShelfMs - 101)
    shelves.tidy()
    expect(shelves.count).toBe(100)
    shelves.close()
    expect(shelves.count).toBe(0)
  })

  it('hold a bounded number of rows: the longest unasked goes first', async () => {
    const clock = createTestClock()
    const shelves = createShelves(clock, { maxRows: 250 })
    for (const user of ['a', 'b', 'c']) {
      const principal = somePrincipal(user)
      await shelves.of(principal).tasks.read(fakeTableau({ principal, answer: rowsOf(100) }))
      clock.advance(1)
    }
    const b = shelves.of(somePrincipal('b'))
    shelves.tidy()
    expect(shelves.count).toBe(2)
    expect(shelves.of(somePrincipal('b'))).toBe(b)
    expect(shelves.of(somePrincipal('a')).tasks.rowsHeld).toBe(0)
  })

  it('are never another principal’s', async () => {
    const shelves = createShelves(createTestClock())
    const [one, two] = [somePrincipal('one'), somePrincipal('two')]
    await shelves.of(one).tasks.read(fakeTableau({ principal: one, answer: rowsOf(3) }))
    const other = fakeTableau({ principal: two, answer: rowsOf(0) })
    expect((await shelves.of(two).tasks.read(other)).value).toEqual([])
    await expect(shelves.of(one).tasks.read(other)).rejects.toThrow('asked by another principal')
    await expect(shelves.of(one).schedules.read(other, { details: true })).rejects.toThrow('asked by another principal')
  })
})

describe('what a list does not show yet', () => {
  it('is forgotten after a minute', () => {
    const clock = createTestClock()
    const overlay = new Overlay<{ id: string }>(clock)
    for (let n = 0; n < 1000; n += 1) {
      overlay.made({ id: `made ${n}` })
      overlay.gone(`gone ${n}`)
    }
    expect(overlay.size).toBe(2000)
    clock.advance(indexLagMs)
    expect(overlay.over([{ id: 'gone 1' }])).toEqual([{ id: 'gone 1' }])
    expect(overlay.size).toBe(0)
  })

  it('that was made and then deleted is not shown', () => {
    const overlay = new Overlay<{ id: string }>(createTestClock())
    overlay.made({ id: 'a' })
    overlay.gone('a')
    expect(overlay.over([{ id: 'a' }, { id: 'b' }])).toEqual([{ id: 'b' }])
  })
})

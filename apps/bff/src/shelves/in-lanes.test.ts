import { describe, expect, it } from 'vitest'
import { inLanes } from './in-lanes.ts'
import { readUntil } from './read-until.ts'

const othersTurn = () => new Promise(setImmediate)

describe('work in lanes', () => {
  it('is done for every item in order, so many at a time', async () => {
    const begun: number[] = []
    let underWay = 0
    let most = 0
    await inLanes([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      begun.push(item)
      most = Math.max(most, (underWay += 1))
      await othersTurn()
      underWay -= 1
    })
    expect([begun, most, underWay]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3, 0])
  })

  it('begins nothing more after a failure', async () => {
    const begun: number[] = []
    const over = inLanes([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      begun.push(item)
      await othersTurn()
      if (item === 1) throw new RangeError('refused')
      await othersTurn()
    })
    await expect(over).rejects.toThrow(RangeError)
    for (let turn = 0; turn < 20; turn += 1) await othersTurn()
    expect(begun).toEqual([1, 2, 3])
  })

  it('is none without items', async () => {
    await expect(inLanes([], 3, () => Promise.reject(new Error('nothing to do')))).resolves.toBeUndefined()
  })
})

describe('reading until it is enough', () => {
  const counting = () => {
    let count = 0
    return () => Promise.resolve((count += 1))
  }

  it.each([
    [1, 1],
    [5, 5],
    [Infinity, 20],
  ])('enough with the reading %d: read %d times', async (enough, times) => {
    expect(await readUntil(counting(), (seen) => seen >= enough)).toBe(times)
  })
})

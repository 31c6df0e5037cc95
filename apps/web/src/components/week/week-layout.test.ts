import { describe, expect, it } from 'vitest'
import { heightOf, layOut, leastMinutes, loadOf, tasksIn, type Block, type Fire } from './week-layout.ts'

const fire = (minute: number, tasks: number | undefined = 0, more: Partial<Fire> = {}): Fire => ({ rowId: `s${minute}-${tasks}`, at: minute * 60_000, minute, tasks, suspended: false, ...more })

/** No two blocks on top of each other. */
const overlaps = (blocks: readonly Block[]): Block[][] =>
  blocks.flatMap((a, index) =>
    blocks
      .slice(index + 1)
      .filter((b) => a.minute < b.minute + b.minutes && b.minute < a.minute + a.minutes && a.lane / a.lanes < (b.lane + b.span) / b.lanes && b.lane / b.lanes < (a.lane + a.span) / a.lanes)
      .map((b) => [a, b]),
  )

describe('the height of a block', () => {
  it('grows with its tasks, within bounds', () => {
    expect([heightOf(undefined), heightOf(0), heightOf(40), heightOf(10_000)]).toEqual([leastMinutes, leastMinutes, 60, 180])
  })
})

describe('the layout of a day', () => {
  it('gives a start that is alone the whole width', () => {
    expect(layOut([fire(300, 40)], 5)).toEqual([{ fires: [fire(300, 40)], minute: 300, minutes: 60, lane: 0, lanes: 1, span: 1 }])
  })

  it('puts starts that overlap side by side, the largest first', () => {
    const blocks = layOut([fire(300, 1), fire(300, 80), fire(310, 5)], 5)
    expect(blocks.map(({ fires, lane, lanes }) => [fires[0]?.tasks, lane, lanes])).toEqual([
      [80, 0, 3],
      [1, 1, 3],
      [5, 2, 3],
    ])
  })

  it('uses a lane again once it is free', () => {
    const blocks = layOut([fire(300, 200), fire(310), fire(360)], 5)
    expect(blocks.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [1, 2],
    ])
  })

  it('gives a block the room beside it that nothing takes', () => {
    const blocks = layOut([fire(300), fire(300, 1), fire(310, 2), fire(345), fire(360, 200)], 5)
    expect(blocks.map(({ minute, lane, lanes, span }) => [minute, lane, lanes, span])).toEqual([
      [300, 0, 3, 1],
      [300, 1, 3, 1],
      [310, 2, 3, 1],
      [345, 0, 3, 1],
      [360, 1, 3, 2],
    ])
  })

  it('keeps a block at the end of the day inside it', () => {
    expect(layOut([fire(1439, 500)], 5)[0]).toMatchObject({ minute: 1440 - 180, minutes: 180 })
  })

  it('piles up what would be too thin, and loses none', () => {
    const many = Array.from({ length: 12 }, (_, index) => fire(300, index + 1))
    const blocks = layOut([...many, fire(900)], 5)
    expect(blocks).toHaveLength(2)
    expect(blocks[0]?.fires).toHaveLength(12)
    expect(tasksIn(blocks[0]?.fires ?? [])).toBe(78)
    expect(blocks[1]).toMatchObject({ minute: 900, lanes: 1 })
  })

  it('never draws one on top of another, nor more than the room takes, and draws each once', () => {
    let seed = 7
    const next = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 300; round += 1) {
      const most = 3 + (round % 4)
      const fires = Array.from({ length: next(60) }, (_, index) => fire(next(round % 2 === 0 ? 1440 : 120), next(300), { rowId: String(index) }))
      const blocks = layOut(fires, most)
      expect(overlaps(blocks)).toEqual([])
      expect(Math.max(0, ...blocks.map(({ lanes }) => lanes))).toBeLessThanOrEqual(most)
      expect(blocks.flatMap((block) => block.fires.map(({ rowId }) => rowId)).toSorted()).toEqual(fires.map(({ rowId }) => rowId).toSorted())
      expect(blocks.every(({ minute, minutes }) => minute >= 0 && minute + minutes <= 1440)).toBe(true)
    }
  })
})

describe('the load of a day', () => {
  it('is what starts in each hour, without suspended schedules', () => {
    const hours = loadOf([fire(300, 38), fire(359, 2), fire(300, 9, { suspended: true }), fire(1439)])
    expect(hours[5]).toEqual({ starts: 2, tasks: 40 })
    expect(hours[23]).toEqual({ starts: 1, tasks: 0 })
    expect(hours).toHaveLength(24)
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TableauApiError } from './errors.ts'
import type { Page, PageRequest } from './paging.ts'
import type { TableauReply } from './reply.ts'
import { rejectionOf } from './testing/answer.ts'
import { sweepPages } from './sweep.ts'

interface Row {
  readonly id: string
}

const rowsFrom = (from: number, to: number): Row[] => Array.from({ length: to - from }, (_none, index) => ({ id: String(from + index) }))
const pastEnd = (): TableauApiError => new TableauApiError('list', { code: '400006', summary: '', detail: '', httpStatus: 400 })

/** A list as Tableau pages it; `before` may change it before each call is answered. */
const listOf = (rows: Row[], options: { total?: (length: number) => number | undefined; before?: (call: number) => void; cap?: number } = {}) => {
  const calls: number[] = []
  let running = 0
  let most = 0
  const fetchPage = async ({ pageNumber, pageSize: asked }: PageRequest): Promise<TableauReply<Page<Row>>> => {
    running += 1
    most = Math.max(most, running)
    const call = calls.push(pageNumber)
    await Promise.resolve()
    options.before?.(call)
    running -= 1
    const pageSize = Math.min(asked, options.cap ?? asked)
    const found = rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
    if (found.length === 0 && pageNumber > 1) throw pastEnd()
    const total = (options.total ?? ((length) => length))(rows.length)
    return { value: { rows: found, pageNumber, pageSize, ...(total === undefined ? {} : { totalAvailable: total }) }, warnings: [], date: calls.length }
  }
  return { fetchPage, calls, most: () => most }
}

describe('sweepPages', () => {
  it('reads every page once, two at a time at most', async () => {
    const list = listOf(rowsFrom(0, 4500))
    const progress: number[] = []
    const sweep = await sweepPages(list.fetchPage, { onPage: (_page, { read }) => progress.push(read) })
    expect(sweep).toStrictEqual({ rows: rowsFrom(0, 4500), available: 4500, date: 5, calls: 5, stable: true })
    expect(list.calls).toStrictEqual([1, 2, 3, 4, 5])
    expect(list.most()).toBe(2)
    expect(progress).toStrictEqual([1000, 2000, 3000, 4000, 4500])
  })

  it.each([
    [0, 1],
    [1, 1],
    [1000, 1],
    [1001, 2],
  ])('of %i rows takes %i calls', async (count, calls) => {
    expect(await sweepPages(listOf(rowsFrom(0, count)).fetchPage)).toMatchObject({ calls, rows: rowsFrom(0, count) })
  })

  it('does without a total', async () => {
    const sweep = await sweepPages(listOf(rowsFrom(0, 3000), { total: () => undefined }).fetchPage)
    expect(sweep.rows).toHaveLength(3000)
    expect(sweep).not.toHaveProperty('available')
  })

  it('ends where the rows end, whatever the total promises', async () => {
    const list = listOf(rowsFrom(0, 2500), { total: () => 9999 })
    expect(await sweepPages(list.fetchPage)).toMatchObject({ available: 9999, rows: rowsFrom(0, 2500) })
    expect(list.calls.length).toBeLessThanOrEqual(5)
  })

  it('follows a server that gives smaller pages than asked for', async () => {
    expect((await sweepPages(listOf(rowsFrom(0, 950), { cap: 100 }).fetchPage)).rows).toHaveLength(950)
  })

  it('reads a list once that does not know pages', async () => {
    let calls = 0
    const whole = (): Promise<TableauReply<Page<Row>>> => {
      calls += 1
      return Promise.resolve({ value: { rows: rowsFrom(0, 1000) }, warnings: [] })
    }
    expect((await sweepPages(whole)).rows).toStrictEqual(rowsFrom(0, 1000))
    expect(calls).toBeLessThanOrEqual(3)
  })

  it('starts again when the list shrank, and gives up on a list that keeps shrinking', async () => {
    const once = rowsFrom(0, 3500)
    const sweep = await sweepPages(listOf(once, { before: (call) => call === 2 && once.splice(0, 600) }).fetchPage)
    expect(sweep.rows).toStrictEqual(rowsFrom(600, 3500))
    expect(sweep.stable).toBe(true)
    const always = rowsFrom(0, 3500)
    expect(await sweepPages(listOf(always, { before: () => always.splice(0, 10) }).fetchPage)).toMatchObject({ stable: false })
  })

  it('has every row that was there throughout, each once, while others come and go', async () => {
    const swept = { stable: 0, unstable: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at: fc.integer({ min: 1, max: 8 }), insert: fc.nat(40), remove: fc.nat(40), where: fc.nat(600) }), { maxLength: 8 }), async (changes) => {
        const rows = rowsFrom(0, 500)
        const lasting = new Set(rows.map(({ id }) => id))
        let next = 1000
        const before = (call: number): void => {
          for (const { at, insert, remove, where } of changes) {
            if (at !== call) continue
            // New jobs come first in the list; any can be purged.
            for (let count = 0; count < insert; count += 1) rows.unshift({ id: String((next += 1)) })
            for (const { id } of rows.splice(where, remove)) lasting.delete(id)
          }
        }
        const sweep = await sweepPages(listOf(rows, { before }).fetchPage, { pageSize: 100 })
        const ids = sweep.rows.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        const missed = [...lasting].filter((id) => !ids.includes(id))
        expect(sweep.stable ? missed : []).toStrictEqual([])
        swept[sweep.stable ? 'stable' : 'unstable'] += 1
      }),
      { numRuns: 500 },
    )
    expect(swept.stable).toBeGreaterThan(200)
  })

  it('ends with the first failure and stops the other call', async () => {
    const failure = new Error('gone')
    let stopped = false
    const fetchPage = async ({ pageNumber }: PageRequest, signal: AbortSignal): Promise<TableauReply<Page<Row>>> => {
      if (pageNumber === 1) return { value: { rows: rowsFrom(0, 10), pageNumber, pageSize: 10, totalAvailable: 40 }, warnings: [] }
      if (pageNumber === 2) throw failure
      return await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped = true
          reject(failure)
        })
      })
    }
    expect(await rejectionOf(sweepPages(fetchPage, { pageSize: 10 }))).toBe(failure)
    expect(stopped).toBe(true)
  })

  it('hands the caller’s signal on', async () => {
    const controller = new AbortController()
    const reason = new Error('left')
    controller.abort(reason)
    const fetchPage = (_page: PageRequest, signal: AbortSignal): Promise<TableauReply<Page<Row>>> => {
      signal.throwIfAborted()
      throw new Error('not aborted')
    }
    expect(await rejectionOf(sweepPages(fetchPage, { signal: controller.signal }))).toBe(reason)
  })
})

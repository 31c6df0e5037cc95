import { describe, expect, it } from 'vitest'
import type { Content } from '@refreshboard/api-types'
import { TableauApiError, TableauUnreachableError } from '@refreshboard/tableau-client'
import { SessionEnded } from '../session/session-ended.ts'
import { somePrincipal } from '../testing/fake-tableau.ts'
import { eventually } from '../testing/harness.ts'
import { createPagedTableau } from '../testing/paged-tableau.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createContentDirectories } from './content-directories.ts'

const minute = 60_000
const hour = 60 * minute

const workbook = (id: string, name: string, more: Partial<Content> = {}): Content => ({ kind: 'workbook', id, name, ...more })
const datasource = (id: string, name: string, more: Partial<Content> = {}): Content => ({ kind: 'datasource', id, name, ...more })
const names = (contents: readonly Content[]): (string | undefined)[] => contents.map(({ name }) => name)

const refused = (operation: string): TableauApiError => new TableauApiError(operation, { code: '403004', summary: 'Forbidden', detail: '', httpStatus: 403 })

describe('reading the names', () => {
  it('takes both lists once for everyone who asks as the same person', async () => {
    const clock = createTestClock()
    const directories = createContentDirectories(clock)
    const many = Array.from({ length: 2500 }, (_one, at) => workbook(`w${at}`, `Book ${at}`))
    const tableau = createPagedTableau({ queryWorkbooks: many, queryDatasources: [datasource('d1', 'Orders')] })
    const views = await Promise.all(Array.from({ length: 20 }, () => directories.of(somePrincipal('one')).read(tableau.session())))
    for (const view of views) {
      expect(view.complete).toBe(true)
      expect(view.contents('workbook')).toHaveLength(2500)
      expect(view.contentOf('workbook', 'w2499')?.name).toBe('Book 2499')
      expect(view.contentOf('datasource', 'd1')?.name).toBe('Orders')
      expect(view.contentOf('datasource', 'w1')).toBeUndefined()
      expect(view.contentOf('workbook', 'none')).toBeUndefined()
    }
    expect(tableau.calls.toSorted()).toEqual(['queryDatasources 1', 'queryWorkbooks 1', 'queryWorkbooks 2', 'queryWorkbooks 3'])
    expect(views[0]?.tableauNow).toBe(Date.parse('2026-03-04T17:00:00Z'))
  })

  it('never serves one person the names of another', async () => {
    const directories = createContentDirectories(createTestClock())
    const ofOne = createPagedTableau({ queryWorkbooks: [workbook('w1', 'Secret')] })
    const ofTwo = createPagedTableau({ queryWorkbooks: [workbook('w2', 'Public')] })
    const [one, two] = await Promise.all([
      directories.of(somePrincipal('one')).read(ofOne.session('one')),
      directories.of(somePrincipal('two')).read(ofTwo.session('two')),
    ])
    expect([names(one.contents('workbook')), names(two.contents('workbook'))]).toEqual([['Secret'], ['Public']])
    expect(two.contentOf('workbook', 'w1')).toBeUndefined()
    await expect(directories.of(somePrincipal('one')).read(ofTwo.session('two'))).rejects.toThrow('a directory was asked by another principal')
  })

  it('is done again after five minutes, while everyone is shown the old ones with their age', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: [workbook('w1', 'Old')] })
    await directory.read(tableau.session())
    clock.advance(5 * minute - 1)
    expect(await directory.read(tableau.session())).toMatchObject({ ageMs: 5 * minute - 1 })
    expect(tableau.count('queryWorkbooks')).toBe(1)
    clock.advance(1)
    tableau.site.queryWorkbooks = [workbook('w1', 'New')]
    const held: (() => void)[] = []
    tableau.before = () =>
      new Promise((resolve) => {
        held.push(resolve)
      })
    const stale = await directory.read(tableau.session())
    expect(stale).toMatchObject({ ageMs: 5 * minute, complete: true, failure: undefined })
    expect(names(stale.contents('workbook'))).toEqual(['Old'])
    expect(tableau.count('queryWorkbooks')).toBe(2)
    expect(clock.waiting).toBe(0)
    tableau.before = () => Promise.resolve()
    for (const open of held) open()
    await eventually(async () => names((await directory.read(tableau.session())).contents('workbook'))[0] === 'New')
    expect(await directory.read(tableau.session())).toMatchObject({ ageMs: 0 })
    expect(tableau.count('queryWorkbooks')).toBe(2)
  })

  it('holds nobody up for longer than a quarter of a second, and shows what has arrived by then', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const many = Array.from({ length: 1500 }, (_one, at) => workbook(`w${at}`, `Book ${at}`))
    const tableau = createPagedTableau({ queryWorkbooks: many, queryDatasources: [datasource('d1', 'Orders')] })
    let open = (): void => undefined
    tableau.before = (name, page) =>
      name === 'queryWorkbooks' && page.pageNumber === 2
        ? new Promise((resolve) => {
            open = resolve
          })
        : Promise.resolve()
    const reading = directory.read(tableau.session())
    await eventually(() => tableau.count('queryWorkbooks') === 2 && clock.waiting === 1)
    clock.advance(250)
    const view = await reading
    expect(view).toMatchObject({ complete: false, ageMs: 250, failure: undefined })
    expect(view.contents('workbook')).toHaveLength(1000)
    expect(view.contents('datasource')).toHaveLength(1)
    const later = directory.read(tableau.session())
    open()
    expect((await later).complete).toBe(true)
    expect((await later).contents('workbook')).toHaveLength(1500)
    expect(tableau.calls).toHaveLength(3)
  })

  it('is done again when they are known to be behind, but not at once', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: [workbook('w1', 'Old')] })
    await directory.read(tableau.session())
    directory.expire()
    tableau.site.queryWorkbooks = [workbook('w1', 'New')]
    clock.advance(4999)
    expect(names((await directory.read(tableau.session())).contents('workbook'))).toEqual(['Old'])
    clock.advance(1)
    expect(names((await directory.read(tableau.session())).contents('workbook'))).toEqual(['New'])
    clock.advance(minute)
    await directory.read(tableau.session())
    expect(tableau.count('queryWorkbooks')).toBe(2)
  })

  it('is not done again sooner than four times what it took', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau()
    tableau.before = () => {
      clock.advance(minute)
      return Promise.resolve()
    }
    await directory.read(tableau.session())
    expect((await directory.read(tableau.session())).ageMs).toBe(2 * minute)
    tableau.before = () => Promise.resolve()
    clock.advance(6 * minute - 1)
    await directory.read(tableau.session())
    expect(tableau.count('queryWorkbooks')).toBe(1)
    clock.advance(1)
    await directory.read(tableau.session())
    expect(tableau.count('queryWorkbooks')).toBe(2)
  })
})

describe('names that cannot be read', () => {
  const down = (name: string): Promise<void> => Promise.reject(new TableauUnreachableError(name, { kind: 'refused', sent: false, reason: 'ECONNREFUSED' }))

  it('leave the last good ones, and are asked for less and less often', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: [workbook('w1', 'Good')] })
    await directory.read(tableau.session())
    tableau.before = down
    clock.advance(5 * minute)
    await directory.read(tableau.session())
    await eventually(async () => (await directory.read(tableau.session())).failure !== undefined)
    const view = await directory.read(tableau.session())
    expect(view).toMatchObject({ complete: true, ageMs: 5 * minute })
    expect(view.failure).toBeInstanceOf(TableauUnreachableError)
    expect(names(view.contents('workbook'))).toEqual(['Good'])
    expect(tableau.count('queryWorkbooks')).toBe(2)
    for (const [wait, calls] of [[1999, 2], [1, 3], [3999, 3], [1, 4]] as const) {
      clock.advance(wait)
      await directory.read(tableau.session())
      expect([wait, tableau.count('queryWorkbooks')]).toEqual([wait, calls])
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
    clock.advance(hour)
    tableau.before = () => Promise.resolve()
    await eventually(async () => (await directory.read(tableau.session())).failure === undefined)
  })

  it('at the first time leave what had arrived, and say why', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: [workbook('w1', 'Arrived')] })
    tableau.before = async (name) => {
      if (name === 'queryWorkbooks') return
      await eventually(() => tableau.count('queryWorkbooks') === 1)
      await down(name)
    }
    const view = await directory.read(tableau.session())
    expect(view.complete).toBe(false)
    expect(view.failure).toBeInstanceOf(TableauUnreachableError)
    expect(names(view.contents('workbook'))).toEqual(['Arrived'])
    tableau.before = () => Promise.resolve()
    tableau.site.queryWorkbooks = [workbook('w2', 'Other')]
    clock.advance(2000)
    const after = await directory.read(tableau.session())
    expect(after).toMatchObject({ complete: true, failure: undefined })
    expect(names(after.contents('workbook'))).toEqual(['Other'])
  })

  it('are not asked for before the time that Tableau asks to wait', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau()
    tableau.before = (name) => Promise.reject(new TableauApiError(name, { code: '429000', summary: 'Wait', detail: '', httpStatus: 429, retryAfterMs: 20 * minute }))
    await directory.read(tableau.session())
    clock.advance(20 * minute - 1)
    await directory.read(tableau.session())
    expect(tableau.count('queryWorkbooks')).toBe(1)
    clock.advance(1)
    await directory.read(tableau.session())
    expect(tableau.count('queryWorkbooks')).toBe(2)
  })

  it('are not shown any more to whom Tableau refuses them', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: [workbook('w1', 'Mine once')] })
    await directory.read(tableau.session())
    tableau.before = (name) => Promise.reject(refused(name))
    clock.advance(5 * minute)
    await directory.read(tableau.session())
    await eventually(async () => (await directory.read(tableau.session())).contents('workbook').length === 0)
    expect(await directory.read(tableau.session())).toMatchObject({ complete: false, failure: { code: '403004' } })
  })

  it('because the session ended end that session alone', async () => {
    const directory = createContentDirectories(createTestClock()).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: [workbook('w1', 'Book')] })
    tableau.before = (_name, _page, sessionId) => (sessionId === 'dead' ? Promise.reject(new SessionEnded('dead')) : Promise.resolve())
    const [dead, living] = await Promise.allSettled([directory.read(tableau.session('one', 'dead')), directory.read(tableau.session('one', 'living'))])
    expect(dead).toMatchObject({ status: 'rejected', reason: { sessionId: 'dead' } })
    expect(living).toMatchObject({ status: 'fulfilled', value: { complete: true, failure: undefined } })
  })
})

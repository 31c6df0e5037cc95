import { describe, expect, it } from 'vitest'
import type { Content } from '@refreshboard/api-types'
import { somePrincipal } from '../testing/fake-tableau.ts'
import { eventually } from '../testing/harness.ts'
import { createPagedTableau } from '../testing/paged-tableau.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createContentDirectories, idleDirectoryMs } from './content-directories.ts'

const workbook = (id: string, name: string, more: Partial<Content> = {}): Content => ({ kind: 'workbook', id, name, ...more })

describe('the bounds', () => {
  it('of one person leave the rest out, and say so', async () => {
    const directories = createContentDirectories(createTestClock(), { directories: 5, rows: 100_000, rowsOfOne: 3000 })
    const many = (kind: 'workbook' | 'datasource') => Array.from({ length: 9000 }, (_one, at): Content => ({ kind, id: `${kind}${at}`, name: `${kind} ${at}` }))
    const tableau = createPagedTableau({ queryWorkbooks: many('workbook'), queryDatasources: many('datasource') })
    const view = await directories.of(somePrincipal('one')).read(tableau.session())
    expect(view.contents('workbook').length + view.contents('datasource').length).toBeLessThanOrEqual(4000)
    expect(view.contents('workbook').length + view.contents('datasource').length).toBeGreaterThanOrEqual(2000)
    expect(view).toMatchObject({ complete: true, failure: { code: 'overloaded' } })
    expect(tableau.calls.length).toBeLessThanOrEqual(4)
  })

  it('of all people together drop who asked longest ago', async () => {
    const clock = createTestClock()
    const directories = createContentDirectories(clock, { directories: 3, rows: 1000, rowsOfOne: 10_000 })
    const tableau = createPagedTableau({ queryWorkbooks: Array.from({ length: 400 }, (_one, at) => workbook(`w${at}`, 'Book')) })
    for (const name of ['a', 'b', 'c']) {
      await directories.of(somePrincipal(name)).read(tableau.session(name))
      clock.advance(1)
    }
    expect(directories.count).toBe(3)
    directories.tidy()
    expect(directories.count).toBe(2)
    const calls = tableau.calls.length
    await directories.of(somePrincipal('c')).read(tableau.session('c'))
    await directories.of(somePrincipal('b')).read(tableau.session('b'))
    expect(tableau.calls).toHaveLength(calls)
    for (const name of ['d', 'e', 'f', 'g']) {
      clock.advance(1)
      directories.of(somePrincipal(name))
    }
    expect(directories.count).toBe(3)
  })

  it('drop what nobody asked for a quarter of an hour', async () => {
    const clock = createTestClock()
    const directories = createContentDirectories(clock)
    const tableau = createPagedTableau()
    await directories.of(somePrincipal('one')).read(tableau.session())
    clock.advance(idleDirectoryMs - 1)
    directories.tidy()
    expect(directories.count).toBe(1)
    clock.advance(1)
    directories.tidy()
    expect(directories.count).toBe(0)
  })

  it('end a reading that is under way at the close', async () => {
    const clock = createTestClock()
    const directories = createContentDirectories(clock)
    const tableau = createPagedTableau({ queryWorkbooks: Array.from({ length: 3000 }, (_one, at) => workbook(`w${at}`, 'Book')) })
    let open = (): void => undefined
    tableau.before = () =>
      new Promise((resolve) => {
        open = resolve
      })
    const reading = directories.of(somePrincipal('one')).read(tableau.session())
    await eventually(() => tableau.calls.length === 2)
    directories.close()
    tableau.before = () => Promise.resolve()
    open()
    clock.advance(250)
    await reading
    await eventually(() => clock.waiting === 0)
    expect(tableau.calls).toHaveLength(2)
    expect(directories.count).toBe(0)
  })
})

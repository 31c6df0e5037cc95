import { afterEach, describe, expect, it } from 'vitest'
import { getDatasource, getWorkbook, listDatasources, listWorkbooks } from '@refreshboard/api-types'
import { fold } from '../../directory/fold.ts'
import { outputOf, problemOf, type Browser } from '../../testing/browser.ts'
import { startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<Harness> => {
  clock = createTestClock()
  harness = await startHarness({ clock, sim: { scenario: 'busy' }, ...options })
  return harness
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const workbooks = async (browser: Browser, query = '') => outputOf(listWorkbooks, await browser.get(`/api/workbooks${query}`))
const datasources = async (browser: Browser, query = '') => outputOf(listDatasources, await browser.get(`/api/datasources${query}`))

const search = (q: string): string => `?${new URLSearchParams({ q, limit: '1000' }).toString()}`

describe('the lists of workbooks and data sources', () => {
  it('hold everything that Tableau shows to this person, with names', async () => {
    await start()
    const admin = await harness.signedIn()
    const all = await workbooks(admin, '?limit=1000')
    const { contents } = harness.sim.world.site()
    expect(all.rows.map(({ id }) => id).toSorted()).toEqual(contents.filter(({ kind }) => kind === 'workbook').map(({ id }) => id).toSorted())
    expect(all).toMatchObject({ total: all.rows.length, complete: true, age: { ageMs: 0 } })
    expect(all.rows.find(({ name }) => name === 'Müller & Söhne <beta>')).toMatchObject({ kind: 'workbook', owner: { name: 'Marlene Bäuerle' }, project: { name: 'DACH' } })
    const sources = await datasources(admin, '?limit=1000')
    expect(sources.total).toBe(contents.filter(({ kind }) => kind === 'datasource').length)
    expect(new Set(sources.rows.map(({ kind }) => kind))).toEqual(new Set(['datasource']))
    // One reading for both.
    expect(harness.sim.ledger.of('queryWorkbooks')).toHaveLength(1)
    expect(harness.sim.ledger.of('queryDatasources')).toHaveLength(1)
  })

  it('are sorted by name, and a window of them is the same as that part of the whole', async () => {
    await start()
    const browser = await harness.signedIn()
    const { rows, total } = await workbooks(browser, '?limit=1000')
    const keys = rows.map(({ name }) => fold(name ?? ''))
    expect(keys).toEqual(keys.toSorted())
    expect(keys.length).toBeGreaterThan(50)
    const windows = await Promise.all([0, 40, 80, 120].map((offset) => workbooks(browser, `?offset=${offset}&limit=40`)))
    expect(windows.flatMap((window) => window.rows)).toEqual(rows.slice(0, 160))
    expect(new Set(windows.map((window) => window.total))).toEqual(new Set([total]))
    expect(await workbooks(browser, '?offset=100000')).toMatchObject({ rows: [], total })
  })

  it('are found by name, project or owner, whatever the case and the accents', async () => {
    await start()
    const browser = await harness.signedIn()
    const all = await workbooks(browser, '?limit=1000')
    const found = async (q: string): Promise<(string | undefined)[]> => (await workbooks(browser, search(q))).rows.map(({ name }) => name)
    expect(await found('MULLER & SOHNE')).toEqual(['Müller & Söhne <beta>'])
    expect(await found('überFÄLLIG')).toEqual(await found('uberfallig'))
    expect((await found('überfällig')).length).toBeGreaterThan(0)
    expect(await found('bauerle')).toEqual(all.rows.filter(({ owner }) => owner?.name === 'Marlene Bäuerle').map(({ name }) => name))
    expect(await found('dach')).toContain('Müller & Söhne <beta>')
    expect(await found('no such thing anywhere')).toEqual([])
    expect((await workbooks(browser, search('  '))).total).toBe(all.total)
    // What means something elsewhere is text here.
    for (const q of ['.*', '%', '*', '\\', '"']) expect([q, await found(q)]).toEqual([q, all.rows.filter(({ name, project, owner }) => [name, project?.name, owner?.name].some((text) => text?.includes(q))).map(({ name }) => name)])
  })

  it('are each person’s own', async () => {
    await start()
    const [admin, viewer] = await Promise.all([harness.signedIn('admin'), harness.signedIn('viewer')])
    const all = await workbooks(admin, '?limit=1000')
    const some = await workbooks(viewer, '?limit=1000')
    expect(some.total).toBeLessThan(all.total)
    expect(some.rows.length).toBeGreaterThan(0)
    // A viewer may not list users: others’ names are missing, nothing else is.
    expect(some.rows.every(({ owner }) => owner?.id !== undefined && owner.name === undefined)).toBe(true)
    expect(some.age.failure).toBeUndefined()
    const creator = await workbooks(await harness.signedIn('creator'), '?limit=1000')
    const own = creator.rows.filter(({ owner }) => owner?.name !== undefined)
    expect(new Set(own.map(({ owner }) => owner?.name))).toEqual(new Set(['Carla Ortega']))
  })

  it('cannot be asked for wrongly', async () => {
    await start()
    const browser = await harness.signedIn()
    for (const query of ['?limit=0', '?limit=1001', '?offset=-1', '?limit=x', '?sort=name', `?q=${'x'.repeat(201)}`]) {
      for (const resource of ['workbooks', 'datasources']) expect([query, problemOf(await browser.get(`/api/${resource}${query}`)).code]).toEqual([query, 'validation'])
    }
    expect(harness.sim.ledger.of('queryWorkbooks')).toEqual([])
  })

  it('stay, with their age and the reason, when Tableau cannot be read; before the first reading there is only the reason', async () => {
    await start()
    const browser = await harness.signedIn()
    const fault = harness.sim.faults.add({ operation: 'queryDatasources', times: Infinity, action: { kind: 'tableauError', status: 400, code: '400000', summary: 'Bad', detail: 'Not today' } })
    expect(problemOf(await browser.get('/api/datasources'))).toMatchObject({ code: 'upstream_refused', tableau: { code: '400000' } })
    fault.remove()
    clock.advance(2000)
    const good = await datasources(browser)
    harness.sim.faults.add({ operation: 'queryDatasources', times: Infinity, action: { kind: 'tableauError', status: 400, code: '400000', summary: 'Bad', detail: 'Not today' } })
    clock.advance(6 * 60_000)
    let later = await datasources(browser)
    while (later.age.failure === undefined) later = await datasources(browser)
    expect(later).toMatchObject({ rows: good.rows, complete: true, age: { ageMs: 6 * 60_000, failure: { code: 'upstream_refused', tableau: { detail: 'Not today' } } } })
  })

  it('end the session when its token is dead', async () => {
    await start()
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'queryWorkbooks', action: { kind: 'killToken' } })
    expect(problemOf(await browser.get('/api/workbooks')).code).toBe('session_expired')
    expect(problemOf(await browser.get('/api/workbooks')).code).toBe('unauthenticated')
  })
})

describe('one workbook', () => {
  it('is as it is now, with names', async () => {
    await start()
    const browser = await harness.signedIn()
    const item = harness.sim.world.site().findContent('Müller & Söhne <beta>')
    await workbooks(browser)
    item.name = 'Renamed just now'
    expect(outputOf(getWorkbook, await browser.get(`/api/workbooks/${item.id}`))).toMatchObject({
      kind: 'workbook', id: item.id, name: 'Renamed just now', owner: { name: 'Marlene Bäuerle' }, project: { name: 'DACH' },
    })
  })

  it('that is gone, or not this person’s to see, is not found', async () => {
    await start()
    const { id } = harness.sim.world.site().findContent('Müller & Söhne <beta>')
    const admin = await harness.signedIn()
    harness.sim.world.site().removeContent(id)
    expect(problemOf(await admin.get(`/api/workbooks/${id}`))).toMatchObject({ code: 'not_found', tableau: { code: '404006' } })
    const datasource = harness.sim.world.site().contents.find(({ kind }) => kind === 'datasource')
    expect(problemOf(await admin.get(`/api/workbooks/${datasource?.id ?? ''}`)).code).toBe('not_found')
    expect(problemOf(await admin.get('/api/workbooks/none')).code).toBe('bad_id')
  })
})

describe('one data source', () => {
  it('is as it is now, with names, and not found when it is none', async () => {
    await start()
    const browser = await harness.signedIn()
    const item = harness.sim.world.site().findContent('Customers 360')
    expect(outputOf(getDatasource, await browser.get(`/api/datasources/${item.id}`))).toMatchObject({ kind: 'datasource', id: item.id, name: 'Customers 360', project: { name: 'Certified Data' } })
    const workbook = harness.sim.world.site().contents.find(({ kind }) => kind === 'workbook')
    expect(problemOf(await browser.get(`/api/datasources/${workbook?.id ?? ''}`))).toMatchObject({ code: 'not_found', tableau: { code: '404004' } })
  })
})

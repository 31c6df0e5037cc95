import { afterEach, describe, expect, it } from 'vitest'
import { listExtracts, listTasks, listWorkbookDatasources } from '@refreshboard/api-types'
import { outputOf, problemOf, type Browser } from '../../testing/browser.ts'
import { groundOf } from '../../testing/ground.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<Harness> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options, sim: { scenario: 'busy', ...options.sim } })
  return harness
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const read = async (browser: Browser, query: Record<string, string> = {}) => outputOf(listExtracts, await browser.get(`/api/extracts?${new URLSearchParams({ limit: '1000', ...query }).toString()}`))
const contents = () => harness.sim.world.site().contents

describe('the list of extracts', () => {
  it('has every workbook and data source, with the tasks on it', async () => {
    await start()
    const admin = await harness.signedIn()
    const { rows, total, all, counts, tasksOf, complete } = await read(admin)
    expect(rows.map(({ content }) => content.id).toSorted()).toEqual(contents().map(({ id }) => id).toSorted())
    expect([total, all, complete, tasksOf]).toEqual([contents().length, contents().length, true, 'site'])
    const { tasks } = outputOf(listTasks, await admin.get('/api/tasks'))
    const withContent = tasks.filter(({ content }) => content !== undefined)
    expect(rows.flatMap((row) => row.tasks.map(({ id }) => `${row.content.id} ${id}`)).toSorted()).toEqual(withContent.map(({ id, content }) => `${content?.id ?? ''} ${id}`).toSorted())
    expect(withContent.length).toBeGreaterThan(20)
    const live = contents().filter(({ hasExtracts }) => !hasExtracts).length
    expect(counts).toMatchObject({ kind: { datasource: contents().filter(({ kind }) => kind === 'datasource').length }, extract: { no: live, yes: contents().length - live } })
    expect(Math.min(live, counts.encrypted.yes, counts.encrypted.no, counts.scheduled.yes, counts.scheduled.no)).toBeGreaterThan(0)
  })

  it('is filtered, searched, sorted and cut into windows', async () => {
    await start()
    const browser = await harness.signedIn()
    const { rows, counts } = await read(browser)
    for (const [name, value, of] of [
      ['kind', 'datasource', counts.kind.datasource],
      ['extract', 'no', counts.extract.no],
      ['encrypted', 'yes', counts.encrypted.yes],
      ['scheduled', 'yes', counts.scheduled.yes],
    ] as const) {
      const found = await read(browser, { [name]: value })
      expect([name, found.total, found.all, found.counts[name]]).toEqual([name, of, rows.length, counts[name]])
    }
    expect((await read(browser, { extract: 'no' })).rows.every(({ content }) => content.hasExtracts === false)).toBe(true)
    expect((await read(browser, { q: 'MULLER & SOHNE' })).rows.map(({ content }) => content.name)).toEqual(['Müller & Söhne <beta>'])
    expect((await read(browser, { q: 'no such thing' })).counts.kind).toEqual({ workbook: 0, datasource: 0 })
    const newest = await read(browser, { sort: 'updatedAt:desc' })
    expect(newest.rows.map(({ content }) => content.updatedAt ?? '')).toEqual(rows.map(({ content }) => content.updatedAt ?? '').toSorted().toReversed())
    const windows = await Promise.all(['0', '40'].map((offset) => read(browser, { offset, limit: '40', sort: 'project:asc' })))
    expect(windows.flatMap((window) => window.rows)).toEqual((await read(browser, { sort: 'project:asc' })).rows.slice(0, 80))
  })

  it('tells those who are no administrators their own tasks alone', async () => {
    await start()
    const creator = await read(await harness.signedIn('creator'))
    expect(creator.tasksOf).toBe('own')
    expect(creator.counts.scheduled.yes).toBeGreaterThan(0)
    expect(creator.rows.filter(({ tasks }) => tasks.length > 0).every(({ content }) => content.owner?.name === 'Carla Ortega')).toBe(true)
  })

  it('says that no tasks are known where they cannot be read, and then counts nothing as scheduled or not', async () => {
    await start()
    harness.sim.faults.add({ operation: 'listExtractRefreshTasks', times: Infinity, action: { kind: 'html', status: 502 } })
    const browser = await harness.signedIn()
    const { tasksOf, counts, rows, complete } = await read(browser)
    expect([tasksOf, counts.scheduled, complete, rows.some(({ tasks }) => tasks.length > 0), rows.length]).toEqual(['none', { yes: 0, no: 0 }, true, false, contents().length])
    expect((await read(browser, { scheduled: 'no' })).total).toBe(0)
  })

  it('stands without tasks on a server that has none to tell', async () => {
    await start({ sim: { apiVersion: '2.5' } })
    const { tasksOf, all } = await read(await harness.signedIn())
    expect([tasksOf, all, harness.sim.ledger.of('listExtractRefreshTasks').length]).toEqual(['none', contents().length, 0])
  })

  it('tells the reason when nothing could be read, and ends the session when its token is dead', async () => {
    await start()
    const browser = await harness.signedIn()
    const fault = harness.sim.faults.add({ operation: 'queryWorkbooks', times: Infinity, action: { kind: 'tableauError', status: 400, code: '400000', summary: 'Bad', detail: 'Not today' } })
    expect(problemOf(await browser.get('/api/extracts'))).toMatchObject({ code: 'upstream_refused', tableau: { detail: 'Not today' } })
    fault.remove()
    clock.advance(5000)
    harness.sim.faults.add({ operation: 'listExtractRefreshTasks', action: { kind: 'killToken' } })
    expect(problemOf(await browser.get('/api/extracts')).code).toBe('session_expired')
  })

  it('is read again every half minute while somebody looks, although names may be older', async () => {
    await start()
    const browser = await harness.signedIn()
    await read(browser)
    const sweeps = () => harness.sim.ledger.of('queryWorkbooks').length
    const before = sweeps()
    clock.advance(29_000)
    await read(browser)
    expect(sweeps()).toBe(before)
    clock.advance(2000)
    await browser.get('/api/tasks')
    expect(sweeps()).toBe(before)
    await read(browser)
    await eventually(() => sweeps() > before)
    expect((await read(browser)).age.ageMs).toBeLessThan(2000)
  })

  it('cannot be asked for wrongly', async () => {
    await start()
    const browser = await harness.signedIn()
    for (const query of ['limit=0', 'limit=1001', 'offset=-1', 'sort=size:asc', 'sort=name', 'kind=view', 'extract=true', 'encrypted=', 'scheduled=1', 'x=1']) {
      expect([query, problemOf(await browser.get(`/api/extracts?${query}`)).code]).toEqual([query, 'validation'])
    }
    expect(harness.sim.ledger.of('queryWorkbooks')).toEqual([])
  })

  it('is behind a write or another’s change no longer than one looks at the item', async () => {
    await start()
    const browser = await harness.signedIn()
    const item = groundOf(harness.sim).item('workbook', { name: 'Changed elsewhere' })
    const extract = async () => (await read(browser, { q: 'Changed elsewhere' })).rows.map(({ content }) => content.hasExtracts)
    expect(await extract()).toEqual([true])
    item.hasExtracts = false
    clock.advance(60_000)
    expect(await extract()).toEqual([true])
    await browser.get(`/api/workbooks/${item.id}`)
    expect(await extract()).toEqual([false])
  })
})

describe('the data sources of a workbook', () => {
  it('are told one by one, with the types of their connections', async () => {
    await start()
    const on = groundOf(harness.sim)
    const item = on.item('workbook', { datasources: [{ name: 'Orders & lines' }, { name: 'Targets', connectionType: 'excel-direct' }] })
    const browser = await harness.signedIn()
    const { datasources } = outputOf(listWorkbookDatasources, await browser.get(`/api/workbooks/${item.id}/datasources`))
    expect(datasources).toEqual(item.datasources.map(({ id, name, connectionType }) => ({ id, name, connectionTypes: [connectionType] })))
    harness.sim.world.site().removeContent(item.id)
    expect(problemOf(await browser.get(`/api/workbooks/${item.id}/datasources`))).toMatchObject({ code: 'not_found', tableau: { code: '404006' } })
  })
})

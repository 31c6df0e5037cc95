import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { getJob, getWorkbook } from '@refreshboard/api-types'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { groundOf, type SimContent } from '../../testing/ground.ts'
import { startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { outcomeIn, settledOutcome } from '../../testing/written.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<ReturnType<typeof groundOf>> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options })
  return groundOf(harness.sim)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const create = (browser: Browser, { kind, id }: SimContent, body: unknown = {}, key: string = randomUUID()): Promise<Reply> => browser.post(`/api/${kind}s/${id}/extract`, body, { key })
const remove = (browser: Browser, { kind, id }: SimContent, key: string = randomUUID()): Promise<Reply> => browser.request(`/api/${kind}s/${id}/extract`, { method: 'DELETE', key })
const change = (browser: Browser, { kind, id }: SimContent, body: unknown, key: string = randomUUID()): Promise<Reply> => browser.request(`/api/${kind}s/${id}`, { method: 'PATCH', body, key })
const sent = (operation: Parameters<typeof harness.sim.ledger.of>[0]) => harness.sim.ledger.of(operation).at(-1)
const lost = (operation: Parameters<typeof harness.sim.ledger.of>[0], when: 'before' | 'after'): void => void harness.sim.faults.add({ operation, when, action: { kind: 'reset' } })
const plenty = 3_600_000

describe('creating an extract', () => {
  it('of all data sources of a workbook names a job, which is followed by its row alone', async () => {
    const on = await start()
    const workbook = on.item('workbook', { hasExtracts: false })
    const browser = await harness.signedIn()
    const reply = await create(browser, workbook)
    const { jobId = '' } = outcomeIn(reply).result ?? {}
    expect([reply.status, outcomeIn(reply)]).toEqual([200, expect.objectContaining({ state: 'done', operation: 'workbooks.createExtract', evidence: 'Tableau has queued the creation of the extract of the workbook.' })])
    expect([sent('createWorkbookExtract')?.query, sent('createWorkbookExtract')?.body]).toEqual(['', '<tsRequest><datasources includeAll="true"/></tsRequest>'])
    expect(outputOf(getJob, await browser.get(`/api/jobs/${jobId}`))).toMatchObject({ source: 'list', unavailable: { code: '400031' }, job: { jobType: 'createExtract', title: workbook.name } })
    harness.simClock.advance(plenty)
    clock.advance(60_000)
    expect(outputOf(getJob, await browser.get(`/api/jobs/${jobId}`)).job.status).toBe('Success')
    expect(outputOf(getWorkbook, await browser.get(`/api/workbooks/${workbook.id}`))).toMatchObject({ hasExtracts: true, encryptExtracts: false })
  })

  it('of chosen data sources, encrypted', async () => {
    const on = await start()
    const workbook = on.item('workbook', { hasExtracts: false, datasources: [{ name: 'One' }, { name: 'Two' }, { name: 'Three' }] })
    const [first, , third] = workbook.datasources
    const browser = await harness.signedIn()
    await create(browser, workbook, { datasourceIds: [first?.id, third?.id], encrypt: true })
    expect(sent('createWorkbookExtract')).toMatchObject({ query: 'encrypt=true', body: `<tsRequest><datasources includeAll="false"><datasource id="${first?.id ?? ''}"/><datasource id="${third?.id ?? ''}"/></datasources></tsRequest>` })
    harness.simClock.advance(plenty)
    expect([workbook.datasources.map(({ hasExtract }) => hasExtract), workbook.encryptExtracts]).toEqual([[true, false, true], true])
  })

  it('of a data source has no body', async () => {
    const on = await start()
    const datasource = on.item('datasource', { hasExtracts: false })
    const browser = await harness.signedIn()
    expect(outcomeIn(await create(browser, datasource, { encrypt: false }))).toMatchObject({ state: 'done', operation: 'datasources.createExtract' })
    expect(sent('createDatasourceExtract')).toMatchObject({ query: 'encrypt=false', body: '' })
    harness.simClock.advance(plenty)
    expect(datasource.hasExtracts).toBe(true)
  })

  it('is refused with a reason', async () => {
    const on = await start()
    const browser = await harness.signedIn()
    const refused = async (item: SimContent, body: unknown = {}) => {
      const { code, detail, tableau } = problemOf(await create(browser, item, body))
      return [code, tableau?.code, detail]
    }
    expect(await refused(on.item('datasource', { hasExtracts: false, connectionType: 'excel-direct' }))).toEqual(['conflict', '409070', containing('Open it in Tableau Desktop')])
    expect(await refused(on.item('workbook', { hasExtracts: false }), { datasourceIds: [randomUUID()] })).toEqual(['not_found', '404004', containing('none of this workbook')])
    expect(await refused(on.item('workbook'))).toEqual(['conflict', '409090', containing('has its extract already')])
    on.site.extractEncryptionMode = 'disabled'
    expect(await refused(on.item('datasource', { hasExtracts: false }), { encrypt: true })).toEqual(['conflict', '409090', containing('encryption')])
    on.site.runNowEnabled = false
    expect(await refused(on.item('workbook', { hasExtracts: false }))).toEqual(['forbidden', '403004', containing('“Run now” is switched off')])
    expect(harness.sim.ledger.entries.filter(({ operation, applied }) => operation?.startsWith('create') === true && applied)).toEqual([])
  })

  it('takes only what the contract says, and sends nothing else', async () => {
    const on = await start()
    const [workbook, datasource] = [on.item('workbook', { hasExtracts: false }), on.item('datasource', { hasExtracts: false })]
    const browser = await harness.signedIn()
    for (const body of [{ datasourceIds: [] }, { datasourceIds: ['..'] }, { encrypt: 'yes' }, { includeAll: true }]) expect(problemOf(await create(browser, workbook, body)).code).toBe('validation')
    expect(problemOf(await create(browser, datasource, { datasourceIds: [randomUUID()] })).code).toBe('validation')
    expect([sent('createWorkbookExtract'), sent('createDatasourceExtract')]).toEqual([undefined, undefined])
  })

  it('whose reply is lost is found by who may not list jobs when the extract is there', async () => {
    const on = await start()
    const workbook = on.item('workbook', { hasExtracts: false, ownerId: on.userId('creator') })
    const browser = await harness.signedIn('creator')
    lost('createWorkbookExtract', 'after')
    const key = randomUUID()
    expect((await create(browser, workbook, {}, key)).status).toBe(202)
    harness.simClock.advance(plenty)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'done', evidence: 'Tableau reports an extract of the workbook, which it did not have before.' })
    expect(harness.sim.ledger.of('queryJobs')).toEqual([])
  })

  it('whose reply is lost is open for them where there was an extract before', async () => {
    const on = await start()
    const datasources = [{ name: 'One', hasExtract: true }, { name: 'Two', hasExtract: false }]
    const workbook = on.item('workbook', { ownerId: on.userId('creator'), datasources })
    const browser = await harness.signedIn('creator')
    lost('createWorkbookExtract', 'after')
    const key = randomUUID()
    await create(browser, workbook, {}, key)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: containing('had an extract before') })
    expect(harness.sim.ledger.of('createWorkbookExtract')).toHaveLength(1)
  })

  it('whose reply is lost is not taken for another’s job, nor for that of something else', async () => {
    const on = await start()
    const datasource = on.item('datasource', { hasExtracts: false })
    const browser = await harness.signedIn()
    const job = (title: string, jobType = 'createExtract') => harness.sim.world.addJob('', { jobType, title, status: 'Pending', held: true })
    job(datasource.name)
    lost('createDatasourceExtract', 'before')
    const key = randomUUID()
    await create(browser, datasource, {}, key)
    job('Another one')
    job(datasource.name, 'refresh_extracts')
    expect((await settledOutcome(browser, key, clock)).state).toBe('unconfirmed')
  })
})

describe('deleting an extract', () => {
  it('leaves the content, which asks its data live', async () => {
    const on = await start()
    const browser = await harness.signedIn()
    for (const kind of ['workbook', 'datasource'] as const) {
      const item = on.item(kind)
      expect(outcomeIn(await remove(browser, item))).toMatchObject({ state: 'done', operation: `${kind}s.deleteExtract`, evidence: containing('asks its data live') })
      expect(item.hasExtracts).toBe(false)
      expect(problemOf(await remove(browser, item))).toMatchObject({ code: 'conflict', tableau: { code: '409090' }, detail: containing('there is no extract') })
    }
    expect(sent('deleteWorkbookExtract')?.body).toBe('<tsRequest><datasources includeAll="true"/></tsRequest>')
  })

  it('is refused to who may not manage it', async () => {
    const on = await start()
    expect(problemOf(await remove(await harness.signedIn('creator'), on.item('workbook')))).toMatchObject({ code: 'forbidden', tableau: { code: '403004' }, detail: containing('owners and leaders of its project') })
  })

  it('of what is deleted meanwhile is left open', async () => {
    const on = await start()
    const item = on.item('datasource')
    const browser = await harness.signedIn()
    lost('deleteDatasourceExtract', 'before')
    const key = randomUUID()
    await remove(browser, item, key)
    on.site.removeContent(item.id)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: containing('it is gone, and its extracts with it') })
  })
})

describe('where there is nothing of it', () => {
  it('before API 3.5 nothing is sent', async () => {
    const on = await start({ sim: { apiVersion: '3.4' } })
    const browser = await harness.signedIn()
    const item = on.item('workbook')
    for (const reply of [await create(browser, item), await remove(browser, item), await change(browser, item, { encryptExtracts: true })]) {
      expect(problemOf(reply)).toMatchObject({ code: 'unsupported_here', detail: containing('version 3.5 ') })
    }
    expect(harness.sim.ledger.of('queryWorkbook')).toEqual([])
  })

  it('on Tableau Cloud extracts are made and deleted, and encryption is not set', async () => {
    const on = await start({ sim: { flavor: 'cloud' } })
    const browser = await harness.signedIn()
    const item = on.item('datasource', { hasExtracts: false })
    expect(outcomeIn(await create(browser, item)).state).toBe('done')
    expect(outcomeIn(await remove(browser, on.item('workbook'))).state).toBe('done')
    expect(problemOf(await change(browser, item, { encryptExtracts: true }))).toMatchObject({ code: 'unsupported_here', detail: containing('Tableau Cloud has no such setting') })
    expect(harness.sim.ledger.of('updateDatasource')).toEqual([])
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { listAudit, type AuditRecord } from '@refreshboard/api-types'
import { outputOf, type Browser } from '../testing/browser.ts'
import { everyWrite, isBlind, type PreparedWrite, type TestWrite } from '../testing/every-write.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { item } from '../testing/test-write.ts'
import { settledOutcome } from '../testing/written.ts'

let harness: Harness
let clock: TestClock
const startFor = async ({ flavor = 'server', apiVersion }: Pick<TestWrite, 'flavor' | 'apiVersion'>): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, sim: { flavor, ...(apiVersion === undefined ? {} : { apiVersion }) } })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

/** What a page has read before somebody can click. */
const readLists = async (browser: Browser, { flavor = 'server', apiVersion }: Pick<TestWrite, 'flavor' | 'apiVersion'>): Promise<void> => {
  for (const list of ['jobs', 'tasks', 'extracts', ...(flavor === 'server' ? ['schedules'] : []), ...(apiVersion === '3.15' ? ['data-acceleration-tasks'] : [])]) await browser.get(`/api/${list}`)
}

const send = (browser: Browser, { path, method, body }: PreparedWrite, key: string = crypto.randomUUID()) => browser.request(path, { method, body, key })

const onlyRecord = async (browser: Browser): Promise<AuditRecord> => {
  const [record, ...others] = outputOf(listAudit, await browser.get('/api/audit')).rows
  if (record === undefined) throw new Error('the audit has no record')
  expect(others).toEqual([])
  return record
}

/** Of these something is told afterwards: what was changed or made, and stayed. */
const tellsAfter = ({ endpoint }: TestWrite): boolean => ['cancelJob', 'createSchedule', 'updateSchedule', 'addToSchedule', 'createTask', 'updateTask', 'updateWorkbook', 'updateDatasource'].includes(endpoint)

describe.each(everyWrite.map((write) => [write.name, write] as const))('%s', (_name, write) => {
  it('tells what it is afterwards as it was read since, or not at all', async () => {
    const browser = await startFor(write)
    const prepared = write.prepare(harness.sim)
    await readLists(browser, write)
    clock.advance(1000)
    expect((await send(browser, prepared)).status).toBe(200)
    const { before, after } = await onlyRecord(browser)
    expect(after !== undefined).toBe(tellsAfter(write))
    expect(after === undefined || JSON.stringify(after) !== JSON.stringify(before)).toBe(true)
  })

})

const readable = everyWrite.filter((write) => !isBlind(write))

describe.each(readable.map((write) => [write.name, write] as const))('%s, whose reply was lost', (_name, write) => {
  it('tells what it is afterwards as it was read since, or not at all', async () => {
    const browser = await startFor(write)
    const prepared = write.prepare(harness.sim)
    await readLists(browser, write)
    clock.advance(1000)
    const key = crypto.randomUUID()
    harness.sim.faults.add({ operation: write.operation, when: 'after', action: { kind: 'reset' } })
    expect((await send(browser, prepared, key)).status).toBe(202)
    expect((await settledOutcome(browser, key, clock)).state).toBe('done')
    const { state, before, after } = await onlyRecord(browser)
    expect([state, after === undefined || JSON.stringify(after) !== JSON.stringify(before)]).toEqual(['done', true])
  })
})

const nightly = { frequency: 'Daily', start: '02:15:00', end: '02:15:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }] }
const evening = { frequency: 'Daily', start: '18:00:00', end: '18:00:00', intervals: [{ hours: '24' }, { weekDay: 'Friday' }] }

describe('before and after', () => {
  it.each(['workbook', 'datasource'] as const)('of the encryption of a %s are what was read before and replied after', async (kind) => {
    const browser = await startFor({})
    const content = item(harness.sim, kind)
    await readLists(browser, {})
    // Somebody else has it renamed since; the list does not know.
    content.name = 'Renamed since'
    clock.advance(1000)
    expect((await browser.request(`/api/${kind}s/${content.id}`, { method: 'PATCH', key: crypto.randomUUID(), body: { encryptExtracts: true, seen: { encryptExtracts: false } } })).status).toBe(200)
    const label = kind === 'workbook' ? 'Workbook' : 'Data source'
    expect(await onlyRecord(browser)).toMatchObject({ target: { name: 'Renamed since' }, before: { [label]: 'Renamed since', Encrypted: 'no' }, after: { Encrypted: 'yes' } })
  })

  it('of the times of a task of Cloud are what was read before and after', async () => {
    const browser = await startFor({ flavor: 'cloud' })
    const task = harness.sim.world.addTask(harness.sim.world.home.id, { content: item(harness.sim, 'workbook'), times: nightly })
    await readLists(browser, { flavor: 'cloud' })
    if (task.ownSchedule) task.ownSchedule.recurrence = evening
    clock.advance(1000)
    const body = { changes: { recurrence: { frequency: 'Monthly', start: '23:00:00', on: { days: [1] } } }, seen: { recurrence: evening } }
    expect((await browser.request(`/api/tasks/${task.id}`, { method: 'PATCH', key: crypto.randomUUID(), body })).status).toBe(200)
    const { before, after } = await onlyRecord(browser)
    expect([before?.['Repeats'], after?.['Repeats']]).toEqual([expect.stringContaining('Fri'), expect.stringContaining('23:00')])
  })

  it('of a task are as the reply tells where it cannot be read again', async () => {
    const browser = await startFor({ flavor: 'cloud' })
    const task = harness.sim.world.addTask(harness.sim.world.home.id, { content: item(harness.sim, 'workbook'), times: nightly })
    await readLists(browser, { flavor: 'cloud' })
    harness.sim.faults.add({ operation: 'getExtractRefreshTask', nth: 2, action: { kind: 'status', status: 502 } })
    const body = { changes: { refreshType: 'IncrementalRefresh' }, seen: {} }
    expect((await browser.request(`/api/tasks/${task.id}`, { method: 'PATCH', key: crypto.randomUUID(), body })).status).toBe(200)
    expect((await onlyRecord(browser)).after).toMatchObject({ Refresh: 'IncrementalRefresh' })
  })
})

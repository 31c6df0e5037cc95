import { execFileSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { contract, getBulk, planBulk, planSchedules, wouldSend, type EndpointName, type OutputOf } from '@refreshboard/api-types'
import type { LedgerEntry, TableauSimOptions } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser } from '../../testing/browser.ts'
import { everyWrite, writeGroups, type TestWrite } from '../../testing/every-write.ts'
import { eventually, startHarness, type Harness } from '../../testing/harness.ts'
import { item } from '../../testing/test-write.ts'
import { isWriteName, operationOf } from '../../writes/write-laws.ts'
import { curlOf } from './curl.ts'

let harness: Harness
const start = async (sim: TableauSimOptions = {}): Promise<Browser> => {
  harness = await startHarness({ sim })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

/** The `:names` of a contract path, as an address of it has them. */
const paramsIn = (path: string, template: string): Record<string, string> => {
  const given = path.split('/')
  return Object.fromEntries(template.split('/').flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), given[at] ?? '']] : [])))
}

// Object.keys does not know the names of the contract.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const writeNames = (Object.keys(contract) as EndpointName[]).filter(isWriteName)

const meantBy = (write: TestWrite, prepared: ReturnType<TestWrite['prepare']>): unknown => {
  const name = writeNames.find((one) => one === write.endpoint)
  if (name === undefined) throw new Error(`${write.endpoint} is no write of the contract`)
  return { operation: operationOf(name), params: paramsIn(prepared.path, contract[name].path), ...(prepared.body === undefined ? {} : { body: prepared.body }) }
}

/** What a shell makes of a command line, were curl to print what it is given. */
const argumentsOf = (curl: string): string[] =>
  execFileSync('sh', ['-c', `curl() { for one in "$@"; do printf '%s\\0' "$one"; done; }; TABLEAU_TOKEN=secret; ${curl}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)

const addressOf = (entry: LedgerEntry | undefined): string => (entry === undefined ? '' : `${entry.path}${entry.query === '' ? '' : `?${entry.query}`}`)

/** The one request of an answer that tells one. */
const onlyRequest = ({ requests: [request, ...others], nothing }: OutputOf<typeof wouldSend>) => {
  if (request === undefined) throw new Error('nothing would be sent')
  expect([others, nothing]).toEqual([[], undefined])
  return request
}

/** Everything but sign-ins that is no reading. */
const writesSent = (): LedgerEntry[] => harness.sim.ledger.entries.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/auth/signin'))

describe.each(writeGroups.flatMap(({ name, flavor, apiVersion, writes }) => writes.map((write) => ({ group: name, flavor, apiVersion, write, name: write.name }))))('$name ($group)', ({ flavor, apiVersion, write }) => {
  it('shows exactly what is then sent, and sends nothing', async () => {
    const browser = await start({ flavor, ...(apiVersion === undefined ? {} : { apiVersion }) })
    const prepared = write.prepare(harness.sim)
    const shown = onlyRequest(outputOf(wouldSend, await browser.post('/api/would-send', meantBy(write, prepared))))
    expect(writesSent()).toEqual([])
    expect(prepared.holds()).toBe(false)

    const reply = await browser.request(prepared.path, { method: prepared.method, body: prepared.body, key: crypto.randomUUID() })
    expect(reply.status).toBe(200)
    const [sent, ...others] = harness.sim.ledger.of(write.operation)
    expect(others).toEqual([])
    expect([shown.method, shown.path, shown.xml ?? '']).toEqual([sent?.method, addressOf(sent), sent?.body])

    const command = argumentsOf(shown.curl)
    expect(command.slice(0, 5)).toEqual(['-X', sent?.method, `${harness.sim.url}${addressOf(sent)}`, '-H', 'X-Tableau-Auth: secret'])
    expect(command.at(-1)).toBe(shown.xml ?? 'X-Tableau-Auth: secret')
    expect(JSON.stringify(shown)).not.toContain(sent?.token)
  })
})

describe('one of a bulk run', () => {
  it.each([
    ['jobs.cancel', ['PUT'], () => ({ action: 'jobs.cancel', select: { ids: [harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Held', status: 'Pending', held: true }).id] } })],
    ['schedules.suspend', ['PUT'], () => ({ action: 'schedules.suspend', select: { ids: [harness.sim.world.addSchedule({ name: 'Weekly one', frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }] }).id] } })],
    ['tasks.move', ['PUT', 'DELETE'], () => {
      const [from, to] = ['From', 'To'].map((name) => harness.sim.world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [] }))
      const content = harness.sim.world.site().addContent({ kind: 'workbook', name: 'Moved', ownerId: harness.sim.world.account('admin').memberships[0]?.userId ?? '', project: harness.sim.world.site().projects[0], hasExtracts: true })
      return { action: 'tasks.move', select: { ids: [harness.sim.world.addTask('', { content, schedule: from }).id] }, scheduleId: to?.id }
    }],
  ] as const)('shows what %s then sends for it, in order, and sends nothing', async (_name, verbs, wanted) => {
    const browser = await start()
    const run = outputOf(planBulk, await browser.post('/api/bulk', wanted()))
    const ask = (n: string) => browser.post('/api/would-send', { operation: 'bulk.item', params: { id: run.id, n } })
    const shown = outputOf(wouldSend, await ask('0'))
    expect(writesSent()).toEqual([])
    expect((await browser.post(`/api/bulk/${run.id}/start`, { digest: run.digest })).status).toBe(200)
    await eventually(async () => outputOf(getBulk, await browser.get(`/api/bulk/${run.id}`)).state === 'done')
    expect(shown.requests.map(({ method, path, xml = '' }) => [method, path, xml])).toEqual(writesSent().map((sent) => [sent.method, addressOf(sent), sent.body]))
    expect(shown.requests.map(({ method }) => method)).toEqual(verbs)
    expect(shown.requests.map(({ curl }) => curl)).toEqual(shown.requests.map((request) => curlOf(harness.sim.url, request)))
    expect([problemOf(await ask('7')).code, problemOf(await ask('x')).code]).toEqual(['not_found', 'validation'])
    const another = await harness.signedIn('site-admin')
    expect(problemOf(await another.post('/api/would-send', { operation: 'bulk.item', params: { id: run.id, n: '0' } })).code).toBe('not_found')
  })

  it('says that nothing would be sent for one that is already as the run makes it', async () => {
    const browser = await start()
    const schedule = harness.sim.world.schedule('Nightly')
    const run = outputOf(planBulk, await browser.post('/api/bulk', { action: 'schedules.suspend', select: { ids: [schedule.id] } }))
    schedule.state = 'Suspended'
    const shown = outputOf(wouldSend, await browser.post('/api/would-send', { operation: 'bulk.item', params: { id: run.id, n: '0' } }))
    expect(shown).toEqual({ requests: [], nothing: 'Everything is already as this item is to make it: nothing would be sent to Tableau.' })
  })

  it('shows what a plan of schedules would make', async () => {
    const browser = await start()
    const { run } = outputOf(planSchedules, await browser.post('/api/schedules-as-code/plan', { yaml: 'refreshboard: 1\nschedules:\n  - { name: Dawn, type: Flow, repeats: { frequency: Daily, start: "04:00:00" } }\n' }))
    const made = run?.items.find(({ step }) => step === 'create')
    const shown = onlyRequest(outputOf(wouldSend, await browser.post('/api/would-send', { operation: 'bulk.item', params: { id: run?.id ?? '', n: String(made?.n ?? 0) } })))
    expect([shown.method, shown.xml]).toEqual(['POST', expect.stringContaining('name="Dawn"')])
  })
})

describe('what would be sent', () => {
  it('is tried above for every write of the contract', () => {
    expect(writeNames.length).toBeGreaterThan(15)
    expect(writeNames.filter((name) => !everyWrite.some(({ endpoint }) => endpoint === name))).toEqual([])
  })

  it('is refused as the write itself would be, and keeps no record', async () => {
    const browser = await start()
    const schedule = harness.sim.world.schedule('Nightly')
    const ask = (operation: string, params: Record<string, string>, body?: unknown) => browser.post('/api/would-send', { operation, params, ...(body === undefined ? {} : { body }) })
    const elsewhere = await ask('schedules.update', { id: schedule.id }, { changes: { priority: 7 }, seen: { priority: schedule.priority + 1 } })
    expect([elsewhere.status, problemOf(elsewhere).code]).toEqual([409, 'changed_elsewhere'])
    const broken = await ask('schedules.update', { id: schedule.id }, { changes: { priority: 700 }, seen: {} })
    expect([broken.status, problemOf(broken).fields]).toEqual([422, { 'changes.priority': 'The priority must be 1 to 100; 1 runs first' }])
    const noId = await ask('schedules.update', { id: '..' }, { changes: { priority: 7 }, seen: {} })
    expect([noId.status, problemOf(noId).code]).toEqual([400, 'bad_id'])
    for (const operation of ['schedules.list', 'session.signIn', 'bulk.start', '__proto__', '']) {
      const unknown = await ask(operation, {})
      expect([operation, unknown.status, problemOf(unknown).fields?.['operation']?.includes('schedules.update')]).toEqual([operation, 422, true])
    }
  })

  it('is nothing, for a reason, where everything is already as it is wanted', async () => {
    const browser = await start()
    const { id, priority } = harness.sim.world.schedule('Nightly')
    const reply = await browser.post('/api/would-send', { operation: 'schedules.update', params: { id }, body: { changes: { priority }, seen: { priority: priority + 1 } } })
    expect([reply.status, outputOf(wouldSend, reply)]).toEqual([200, { requests: [], nothing: 'The schedule is already as it was wanted: nothing was sent to Tableau.' }])
    expect(writesSent()).toEqual([])
  })

  it('is nothing for a task of Cloud that is already as it is wanted', async () => {
    const browser = await start({ flavor: 'cloud' })
    const nightly = { frequency: 'Daily', start: '02:15:00', end: '02:15:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }] }
    const task = harness.sim.world.addTask(harness.sim.world.home.id, { content: item(harness.sim, 'workbook'), times: nightly })
    const body = { changes: { recurrence: { frequency: 'Daily', start: '02:15:00', end: '02:15:00', hours: 24, weekDays: ['Monday'] } }, seen: { frequency: 'Weekly' } }
    const reply = await browser.post('/api/would-send', { operation: 'tasks.update', params: { id: task.id }, body })
    expect([reply.status, outputOf(wouldSend, reply)]).toEqual([200, { requests: [], nothing: 'The task is already as it was wanted: nothing was sent to Tableau.' }])
  })

  it('asks nobody who is not signed in', async () => {
    await start()
    expect((await harness.browser().post('/api/would-send', { operation: 'jobs.cancel', params: {} })).status).toBe(401)
  })
})

describe('the command line', () => {
  it.each(["it's", '"$(id)"', '`id`', '\\', "'; id; '", 'line\nline', '$TABLEAU_TOKEN', '!!', 'ünï – 日本'])('keeps %j as it is', async (name) => {
    await start()
    const xml = `<tsRequest><schedule name="${name}" /></tsRequest>`
    const command = argumentsOf(curlOf('https://tableau.example.com', { method: 'PUT', path: '/api/3.24/schedules/x', xml }))
    expect(command).toEqual(['-X', 'PUT', 'https://tableau.example.com/api/3.24/schedules/x', '-H', 'X-Tableau-Auth: secret', '-H', 'Content-Type: application/xml', '--data-binary', xml])
  })
})

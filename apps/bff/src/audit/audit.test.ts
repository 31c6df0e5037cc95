import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { listAudit, type AuditRecord } from '@refreshboard/api-types'
import { everyWrite } from '../testing/every-write.ts'
import { outputOf, problemOf, type Browser } from '../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../testing/harness.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const audit = async (browser: Browser, query = '') => outputOf(listAudit, await browser.get(`/api/audit${query}`))
const records = async (browser: Browser, query = ''): Promise<AuditRecord[]> => (await audit(browser, query)).rows
const rename = (browser: Browser, to: string, key: string = crypto.randomUUID(), from = 'Nightly') =>
  browser.request(`/api/schedules/${harness.sim.world.schedule(from).id}`, { method: 'PATCH', key, body: { changes: { name: to }, seen: { name: from } } })
const writesOf = () => harness.sim.ledger.entries.filter(({ method, path: address }) => method !== 'GET' && !address.includes('/auth/'))

// How each is recorded when its reply is lost: proofs/fault-matrix.test.ts.
describe.each(everyWrite.map((write) => [write.name, write] as const))('%s', (_name, write) => {
  const setting = { sim: { flavor: write.flavor ?? 'server', ...(write.apiVersion === undefined ? {} : { apiVersion: write.apiVersion }) } } as const

  it('has one record of what was sent, by whom, and what came of it', async () => {
    const browser = await start(setting)
    const prepared = write.prepare(harness.sim)
    // What a page has read before somebody can click.
    for (const list of ['jobs', 'tasks', 'extracts', ...((write.flavor ?? 'server') === 'server' ? ['schedules'] : []), ...(write.apiVersion === '3.15' ? ['data-acceleration-tasks'] : [])]) await browser.get(`/api/${list}`)
    const key = crypto.randomUUID()
    const reply = await browser.request(prepared.path, { method: prepared.method, body: prepared.body, key })
    await browser.request(prepared.path, { method: prepared.method, body: prepared.body, key })
    const [record, ...others] = await records(browser)
    const [sent] = writesOf()
    expect([reply.status, others, writesOf().length]).toEqual([200, [], 1])
    expect(record).toMatchObject({ state: 'done', who: { name: 'admin' }, request: { method: sent?.method }, key, requestId: reply.headers.get('x-request-id') })
    expect([record?.request?.path.split('?')[0], record?.request?.xml ?? '']).toEqual([sent?.path, sent?.body])
    expect(record?.target.name ?? '').not.toBe('')
  })
})

describe('the audit', () => {
  it('tells before and after, in words', async () => {
    const browser = await start()
    await browser.get('/api/schedules')
    await rename(browser, 'After midnight')
    const [record] = await records(browser)
    expect(record).toMatchObject({ operation: 'schedules.update', target: { name: 'Nightly' }, before: { Name: 'Nightly' }, after: { Name: 'After midnight' } })
  })

  it('has Tableau’s words for a refusal, and nothing of what was never sent', async () => {
    const browser = await start()
    await rename(browser, harness.sim.world.schedules.find(({ name }) => name !== 'Nightly')?.name ?? '')
    const seenOtherwise = await browser.request(`/api/schedules/${harness.sim.world.schedule('Nightly').id}`, { method: 'PATCH', key: crypto.randomUUID(), body: { changes: { name: 'X' }, seen: { name: 'Y' } } })
    expect(seenOtherwise.status).toBe(409)
    expect(await records(browser)).toMatchObject([{ state: 'refused', tableau: { code: '409021' }, operation: 'schedules.update' }])
  })

  it('keeps a refusal when the same key is tried again and nothing is left to send', async () => {
    const browser = await start()
    const key = crypto.randomUUID()
    harness.sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'throttle', seconds: 30, style: 'header' } })
    const { id } = harness.sim.world.schedule('Nightly')
    expect((await rename(browser, 'After midnight', key)).status).toBe(429)
    const refused = await records(browser)
    expect(refused).toMatchObject([{ state: 'refused', key }])
    harness.sim.world.schedule('Nightly').name = 'After midnight'
    clock.advance(31_000)
    const again = await browser.request(`/api/schedules/${id}`, { method: 'PATCH', key, body: { changes: { name: 'After midnight' }, seen: { name: 'Nightly' } } })
    expect([again.status, writesOf().length]).toEqual([200, 1])
    expect(await records(browser)).toEqual(refused)
  })

  it('shows administrators everybody’s records of the site, others their own, and asks Tableau who is which', async () => {
    const admin = await start()
    const siteAdmin = await harness.signedIn('site-admin')
    const finance = await harness.signedIn('admin', 'finance')
    await rename(admin, 'One')
    expect([await records(admin), await records(siteAdmin), await records(finance)].map(({ length }) => length)).toEqual([1, 1, 0])
    const viewer = await harness.signedIn('viewer')
    expect(await audit(viewer)).toMatchObject({ scope: 'own', rows: [], operations: [] })
    const account = harness.sim.world.account('site-admin')
    for (const membership of account.memberships) membership.siteRole = 'Viewer'
    expect(await audit(siteAdmin)).toMatchObject({ scope: 'own', rows: [] })
  })

  it('is filtered, searched and read window by window', async () => {
    const browser = await start()
    let name = 'Nightly'
    for (const next of ['Ä one', 'b two', 'c three']) {
      await rename(browser, next, crypto.randomUUID(), name)
      clock.advance(60_000)
      name = next
    }
    await rename(browser, harness.sim.world.schedules.find((one) => one.name !== name)?.name ?? '', crypto.randomUUID(), name)
    const all = await records(browser)
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => b - a))
    const seqs = async (query: string) => (await records(browser, query)).map(({ target, state }) => `${target.name ?? ''} ${state}`)
    expect(await seqs('?q=%C3%A4%20ONE')).toEqual(['Ä one done'])
    expect(await seqs('?state=refused')).toEqual(['c three refused'])
    expect(await seqs(`?from=${all[1]?.at ?? ''}&to=${all[0]?.at ?? ''}`)).toEqual(['b two done'])
    expect(await seqs('?operation=jobs.cancel')).toEqual([])
    expect(await seqs('?operation=&state=,')).toHaveLength(4)
    expect(await seqs('?operation=jobs.cancel,schedules.update&state=refused,unsent')).toEqual(['c three refused'])
    expect(await seqs(`?before=${all[0]?.seq ?? 0}&limit=1&offset=1`)).toEqual(['Ä one done'])
    expect(await audit(browser, '?limit=1')).toMatchObject({ total: 4, operations: ['schedules.update'], chain: { intact: true, checked: 8 } })
    const odd = await browser.get('/api/audit?state=finished')
    expect([odd.status, problemOf(odd).fields]).toEqual([422, { state: 'each is one of sent, done, refused, unsent, checking, unconfirmed' }])
  })

  it('sends nothing when it cannot be written', async () => {
    const browser = await start({ stored: true })
    const store = new Database(path.join(harness.directory, 'store.db'))
    store.exec("create trigger no_audit before insert on audit begin select raise(abort, 'no'); end")
    store.close()
    const reply = await rename(browser, 'Never')
    expect([reply.status, problemOf(reply).code, writesOf()]).toEqual([503, 'storage_unavailable', []])
  })

  it('keeps a record of what was on its way when the process ended', async () => {
    const browser = await start({ stored: true, bff: { tableauDeadlineMs: 500 } })
    harness.sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'hang' } })
    const reply = rename(browser, 'On its way')
    await eventually(() => writesOf().length === 1)
    expect(await records(browser)).toMatchObject([{ state: 'sent', target: { name: 'Nightly' } }])
    expect((await reply).status).toBe(202)
  })
})

describe('the chain of the audit', () => {
  const tampered = async (statement: string) => {
    const browser = await start({ stored: true })
    let name = 'Nightly'
    for (const next of ['One', 'Two', 'Three']) {
      await rename(browser, next, crypto.randomUUID(), name)
      name = next
    }
    expect((await audit(browser)).chain).toEqual({ intact: true, checked: 6 })
    const store = new Database(path.join(harness.directory, 'store.db'))
    store.exec(statement)
    store.close()
    clock.advance(10 * 60_000)
    return (await audit(browser)).chain
  }

  it.each([
    ['no JSON', "update audit set body = '{' where seq = 3", 3],
    ['another JSON', "update audit set body = '[]' where seq = 3", 3],
    ['of another key, and of a time that is none', "update audit set body = '', key = 'x', bulk_id = 'y', at = 'never' where seq = 3", 3],
  ])('shows all other records where the text of one is %s', async (_what, statement, brokenAt) => {
    expect(await tampered(statement)).toMatchObject({ intact: false, brokenAt })
    const [three, two, one] = await records(await harness.signedIn())
    expect([three, one]).toMatchObject([{ seq: 5, state: 'done', target: { name: 'Two' } }, { seq: 1, state: 'done', target: { name: 'Nightly' } }])
    expect(two).toMatchObject({ seq: 3, who: { name: 'admin' }, target: { id: harness.sim.world.schedule('Three').id, name: 'one' }, operation: 'schedules.update', evidence: 'This record cannot be read: its text is not what this application wrote.' })
    expect(two).not.toHaveProperty('request')
  })

  it('shows a record of which the answer cannot be read', async () => {
    expect(await tampered("update audit set body = 'x' where seq = 4")).toMatchObject({ intact: false, brokenAt: 4 })
    expect((await records(await harness.signedIn()))[1]).toMatchObject({ seq: 3, target: { name: 'One' }, evidence: 'What became of it cannot be read: its text is not what this application wrote.' })
  })

  it.each([
    ['changed', "update audit set body = replace(body, 'One', 'Ten') where seq = 1", 1],
    ['taken out of the middle', 'delete from audit where seq = 3', 4],
    ['taken off the end', 'delete from audit where seq >= 5', 5],
    ['taken off the start', 'delete from audit where seq <= 2', 1],
    ['put in', 'insert into audit select 7, of, principal, server_id, site_id, at, key, operation, bulk_id, state, search, body, hash from audit where seq = 6', 7],
    ['taken away altogether', 'delete from audit', 1],
  ])('shows where a record was %s', async (_what, statement, brokenAt) => {
    expect(await tampered(statement)).toMatchObject({ intact: false, brokenAt })
  })
})

import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { getSession, listJobs, listSessions, type SessionEntry } from '@refreshboard/api-types'
import { outputOf, problemOf, type Browser } from '../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../testing/harness.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { browserLabel } from './browser-label.ts'

let harness: Harness
const start = async (options?: HarnessOptions): Promise<Harness> => (harness = await startHarness(options))
const stop = () => harness[Symbol.asyncDispose]()

const entriesOf = async (browser: Browser): Promise<SessionEntry[]> => outputOf(listSessions, await browser.get('/api/sessions')).items
const end = (browser: Browser, id?: string) => browser.request(id === undefined ? '/api/sessions' : `/api/sessions/${id}`, { method: 'DELETE' })
const isSignedIn = async (browser: Browser): Promise<boolean> => (await browser.get('/api/session')).status === 200

describe('the sessions of a person', () => {
  afterEach(stop)

  it('are listed for that person alone, on that site alone', async () => {
    const clock = createTestClock()
    await start({ clock })
    const first = await harness.signedIn()
    clock.advance(60_000)
    const second = await harness.signedIn()
    await harness.signedIn('creator')
    await harness.signedIn('admin', 'finance')
    const entries = await entriesOf(second)
    expect(entries.map(({ current, signedInAt, browser }) => ({ current, signedInAt, browser }))).toEqual([
      { current: true, signedInAt: '2026-03-04T16:01:00.000Z', browser: 'Another program' },
      { current: false, signedInAt: '2026-03-04T16:00:00.000Z', browser: 'Another program' },
    ])
    expect((await entriesOf(first)).map(({ id }) => id).toSorted()).toEqual(entries.map(({ id }) => id).toSorted())
  })

  it('go on when another browser signs out', async () => {
    await start()
    const [first, second] = [await harness.signedIn(), await harness.signedIn()]
    expect((await first.signOut()).status).toBe(204)
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, true])
    expect((await second.get('/api/sites')).status).toBe(200)
  })

  it('can be ended one by one, at Tableau too', async () => {
    await start()
    const [first, second] = [await harness.signedIn(), await harness.signedIn()]
    const other = (await entriesOf(second)).find(({ current }) => !current)
    expect((await end(second, other?.id)).status).toBe(204)
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, true])
    await eventually(() => harness.sim.world.sessions.list().length === 1, 'the sign-out at Tableau')
    expect(problemOf(await end(second, other?.id)).code).toBe('not_found')
  })

  it('can all be ended at once, the one that asks included', async () => {
    await start()
    const [first, second] = [await harness.signedIn(), await harness.signedIn()]
    const elsewhere = await harness.signedIn('admin', 'finance')
    const reply = await end(second)
    expect([reply.status, reply.headers.get('clear-site-data')]).toEqual([204, '"cache", "storage"'])
    expect([await isSignedIn(first), await isSignedIn(second), await isSignedIn(elsewhere)]).toEqual([false, false, true])
    await eventually(() => harness.sim.world.sessions.list().length === 1, 'the sign-outs at Tableau')
  })

  it('are nobody else’s to end', async () => {
    await start()
    const victim = await harness.signedIn()
    const [entry] = await entriesOf(victim)
    const stranger = await harness.signedIn('creator')
    expect(problemOf(await end(stranger, entry?.id)).code).toBe('not_found')
    expect((await end(stranger)).status).toBe(204)
    expect(await isSignedIn(victim)).toBe(true)
  })

  it('that this process never saw are ended here, though not at Tableau', async () => {
    await start({ stored: true })
    const [first, second] = [await harness.signedIn(), await harness.signedIn()]
    await harness.restart()
    expect((await end(second)).status).toBe(204)
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, false])
    await eventually(() => harness.sim.world.sessions.list().length === 1, 'the sign-out at Tableau')
  })

  it('are listed no longer than they live', async () => {
    const clock = createTestClock()
    await start({ clock })
    await harness.signedIn()
    clock.advance(239 * 60_000)
    const second = await harness.signedIn()
    expect(await entriesOf(second)).toHaveLength(2)
    clock.advance(60_000)
    expect(await entriesOf(second)).toHaveLength(1)
  })
})

describe('who a page was loaded for', () => {
  afterEach(stop)

  it('is told on every answer, and is the same for the same person only', async () => {
    await start()
    const tagOf = async (browser: Browser) => {
      const reply = await browser.get('/api/session')
      expect(reply.headers.get('x-refreshboard-principal')).toBe(outputOf(getSession, reply).principal)
      return outputOf(getSession, reply).principal
    }
    const tags = [await tagOf(await harness.signedIn()), await tagOf(await harness.signedIn()), await tagOf(await harness.signedIn('creator')), await tagOf(await harness.signedIn('admin', 'finance'))]
    expect(tags[1]).toBe(tags[0])
    expect(new Set(tags).size).toBe(3)
  })

  it('decides: nothing is done or read for a page of another account', async () => {
    await start()
    const browser = await harness.signedIn('creator')
    const { principal } = outputOf(getSession, await browser.get('/api/session'))
    await browser.signIn('admin')
    const [job] = outputOf(listJobs, await browser.get('/api/jobs?status=Pending')).rows
    const headers = { 'x-refreshboard-principal': principal }
    expect(problemOf(await browser.get('/api/jobs', { headers })).code).toBe('conflict')
    expect(problemOf(await browser.post(`/api/jobs/${job?.id ?? ''}/cancel`, undefined, { headers })).code).toBe('conflict')
    expect(harness.sim.ledger.of('cancelJob')).toEqual([])
  })
})

describe('what a browser is called', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', 'Chrome on Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 'Edge on Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14.4; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on macOS'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1', 'Safari on iOS'],
    ['<script>alert(1)</script>', 'Another program'],
    [undefined, 'Another program'],
  ])('%s', (userAgent, label) => {
    expect(browserLabel(userAgent)).toBe(label)
  })

  it('is stored in our own words', async () => {
    await start({ stored: true })
    await harness.browser().post('/api/session', { serverId: 'server', site: '', method: 'password', name: 'admin', password: 'admin' }, { headers: { 'user-agent': 'canary Firefox/1 (Linux)' } })
    const database = new Database(path.join(harness.directory, 'store.db'))
    expect(database.prepare('select browser from sessions').all()).toEqual([{ browser: 'Firefox on Linux' }])
    database.close()
    await stop()
  })
})

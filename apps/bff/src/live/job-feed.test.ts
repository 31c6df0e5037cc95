import { afterEach, describe, expect, it } from 'vitest'
import { jobsHistogram, listJobs, luidSchema } from '@refreshboard/api-types'
import { systemClock } from '../clock.ts'
import { principalKey } from '../session/principal.ts'
import { outputOf, problemOf, type Browser } from '../testing/browser.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../testing/harness.ts'
import { createJobFeeds, idleFeedMs } from './job-feeds.ts'
import { matching } from '../testing/matchers.ts'
import { noServer } from '../testing/some-facts.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<Harness> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options })
  return harness
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const list = async (browser: Browser, query = '') => outputOf(listJobs, await browser.get(`/api/jobs${query}`))
const sweeps = (): number => harness.sim.ledger.of('queryJobs').length

describe('reading the jobs', () => {
  it('happens once for everyone who asks as the same person', async () => {
    await start()
    const tab = await harness.signedIn()
    const otherBrowser = await harness.signedIn()
    const windows = await Promise.all(Array.from({ length: 30 }, (_one, at) => list(at % 2 === 0 ? tab : otherBrowser)))
    expect(sweeps()).toBe(1)
    expect(new Set(windows.map(({ all }) => all))).toEqual(new Set([16]))
    expect(outputOf(jobsHistogram, await tab.get('/api/jobs/histogram')).slots.length).toBeGreaterThan(90)
    expect(sweeps()).toBe(1)
  })

  it('takes all pages, a thousand a page', async () => {
    await start({ sim: { scenario: 'busy' } })
    const window = await list(await harness.signedIn())
    expect(window.age).toMatchObject({ complete: true, read: window.all, available: window.all })
    expect(window.all).toBeGreaterThan(2000)
    expect(sweeps()).toBe(Math.ceil(window.all / 1000))
    expect(new Set(harness.sim.ledger.of('queryJobs').map(({ query }) => new URLSearchParams(query).get('pageSize')))).toEqual(new Set(['1000']))
  })

  it('is done again after 5 s while a job waits or runs', async () => {
    await start()
    const browser = await harness.signedIn()
    expect((await list(browser)).age).toMatchObject({ everyMs: 5000, ageMs: 0 })
    clock.advance(4999)
    expect((await list(browser)).age.ageMs).toBe(4999)
    expect(sweeps()).toBe(1)
    clock.advance(1)
    expect((await list(browser)).age.ageMs).toBe(0)
    expect(sweeps()).toBe(2)
  })

  it('is done again after 30 s when nothing does', async () => {
    await start({ sim: { scenario: 'empty' } })
    const browser = await harness.signedIn()
    expect(await list(browser)).toMatchObject({ rows: [], total: 0, all: 0, age: { everyMs: 30_000, complete: true } })
    clock.advance(29_999)
    await list(browser)
    expect(sweeps()).toBe(1)
    clock.advance(1)
    await list(browser)
    expect(sweeps()).toBe(2)
  })

  it('rests four times as long as it took', async () => {
    await start()
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'queryJobs', action: { kind: 'delay', ms: 50 } })
    const first = list(browser)
    await eventually(() => sweeps() === 1)
    clock.advance(3000)
    await first
    await eventually(async () => (await list(browser)).age.complete)
    expect((await list(browser)).age).toMatchObject({ everyMs: 12_000, ageMs: 3000 })
    clock.advance(8999)
    await list(browser)
    expect(sweeps()).toBe(1)
    clock.advance(1)
    await list(browser)
    expect(sweeps()).toBe(2)
  })

  it('does not hold up who has something to look at for longer than 0.7 s', async () => {
    await start()
    const browser = await harness.signedIn()
    await list(browser)
    clock.advance(6000)
    harness.sim.faults.add({ operation: 'queryJobs', action: { kind: 'delay', ms: 400 } })
    const waiting = list(browser)
    await eventually(() => sweeps() === 2 && clock.waiting > 0)
    clock.advance(250)
    expect((await waiting).age).toMatchObject({ ageMs: 6250, complete: true })
    await eventually(async () => (await list(browser)).age.ageMs === 250, 'the newer figures')
    expect(sweeps()).toBe(2)
  })

  it('shows the first page of a long list while the rest is on its way', async () => {
    await start({ sim: { scenario: 'busy' } })
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'queryJobs', nth: 2, times: 9, action: { kind: 'delay', ms: 500 } })
    const waiting = list(browser, '?limit=1')
    await eventually(() => sweeps() === 3 && clock.waiting > 0)
    clock.advance(250)
    const window = await waiting
    expect(window.age).toMatchObject({ complete: false, read: 1000 })
    expect(window.all).toBe(1000)
    expect(window.age.available).toBeGreaterThan(2000)
    await eventually(async () => {
      const later = list(browser)
      clock.advance(250)
      return (await later).age.complete
    })
    expect((await list(browser)).all).toBe(window.age.available)
  })

  it('goes on without a sort where Tableau refuses it', async () => {
    await start()
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'queryJobs', action: { kind: 'tableauError', status: 400, code: '400008', summary: 'x', detail: 'Cannot sort.' } })
    expect((await list(browser)).all).toBe(16)
    clock.advance(5000)
    await list(browser)
    expect(harness.sim.ledger.of('queryJobs').map(({ query }) => new URLSearchParams(query).get('sort'))).toEqual(['createdAt:desc', null, null])
  })

  it('tells Tableau’s own time, however wrong the clocks are', async () => {
    await start()
    const browser = await harness.signedIn()
    harness.simClock.advance(7_200_000)
    await list(browser)
    clock.advance(1500)
    expect((await list(browser)).age).toMatchObject({ readAt: new Date(harness.simClock.now()).toISOString(), tableauNow: new Date(harness.simClock.now() + 1500).toISOString() })
  })
})

describe('when reading fails', () => {
  it.each([
    ['a page of a proxy', { kind: 'html' }, 'upstream_unreadable'],
    ['a cut-off reply', { kind: 'truncate', bytes: 900 }, 'upstream_unreadable'],
    ['a reset', { kind: 'reset' }, 'upstream_unreachable'],
    ['silence', { kind: 'hang' }, 'upstream_timeout'],
    ['a redirect', { kind: 'redirect', status: 302, location: 'https://evil.example/' }, 'upstream_unreachable'],
    ['an error of Tableau', { kind: 'tableauError', status: 500, code: '500000', summary: 'x', detail: 'Internal.' }, 'upstream_refused'],
  ] as const)('by %s, the last good figures stay with their age', async (_name, action, code) => {
    await start({ bff: { tableauDeadlineMs: 400 } })
    const browser = await harness.signedIn()
    const good = await list(browser)
    harness.sim.faults.add({ operation: 'queryJobs', times: Number.POSITIVE_INFINITY, action })
    clock.advance(60_000)
    const stale = await list(browser)
    expect(stale.rows).toEqual(good.rows)
    expect(stale.age).toMatchObject({ ageMs: 60_000, complete: true, failure: { code } })
    harness.sim.faults.clear()
    clock.advance(2000)
    const fresh = await list(browser)
    expect([fresh.age.ageMs, fresh.age.failure]).toEqual([0, undefined])
  })

  it.each([
    ['a page of a proxy', { kind: 'html' }, 'upstream_unreadable', 502],
    ['silence', { kind: 'hang' }, 'upstream_timeout', 504],
    ['a reset', { kind: 'reset' }, 'upstream_unreachable', 502],
  ] as const)('by %s and there is nothing yet, the error is the answer', async (_name, action, code, status) => {
    await start({ bff: { tableauDeadlineMs: 400 } })
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'queryJobs', times: Number.POSITIVE_INFINITY, action })
    expect(problemOf(await browser.get('/api/jobs'))).toMatchObject({ code, status })
  })

  it('is tried less and less often, up to once a minute', async () => {
    await start()
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'queryJobs', times: Number.POSITIVE_INFINITY, action: { kind: 'tableauError', status: 400, code: '400000', summary: 'x', detail: 'No.' } })
    const triedAt: number[] = []
    let seen = 0
    for (let second = 0; second < 250; second += 1) {
      expect(problemOf(await browser.get('/api/jobs', { background: true })).code).toBe('upstream_refused')
      if (sweeps() > seen) triedAt.push(second)
      seen = sweeps()
      clock.advance(1000)
    }
    expect(triedAt).toEqual([0, 2, 6, 14, 30, 62, 122, 182, 242])
  })

  it('because Tableau asks to wait, nobody asks before the time', async () => {
    await start()
    const [browser, other] = [await harness.signedIn(), await harness.signedIn()]
    harness.sim.faults.add({ operation: 'queryJobs', action: { kind: 'throttle', seconds: 1740, style: 'text' } })
    const reply = await browser.get('/api/jobs')
    expect(problemOf(reply)).toMatchObject({ code: 'throttled', retryAt: '2026-03-04T16:29:00.000Z' })
    expect(reply.headers.get('retry-after')).toBe('1740')
    clock.advance(1_739_000)
    expect(problemOf(await other.get('/api/jobs')).code).toBe('throttled')
    expect(sweeps()).toBe(1)
    clock.advance(1000)
    expect((await list(other)).all).toBe(16)
  })

  it('for want of a permission, Tableau’s refusal is the answer', async () => {
    await start()
    const viewer = await harness.signedIn('viewer')
    expect(problemOf(await viewer.get('/api/jobs'))).toMatchObject({ code: 'forbidden', status: 403, tableau: { code: matching(/^403/) } })
    harness.sim.world.setSiteRole('viewer', '', 'SiteAdministratorCreator')
    clock.advance(2000)
    expect((await list(viewer)).all).toBe(16)
    harness.sim.world.setSiteRole('viewer', '', 'Viewer')
    clock.advance(5000)
    expect(problemOf(await viewer.get('/api/jobs')).code).toBe('forbidden')
  })
})

describe('whose token is used', () => {
  it('one that died takes only its own session along; the other one goes on reading', async () => {
    await start()
    const [lender, other] = [await harness.signedIn(), await harness.signedIn()]
    harness.sim.faults.add({ operation: 'queryJobs', action: { kind: 'delay', ms: 60 } })
    harness.sim.faults.add({ operation: 'queryJobs', action: { kind: 'killToken' } })
    const lending = lender.get('/api/jobs')
    await eventually(() => sweeps() === 1)
    const window = await list(other)
    expect(window.all).toBe(16)
    expect(problemOf(await lending).code).toBe('session_expired')
    expect(problemOf(await lender.get('/api/session')).code).toBe('unauthenticated')
    expect((await other.get('/api/session')).status).toBe(200)
    const [first, second] = harness.sim.ledger.of('queryJobs').map(({ token }) => token)
    expect([sweeps(), first === second]).toEqual([2, false])
  })

  it('a session that ended in the background is told at its next request, once', async () => {
    await start()
    const browser = await harness.signedIn()
    await list(browser)
    clock.advance(6000)
    harness.sim.faults.add({ operation: 'queryJobs', action: { kind: 'delay', ms: 100 } })
    harness.sim.world.sessions.killAll()
    const waiting = list(browser)
    await eventually(() => sweeps() === 2 && clock.waiting > 0)
    clock.advance(250)
    expect((await waiting).age.ageMs).toBe(6250)
    await eventually(async () => (await browser.get('/api/session', { background: true })).status === 401)
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
    expect(harness.logs.filter((line) => line.includes('session_expired'))).toHaveLength(1)
  })
})

describe('who is shown what', () => {
  it('nobody sees what was read for somebody else', async () => {
    await start()
    const people = ['admin', 'site-admin'].flatMap((name) => ['', 'finance'].map((site) => ({ name, site })))
    const browsers = await Promise.all(people.map(({ name, site }) => harness.signedIn(name, site)))
    const viewer = await harness.signedIn('viewer')
    const asked = Array.from({ length: 80 }, async (_one, at) => {
      const person = people[at % people.length]
      const window = await list(browsers[at % people.length] ?? viewer)
      const site = harness.sim.world.site(person?.site ?? '')
      expect(window.rows.map(({ id }) => id).toSorted()).toEqual(site.jobs.map(({ id }) => id).toSorted())
      expect(problemOf(await viewer.get('/api/jobs')).code).toBe('forbidden')
    })
    await Promise.all(asked)
    // Each of them was read with a token of its own, once.
    const read = harness.sim.ledger.of('queryJobs').filter(({ status }) => status === 200)
    expect(read.map(({ user, site }) => `${user ?? ''} ${site ?? ''}`).toSorted()).toEqual(['admin Default', 'admin finance', 'site-admin Default', 'site-admin finance'])
  })

  it('a feed refuses another principal by itself', async () => {
    await start()
    const feed = createJobFeeds(systemClock).of(principalKey({ serverId: 'server', siteId: 'site', userId: 'one' }))
    const user = { id: luidSchema.parse('7f9c1a3e-0000-4000-8000-000000000002'), name: 'two', siteRole: 'Viewer' }
    const other = { ...noServer, sessionId: 's', principal: principalKey({ serverId: 'server', siteId: 'site', userId: 'two' }), user, flavor: 'server' as const, call: () => Promise.reject(new Error('asked Tableau')) }
    await expect(feed.read(other)).rejects.toThrow('a feed was asked by another principal')
  })

  it('keys of different people never meet, whatever their parts hold', () => {
    const keys = [
      { serverId: 'a', siteId: 'b', userId: 'c' },
      { serverId: 'a', siteId: 'b","c', userId: '' },
      { serverId: 'a,b', siteId: 'c', userId: '' },
      { serverId: 'a', siteId: 'bc', userId: '' },
    ].map(principalKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('feeds that nobody asks for are dropped, and their number is bounded', async () => {
    await start()
    const feeds = createJobFeeds(clock)
    const key = (user: number) => principalKey({ serverId: 's', siteId: 's', userId: String(user) })
    for (let user = 0; user < 250; user += 1) {
      feeds.of(key(user))
      clock.advance(1)
    }
    expect(feeds.count).toBe(200)
    clock.advance(idleFeedMs - 101)
    feeds.tidy()
    expect(feeds.count).toBe(100)
    feeds.close()
    expect(feeds.count).toBe(0)
  })
})

import { randomBytes } from 'node:crypto'
import { readFileSync, statSync, writeFileSync, chmodSync, existsSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import Database from 'libsql'
import { getSession, listSites, signIn } from '@refreshboard/api-types'
import { outputOf, problemOf } from '../testing/browser.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../testing/harness.ts'
import { StartFault } from '../start-fault.ts'
import { loadSecretKey } from './secret-key.ts'
import { anyText, containing, matching } from '../testing/matchers.ts'

const minute = 60_000
const hour = 60 * minute

let harness: Harness
const start = async (options?: HarnessOptions): Promise<Harness> => (harness = await startHarness(options))
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

describe('signing in', () => {
  it('by password tells who, where and until when', async () => {
    const clock = createTestClock()
    await start({ clock })
    const browser = harness.browser()
    const reply = await browser.signIn('admin')
    expect(reply.status).toBe(201)
    expect(outputOf(signIn, reply)).toEqual({
      server: { id: 'server', host: `127.0.0.1:${harness.sim.port}`, flavor: 'server', productVersion: '2024.2.2', apiVersion: '3.24', timeZone: { name: 'America/Los_Angeles', inferred: false } },
      site: { id: harness.sim.world.site().id, name: 'Default', contentUrl: '' },
      user: { id: anyText, name: 'admin', fullName: 'Ada Minsk', siteRole: 'ServerAdministrator' },
      can: {
        listJobs: { allowed: true },
        cancelJobs: { allowed: true },
        writeSchedules: { allowed: true },
        readSchedules: { allowed: true },
        listTasks: { allowed: true },
        deleteTasks: { allowed: true },
        addToSchedules: { allowed: true },
        createTasks: { allowed: false, reason: containing('add content to a schedule') },
        manageExtracts: { allowed: true },
        siteEncryption: { allowed: true },
        dataAcceleration: { allowed: false, reason: containing('replaced data acceleration by View Acceleration') },
      },
      idleExpiresAt: '2026-03-04T20:00:00.000Z',
      expiresAt: '2026-03-05T04:00:00.000Z',
      demo: false,
      principal: matching(/^[A-Za-z0-9_-]{22}$/),
    })
    const line = reply.headers.getSetCookie()
    expect(line).toHaveLength(1)
    expect(line[0]).toMatch(/^refreshboard=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(outputOf(getSession, await browser.get('/api/session'))).toMatchObject({ user: { name: 'admin' } })
  })

  it('by personal access token; a second one elsewhere ends the first, which is told once', async () => {
    await start()
    const first = harness.browser()
    expect((await first.signInByToken()).status).toBe(201)
    const second = harness.browser()
    expect((await second.signInByToken()).status).toBe(201)
    expect(problemOf(await first.get('/api/sites')).code).toBe('session_expired')
    expect(problemOf(await first.get('/api/sites')).code).toBe('unauthenticated')
    expect((await second.get('/api/sites')).status).toBe(200)
  })

  it('tells who may not list jobs why', async () => {
    await start()
    const session = outputOf(getSession, await (await harness.signedIn('viewer')).get('/api/session'))
    expect(session.can.listJobs).toEqual({ allowed: false, reason: 'Tableau lets only server and site administrators see the jobs of a site. Your role on this site is Viewer.' })
    expect(outputOf(getSession, await (await harness.signedIn('site-admin')).get('/api/session')).can.cancelJobs).toEqual({ allowed: true })
  })

  it('is refused in Tableau’s own words, and makes no session', async () => {
    await start()
    const browser = harness.browser()
    const reply = await browser.post('/api/session', { serverId: 'server', site: '', method: 'password', name: 'admin', password: 'wrong' })
    expect(problemOf(reply)).toMatchObject({ code: 'sign_in_refused', tableau: { code: '401001' } })
    expect(reply.headers.getSetCookie()).toEqual([])
    expect(harness.sim.ledger.of('signIn')).toHaveLength(1)
  })

  it('knows configured servers alone', async () => {
    await start()
    const body = { site: '', method: 'password', name: 'admin', password: 'admin' }
    expect(problemOf(await harness.browser().post('/api/session', { ...body, serverId: 'other' })).fields).toEqual({ serverId: 'is not a configured server' })
    expect(problemOf(await harness.browser().post('/api/session', { ...body, serverId: 'http://evil.example' })).code).toBe('validation')
    expect(harness.sim.ledger.entries).toEqual([])
  })

  it('is never repeated, whatever happens to it', async () => {
    await start({ bff: { tableauDeadlineMs: 300 } })
    for (const action of [{ kind: 'reset' }, { kind: 'html', status: 502 }, { kind: 'hang' }, { kind: 'status', status: 500 }, { kind: 'truncate', bytes: 120 }] as const) {
      harness.sim.ledger.clear()
      harness.sim.faults.add({ operation: 'signIn', action, when: action.kind === 'reset' ? 'after' : 'before' })
      const reply = await harness.browser().signIn('admin')
      expect([action.kind, reply.status >= 502]).toEqual([action.kind, true])
      problemOf(reply)
      expect([action.kind, harness.sim.ledger.of('signIn').length]).toEqual([action.kind, 1])
    }
  })

  it('does not fail for want of a name or a role', async () => {
    await start()
    harness.sim.faults.add({ operation: 'queryUserOnSite', times: 9, action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'No.' } })
    harness.sim.faults.add({ operation: 'querySite', times: 9, action: { kind: 'html' } })
    const session = outputOf(signIn, await harness.browser().signIn('viewer', 'finance'))
    expect(session).toMatchObject({ site: { name: 'finance' }, user: { name: 'viewer', siteRole: 'Unknown' }, can: { listJobs: { allowed: true } } })
  })

  it.each(['site-admin', 'creator', 'viewer'])('tells the %s why schedules are not theirs to change', async (account) => {
    await start()
    const { can, user } = outputOf(signIn, await harness.browser().signIn(account))
    expect(can.writeSchedules).toEqual({ allowed: false, reason: containing(`only server administrators change them. Your role on this site is ${user.siteRole}.`) })
  })

  it('is limited for who guesses, by account and network, and others still come in', async () => {
    const clock = createTestClock()
    await start({ clock, env: { TRUST_PROXY: '1' } })
    const guess = (name: string, from: string) =>
      harness.browser().post('/api/session', { serverId: 'server', site: '', method: 'password', name, password: 'wrong' }, { headers: { 'x-forwarded-for': from } })
    const codes: string[] = []
    for (let attempt = 0; attempt < 14; attempt += 1) codes.push(problemOf(await guess('admin', '10.1.1.9')).code)
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'sign_in_refused'))
    expect(codes.slice(10)).toEqual(Array.from({ length: 4 }, () => 'throttled'))
    expect(harness.sim.ledger.of('signIn')).toHaveLength(10)
    expect(problemOf(await guess('admin', '10.1.2.9')).code).toBe('sign_in_refused')
    expect(problemOf(await guess('viewer', '10.1.1.9')).code).toBe('sign_in_refused')
    const throttled = await guess('admin', '10.1.1.10')
    expect(problemOf(throttled)).toMatchObject({ code: 'throttled', retryAt: '2026-03-04T16:15:00.000Z' })
    expect(throttled.headers.get('retry-after')).toBe('900')
    clock.advance(15 * minute)
    expect(problemOf(await guess('admin', '10.1.1.9')).code).toBe('sign_in_refused')
  })
})

describe('the cookie', () => {
  it('is not adopted when somebody planted it', async () => {
    await start()
    const planted = randomBytes(32).toString('base64url')
    const browser = harness.browser()
    browser.cookies.set('refreshboard', planted)
    expect((await browser.signIn('admin')).status).toBe(201)
    expect(browser.cookies.get('refreshboard')).not.toBe(planted)
    const attacker = harness.browser()
    attacker.cookies.set('refreshboard', planted)
    expect(problemOf(await attacker.get('/api/session')).code).toBe('unauthenticated')
  })

  it('changes at every sign-in, and the old one is worth nothing', async () => {
    await start()
    const browser = await harness.signedIn()
    const old = browser.cookies.get('refreshboard') ?? ''
    await browser.signIn('site-admin')
    expect(browser.cookies.get('refreshboard')).not.toBe(old)
    const thief = harness.browser()
    thief.cookies.set('refreshboard', old)
    expect(problemOf(await thief.get('/api/session')).code).toBe('unauthenticated')
    await eventually(() => harness.sim.ledger.of('signOut').length === 1)
    expect(harness.sim.world.sessions.list().map(({ account }) => account.name)).toEqual(['site-admin'])
  })

  it('is Secure with the __Host- prefix when people come by https', async () => {
    await start({ env: { PUBLIC_ORIGIN: 'https://refreshboard.example.com' } })
    const reply = await harness.browser().signIn('admin')
    expect(reply.headers.getSetCookie()[0]).toMatch(/^__Host-refreshboard=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect(reply.headers.get('strict-transport-security')).toBe('max-age=31536000')
  })

  it('of nobody makes no record, however many come', async () => {
    await start({ stored: true })
    for (let count = 0; count < 100; count += 1) {
      const browser = harness.browser()
      browser.cookies.set('refreshboard', count % 2 === 0 ? randomBytes(32).toString('base64url') : `x${count}`)
      expect((await browser.get('/api/session')).status).toBe(401)
    }
    const database = new Database(path.join(harness.directory, 'store.db'))
    expect(database.prepare('select count(*) as count from sessions').all()).toEqual([{ count: 0 }])
    database.close()
  })
})

describe('the end of a session', () => {
  it('comes after four idle hours, which polling does not extend', async () => {
    const clock = createTestClock()
    await start({ clock })
    const browser = await harness.signedIn()
    for (let at = 0; at < 16; at += 1) {
      expect((await browser.get('/api/session', { background: true })).status).toBe(200)
      clock.advance(15 * minute - (at === 15 ? 1000 : 0))
    }
    expect((await browser.get('/api/session', { background: true })).status).toBe(200)
    clock.advance(1000)
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
  })

  it('comes after twelve hours, whatever happens in it', async () => {
    const clock = createTestClock()
    await start({ clock })
    const browser = await harness.signedIn()
    for (let at = 0; at < 12; at += 1) {
      clock.advance(hour - (at === 11 ? 1000 : 0))
      expect([`after ${at + 1} hours`, (await browser.get('/api/session')).status]).toEqual([`after ${at + 1} hours`, 200])
    }
    clock.advance(1000)
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
  })

  it('is as early as SESSION_IDLE_MINUTES says', async () => {
    const clock = createTestClock()
    await start({ clock, env: { SESSION_IDLE_MINUTES: '10' } })
    const browser = await harness.signedIn()
    clock.advance(9 * minute)
    expect(outputOf(getSession, await browser.get('/api/session')).idleExpiresAt).toBe('2026-03-04T16:19:00.000Z')
    clock.advance(10 * minute)
    expect((await browser.get('/api/session')).status).toBe(401)
  })

  it('comes at sign-out, here first and then at Tableau', async () => {
    await start()
    const browser = await harness.signedIn()
    const cookie = browser.cookies.get('refreshboard') ?? ''
    const reply = await browser.signOut()
    expect([reply.status, reply.headers.get('clear-site-data')]).toEqual([204, '"cache", "storage"'])
    expect(reply.headers.getSetCookie()[0]).toMatch(/^refreshboard=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/)
    browser.cookies.set('refreshboard', cookie)
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
    expect(harness.sim.ledger.of('signOut').map(({ applied }) => applied)).toEqual([true])
    expect((await browser.signOut()).status).toBe(204)
    expect((await harness.browser().signOut()).status).toBe(204)
    expect(harness.sim.ledger.of('signOut')).toHaveLength(1)
  })

  it('by Tableau is told once, then the session is gone', async () => {
    await start()
    const browser = await harness.signedIn()
    harness.sim.world.sessions.killAll()
    expect((await browser.get('/api/session')).status).toBe(200)
    expect(problemOf(await browser.get('/api/jobs'))).toMatchObject({ code: 'session_expired' })
    harness.sim.ledger.clear()
    expect(problemOf(await browser.get('/api/jobs')).code).toBe('unauthenticated')
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
    expect(harness.sim.ledger.entries).toEqual([])
  })

  it.each([
    ['a proxy’s empty 401', { kind: 'status', status: 401 }],
    ['a proxy’s page with 401', { kind: 'html', status: 401 }],
    ['401000', { kind: 'tableauError', status: 401, code: '401000', summary: 'x', detail: 'No token.' }],
    ['401001', { kind: 'tableauError', status: 401, code: '401001', summary: 'x', detail: 'Refused.' }],
  ] as const)('does not come from %s', async (_name, action) => {
    await start()
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'querySites', times: 3, action })
    const reply = await browser.get('/api/sites')
    expect(problemOf(reply).status).toBe(502)
    expect(reply.headers.getSetCookie()).toEqual([])
    expect((await browser.get('/api/session')).status).toBe(200)
    harness.sim.faults.clear()
    expect((await browser.get('/api/sites')).status).toBe(200)
  })
})

describe('another site', () => {
  it('is another session, with another id and role', async () => {
    await start()
    const browser = await harness.signedIn('creator')
    const old = browser.cookies.get('refreshboard') ?? ''
    const reply = await browser.post('/api/session/site', { site: 'finance' })
    expect([reply.status, reply.json]).toMatchObject([200, { site: { name: 'finance', contentUrl: 'finance' }, user: { siteRole: 'Creator' } }])
    expect(browser.cookies.get('refreshboard')).not.toBe(old)
    const former = harness.browser()
    former.cookies.set('refreshboard', old)
    expect(problemOf(await former.get('/api/session')).code).toBe('unauthenticated')
    expect(outputOf(listSites, await browser.get('/api/sites')).sites.map(({ name }) => name)).toContain('Default')
    expect(harness.sim.world.sessions.list()).toHaveLength(1)
  })

  it('that is the same one changes nothing', async () => {
    await start()
    const browser = await harness.signedIn()
    const old = browser.cookies.get('refreshboard')
    expect((await browser.post('/api/session/site', { site: '' })).status).toBe(200)
    expect(browser.cookies.get('refreshboard')).toBe(old)
    expect(harness.sim.ledger.of('switchSite')).toEqual([])
  })

  it('that does not exist leaves the session as it is', async () => {
    await start()
    const browser = await harness.signedIn()
    const problem = problemOf(await browser.post('/api/session/site', { site: 'nowhere' }))
    expect(problem.tableau).toBeDefined()
    expect((await browser.get('/api/jobs')).status).toBe(200)
  })

  it('can be chosen from a list, or typed where Tableau keeps the list', async () => {
    await start()
    const browser = await harness.signedIn()
    expect(outputOf(listSites, await browser.get('/api/sites'))).toMatchObject({ sites: [{ name: 'Default', contentUrl: '' }, { name: 'finance', contentUrl: 'finance' }], complete: true })
    harness.sim.faults.add({ operation: 'querySites', action: { kind: 'tableauError', status: 403, code: '403069', summary: 'x', detail: 'Not on Cloud.' } })
    expect(outputOf(listSites, await browser.get('/api/sites'))).toMatchObject({ sites: [{ name: 'Default' }], complete: false })
  })
})

describe('what is stored', () => {
  const storeOf = (): InstanceType<typeof Database> => new Database(path.join(harness.directory, 'store.db'))
  const everyByte = (): Buffer =>
    Buffer.concat(['store.db', 'store.db-wal', 'store.db-shm'].map((name) => path.join(harness.directory, name)).filter(existsSync).map((file) => readFileSync(file)))

  it('gives nobody a token, a cookie or a name', async () => {
    await start({ stored: true })
    const browser = await harness.signedIn()
    const cookie = browser.cookies.get('refreshboard') ?? ''
    const [session] = harness.sim.world.sessions.list()
    const token = session?.token ?? ''
    expect(token.length).toBeGreaterThan(20)
    const bytes = everyByte()
    expect(bytes.byteLength).toBeGreaterThan(4096)
    for (const secret of [token, ...token.split('|').slice(0, 2), cookie, 'Ada Minsk']) {
      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) expect(bytes.includes(form)).toBe(false)
    }
    expect(bytes.includes(Buffer.from(cookie, 'base64url'))).toBe(false)
    for (const name of ['store.db', 'store.db-wal', 'refreshboard.key']) expect([name, statSync(path.join(harness.directory, name)).mode & 0o077]).toEqual([name, 0])
  })

  it('outlives the process: whoever was signed in still is', async () => {
    await start({ stored: true })
    const browsers = [await harness.signedIn('admin'), await harness.signedIn('viewer'), await harness.signedIn('site-admin', 'finance')]
    await harness.restart()
    const names = await Promise.all(browsers.map(async (browser) => outputOf(getSession, await browser.get('/api/session')).user.name))
    expect(names).toEqual(['admin', 'viewer', 'site-admin'])
    expect((await browsers[0]?.get('/api/jobs'))?.status).toBe(200)
  })

  it('is not accepted in another row', async () => {
    await start({ stored: true })
    const admin = await harness.signedIn('admin')
    const viewer = await harness.signedIn('viewer')
    const database = storeOf()
    const rows = database.prepare('select id, sealed from sessions').all([])
    expect(rows).toHaveLength(2)
    database.exec('create table other as select * from sessions; update sessions set sealed = (select sealed from other where other.id <> sessions.id); drop table other')
    database.close()
    for (const browser of [admin, viewer]) expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
  })

  it.each([
    ['a longer life', 'update sessions set expires_at = expires_at + 1'],
    ['another version', 'update sessions set version = version + 1'],
    ['a changed seal', "update sessions set sealed = cast(x'00' || substr(sealed, 2) as blob)"],
    ['a cut-off seal', 'update sessions set sealed = substr(sealed, 1, 20)'],
    ['an empty seal', "update sessions set sealed = x''"],
    ['another row id', "update sessions set id = substr(id, 1, 63) || case substr(id, 64) when '0' then '1' else '0' end"],
  ])('is no session after a tampering with %s, and no error', async (_name, statement) => {
    await start({ stored: true })
    const browser = await harness.signedIn()
    const database = storeOf()
    database.exec(statement)
    database.close()
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
  })

  it('is worth nothing without the server’s key', async () => {
    await start({ stored: true })
    const browser = await harness.signedIn()
    await harness.bff.close()
    writeFileSync(path.join(harness.directory, 'refreshboard.key'), randomBytes(32))
    await harness.restart()
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
  })

  it('needs a key file that is private and whole', async () => {
    await start()
    const file = path.join(harness.directory, 'own.key')
    const made = loadSecretKey(file)
    expect([made.byteLength, statSync(file).mode & 0o777]).toEqual([32, 0o600])
    expect(loadSecretKey(file)).toEqual(made)
    chmodSync(file, 0o640)
    expect(() => loadSecretKey(file)).toThrow(/^SECRET_KEY_FILE: .* can be read by others \(mode 640\): run chmod 600/)
    chmodSync(file, 0o600)
    writeFileSync(file, 'short')
    expect(() => loadSecretKey(file)).toThrow(StartFault)
  })
})

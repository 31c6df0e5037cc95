import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { contract, type Endpoint } from '@refreshboard/api-types'
import type { FaultAction } from '@refreshboard/tableau-sim'
import { createLogger } from '../http/logger.ts'
import { problemOf, type Browser, type Reply } from '../testing/browser.ts'
import { writesTo } from '../testing/every-write.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { cookieOf } from '../testing/preview-front.ts'
import { rawRequest } from '../testing/raw-socket.ts'
import { secretsIn, spellingsOf, type Secret } from '../testing/secrets.ts'
import { startTableauFront, type TableauFront } from '../testing/tableau-front.ts'

const password = `c4n4ryPassword7Qx "<&>'/+é|%`
const wallSecret = 'c4n4ryWallSecret3Kd=='

const faults: readonly FaultAction[] = [
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'html', status: 200 },
  { kind: 'html', status: 502 },
  { kind: 'truncate', bytes: 120 },
  { kind: 'status', status: 500, body: 'at Object.<anonymous> (/src/server.js:1:1)', contentType: 'text/plain' },
  { kind: 'status', status: 401, headers: { 'www-authenticate': 'Basic realm="c4n4ry"', 'retry-after': 'c4n4ry', date: 'c4n4ry' } },
  { kind: 'tableauError', status: 401, code: '401002', summary: 'Unauthorized', detail: 'Invalid authentication credentials were provided.' },
  { kind: 'tableauError', status: 500, code: '500000', summary: 'Internal Server Error', detail: 'It is at 10:31 again: see node: 4, core: 2.' },
  { kind: 'redirect', status: 307, location: 'https://someone:else@elsewhere.example/x?y' },
  { kind: 'throttle', seconds: 90, style: 'header' },
]

/** How many of the faults each read meets. */
const runs = Math.min(faults.length, Number(process.env['CANARY_RUNS'] ?? 1))

const reads = Object.values<Endpoint>(contract).filter(({ method, access }) => method === 'GET' && access === 'session')

describe('a secret', { timeout: 240_000 }, () => {
  const lines: string[] = []
  const printed: string[] = []
  /** What was answered, without the cookies that were set. */
  const replies: { what: string; text: string }[] = []
  const refusals: Reply[] = []
  const cookies = new Set<string>()
  const hostileTokens = new Set<string>()
  const accounts = new Set<string>()
  const webDir = mkdtempSync(path.join(tmpdir(), 'refreshboard-web-'))
  let front: TableauFront
  let harness: Harness
  let closed = false

  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await harness.bff.close()
  }

  beforeAll(async () => {
    front = await startTableauFront()
    writeFileSync(path.join(webDir, 'index.html'), '<!doctype html><title>Refreshboard</title>')
    harness = await startHarness({
      stored: true,
      env: { TABLEAU_SERVERS: `server=${front.url}`, LOG_LEVEL: 'trace' },
      bff: { webDir, log: createLogger('trace', (line) => lines.push(line)), tableauDeadlineMs: 1500 },
    })
    front.target = harness.sim.url
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        printed.push(String(chunk))
        return true
      })
    }
    // Whatever a browser of this test is answered goes through here.
    const { fetch } = globalThis
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
      const response = await fetch(...request)
      const headers = [...response.headers].filter(([name]) => name !== 'set-cookie').map((header) => header.join(': '))
      for (const cookie of response.headers.getSetCookie()) {
        const value = /^[^=]*=([^;]*)/.exec(cookie)?.[1] ?? ''
        if (value !== '') cookies.add(value)
        headers.push(cookie.replace(value, ''))
      }
      const text = await response.clone().text()
      replies.push({ what: request[0] instanceof Request ? request[0].url : request[0].toString(), text: `${headers.join('\n')}\n${text}` })
      if (response.status >= 400) refusals.push({ status: response.status, headers: response.headers, text, json: JSON.parse(text) })
      return response
    })
  })
  beforeEach(() => {
    harness.sim.faults.clear()
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    await close()
    await harness[Symbol.asyncDispose]()
    await front[Symbol.asyncDispose]()
    rmSync(webDir, { recursive: true })
  })

  /** Somebody whose sign-in the sign-in limit has not met yet. */
  const newAccount = (): string => {
    const name = `keeper-${accounts.size}`
    accounts.add(name)
    harness.sim.world.addAccount(name, 'ServerAdministrator', password)
    return name
  }
  const signInAs = (browser: Browser, name: string, typed = password): Promise<Reply> =>
    browser.post('/api/session', { serverId: 'server', site: '', method: 'password', name, password: typed })
  const signedIn = async (): Promise<Browser> => {
    const browser = harness.browser()
    expect((await signInAs(browser, newAccount())).status).toBe(201)
    return browser
  }
  const pat = (secret: string) => ({ serverId: 'server', site: '', method: 'pat', personalAccessTokenName: 'demo-pat', personalAccessTokenSecret: secret })
  const token = (): string => harness.sim.ledger.entries.findLast((entry) => entry.token !== null)?.token ?? ''

  const secrets = (): Secret[] => {
    const tokens = new Set([...harness.sim.ledger.entries.flatMap((entry) => entry.token ?? []), ...harness.sim.world.sessions.list().map((session) => session.token)])
    return [
      { name: 'the password', value: password },
      { name: 'a wrong password', value: 'c4n4ryWrong8Pz' },
      { name: 'the secret of a token', value: 'demo-pat-secret' },
      { name: 'a wrong secret', value: 'c4n4ryWrongSecret5Lm' },
      { name: 'the secret of a wall', value: wallSecret },
      { name: 'the key of the server', value: readFileSync(path.join(harness.directory, readdirSync(harness.directory).find((file) => file.endsWith('.key')) ?? 'no key')) },
      // The site's id, the last part of a token, is none.
      ...[...tokens].map((value) => ({ name: 'a token of a session', value: value.split('|').slice(0, 2).join('|') })),
      ...[...hostileTokens].map((value) => ({ name: 'a token that is none', value })),
      ...[...cookies].map((value) => ({ name: 'the value of a cookie', value })),
    ]
  }

  it('is found by the search in whichever spelling', () => {
    const secret = { name: 'found', value: password }
    expect(spellingsOf(password).length).toBeGreaterThan(8)
    for (const around of ['', 'x', 'xy']) {
      expect(secretsIn(Buffer.from(`${around}${password}yz`).toString('base64'), [secret])).toEqual(['found'])
      expect(secretsIn(Buffer.from(`${around}${password}yz`).toString('hex').toUpperCase(), [secret])).toEqual(['found'])
    }
    for (const text of [JSON.stringify({ a: password }), encodeURIComponent(password), `c4n4ryPassword7Qx`]) expect(secretsIn(text, [secret])).toEqual(['found'])
    expect(secretsIn('c4n4ry', [secret])).toEqual([])
  })

  it('is typed, refused, and lost on the way', async () => {
    await signedIn()
    const browser = harness.browser()
    expect((await browser.post('/api/session', pat('demo-pat-secret'))).status).toBe(201)
    expect((await browser.post('/api/session', pat('c4n4ryWrongSecret5Lm'))).status).toBe(401)
    expect((await signInAs(browser, newAccount(), 'c4n4ryWrong8Pz')).status).toBe(401)
    for (const action of faults) {
      harness.sim.faults.clear()
      harness.sim.faults.add({ operation: 'signIn', action })
      expect((await signInAs(harness.browser(), newAccount())).status).toBeGreaterThanOrEqual(400)
    }
  })

  it('is made up by a Tableau that cannot be trusted', async () => {
    for (const written of ['c4n4ryToken9Vw&#10;X-Evil: 1', 'c4n4ryToken9Vwé', 'c4n4ryToken9Vw&#13;', `c4n4ryToken9Vw${'x'.repeat(5000)}`]) {
      hostileTokens.add('c4n4ryToken9Vw')
      front.rewriteFor = () => (body) => Buffer.from(body.toString().replace(/token="[^"]*"/, `token="${written}"`))
      expect((await signInAs(harness.browser(), newAccount())).status).toBe(502)
    }
    front.rewriteFor = () => (body) => body
    const browser = await signedIn()
    // It quotes what it was sent: in the code of its refusals, then in their words.
    for (const refusal of [(sent: string) => `code="${sent.split('|', 2).join('|')}"><summary>a</summary><detail>b`, (sent: string) => `code="500000"><summary>${sent}</summary><detail>Sent: ${sent}`]) {
      front.rewriteFor = ({ headers }) => {
        const sent = headers['x-tableau-auth']
        return sent === undefined ? (body) => body : () => Buffer.from(`<tsResponse xmlns="http://tableau.com/api"><error ${refusal(sent)}</detail></error></tsResponse>`)
      }
      await Promise.all(['/api/jobs', '/api/tasks', '/api/schedules', '/api/sites', '/api/workbooks'].map((address) => browser.get(address)))
      const { path: address, method, body } = writesTo('server')[0]?.prepare(harness.sim) ?? { path: '', method: 'POST' }
      await browser.request(address, { method, ...(body === undefined ? {} : { body }) })
    }
    front.rewriteFor = () => (body) => body
  })

  it(`goes along with every read, whatever becomes of it (${runs} of ${faults.length} faults each)`, async () => {
    const { world } = harness.sim
    const ids: Readonly<Record<string, string | undefined>> = {
      jobs: world.site().jobs[0]?.id,
      schedules: world.schedules[0]?.id,
      tasks: world.tasks().all[0]?.id,
      workbooks: world.site().findContent('Superstore', 'workbook').id,
      datasources: world.site().contents.find(({ kind }) => kind === 'datasource')?.id,
      writes: '00000000-0000-4000-8000-000000000000',
    }
    const addresses = [...reads.map(({ path: template }) => template.replace(/:[a-z]+/, ids[template.split('/')[2] ?? ''] ?? 'none')), `/api/workbooks/${ids['workbooks'] ?? ''}/preview.png`]
    for (const [nth, action] of [undefined, ...faults].entries()) {
      const browser = await signedIn()
      if (action) harness.sim.faults.add({ operation: '*', times: Infinity, action })
      const met = addresses.filter((_address, at) => action === undefined || (at + nth) % faults.length < runs)
      await Promise.all(met.map((address) => browser.get(address)))
      harness.sim.faults.clear()
    }
    expect(replies.length).toBeGreaterThan(addresses.length)
  })

  it('goes along with every write, whatever becomes of it', async () => {
    const browser = await signedIn()
    const writes = writesTo('server')
    for (const write of writes) {
      // One that hangs takes as long as the deadline: one is enough.
      for (const action of [undefined, ...faults.filter(({ kind }) => kind === 'reset' || kind === 'html' || (kind === 'hang' && write === writes[0]))]) {
        const { path: address, method, body } = write.prepare(harness.sim)
        if (action) harness.sim.faults.add({ operation: write.operation, when: 'after', action })
        const reply = await browser.request(address, { method, ...(body === undefined ? {} : { body }) })
        expect(reply.status).toBeLessThan(600)
        harness.sim.faults.clear()
      }
    }
  })

  it('is sent where it does not belong', async () => {
    const browser = await signedIn()
    const [cookie = ''] = [...cookies].slice(-1)
    for (const value of [password, 'demo-pat-secret', cookie, token().split('|').slice(0, 2).join('|')]) {
      const encoded = encodeURIComponent(value)
      const inAddresses = [`/api/jobs/${encoded}`, `/api/${encoded}`, `/${encoded}`, `/api/jobs?q=${encoded}`, `/api/jobs?limit=${encoded}`, `/api/jobs?sort=${encoded}`, `/api/jobs?status=${encoded}`, `/api/jobs?unknown=${encoded}`, `/api/writes/${encoded}`, `/api/schedules/${encoded}/tasks`, `/api/workbooks/${encoded}/preview.png`]
      await Promise.all(inAddresses.map((address) => browser.get(address)))
      const header = encodeURI(value)
      for (const name of ['x-request-id', 'idempotency-key', 'x-refreshboard', 'content-type', 'origin', 'sec-fetch-site', 'accept', 'user-agent', 'authorization', 'x-tableau-auth', 'x-forwarded-for', 'referer']) {
        await browser.post('/api/schedules', { name: 'x' }, { headers: { [name]: header } })
      }
      const bodies: unknown[] = [value, [value], { serverId: value }, { serverId: 'server', site: value, method: value }, { serverId: 'server', site: '', method: 'password', name: { value }, password: [value] }, { apiKey: value }]
      for (const body of bodies) {
        await browser.post('/api/session', body)
        await browser.post('/api/schedules', body)
        await browser.post('/api/session/site', body)
      }
      await browser.post('/api/schedules', undefined, { raw: `{"name": ${value}` })
      const raws = [`GET /${value} HTTP/1.1\r\n\r\n`, `${header} / HTTP/1.1\r\nhost: x\r\n\r\n`, `GET /api/jobs HTTP/1.1\r\nhost: x\r\ncookie: ${cookieOf(browser)}\r\n${header}\r\n\r\n`, `GET / HTTP/9.9\r\nx: ${header}\r\n\r\n`]
      for (const raw of raws) replies.push({ what: 'raw', text: await rawRequest(harness.bff.port, raw) })
    }
    expect((await browser.signOut()).status).toBe(204)
  })

  it('lies in a file that is not as it should be', async () => {
    const file = path.join(harness.directory, 'walls.json')
    for (const text of [`{"server": ${wallSecret}`, JSON.stringify({ server: { site: '', personalAccessTokenName: 'x', secret: wallSecret } }), JSON.stringify({ server: { site: '', personalAccessTokenName: 'x', personalAccessTokenSecret: wallSecret }, other: {} })]) {
      writeFileSync(file, text, { mode: 0o600 })
      const refusal: unknown = await startHarness({ env: { WALL_CREDENTIALS_FILE: file } }).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(Error)
      printed.push(refusal instanceof Error ? `${refusal.message}\n${refusal.stack ?? ''}` : '')
    }
  })

  it('is in none of what was answered, logged, asked for, printed or stored', async () => {
    await close()
    const all = secrets()
    expect(new Set(all.map(({ name }) => name)).size).toBe(9)
    expect(replies.length).toBeGreaterThan(250)
    expect(lines.length).toBeGreaterThan(250)
    const found = replies.flatMap(({ what, text }) => secretsIn(text, all).map((name) => `${name} in the reply to ${what}`))
    found.push(...lines.flatMap((line) => secretsIn(line, all).map((name) => `${name} in the line ${line.slice(0, 200)}`)))
    for (const { method, url, headers } of front.arrived) {
      const { 'x-tableau-auth': _token, ...others } = headers
      found.push(...secretsIn(JSON.stringify([url, others]), all).map((name) => `${name} in ${method} ${url}`))
    }
    found.push(...secretsIn(printed.join('\n'), all).map((name) => `${name} on standard output`))
    const stored = readdirSync(harness.directory).filter((file) => /\.db/.test(file))
    expect(stored).not.toEqual([])
    for (const file of stored) found.push(...secretsIn(readFileSync(path.join(harness.directory, file)), all).map((name) => `${name} in ${file}`))
    expect(found[0] ?? 'nothing').toBe('nothing')
  })

  it('is not all that a refusal keeps to itself: it tells of no place in the program or on its disk', () => {
    expect(refusals.length).toBeGreaterThan(150)
    for (const reply of refusals) problemOf(reply)
    const known = (text: string) => () => problemOf({ ...(refusals[0] ?? { status: 0, headers: new Headers() }), text, json: JSON.parse(refusals[0]?.text ?? '') })
    for (const innocent of ['It was at 10:31.', 'node: 4, at most']) expect(known(innocent)).not.toThrow()
    for (const telling of ['x\\n    at run (a)', 'file:///a/b.ts:1:2', 'node:internal/x', '/app/src/x', 'node_modules']) expect(known(telling)).toThrow('inside')
  })

  it('costs no line of the log its form: one JSON object each', () => {
    for (const line of lines) {
      expect(line.trimEnd()).not.toMatch(/[\n\r]/)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) as unknown })
    }
  })
})

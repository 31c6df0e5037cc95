import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, getBuild, type Endpoint } from '@refreshboard/api-types'
import { outputOf, problemOf, type Browser } from '../testing/browser.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { anyText, matching } from '../testing/matchers.ts'

const page = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><script type="module" src="/assets/app-1.js"></script>'

/** Bytes as they are; resolves with everything that came back until the connection ended. */
const rawRequest = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (received += chunk))
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })

describe('HTTP', () => {
  let harness: Harness
  let browser: Browser
  beforeAll(async () => {
    harness = await startHarness()
    const webDir = path.join(harness.directory, 'web')
    mkdirSync(path.join(webDir, 'assets'), { recursive: true })
    writeFileSync(path.join(webDir, 'index.html'), page)
    writeFileSync(path.join(webDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    writeFileSync(path.join(webDir, 'assets', 'app-1.js'), `export const text = '${'x'.repeat(5000)}'`)
    await harness.restart({ webDir })
    browser = await harness.signedIn()
  })
  afterAll(async () => {
    await harness[Symbol.asyncDispose]()
  })

  describe('the API', () => {
    it('answers an unknown address with 404, whoever asks', async () => {
      for (const address of ['/api', '/api/', '/api/nope', '/api/jobs/', '/api/Jobs', '/api/health/x', '/api//jobs', '/api/jobs/a/b/c']) {
        expect([address, problemOf(await browser.get(address)).code]).toEqual([address, 'not_found'])
        expect([address, problemOf(await harness.browser().get(address, { headers: { 'x-refreshboard': '' } })).code]).toEqual([address, 'not_found'])
      }
    })

    it('answers another method of a known address with 405 and what is allowed', async () => {
      const endpoints: readonly Endpoint[] = Object.values(contract)
      for (const { path: address } of endpoints) {
        const offered = endpoints.filter((endpoint) => endpoint.path === address).map(({ method }): string => method)
        const allow = offered.includes('GET') ? [...offered, 'HEAD'] : offered
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((one) => !offered.includes(one))) {
          const reply = await browser.request(address.replaceAll(/:\w+/g, 'x'), { method })
          expect([`${method} ${address}`, problemOf(reply).code]).toEqual([`${method} ${address}`, 'method_not_allowed'])
          expect([address, reply.headers.get('allow')]).toEqual([address, allow.join(', ')])
        }
      }
    })

    it('answers HEAD as GET, without a body', async () => {
      const reply = await browser.request('/api/session', { method: 'HEAD' })
      expect([reply.status, reply.text]).toEqual([200, ''])
      expect((await harness.browser().request('/api/session', { method: 'HEAD' })).status).toBe(401)
    })

    it.each([
      ['cut off', '{"site":', 'bad_request'],
      ['not JSON', 'site=x', 'bad_request'],
      ['not UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), 'bad_request'],
      ['a number', '1', 'validation'],
      ['a list', '[]', 'validation'],
      ['null', 'null', 'validation'],
      ['nothing', '', 'validation'],
      ['a wrong type', '{"site":1}', 'validation'],
      ['a field too many', '{"site":"finance","admin":true}', 'validation'],
      ['__proto__', '{"site":"finance","__proto__":{"admin":true}}', 'validation'],
      ['a deep __proto__', '{"site":{"__proto__":1}}', 'validation'],
      ['constructor', '{"site":"finance","constructor":{}}', 'validation'],
      ['too long', JSON.stringify({ site: 'x'.repeat(70_000) }), 'too_large'],
    ])('takes no body that is %s', async (_name, raw, code) => {
      const before = harness.sim.ledger.entries.length
      expect(problemOf(await browser.post('/api/session/site', undefined, { raw })).code).toBe(code)
      expect(harness.sim.ledger.entries.length).toBe(before)
    })

    it.each([
      ['/api/session/site', 64 * 1024, '64 kB'],
      ['/api/schedules-as-code/plan', 4_000_000, '3,906 kB'],
    ])('says how much %s takes', async (address, limit, told) => {
      const fits = problemOf(await browser.post(address, undefined, { raw: `"${'x'.repeat(limit - 2)}"` }))
      const exceeds = problemOf(await browser.post(address, undefined, { raw: `"${'x'.repeat(limit - 1)}"` }))
      expect([fits.code, exceeds.code, exceeds.detail]).toEqual(['validation', 'too_large', `A body may have ${told} at most here.`])
    })

    it('says which field is wrong, under the name that the form has for it', async () => {
      const body = { serverId: 'server', site: 'a site!', method: 'password', name: '', password: 'x', remember: true }
      expect(problemOf(await harness.browser().post('/api/session', body)).fields).toEqual({
        site: matching(/letters, digits/),
        name: matching(/Enter your user name/),
        remember: 'is not known here',
      })
      expect(problemOf(await browser.post('/api/session/site', undefined, { raw: '{"__proto__":1}' })).fields).toEqual({ 'body.__proto__': 'is not allowed' })
      expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
    })

    it('takes no body where none belongs', async () => {
      expect(problemOf(await browser.request('/api/session', { method: 'DELETE', body: { everywhere: true } })).fields).toEqual({ everywhere: 'is not known here' })
    })

    it('takes no compressed body', async () => {
      const reply = await browser.post('/api/session/site', undefined, { raw: 'x', headers: { 'content-encoding': 'gzip' } })
      expect(problemOf(reply).code).toBe('validation')
    })

    it.each([
      ['a parameter twice', 'limit=1&limit=2', 'limit'],
      ['a list by brackets', 'limit[]=1', 'limit[]'],
      ['an unknown parameter', 'page=2', 'page'],
      ['a negative limit', 'limit=-1', 'limit'],
      ['no limit', 'limit=0', 'limit'],
      ['a limit above the largest', 'limit=1001', 'limit'],
      ['a huge limit', 'limit=1000000000', 'limit'],
      ['a limit in another notation', 'limit=1e3', 'limit'],
      ['an empty limit', 'limit=', 'limit'],
      ['a negative offset', 'offset=-5', 'offset'],
      ['a sort by nothing known', 'sort=notes:asc', 'sort'],
      ['a sort without direction', 'sort=title', 'sort'],
      ['an unknown status', 'status=Failed,Lost', 'status'],
      ['a date that is none', 'from=yesterday', 'from'],
      ['a search that is too long', `q=${'x'.repeat(201)}`, 'q'],
    ])('takes no query with %s', async (_name, query, field) => {
      const before = harness.sim.ledger.entries.length
      expect(problemOf(await browser.get(`/api/jobs?${query}`))).toMatchObject({ code: 'validation', fields: { [field]: anyText } })
      expect(harness.sim.ledger.entries.length).toBe(before)
    })

    it('takes no parameter that could become a prototype', async () => {
      expect(problemOf(await browser.get('/api/jobs?__proto__=1')).code).toBe('validation')
      expect(problemOf(await browser.get('/api/jobs?constructor=1')).code).toBe('validation')
    })

    it('takes no unknown parameter where there are none', async () => {
      expect(problemOf(await browser.get('/api/session?verbose=1')).fields).toEqual({ verbose: 'is not known here' })
    })

    it('calls a query that is not percent-encoded UTF-8 a bad request', async () => {
      for (const query of ['q=%', 'q=%zz', 'q=%FF', 'q=%E0%A4%A']) {
        expect([query, problemOf(await browser.get(`/api/jobs?${query}`)).code]).toEqual([query, 'bad_request'])
      }
    })

    it('calls an id that is none a bad id, and sends nothing', async () => {
      const before = harness.sim.ledger.entries.length
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      // By hand, since fetch folds dot segments before they leave.
      const ask = (id: string): Promise<string> =>
        rawRequest(harness.bff.port, `GET /api/jobs/${id} HTTP/1.1\r\nHost: x\r\nX-Refreshboard: 1\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`)
      for (const id of ['1', '..', '.', '%2e%2e', 'x%2f..%2fy', '%2f', '7F9C1A3E-0000-4000-8000-000000000001', '7f9c1a3e-0000-4000-8000-000000000001%20', 'histogram%20', '%E2%80%AE', '__proto__']) {
        expect([id, await ask(id)]).toEqual([id, matching(/^HTTP\/1\.1 400 [^]*"code":"bad_id"/)])
      }
      expect(problemOf(await browser.get('/api/writes/not-a-uuid')).code).toBe('bad_id')
      expect(problemOf(await browser.post('/api/jobs/7f9c1a3e-0000-4000-8000-000000000001/cancel', undefined, { key: 'click' })).code).toBe('bad_id')
      expect(harness.sim.ledger.entries.length).toBe(before)
    })

    it('gives every answer an id of its own, and trusts none that came with the request', async () => {
      const reply = await browser.get('/api/session', { headers: { 'x-request-id': 'mine' } })
      expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      const ids = [reply, await browser.get('/'), await browser.get('/api/nope'), await browser.get('/api/health')].map((one) => one.headers.get('x-request-id'))
      expect(new Set(ids).size).toBe(4)
      expect(harness.logs.filter((line) => line.includes(ids[2] ?? ''))).toHaveLength(1)
    })

    it('never says that what the caller holds is still good', async () => {
      // By hand, since fetch would ask for a fresh answer beside it.
      expect(await rawRequest(harness.bff.port, 'GET /api/health HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /)
    })

    it('compresses what is worth it', async () => {
      const asked = { headers: { 'accept-encoding': 'gzip' } }
      expect((await browser.get('/api/jobs', asked)).headers.get('content-encoding')).toBe('gzip')
      expect((await browser.get('/api/health', asked)).headers.get('content-encoding')).toBeNull()
    })
  })

  describe('what is not the API', () => {
    it('is the page, with the nonce of its own policy, for every address that a browser opens', async () => {
      const nonces = new Set<string>()
      for (const address of ['/', '/jobs', '/jobs?status=Failed', '/index.html', '/schedules/7f9c/edit', '//jobs']) {
        const reply = await browser.request(address, { headers: { accept: 'text/html,*/*' } })
        const nonce = /content="([^"]+)"/.exec(reply.text)?.[1] ?? ''
        nonces.add(nonce)
        expect([address, [reply.status, reply.headers.get('cache-control')]]).toEqual([address, [200, 'no-store']])
        expect(reply.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
        expect(reply.text).not.toContain('__CSP_NONCE__')
      }
      expect(nonces.size).toBe(6)
    })

    it('is a 404 for a program that wants something else, and for other methods', async () => {
      expect(problemOf(await browser.request('/jobs', { headers: { accept: 'application/json' } })).code).toBe('not_found')
      expect(problemOf(await browser.request('/jobs', { method: 'POST', headers: { accept: 'text/html' } })).code).toBe('not_found')
    })

    it('serves hashed files for ever, and says so when one is gone', async () => {
      const reply = await browser.get('/assets/app-1.js', { headers: { 'accept-encoding': 'gzip' } })
      expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(reply.headers.get('content-encoding')).toBe('gzip')
      const gone = await browser.get('/assets/app-0.js', { headers: { accept: 'text/html,*/*' } })
      expect(problemOf(gone)).toMatchObject({ code: 'not_found' })
      expect(gone.headers.get('cache-control')).toBe('no-store')
    })

    it('does not leave its directory', async () => {
      for (const address of ['/assets/..%2findex.html', '/assets/%2e%2e/%2e%2e/store.db', '/..%2f..%2fetc%2fpasswd', '/%2e%2e%2fstore.db']) {
        const reply = await browser.get(address, { headers: { accept: '*/*' } })
        expect([address, reply.status >= 400]).toEqual([address, true])
      }
    })

    it('answers a path that cannot be decoded with 400', async () => {
      for (const address of ['/%E0%A4%A', '/api/%E0%A4%A', '/api/jobs/%E0%A4%A', '/assets/%ff', '/%00']) {
        expect([address, problemOf(await browser.get(address)).code]).toEqual([address, 'bad_request'])
      }
    })

    it('has a build id that changes with the page', async () => {
      const first = outputOf(getBuild, await browser.get('/api/build'))
      expect(first).toEqual({ id: matching(/^[0-9a-f]{16}$/), version: matching(/^\d+\.\d+\.\d+$/) })
      writeFileSync(path.join(harness.directory, 'web', 'index.html'), `${page}<!-- a new build -->`)
      const second = outputOf(getBuild, await browser.get('/api/build'))
      expect(second.id).not.toBe(first.id)
    })
  })

  it('has the same protection on every answer', async () => {
    const replies = [
      await browser.get('/'),
      await browser.get('/api/session'),
      await browser.get('/api/nope'),
      await browser.get('/assets/gone.js'),
      await browser.get('/favicon.svg'),
      await browser.get('/api/jobs', { headers: { 'sec-fetch-site': 'cross-site' } }),
      await browser.get('/%E0%A4%A'),
    ]
    for (const { headers } of replies) {
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe-')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('strict-transport-security')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
    for (const reply of [replies[0], replies[1], replies[2]]) expect(reply?.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['an absolute target', 'GET http://evil.example/api/health HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['another transfer encoding', 'POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['length and chunks', 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
    ['no host', 'GET /api/health HTTP/1.1\r\n\r\n'],
    ['a header above the largest', `GET /api/health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(9000)}\r\n\r\n`],
    ['no HTTP at all', 'HELLO\r\n\r\n'],
    ['a header name with a blank', 'GET /api/health HTTP/1.1\r\nHost: x\r\nX-A : 1\r\n\r\n'],
    ['a bare line feed in a chunk', 'POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('refuses %s and ends the connection', async (_name, text) => {
    const second = 'GET /api/build HTTP/1.1\r\nHost: x\r\n\r\n'
    const received = await rawRequest(harness.bff.port, text + second)
    expect(received).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1)
    expect(received).not.toContain('"version"')
  })

  it('believes no header that a proxy would set', async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-tableau-auth': 'canary', 'x-user': 'viewer', forwarded: 'for=6.6.6.6' }
    harness.sim.ledger.clear()
    await browser.get('/api/sites', { headers })
    expect(harness.sim.ledger.entries.map(({ user, token }) => [user, token === 'canary'])).toEqual([['admin', false]])
  })

  it('writes a log of lines that all parse and hold nothing that was sent', async () => {
    await browser.get('/api/jobs?q=canary-in-query', { headers: { 'user-agent': 'canary-in-header', 'x-request-id': 'canary-in-id' } })
    await browser.get('/canary-in-path')
    await harness.browser().post('/api/session', { serverId: 'server', site: '', method: 'password', name: 'canary-name', password: 'canary-password' })
    const cookie = [...browser.cookies.values()][0] ?? 'missing'
    const tokens = harness.sim.world.sessions.list().map(({ token }) => token)
    expect(tokens.length).toBeGreaterThan(0)
    for (const line of harness.logs) {
      expect(() => JSON.parse(line) as unknown).not.toThrow()
      for (const secret of ['canary', cookie, ...tokens]) expect(line).not.toContain(secret)
    }
  })
})

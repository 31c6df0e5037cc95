import { connect } from 'node:net'
import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { problemOf, type Browser } from '../testing/browser.ts'
import { eventually, startHarness, type Harness } from '../testing/harness.ts'
import { startPreviewFront, type PreviewFront } from '../testing/preview-front.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { imageLimits } from './image-proxy.ts'

const id = '7f9c1a3e-0000-4000-8000-000000000001'
const preview = `/api/workbooks/${id}/preview.png`
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

/** A BFF whose Tableau stands behind a front that a test controls. */
let front: PreviewFront
let harness: Harness
let clock: TestClock
const start = async (): Promise<void> => {
  front = await startPreviewFront()
  clock = createTestClock()
  harness = await startHarness({ clock, env: { TABLEAU_SERVERS: `server=${front.url}` } })
  front.target = harness.sim.url
  front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(png)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
  await front[Symbol.asyncDispose]()
})

const tokenOf = (account: string): string => harness.sim.world.sessions.list().find((session) => session.account.name === account)?.token ?? 'none'

const cookieOf = (browser: Browser): string => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** As an <img> of our page asks. */
const image = (browser: Browser, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${harness.bff.port}${preview}`, {
    headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image', cookie: cookieOf(browser), ...headers },
    redirect: 'manual',
  })

const headOf = (lines: string): string => `${lines}\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\nx-refreshboard: 1\r\nconnection: close\r\n\r\n`

/** The bytes of a target as they are; resolves with everything that came back. */
const raw = (lines: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(harness.bff.port, '127.0.0.1', () => socket.write(headOf(lines)))
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (received += chunk))
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })

const asBrowser = (browser: Browser): Promise<Awaited<ReturnType<Browser['get']>>> => browser.get(preview, { headers: { 'x-refreshboard': '' } })

const codeOf = async (browser: Browser): Promise<string> => problemOf(await asBrowser(browser)).code

describe('a preview image', () => {
  it('is what Tableau sends, and only to be looked at', async () => {
    await start()
    front.answer = (response) =>
      response
        .writeHead(200, {
          'content-type': 'image/png',
          'content-length': png.byteLength,
          'set-cookie': 'workgroup_session_id=secret',
          'x-tableau-auth': tokenOf('admin'),
          'cache-control': 'public, max-age=31536000',
          'access-control-allow-origin': '*',
          'content-security-policy': "default-src *",
          'x-content-type-options': 'sniff-away',
          server: 'Tableau',
          link: '<https://evil.example>; rel=preload',
          refresh: '0; url=https://evil.example',
          'clear-site-data': '"*"',
        })
        .end(png)
    const reply = await image(await harness.signedIn())
    expect(reply.status).toBe(200)
    expect(Buffer.from(await reply.arrayBuffer()).equals(png)).toBe(true)
    const headers = Object.fromEntries(reply.headers)
    expect(Object.keys(headers).toSorted()).toEqual([
      'cache-control', 'connection', 'content-disposition', 'content-length', 'content-security-policy', 'content-type', 'cross-origin-opener-policy',
      'cross-origin-resource-policy', 'date', 'keep-alive', 'origin-agent-cluster', 'referrer-policy', 'vary', 'x-content-type-options', 'x-dns-prefetch-control',
      'x-download-options', 'x-frame-options', 'x-permitted-cross-domain-policies', 'x-request-id', 'x-xss-protection',
    ])
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.byteLength),
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=60',
      vary: 'Cookie',
    })
    expect(JSON.stringify(headers)).not.toContain(tokenOf('admin'))
    expect(harness.logs.join('\n')).not.toContain(tokenOf('admin'))
    expect(harness.logs.at(-1)).toContain('"route":"/api/workbooks/:id/preview.png"')
  })

  it('is asked for with the token and nothing of the browser’s', async () => {
    await start()
    const browser = await harness.signedIn()
    const reply = await image(browser, {
      authorization: 'Basic c2VjcmV0',
      'proxy-authorization': 'Basic c2VjcmV0',
      'x-tableau-auth': 'another|token',
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=1.2.3.4',
      'x-real-ip': '1.2.3.4',
      'x-http-method-override': 'DELETE',
      referer: 'http://127.0.0.1/jobs',
      'user-agent': 'Mozilla/5.0',
      'accept-language': 'de',
      'accept-encoding': 'gzip',
      'if-none-match': '"x"',
      range: 'bytes=0-3',
      te: 'trailers',
    })
    expect(reply.status).toBe(200)
    // A header that an HTTP library adds by itself when it is asked to wait before a body.
    expect(await raw(`GET ${preview} HTTP/1.1\r\ncookie: ${cookieOf(browser)}\r\nexpect: 100-continue\r\nupgrade: websocket`)).toContain('200 OK')
    const site = harness.sim.world.site().id
    const arrived = front.previews.map(({ method, url, body, headers }) => ({ method, url, body, headers }))
    const asked = {
      method: 'GET',
      url: `/api/3.24/sites/${site}/workbooks/${id}/previewImage`,
      body: '',
      headers: { accept: 'image/png', 'x-tableau-auth': tokenOf('admin'), host: new URL(front.url).host, connection: 'keep-alive' },
    }
    expect(arrived).toEqual([asked, asked])
  })

  it('may be a JPEG, whatever the type is followed by, and comes without a length when Tableau tells none', async () => {
    await start()
    front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'Image/JPEG; charset=binary' })
      response.write(png)
      response.end(png)
    }
    const reply = await image(await harness.signedIn())
    expect(reply.headers.get('content-type')).toBe('image/jpeg')
    expect(reply.headers.get('content-length')).toBe(null)
    expect(Buffer.from(await reply.arrayBuffer()).equals(Buffer.concat([png, png]))).toBe(true)
  })

  it('of the largest size arrives whole', async () => {
    await start()
    const large = Buffer.alloc(imageLimits.bytes, 7)
    front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(large)
    const reply = await image(await harness.signedIn())
    expect(Buffer.from(await reply.arrayBuffer()).equals(large)).toBe(true)
  })

  it('comes from the simulator', async () => {
    await start()
    const harnessOfSim = await startHarness({ sim: { scenario: 'busy' } })
    try {
      const browser = await harnessOfSim.signedIn()
      const workbook = harnessOfSim.sim.world.site().contents.find(({ kind }) => kind === 'workbook')
      const reply = await browser.get(`/api/workbooks/${workbook?.id ?? ''}/preview.png`)
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png'])
      expect(reply.text).toContain('PNG')
      expect(problemOf(await browser.get(preview))).toMatchObject({ code: 'not_found', tableau: { code: '404006' } })
    } finally {
      await harnessOfSim[Symbol.asyncDispose]()
    }
  })
})

describe('who gets a preview image', () => {
  const origins: readonly { name: string; headers: Record<string, string>; ok: boolean }[] = [
    { name: 'an image of our page', headers: { 'sec-fetch-site': 'same-origin' }, ok: true },
    { name: 'a fetch of our page', headers: { 'sec-fetch-site': 'same-origin', 'x-refreshboard': '1' }, ok: true },
    { name: 'our Origin alone', headers: { origin: 'OURS' }, ok: true },
    { name: 'a program with the static header', headers: { 'x-refreshboard': '1' }, ok: true },
    { name: 'nothing at all', headers: {}, ok: false },
    { name: 'a Referer that is ours', headers: { referer: 'OURS' }, ok: false },
    { name: 'a same-site page', headers: { 'sec-fetch-site': 'same-site', 'x-refreshboard': '1' }, ok: false },
    { name: 'a cross-site page', headers: { 'sec-fetch-site': 'cross-site' }, ok: false },
    { name: 'a cross-site page that claims our Origin', headers: { 'sec-fetch-site': 'cross-site', origin: 'OURS' }, ok: false },
    { name: 'the address bar', headers: { 'sec-fetch-site': 'none' }, ok: false },
    { name: 'a foreign Origin', headers: { origin: 'https://evil.example', 'x-refreshboard': '1' }, ok: false },
    { name: 'Origin null', headers: { origin: 'null' }, ok: false },
  ]

  it('is decided by what the browser says of the page', async () => {
    await start()
    const browser = await harness.signedIn()
    for (const { name, headers, ok } of origins) {
      const own = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, value === 'OURS' ? harness.bff.url : value]))
      const reply = await browser.get(preview, { headers: { 'sec-fetch-site': '', 'x-refreshboard': '', ...own } })
      expect([name, reply.status]).toEqual([name, ok ? 200 : 403])
      if (!ok) expect(problemOf(reply).code).toBe('origin_refused')
    }
    expect(front.previews).toHaveLength(4)
  })

  it('is nobody without a session', async () => {
    await start()
    const browser = harness.browser()
    expect(await codeOf(browser)).toBe('unauthenticated')
    browser.cookies.set('refreshboard', 'A'.repeat(43))
    expect(await codeOf(browser)).toBe('unauthenticated')
    const gone = await harness.signedIn()
    const cookies = [...gone.cookies]
    await gone.signOut()
    for (const [name, value] of cookies) gone.cookies.set(name, value)
    expect(await codeOf(gone)).toBe('unauthenticated')
    expect(front.previews).toEqual([])
  })

  it('is each person with a token of their own', async () => {
    await start()
    const people = await Promise.all([harness.signedIn('admin'), harness.signedIn('viewer')])
    await Promise.all(people.map(async (browser) => expect((await image(browser)).status).toBe(200)))
    expect(new Set(front.previews.map(({ headers }) => headers['x-tableau-auth']))).toEqual(new Set([tokenOf('admin'), tokenOf('viewer')]))
  })

  it('does not count as use of the session', async () => {
    await start()
    const browser = await harness.signedIn()
    for (let hours = 0; hours < 4; hours += 1) {
      expect((await image(browser)).status).toBe(200)
      clock.advance(60 * 60_000)
    }
    expect(await codeOf(browser)).toBe('unauthenticated')
  })

  it('is at most 64 at once for one browser, and eight at once at Tableau', async () => {
    await start()
    const browser = await harness.signedIn()
    const held: ServerResponse[] = []
    front.answer = (response) => held.push(response)
    const waiting = Array.from({ length: 64 }, () => image(browser))
    await eventually(() => held.length === 8 && clock.waiting === 64)
    expect((await asBrowser(browser)).json).toMatchObject({ code: 'overloaded', status: 503 })
    expect(front.previews).toHaveLength(8)
    front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(png)
    for (const response of held.slice(0, 8)) response.writeHead(200, { 'content-type': 'image/png' }).end(png)
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array.from({ length: 64 }, () => 200))
    await eventually(async () => (await image(browser)).status === 200, 'room again')
  })
})

describe('a preview image that is none', () => {
  it.each([301, 302, 303, 307, 308])('because of a %i is not followed anywhere', async (status) => {
    await start()
    const target = await startPreviewFront()
    front.answer = (response) => response.writeHead(status, { location: `${target.url}/previewImage`, 'content-type': 'image/png' }).end(png)
    const problem = problemOf(await asBrowser(await harness.signedIn()))
    expect(problem).toMatchObject({ code: 'upstream_unreachable', status: 502 })
    expect(problem.detail).toContain('never followed')
    expect(JSON.stringify(problem)).not.toContain(target.url)
    expect(target.previews).toEqual([])
    await target[Symbol.asyncDispose]()
  })

  it.each([
    ['a page', { 'content-type': 'text/html' }, '<html><script>alert(1)</script></html>', 200],
    ['a login page with 401', { 'content-type': 'text/html' }, '<html>Sign in</html>', 401],
    ['a gateway’s 503', { 'content-type': 'text/html' }, '<html>busy</html>', 503],
    ['an SVG', { 'content-type': 'image/svg+xml' }, '<svg xmlns="http://www.w3.org/2000/svg"/>', 200],
    ['an image without a type', {}, png, 200],
    ['a compressed image', { 'content-type': 'image/png', 'content-encoding': 'gzip' }, png, 200],
    ['a part of an image', { 'content-type': 'image/png', 'content-range': 'bytes 0-3/16' }, png.subarray(0, 4), 206],
    ['an image with another status', { 'content-type': 'image/png' }, png, 404],
    ['nothing', { 'content-type': 'image/png' }, '', 200],
    ['no body', {}, '', 204],
    ['another reply of Tableau’s', { 'content-type': 'application/xml' }, '<tsResponse xmlns="http://tableau.com/api"/>', 200],
    ['a long page', { 'content-type': 'text/html' }, `<html>${'x'.repeat(200_000)}</html>`, 200],
  ])('but %s is told so, and nothing of it gets through', async (_what, headers, body, status) => {
    await start()
    front.answer = (response) => response.writeHead(status, headers).end(body)
    const reply = await asBrowser(await harness.signedIn())
    expect(problemOf(reply)).toMatchObject({ code: 'upstream_unreadable', status: 502 })
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(reply.text).not.toMatch(/script|Sign in|busy/)
  })

  const refusal = (code: string, status: number, headers: Record<string, string> = {}) => (response: ServerResponse) =>
    response
      .writeHead(status, { 'content-type': 'application/xml', ...headers })
      .end(`<?xml version="1.0"?><tsResponse xmlns="http://tableau.com/api"><error code="${code}"><summary>Refused</summary><detail>Said Tableau</detail></error></tsResponse>`)

  it.each([
    ['404006', 404, 'not_found'],
    ['403004', 403, 'forbidden'],
    ['401001', 401, 'upstream_refused'],
    ['400000', 400, 'upstream_refused'],
    ['500000', 500, 'upstream_refused'],
  ])('because Tableau answers %s is told in Tableau’s words', async (code, status, ours) => {
    await start()
    const browser = await harness.signedIn()
    front.answer = refusal(code, status)
    expect(problemOf(await asBrowser(browser))).toMatchObject({ code: ours, tableau: { code, summary: 'Refused', detail: 'Said Tableau' } })
    expect((await browser.get('/api/session')).status).toBe(200)
  })

  it('because Tableau asks to wait tells until when', async () => {
    await start()
    const browser = await harness.signedIn()
    front.answer = refusal('429000', 429, { 'retry-after': '90' })
    expect(problemOf(await asBrowser(browser))).toMatchObject({ code: 'throttled', retryAt: new Date(clock.now() + 90_000).toISOString() })
    front.answer = (response) => response.writeHead(503, { 'content-type': 'text/html', 'retry-after': '30' }).end('<html>busy</html>')
    expect(problemOf(await asBrowser(browser)).code).toBe('throttled')
  })

  it('because the token is dead ends the session, and tells so once', async () => {
    await start()
    const browser = await harness.signedIn()
    front.answer = refusal('401002', 401)
    expect(await codeOf(browser)).toBe('session_expired')
    expect(await codeOf(browser)).toBe('unauthenticated')
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
    expect(front.previews).toHaveLength(1)
  })

  it('because it is announced to be too large is not begun', async () => {
    await start()
    front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': imageLimits.bytes + 1 })
      response.write(png)
    }
    expect(await codeOf(await harness.signedIn())).toBe('upstream_unreadable')
    await eventually(() => front.previews[0]?.gone === true, 'the end of the connection to Tableau')
  })

  it('because it turns out too large is broken off', async () => {
    await start()
    let sent = 0
    front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'image/png' })
      const more = (): void => {
        sent += 64 * 1024
        if (!response.destroyed) response.write(Buffer.alloc(64 * 1024), more)
      }
      more()
    }
    const reply = await image(await harness.signedIn())
    expect(reply.status).toBe(200)
    await expect(reply.arrayBuffer()).rejects.toThrow('terminated')
    await eventually(() => front.previews[0]?.gone === true, 'the end of the connection to Tableau')
    // What is on its way in buffers comes on top.
    expect(sent).toBeLessThan(imageLimits.bytes * 3)
  })

  it('because nothing comes for ten seconds is given up', async () => {
    await start()
    front.answer = () => undefined
    const reply = asBrowser(await harness.signedIn())
    await eventually(() => front.previews.length === 1 && clock.waiting > 0)
    clock.advance(imageLimits.ms - 1)
    expect(front.previews[0]?.gone).toBe(false)
    clock.advance(1)
    expect(problemOf(await reply)).toMatchObject({ code: 'upstream_timeout', status: 504 })
    await eventually(() => front.previews[0]?.gone === true, 'the end of the connection to Tableau')
  })

  it('because it stops coming is broken off after ten seconds', async () => {
    await start()
    front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).write(png)
    const reply = await image(await harness.signedIn())
    expect(reply.status).toBe(200)
    const body = expect(reply.arrayBuffer()).rejects.toThrow('terminated')
    clock.advance(imageLimits.ms)
    await body
    await eventually(() => front.previews[0]?.gone === true, 'the end of the connection to Tableau')
  })

  it('because it waited ten seconds for a connection never reaches Tableau', async () => {
    await start()
    const browser = await harness.signedIn()
    front.answer = () => undefined
    const waiting = Array.from({ length: 12 }, () => asBrowser(browser))
    await eventually(() => front.previews.length === 8 && clock.waiting === 12)
    clock.advance(imageLimits.ms)
    expect(new Set((await Promise.all(waiting)).map((reply) => problemOf(reply).code))).toEqual(new Set(['upstream_timeout']))
    front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(png)
    expect((await image(browser)).status).toBe(200)
    expect(front.previews.filter(({ gone }) => !gone).length).toBeLessThanOrEqual(1)
  })

  it.each([
    ['before a byte', (response: ServerResponse) => response.destroy()],
    ['by a reset', (response: ServerResponse) => response.socket?.resetAndDestroy()],
  ])('because the connection broke %s is told so', async (_when, answer) => {
    await start()
    front.answer = answer
    expect(problemOf(await asBrowser(await harness.signedIn()))).toMatchObject({ code: 'upstream_unreachable', status: 502 })
  })

  it.each([
    ['of a known length', { 'content-length': '1000' }],
    ['of an unknown length', {}],
  ])('because it was cut off, %s, is never shown as a whole one', async (_which, length) => {
    await start()
    front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'image/png', ...length })
      response.write(png, () => response.destroy())
    }
    const reply = await image(await harness.signedIn())
    await expect(reply.arrayBuffer()).rejects.toThrow('terminated')
  })

  it('because Tableau is not there is told so, without an address', async () => {
    await start()
    const browser = await harness.signedIn()
    const { url } = front
    await front[Symbol.asyncDispose]()
    const reply = await asBrowser(browser)
    expect(problemOf(reply).code).toBe('upstream_unreachable')
    expect(reply.text).not.toContain(new URL(url).port)
  })

  it('because the browser left is asked for no longer', async () => {
    await start()
    const browser = await harness.signedIn()
    for (const begun of [false, true]) {
      front.answer = (response) => {
        if (begun) response.writeHead(200, { 'content-type': 'image/png' }).write(png)
      }
      let received = ''
      const socket = connect(harness.bff.port, '127.0.0.1', () => socket.write(headOf(`GET ${preview} HTTP/1.1\r\ncookie: ${cookieOf(browser)}`)))
      socket.on('data', (chunk) => (received += chunk.toString('latin1')))
      await eventually(() => front.previews.length === (begun ? 2 : 1) && received.includes('PNG') === begun)
      socket.destroy()
      await eventually(() => front.previews.at(-1)?.gone === true, 'the end of the connection to Tableau')
    }
    await eventually(() => clock.waiting === 0)
  })
})

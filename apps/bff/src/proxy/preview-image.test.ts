import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { problemOf } from '../testing/browser.ts'
import { eventually, startHarness } from '../testing/harness.ts'
import { cookieOf, png, previewId, previewPath, startPreviewHarness, type PreviewHarness } from '../testing/preview-front.ts'
import { imageLimits } from './image-proxy.ts'

let bff: PreviewHarness
const start = async (): Promise<void> => {
  bff = await startPreviewHarness()
}
afterEach(async () => {
  await bff[Symbol.asyncDispose]()
})

describe('a preview image', () => {
  it('is what Tableau sends, and only to be looked at', async () => {
    await start()
    bff.front.answer = (response) =>
      response
        .writeHead(200, {
          'content-type': 'image/png',
          'content-length': png.byteLength,
          'set-cookie': 'workgroup_session_id=secret',
          'x-tableau-auth': bff.tokenOf('admin'),
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
    const reply = await bff.image(await bff.harness.signedIn())
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
    expect(JSON.stringify(headers)).not.toContain(bff.tokenOf('admin'))
    expect(bff.harness.logs.join('\n')).not.toContain(bff.tokenOf('admin'))
    expect(bff.harness.logs.at(-1)).toContain('"route":"/api/workbooks/:id/preview.png"')
  })

  it('is asked for with the token and nothing of the browser’s', async () => {
    await start()
    const browser = await bff.harness.signedIn()
    const reply = await bff.image(browser, {
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
    expect(await bff.raw(`GET ${previewPath} HTTP/1.1\r\ncookie: ${cookieOf(browser)}\r\nexpect: 100-continue\r\nupgrade: websocket`).ended).toContain('200 OK')
    const site = bff.harness.sim.world.site().id
    const arrived = bff.front.previews.map(({ method, url, body, headers }) => ({ method, url, body, headers }))
    const asked = {
      method: 'GET',
      url: `/api/3.24/sites/${site}/workbooks/${previewId}/previewImage`,
      body: '',
      headers: { accept: 'image/png', 'x-tableau-auth': bff.tokenOf('admin'), host: new URL(bff.front.url).host, connection: 'keep-alive' },
    }
    expect(arrived).toEqual([asked, asked])
  })

  it('may be a JPEG, whatever the type is followed by, and comes without a length when Tableau tells none', async () => {
    await start()
    bff.front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'Image/JPEG; charset=binary' })
      response.write(png)
      response.end(png)
    }
    const reply = await bff.image(await bff.harness.signedIn())
    expect(reply.headers.get('content-type')).toBe('image/jpeg')
    expect(reply.headers.get('content-length')).toBe(null)
    expect(Buffer.from(await reply.arrayBuffer()).equals(Buffer.concat([png, png]))).toBe(true)
  })

  it('of the largest size arrives whole', async () => {
    await start()
    const large = Buffer.alloc(imageLimits.bytes, 7)
    bff.front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(large)
    const reply = await bff.image(await bff.harness.signedIn())
    expect(Buffer.from(await reply.arrayBuffer()).equals(large)).toBe(true)
  })

  it('comes from the simulator', async () => {
    await start()
    const ofSim = await startHarness({ sim: { scenario: 'busy' } })
    try {
      const browser = await ofSim.signedIn()
      const workbook = ofSim.sim.world.site().contents.find(({ kind }) => kind === 'workbook')
      const reply = await browser.get(`/api/workbooks/${workbook?.id ?? ''}/preview.png`)
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png'])
      expect(reply.text).toContain('PNG')
      expect(problemOf(await browser.get(previewPath))).toMatchObject({ code: 'not_found', tableau: { code: '404006' } })
    } finally {
      await ofSim[Symbol.asyncDispose]()
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
    const browser = await bff.harness.signedIn()
    for (const { name, headers, ok } of origins) {
      const own = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, value === 'OURS' ? bff.harness.bff.url : value]))
      const reply = await browser.get(previewPath, { headers: { 'sec-fetch-site': '', 'x-refreshboard': '', ...own } })
      expect([name, reply.status]).toEqual([name, ok ? 200 : 403])
      expect([name, ok || problemOf(reply).code]).toEqual([name, ok || 'origin_refused'])
    }
    expect(bff.front.previews).toHaveLength(4)
  })

  it('is nobody without a session', async () => {
    await start()
    const browser = bff.harness.browser()
    expect(await bff.codeOf(browser)).toBe('unauthenticated')
    browser.cookies.set('refreshboard', 'A'.repeat(43))
    expect(await bff.codeOf(browser)).toBe('unauthenticated')
    const gone = await bff.harness.signedIn()
    const cookies = [...gone.cookies]
    await gone.signOut()
    for (const [name, value] of cookies) gone.cookies.set(name, value)
    expect(await bff.codeOf(gone)).toBe('unauthenticated')
    expect(bff.front.previews).toEqual([])
  })

  it('is each person with a token of their own', async () => {
    await start()
    const people = await Promise.all([bff.harness.signedIn('admin'), bff.harness.signedIn('viewer')])
    await Promise.all(people.map(async (browser) => expect((await bff.image(browser)).status).toBe(200)))
    expect(new Set(bff.front.previews.map(({ headers }) => headers['x-tableau-auth']))).toEqual(new Set([bff.tokenOf('admin'), bff.tokenOf('viewer')]))
  })

  it('does not count as use of the session', async () => {
    await start()
    const browser = await bff.harness.signedIn()
    for (let hours = 0; hours < 4; hours += 1) {
      expect((await bff.image(browser)).status).toBe(200)
      bff.clock.advance(60 * 60_000)
    }
    expect(await bff.codeOf(browser)).toBe('unauthenticated')
  })

  it('is at most 64 at once for one browser, and eight at once at Tableau', async () => {
    await start()
    const browser = await bff.harness.signedIn()
    const held: ServerResponse[] = []
    bff.front.answer = (response) => held.push(response)
    const waiting = Array.from({ length: 64 }, () => bff.image(browser))
    await eventually(() => held.length === 8 && bff.clock.waiting === 64)
    expect((await bff.reply(browser)).json).toMatchObject({ code: 'overloaded', status: 503 })
    expect(bff.front.previews).toHaveLength(8)
    bff.front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(png)
    for (const response of held.slice(0, 8)) response.writeHead(200, { 'content-type': 'image/png' }).end(png)
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array.from({ length: 64 }, () => 200))
    await eventually(async () => (await bff.image(browser)).status === 200, 'room again')
  })
})

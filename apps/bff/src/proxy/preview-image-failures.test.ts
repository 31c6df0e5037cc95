import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { problemOf } from '../testing/browser.ts'
import { eventually } from '../testing/harness.ts'
import { cookieOf, png, previewPath, startPreviewFront, startPreviewHarness, type PreviewHarness } from '../testing/preview-front.ts'
import { imageLimits } from './image-proxy.ts'

let bff: PreviewHarness
const start = async (): Promise<void> => {
  bff = await startPreviewHarness()
}
afterEach(async () => {
  await bff[Symbol.asyncDispose]()
})

describe('a preview image that is none', () => {
  it.each([301, 302, 303, 307, 308])('because of a %i is not followed anywhere', async (status) => {
    await start()
    const target = await startPreviewFront()
    bff.front.answer = (response) => response.writeHead(status, { location: `${target.url}/previewImage`, 'content-type': 'image/png' }).end(png)
    const problem = problemOf(await bff.reply(await bff.harness.signedIn()))
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
    bff.front.answer = (response) => response.writeHead(status, headers).end(body)
    const reply = await bff.reply(await bff.harness.signedIn())
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
    const browser = await bff.harness.signedIn()
    bff.front.answer = refusal(code, status)
    expect(problemOf(await bff.reply(browser))).toMatchObject({ code: ours, tableau: { code, summary: 'Refused', detail: 'Said Tableau' } })
    expect((await browser.get('/api/session')).status).toBe(200)
  })

  it('because Tableau asks to wait tells until when', async () => {
    await start()
    const browser = await bff.harness.signedIn()
    bff.front.answer = refusal('429000', 429, { 'retry-after': '90' })
    expect(problemOf(await bff.reply(browser))).toMatchObject({ code: 'throttled', retryAt: new Date(bff.clock.now() + 90_000).toISOString() })
    bff.front.answer = (response) => response.writeHead(503, { 'content-type': 'text/html', 'retry-after': '30' }).end('<html>busy</html>')
    expect(problemOf(await bff.reply(browser)).code).toBe('throttled')
  })

  it('because the token is dead ends the session, and tells so once', async () => {
    await start()
    const browser = await bff.harness.signedIn()
    bff.front.answer = refusal('401002', 401)
    expect(await bff.codeOf(browser)).toBe('session_expired')
    expect(await bff.codeOf(browser)).toBe('unauthenticated')
    expect(problemOf(await browser.get('/api/session')).code).toBe('unauthenticated')
    expect(bff.front.previews).toHaveLength(1)
  })

  it('but a page without end is not read to its end', async () => {
    await start()
    bff.front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(64 * 1024, 'x'), more)
      }
      more()
    }
    expect(await bff.codeOf(await bff.harness.signedIn())).toBe('upstream_unreadable')
    await eventually(() => bff.front.previews[0]?.gone === true, 'the end of the connection to Tableau')
  })

  it('because it is announced to be too large is not begun', async () => {
    await start()
    bff.front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': imageLimits.bytes + 1 })
      response.write(png)
    }
    expect(await bff.codeOf(await bff.harness.signedIn())).toBe('upstream_unreadable')
    await eventually(() => bff.front.previews[0]?.gone === true, 'the end of the connection to Tableau')
  })

  it('because it turns out too large is broken off', async () => {
    await start()
    let sent = 0
    bff.front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'image/png' })
      const more = (): void => {
        sent += 64 * 1024
        if (!response.destroyed) response.write(Buffer.alloc(64 * 1024), more)
      }
      more()
    }
    const reply = await bff.image(await bff.harness.signedIn())
    expect(reply.status).toBe(200)
    await expect(reply.arrayBuffer()).rejects.toThrow('terminated')
    await eventually(() => bff.front.previews[0]?.gone === true, 'the end of the connection to Tableau')
    // What is on its way in buffers comes on top.
    expect(sent).toBeLessThan(imageLimits.bytes * 3)
  })

  it('because nothing comes for ten seconds is given up', async () => {
    await start()
    bff.front.answer = () => undefined
    const reply = bff.reply(await bff.harness.signedIn())
    await eventually(() => bff.front.previews.length === 1 && bff.clock.waiting > 0)
    bff.clock.advance(imageLimits.ms - 1)
    expect(bff.front.previews[0]?.gone).toBe(false)
    bff.clock.advance(1)
    expect(problemOf(await reply)).toMatchObject({ code: 'upstream_timeout', status: 504 })
    await eventually(() => bff.front.previews[0]?.gone === true, 'the end of the connection to Tableau')
  })

  it('because it stops coming is broken off after ten seconds', async () => {
    await start()
    bff.front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).write(png)
    const reply = await bff.image(await bff.harness.signedIn())
    expect(reply.status).toBe(200)
    const body = reply.arrayBuffer()
    bff.clock.advance(imageLimits.ms)
    await expect(body).rejects.toThrow('terminated')
    await eventually(() => bff.front.previews[0]?.gone === true, 'the end of the connection to Tableau')
  })

  it('because it waited ten seconds for a connection never reaches Tableau', async () => {
    await start()
    const browser = await bff.harness.signedIn()
    bff.front.answer = () => undefined
    const waiting = Array.from({ length: 12 }, () => bff.reply(browser))
    await eventually(() => bff.front.previews.length === 8 && bff.clock.waiting === 12)
    bff.clock.advance(imageLimits.ms)
    expect(new Set((await Promise.all(waiting)).map((reply) => problemOf(reply).code))).toEqual(new Set(['upstream_timeout']))
    bff.front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(png)
    expect((await bff.image(browser)).status).toBe(200)
    // The four that had waited were in front of this one.
    expect(bff.front.previews).toHaveLength(9)
  })

  it.each([
    ['before a byte', (response: ServerResponse) => response.destroy()],
    ['by a reset', (response: ServerResponse) => response.socket?.resetAndDestroy()],
  ])('because the connection broke %s is told so', async (_when, answer) => {
    await start()
    bff.front.answer = answer
    expect(problemOf(await bff.reply(await bff.harness.signedIn()))).toMatchObject({ code: 'upstream_unreachable', status: 502 })
  })

  it.each([
    ['of a known length', { 'content-length': '1000' }],
    ['of an unknown length', {}],
  ])('because it was cut off, %s, is never shown as a whole one', async (_which, length) => {
    await start()
    bff.front.answer = (response) => {
      response.writeHead(200, { 'content-type': 'image/png', ...length })
      response.write(png, () => response.destroy())
    }
    const reply = await bff.image(await bff.harness.signedIn())
    await expect(reply.arrayBuffer()).rejects.toThrow('terminated')
  })

  it('because Tableau is not there is told so, without an address', async () => {
    await start()
    const browser = await bff.harness.signedIn()
    const { url } = bff.front
    await bff.front[Symbol.asyncDispose]()
    const reply = await bff.reply(browser)
    expect(problemOf(reply).code).toBe('upstream_unreachable')
    expect(reply.text).not.toContain(new URL(url).port)
  })

  it('because the browser left is asked for no longer', async () => {
    await start()
    const browser = await bff.harness.signedIn()
    for (const begun of [false, true]) {
      bff.front.answer = (response) => {
        if (begun) response.writeHead(200, { 'content-type': 'image/png' }).write(png)
      }
      let received = ''
      const asked = bff.raw(`GET ${previewPath} HTTP/1.1\r\ncookie: ${cookieOf(browser)}`, (text) => (received = text))
      await eventually(() => bff.front.previews.length === (begun ? 2 : 1) && received.includes('PNG') === begun)
      asked.leave()
      await eventually(() => bff.front.previews.at(-1)?.gone === true, 'the end of the connection to Tableau')
    }
    await eventually(() => bff.clock.waiting === 0, 'the end of the wait')
    expect(bff.front.previews).toHaveLength(2)
  })
})

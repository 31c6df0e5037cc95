import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { problemMediaType, problemSchema } from '@refreshboard/api-types'
import { cookieOf } from '../testing/preview-front.ts'
import type { Browser } from '../testing/browser.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { rawRequest, statusesIn } from '../testing/raw-socket.ts'

const host = 'Host: 127.0.0.1\r\n'
const json = 'Content-Type: application/json\r\n'
const post = `POST /api/session/site HTTP/1.1\r\n${host}`
const get = 'GET /api/session HTTP/1.1\r\n'
const manyHeaders = Array.from({ length: 200 }, (_, n) => `X-${n}: 1\r\n`).join('')

/**
 * Malformed or ambiguous requests. Every one of them is followed by a second request, which a proxy in front would take for
 * the body of the first, or for another person's.
 */
const refused: readonly (readonly [string, string])[] = [
  ['a length and chunks', `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunks and a length', `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`],
  ['two lengths that differ', `${post}Content-Length: 0\r\nContent-Length: 60\r\n\r\n`],
  ['two lengths that agree', `${post}Content-Length: 0\r\nContent-Length: 0\r\n\r\n`],
  ['a list of lengths', `${post}Content-Length: 0, 60\r\n\r\n`],
  ['a signed length', `${post}Content-Length: +0\r\n\r\n`],
  ['a negative length', `${post}Content-Length: -1\r\n\r\n`],
  ['a length in hexadecimal', `${post}Content-Length: 0x0\r\n\r\n`],
  ['an empty length', `${post}Content-Length: \r\n\r\n`],
  ['a length beyond all numbers', `${post}Content-Length: 99999999999999999999999\r\n\r\n`],
  ['the encoding identity', `${post}Transfer-Encoding: identity\r\n\r\n`],
  ['the encoding xchunked', `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ['chunked before identity', `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ['gzip before chunked', `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['chunked twice', `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunked in quotes', `${post}Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n`],
  ['chunked after a vertical tab', `${post}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`],
  ['a blank before the colon of an encoding', `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
  ['a folded encoding', `${post}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
  ['a folded header', `${get}${host}X-A: 1\r\n 2\r\n\r\n`],
  ['a target with scheme and host', `GET http://evil.example/api/session HTTP/1.1\r\n${host}\r\n`],
  ['a target with another scheme', `GET file:///etc/passwd HTTP/1.1\r\n${host}\r\n`],
  ['a target without a slash', `GET api/session HTTP/1.1\r\n${host}\r\n`],
  ['no target', `GET HTTP/1.1\r\n${host}\r\n`],
  ['a blank in the target', `GET /api/session x HTTP/1.1\r\n${host}\r\n`],
  ['a NUL in the target', `GET /api/\0session HTTP/1.1\r\n${host}\r\n`],
  ['no host', `${get}\r\n`],
  ['an empty host', `${get}Host: \r\n\r\n`],
  ['two hosts', `${get}${host}Host: evil.example\r\n\r\n`],
  ['the same host twice', `${get}${host}${host}\r\n`],
  ['a host with a path', `${get}Host: 127.0.0.1/x\r\n\r\n`],
  ['a host with an account', `${get}Host: a@127.0.0.1\r\n\r\n`],
  ['a NUL in a header', `${get}${host}X-A: a\0b\r\n\r\n`],
  ['a NUL in a header’s name', `${get}${host}X-\0A: b\r\n\r\n`],
  ['a header without a name', `${get}${host}: b\r\n\r\n`],
  ['a line without a colon', `${get}${host}nonsense\r\n\r\n`],
  ['bare line feeds in headers', `GET /api/session HTTP/1.1\nHost: 127.0.0.1\nX-A: 1\n\n`],
  ['bare carriage returns in headers', `${get}${host}X-A: 1\rX-B: 2\r\n\r\n`],
  ['a header of 9 kB', `${get}${host}X-A: ${'a'.repeat(9 * 1024)}\r\n\r\n`],
  ['a target of 9 kB', `GET /api/session?${'a'.repeat(9 * 1024)} HTTP/1.1\r\n${host}\r\n`],
  ['200 headers', `${get}${host}${manyHeaders}\r\n`],
  ['a chunk size that is none', `${post}${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`],
  ['a chunk size in C’s notation', `${post}${json}Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n`],
  ['a negative chunk size', `${post}${json}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n`],
  ['a chunk size beyond all numbers', `${post}${json}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n`],
  ['a chunk that is longer than it says', `${post}${json}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n`],
  ['a chunk that ends in a bare line feed', `${post}${json}Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n`],
  ['a chunk extension of 20 kB', `${post}${json}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20 * 1024)}\r\n{}\r\n0\r\n\r\n`],
  ['HTTP/0.9', 'GET /api/session\r\n\r\n'],
  ['HTTP/1.0 with chunks', `POST /api/session/site HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['HTTP/1.2', `GET /api/session HTTP/1.2\r\n${host}\r\n`],
  ['HTTP/2’s preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['TLS', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03'],
  ['CONNECT', `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`],
  ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${host}\r\n`],
  ['an unknown method', `SMUGGLE /api/session HTTP/1.1\r\n${host}\r\n`],
  ['a method in lower case', `get /api/session HTTP/1.1\r\n${host}\r\n`],
  ['an expectation that nobody meets', `${post}Expect: miracles\r\n\r\n`],
]

describe('over a raw socket', () => {
  let harness: Harness
  let browser: Browser
  beforeAll(async () => {
    harness = await startHarness()
  })
  afterAll(async () => {
    await harness[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    browser = await harness.signedIn()
    harness.sim.ledger.clear()
    harness.logs.length = 0
  })

  /** Signs the person out, should it be taken for a request; and ends the connection, should it be answered. */
  const smuggled = (): string =>
    `DELETE /api/session HTTP/1.1\r\n${host}X-Refreshboard: 1\r\nSec-Fetch-Site: same-origin\r\nCookie: ${cookieOf(browser)}\r\nConnection: close\r\n\r\n`

  it.each(refused)('%s is refused, the connection ends, and what came behind it is never looked at', async (_name, bytes) => {
    const received = await rawRequest(harness.bff.port, bytes + smuggled())
    const statuses = statusesIn(received)
    expect(statuses.length).toBeLessThanOrEqual(1)
    for (const status of statuses) expect([400, 405, 411, 413, 417, 431, 501]).toContain(status)
    if (received.includes(problemMediaType)) problemSchema.strict().parse(JSON.parse(received.slice(received.indexOf('\r\n\r\n') + 4)))
    expect(received).not.toMatch(/<html|node:|\.ts/i)
    expect(received === '' || /\r\nx-content-type-options: nosniff\r\n/i.test(received)).toBe(true)
    expect(harness.sim.ledger.entries).toEqual([])
    expect(harness.logs.filter((line) => line.includes('session.signOut'))).toEqual([])
    expect((await browser.get('/api/session')).status).toBe(200)
  })

  it.each([
    ['a body of chunks', 'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['an extension of a chunk', 'Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\n\r\n'],
    ['a trailer', 'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Refreshboard: 1\r\n\r\n'],
    ['a length', 'Content-Length: 2\r\n\r\n{}'],
  ])('%s ends where it ends: the next request is its own', async (_name, rest) => {
    const next = `GET /api/health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`
    const received = await rawRequest(harness.bff.port, `${post}${json}Sec-Fetch-Site: same-origin\r\n${rest}${next}`)
    expect(statusesIn(received)).toEqual([403, 200])
  })

  it('a request to change the protocol is answered as any other', async () => {
    const upgrade = `GET /api/health HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
    const received = await rawRequest(harness.bff.port, `${upgrade}GET /api/health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)
    expect(statusesIn(received).every((status) => status === 200)).toBe(true)
    expect(received).not.toContain(' 101 ')
  })

  it('a program that speaks HTTP/1.0 and names no host may ask how the process does', async () => {
    expect(statusesIn(await rawRequest(harness.bff.port, 'GET /api/health HTTP/1.0\r\n\r\n'))).toEqual([200])
  })

  it('line breaks in a header or a cookie make no header of their own', async () => {
    const forged = [
      `GET /api/session HTTP/1.1\r\n${host}Cookie: refreshboard=a%0d%0aSet-Cookie:%20x=y\r\nX-Request-Id: a%0d%0aX-Evil: 1\r\nX-Refreshboard: 1\r\nConnection: close\r\n\r\n`,
      `GET /api/%0d%0aX-Evil:%201 HTTP/1.1\r\n${host}X-Refreshboard: 1\r\nConnection: close\r\n\r\n`,
      `GET /api/jobs?q=%0d%0aX-Evil:%201 HTTP/1.1\r\n${host}Cookie: ${cookieOf(browser)}\r\nX-Refreshboard: 1\r\nConnection: close\r\n\r\n`,
    ]
    for (const bytes of forged) {
      const received = await rawRequest(harness.bff.port, bytes)
      expect(received.slice(0, received.indexOf('\r\n\r\n'))).not.toMatch(/x-evil|set-cookie/i)
    }
    for (const { path, query } of harness.sim.ledger.entries) expect(path + query).not.toMatch(/evil|%0d|\r/i)
  })

  it('a cookie is only ever looked for under its own name', async () => {
    const odd = ['refreshboard=', 'refreshboard=..', 'refreshboard=%00', 'refreshboard="x"', '__proto__=x', `refreshboard=${'A'.repeat(5000)}`, '=;=;;', 'refreshboard']
    for (const cookie of odd) {
      const received = await rawRequest(harness.bff.port, `GET /api/session HTTP/1.1\r\n${host}Cookie: ${cookie}\r\nX-Refreshboard: 1\r\nConnection: close\r\n\r\n`)
      expect([cookie.slice(0, 40), statusesIn(received)]).toEqual([cookie.slice(0, 40), [401]])
    }
    expect(harness.sim.ledger.entries).toEqual([])
  })
})

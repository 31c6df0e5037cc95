import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, type Endpoint } from '@refreshboard/api-types'
import { problemOf, type Browser } from '../testing/browser.ts'
import { startHarness, type Harness } from '../testing/harness.ts'

const endpoints: readonly Endpoint[] = Object.values(contract)
const luid = '7f9c1a3e-0000-4000-8000-000000000001'
const pathOf = (endpoint: Endpoint): string => endpoint.path.replaceAll(/:\w+/g, luid)

const ours = 'OURS'

/** How a browser, or somebody else, can describe where a request comes from; and whether that is us. */
const origins: readonly { name: string; headers: Record<string, string>; read: boolean; write: boolean }[] = [
  { name: 'same-origin', headers: { 'sec-fetch-site': 'same-origin' }, read: true, write: true },
  { name: 'same-origin with our Origin', headers: { 'sec-fetch-site': 'same-origin', origin: ours }, read: true, write: true },
  { name: 'same-site', headers: { 'sec-fetch-site': 'same-site' }, read: false, write: false },
  { name: 'same-site that claims our Origin', headers: { 'sec-fetch-site': 'same-site', origin: ours }, read: false, write: false },
  { name: 'cross-site', headers: { 'sec-fetch-site': 'cross-site' }, read: false, write: false },
  { name: 'cross-site that claims our Origin', headers: { 'sec-fetch-site': 'cross-site', origin: ours }, read: false, write: false },
  { name: 'typed into the address bar', headers: { 'sec-fetch-site': 'none' }, read: false, write: false },
  { name: 'an empty Sec-Fetch-Site list', headers: { 'sec-fetch-site': 'same-origin, cross-site' }, read: false, write: false },
  { name: 'our Origin alone', headers: { origin: ours }, read: true, write: true },
  { name: 'a foreign Origin', headers: { origin: 'https://evil.example' }, read: false, write: false },
  { name: 'Origin null', headers: { origin: 'null' }, read: false, write: false },
  { name: 'a Referer that is ours and nothing else', headers: { referer: ours }, read: true, write: false },
  { name: 'a foreign Referer and nothing else', headers: { referer: 'https://evil.example/' }, read: true, write: false },
  { name: 'nothing at all', headers: {}, read: true, write: false },
]

const types = ['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json-patch+json']

/** Well below what one late turn of the event loop takes (turn.ts): nothing here is to be turned away for want of room. */
const atOnce = 16

const isJson = (type: string): boolean => /^application\/json(;|$)/.test(type)

describe('the guard', () => {
  let harness: Harness
  let browser: Browser
  beforeAll(async () => {
    harness = await startHarness()
    browser = harness.browser()
  })
  afterAll(async () => {
    await harness[Symbol.asyncDispose]()
  })

  const send = (endpoint: Endpoint, headers: Record<string, string>, type?: string) => {
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === ours ? harness.bff.url : value]))
    return browser.request(pathOf(endpoint), {
      method: endpoint.method,
      headers: { 'sec-fetch-site': '', 'x-refreshboard': '', ...own, ...(type === undefined ? {} : { 'content-type': type }) },
      ...(type === undefined ? {} : { raw: '{}' }),
    })
  }

  const guarded = endpoints.filter((endpoint) => endpoint.access !== 'open')

  interface Case {
    endpoint: Endpoint
    origin: (typeof origins)[number]
    header: string
    type: string | undefined
  }

  const cases: Case[] = guarded.flatMap((endpoint) =>
    origins.flatMap((origin) =>
      ['1', '0', ''].flatMap((header) =>
        (endpoint.method === 'GET' ? [undefined] : [undefined, ...types]).map((type) => ({ endpoint, origin, header, type })),
      ),
    ),
  )

  const check = async ({ endpoint, origin, header, type }: Case): Promise<boolean> => {
    const reply = await send(endpoint, { ...origin.headers, ...(header === '' ? {} : { 'x-refreshboard': header }) }, type)
    const legitimate = (endpoint.method === 'GET' ? origin.read : origin.write) && header === '1'
    const what = `${endpoint.method} ${endpoint.path}, ${origin.name}, header “${header}”, ${type ?? 'no body'}`
    if (!legitimate) {
      expect([what, problemOf(reply).code]).toEqual([what, 'origin_refused'])
      return false
    }
    if (type !== undefined && !isJson(type)) {
      expect([what, problemOf(reply)]).toMatchObject([what, { code: 'validation', fields: { 'content-type': 'must be application/json' } }])
      return false
    }
    expect([what, reply.status === 403]).toEqual([what, false])
    return true
  }

  it('lets only our own page through, on every route, in every way of asking', async () => {
    expect(cases.length).toBeGreaterThan(1000)
    let passed = 0
    for (let at = 0; at < cases.length; at += atOnce) {
      passed += (await Promise.all(cases.slice(at, at + atOnce).map(check))).filter(Boolean).length
    }
    expect(passed).toBeGreaterThan(20)
    // Nobody was signed in, and no body was a sign-in: nothing can have come near Tableau.
    expect(harness.sim.ledger.entries).toEqual([])
    // Thousands of requests: the matrix grows with the contract.
  }, 120_000)

  it('asks nothing of health, ready and build', async () => {
    for (const endpoint of endpoints.filter(({ access }) => access === 'open')) {
      for (const origin of origins) expect([`${endpoint.path}, ${origin.name}`, (await send(endpoint, origin.headers)).status]).toEqual([`${endpoint.path}, ${origin.name}`, 200])
    }
    expect(endpoints.filter(({ access }) => access === 'open').map(({ path }) => path)).toEqual(['/api/health', '/api/ready', '/api/build'])
  })

  it('is followed by the session: without one, every such endpoint is a 401', async () => {
    const sessionOnly = endpoints.filter(({ access }) => access === 'session')
    expect(sessionOnly.length).toBeGreaterThan(5)
    for (const endpoint of sessionOnly) {
      expect([endpoint.path, problemOf(await browser.request(pathOf(endpoint), { method: endpoint.method })).code]).toEqual([endpoint.path, 'unauthenticated'])
    }
  })
})

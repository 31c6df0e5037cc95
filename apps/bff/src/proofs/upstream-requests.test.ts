import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, type Endpoint } from '@refreshboard/api-types'
import { systemClock } from '../clock.ts'
import { addressForms, splittingTexts } from '../testing/address-forms.ts'
import type { Browser } from '../testing/browser.ts'
import { chanceSeed, createChance } from '../testing/chance.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { cookieOf } from '../testing/preview-front.ts'
import { rawRequest } from '../testing/raw-socket.ts'
import { startTableauFront, type TableauFront } from '../testing/tableau-front.ts'

const runs = Number(process.env['UPSTREAM_RUNS'] ?? 300)

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** Every address that the client has, and what may stand in its query. */
const templates = new RegExp(
  `^(?:/api/2\\.4/serverInfo|/api/3\\.24/(?:auth/(?:signin|signout|switchSite)|sessions/current|sites|schedules|schedules/${id}|sites/${id}(?:/(?:jobs|users|workbooks|datasources|projects|tasks/extractRefreshes)(?:/${id})?|/workbooks/${id}/previewImage|/schedules/${id}/(?:extracts|workbooks|datasources)|/tasks/extractRefreshes/${id}/runNow)?))$`,
)
const parameters = ['pageSize', 'pageNumber', 'sort', 'filter', 'fields']
const headerNames = ['accept', 'accept-encoding', 'connection', 'content-length', 'content-type', 'host', 'transfer-encoding', 'x-tableau-auth']

/** A server that nobody may call. */
const listen = async (host: string, wanted = 0): Promise<{ server: Server; port: number; called: number } | undefined> => {
  const canary = { called: 0, port: 0, server: createServer() }
  canary.server.on('connection', (socket) => {
    canary.called += 1
    socket.destroy()
  })
  const isUp = await new Promise<boolean>((resolve) => {
    canary.server.once('error', () => resolve(false))
    canary.server.listen(wanted, host, () => resolve(true))
  })
  const address = canary.server.address()
  if (!isUp || address === null || typeof address === 'string') return undefined
  canary.port = address.port
  return canary
}

type Place = (browser: Browser, text: string) => Promise<{ status: number; requestId: string | null; text: string }>

describe('whatever somebody writes, wherever', () => {
  const chance = createChance(chanceSeed)
  let front: TableauFront
  let harness: Harness
  let browser: Browser
  let canaries: NonNullable<Awaited<ReturnType<typeof listen>>>[]
  let ahead = 0

  beforeAll(async () => {
    front = await startTableauFront()
    // The limit of refused sign-ins counts by the time of day, which moves on before it is reached.
    harness = await startHarness({ clock: { ...systemClock, now: () => systemClock.now() + ahead }, env: { TABLEAU_SERVERS: `server=${front.url}` } })
    front.target = harness.sim.url
    browser = await harness.signedIn()
    const first = await listen('127.0.0.1')
    // The same port of the other family, where this machine has it.
    canaries = [first, await listen('::1', first?.port)].flatMap((canary) => canary ?? [])
  })
  afterAll(async () => {
    for (const { server } of canaries) server.close()
    await harness[Symbol.asyncDispose]()
    await front[Symbol.asyncDispose]()
  })

  const asked = async (path: string, given: Parameters<Browser['request']>[1] = {}): ReturnType<Place> => {
    const { status, headers, text } = await browser.request(path, given)
    return { status, requestId: headers.get('x-request-id'), text }
  }
  const signIn = (body: Record<string, unknown>): Place => async (_browser, text) => {
    ahead += 60_000
    const filled = Object.fromEntries(Object.entries({ serverId: 'server', site: '', ...body }).map(([name, value]) => [name, value === undefined ? text : value]))
    const { status, headers, text: said } = await harness.browser().post('/api/session', filled)
    return { status, requestId: headers.get('x-request-id'), text: said }
  }
  const raw = async (target: string, lines: string): ReturnType<Place> => {
    const head = `GET ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\nx-refreshboard: 1\r\ncookie: ${cookieOf(browser)}\r\nconnection: close\r\n${lines}\r\n`
    const received = await rawRequest(harness.bff.port, Buffer.from(head).toString('latin1'))
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0), requestId: /x-request-id: ([^\r\n]*)/i.exec(received)?.[1] ?? null, text: received }
  }

  const withParams = Object.values<Endpoint>(contract).filter(({ path }) => path.includes(':'))
  const bodies: Readonly<Record<string, unknown>> = { PATCH: { changes: { priority: 1 }, seen: {} } }

  const placesOf = (workbook: string): Place[] => [
    signIn({ serverId: undefined, method: 'password', name: 'admin', password: 'admin' }),
    signIn({ site: undefined, method: 'password', name: 'admin', password: 'admin' }),
    signIn({ method: 'password', name: undefined, password: 'admin' }),
    signIn({ method: 'password', name: 'admin', password: undefined }),
    signIn({ method: 'pat', personalAccessTokenName: undefined, personalAccessTokenSecret: 'x' }),
    signIn({ method: 'pat', personalAccessTokenName: 'demo-pat', personalAccessTokenSecret: undefined }),
    (_browser, text) => asked('/api/session/site', { method: 'POST', body: { site: text } }),
    (_browser, text) => asked('/api/schedules', { method: 'POST', body: { name: text.slice(0, 200), type: 'Extract', recurrence: { frequency: 'Daily', start: '01:00:00' } } }),
    ...withParams.map(({ path, method }): Place => (_browser, text) => asked(path.replace(/:[a-z]+/, encodeURIComponent(text)), { method, ...(bodies[method] === undefined ? {} : { body: bodies[method] }) })),
    (_browser, text) => asked(`/api/workbooks/${encodeURIComponent(text)}/preview.png`),
    ...['q', 'type', 'status', 'sort', 'from', 'limit', 'url', 'serverId'].map((name): Place => (_browser, text) => asked(`/api/jobs?${new URLSearchParams({ [name]: text }).toString()}`)),
    (_browser, text) => asked(`/api/workbooks?${new URLSearchParams({ q: text }).toString()}`),
    ...['x-request-id', 'x-forwarded-host', 'x-forwarded-for', 'forwarded', 'x-original-url', 'x-tableau-auth', 'referer', 'idempotency-key', 'accept', 'cookie'].flatMap((name): Place[] => [
      (_browser, text) => raw('/api/sites', `${name}: ${text}\r\n`),
      (_browser, text) => raw(`/api/workbooks/${workbook}/preview.png`, `${name}: ${text}\r\n`),
    ]),
    (_browser, text) => raw(text, ''),
    (_browser, text) => raw(`/api/jobs/${text}`, ''),
  ]

  it(`reaches no other host, and Tableau at its own addresses alone (${runs} texts in places, seed ${chanceSeed})`, { timeout: 900_000 }, async () => {
    const texts = [...addressForms(canaries[0]?.port ?? 0), ...splittingTexts]
    const workbook = harness.sim.world.site().findContent('Superstore', 'workbook').id
    const places = placesOf(workbook)
    expect(new Set(addressForms(1)).size).toBeGreaterThan(80)
    const pairs = places.flatMap((place, at) => texts.map((text, nth) => ({ place, text, name: `place ${at}, text ${nth}` })))
    const known = new Set<string | null>()
    for (let run = 0; run < runs && pairs.length > 0; run += 10) {
      const some = Array.from({ length: 10 }, () => pairs.splice(chance.below(pairs.length), 1)).flat()
      const replies = await Promise.all(some.map(async ({ place, text, name }) => ({ name, typed: text, ...(await place(browser, text)) })))
      for (const { name, typed, status, requestId, text } of replies) {
        // Tableau itself refuses some names, and says so in its own words.
        expect([name, typed, status < 500 || text.includes('upstream_refused')]).toEqual([name, typed, true])
        if (requestId === null) continue
        expect(requestId).toMatch(new RegExp(`^${id}$`))
        expect(known.has(requestId)).toBe(false)
        known.add(requestId)
      }
    }
    expect(canaries.length).toBeGreaterThan(0)
    expect(canaries.map(({ called }) => called)).toEqual(canaries.map(() => 0))
    const tokens = new Set(harness.sim.ledger.entries.filter(({ user }) => user !== null).map(({ token }) => token))
    const { host } = new URL(front.url)
    for (const { url, headers } of front.arrived) {
      const [path = '', query = ''] = url.split('?', 2)
      expect(path).toMatch(templates)
      expect([...new URLSearchParams(query).keys()].filter((name) => !parameters.includes(name))).toEqual([])
      expect(Object.keys(headers).filter((name) => !headerNames.includes(name))).toEqual([])
      expect(headers['host']).toBe(host)
      expect(headers['x-tableau-auth'] === undefined || tokens.has(headers['x-tableau-auth'])).toBe(true)
    }
    expect(harness.sim.ledger.entries.filter(({ operation }) => operation === null)).toEqual([])
    expect(front.arrived.length).toBeGreaterThan(50)
  })
})

import type { IncomingHttpHeaders } from 'node:http'
import { everyWrite, writesTo } from '../apps/bff/src/testing/every-write.ts'
import { contract, getSession, type Endpoint } from '../packages/api-types/src/index.ts'
import type { TableauSim } from '@refreshboard/tableau-sim'
import { attack, attackByNavigation, unaskedPosts, type Target, type Ways } from './hostile-attack.ts'
import type { Rewriting } from './https-front.ts'
import { expect, test as base } from './https-test.ts'
import type { Page } from './test.ts'

/** What a hostile page causes on its own console is none of the app’s. */
const test = base.extend({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  violations: async ({}, use) => use([]),
})

const places = [
  { place: 'another site', host: 'evil.hostile.test' },
  { place: 'a sibling subdomain', host: 'evil.example.test' },
] as const

const without = (headers: IncomingHttpHeaders, names: RegExp): IncomingHttpHeaders => Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)))

/** The layers of protection, each as what a front must do to take it away. */
const layers: Record<string, Rewriting> = {
  'Sec-Fetch-Site': { request: (headers) => without(headers, /^sec-fetch-/) },
  'Sec-Fetch-Site and Origin': { request: (headers) => without(headers, /^(sec-fetch-.*|origin)$/) },
  'the header of our own page': { request: (headers) => ({ ...headers, 'x-refreshboard': '1' }) },
  'the type of a body': { request: (headers) => (headers['content-type'] === undefined ? headers : { ...headers, 'content-type': 'application/json' }) },
}

/** A cookie that is sent from everywhere, as if browsers knew no SameSite. */
const withCookieFromEverywhere = (rewriting: Rewriting = {}): Rewriting => ({
  ...rewriting,
  answer: (headers) => {
    const cookies = headers['set-cookie']
    return Array.isArray(cookies) ? { ...headers, 'set-cookie': cookies.map((cookie) => cookie.replace(/SameSite=\w+/i, 'SameSite=None')) } : headers
  },
})

const cookiesOf = ({ answer }: Rewriting): Rewriting => (answer === undefined ? {} : { answer })

/** No layer is left: what every other row of the table must not be like. */
const nothingLeft = withCookieFromEverywhere({
  request: (headers) => ({ ...without(headers, /^origin$/), 'sec-fetch-site': 'same-origin', 'x-refreshboard': '1', ...(headers['content-type'] === undefined ? {} : { 'content-type': 'application/json' }) }),
})

const withEffect: readonly (readonly [string, Endpoint])[] = Object.entries(contract).filter(([, { effect }]) => effect !== 'none')

const signInOfAnother: Target = { path: '/api/session', method: 'POST', body: { serverId: 'sim', site: '', method: 'password', name: 'viewer', password: 'viewer' } }

const sessionBodies: Partial<Record<string, unknown>> = { signIn: signInOfAnother.body, switchSite: { site: 'finance' } }

/** Every endpoint that changes anything, with what it needs to succeed; those of the session last. */
const targetsOf = (sim: TableauSim): Target[] => {
  const writes = writesTo('server').map((write) => write.prepare(sim))
  const ofSession = withEffect.filter(([, { effect }]) => effect === 'session')
  return [...writes, ...ofSession.map(([name, { path, method }]) => ({ path: path.replaceAll(/:\w+/g, '7f9c1a3e-0000-4000-8000-000000000001'), method, body: sessionBodies[name] }))]
}

/** A page of the app's own origin that shows nothing and starts nothing. */
const quietPage = '/api/health'

/** Who is signed in, as a page of the app itself is told. */
const whoIsIn = async (page: Page, origin: string): Promise<string> => {
  await page.goto(origin + quietPage)
  const { status, text } = await page.evaluate(async () => {
    const answer = await fetch('/api/session', { headers: { 'x-refreshboard': '1' } })
    return { status: answer.status, text: await answer.text() }
  })
  if (status !== 200) return `nobody: ${status}`
  const { user, site } = getSession.output.parse(JSON.parse(text))
  return `${user.name} on ${site.name}`
}

const signIn = async (page: Page, origin: string): Promise<void> => {
  await page.goto(origin + quietPage)
  const status = await page.evaluate(async () => {
    const body = JSON.stringify({ serverId: 'sim', site: '', method: 'password', name: 'admin', password: 'admin' })
    return (await fetch('/api/session', { method: 'POST', headers: { 'content-type': 'application/json', 'x-refreshboard': '1' }, body })).status
  })
  expect(status).toBe(201)
}

const sessionCookie = async (page: Page, origin: string): Promise<string | undefined> => (await page.context().cookies(origin)).find(({ name }) => name === '__Host-refreshboard')?.value

test('attacks every endpoint that has an effect', () => {
  expect(new Set(everyWrite.map(({ endpoint }) => endpoint))).toEqual(new Set(withEffect.flatMap(([name, { effect }]) => (effect === 'tableau' ? [name] : []))))
  expect(withEffect.length).toBeGreaterThan(9)
})

for (const { place, host } of places) {
  test.describe(`a page on ${place}`, () => {
    const rows: [string, Rewriting, Ways][] = [
      ['all that protects', {}, 'everything'],
      // A sibling gets the cookie anyway; another site has to be given it, or SameSite alone would answer for the rest.
      ['all but SameSite', withCookieFromEverywhere(), 'what can carry JSON'],
      ...Object.entries(layers).map(([name, rewriting]): [string, Rewriting, Ways] => [`all but ${name}, and the cookie`, withCookieFromEverywhere(rewriting), 'what can carry JSON']),
    ]

    for (const [name, rewriting, ways] of rows) {
      test(`changes nothing, against ${name}`, async ({ page, app, sim, front }) => {
        const hostile = front.originOf(host)
        front.rewriting = rewriting

        // Nobody is in yet: the page would have them work in its own account.
        await page.goto(hostile)
        expect(await attack(page, app.url, [signInOfAnother], ways)).toEqual([])
        await attackByNavigation(page, app.url, signInOfAnother)
        expect(await whoIsIn(page, app.url)).toBe('nobody: 401')

        // The app's own page has no trouble with the layers.
        front.rewriting = cookiesOf(rewriting)
        await signIn(page, app.url)
        const cookie = await sessionCookie(page, app.url)
        const targets = targetsOf(sim)
        sim.ledger.clear()
        front.passed.length = 0

        front.rewriting = rewriting
        await page.goto(hostile)
        expect(await attack(page, app.url, targets, ways)).toEqual([])
        await attackByNavigation(page, app.url, { path: '/api/session/site', method: 'POST', body: { site: 'finance' } })
        const posts = () => front.passed.filter(({ method }) => method === 'POST')
        await expect.poll(() => posts().length).toBeGreaterThanOrEqual(targets.length * unaskedPosts[ways] + 1)

        expect(front.passed.filter(({ method, status }) => method !== 'GET' && status < 400)).toEqual([])
        expect(front.passed.filter(({ allowOrigin }) => allowOrigin !== undefined)).toEqual([])
        expect(sim.ledger.entries.filter(({ method, applied }) => applied || method !== 'GET')).toEqual([])
        expect(await whoIsIn(page, app.url)).toBe('admin on Default')
        expect(await sessionCookie(page, app.url)).toBe(cookie)
      })
    }

    test('would change much, were nothing left to protect', async ({ page, app, sim, front }) => {
      front.rewriting = nothingLeft
      await signIn(page, app.url)
      const targets = targetsOf(sim)
      sim.ledger.clear()
      await page.goto(front.originOf(host))
      // Not waited for: a frame whose form was answered without a page never loads.
      attack(page, app.url, targets, 'what can carry JSON').catch(() => undefined)
      await expect.poll(() => new Set(sim.ledger.entries.flatMap(({ operation, applied }) => (applied ? [operation] : []))).size).toBeGreaterThan(4)
    })
  })
}

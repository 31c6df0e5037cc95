import { createServer, request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { problemOf, type Browser, type Reply } from '../testing/browser.ts'
import { startHarness } from '../testing/harness.ts'
import { endpoints } from '../testing/shots.ts'
import { createTestClock } from '../testing/test-clock.ts'

/** What a proxy would set, or a framework believe. */
const forged: Readonly<Record<string, string>> = {
  'x-forwarded-for': '6.6.6.6', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '1', 'x-forwarded-prefix': '/evil', 'x-forwarded-server': 'evil',
  'x-forwarded-user': 'canary', 'x-forwarded-access-token': 'canary', 'x-forwarded-ssl': 'on', 'x-forwarded-scheme': 'https', 'forwarded': 'for=6.6.6.6;host=evil.example;proto=https',
  'x-real-ip': '6.6.6.6', 'x-client-ip': '6.6.6.6', 'x-cluster-client-ip': '6.6.6.6', 'true-client-ip': '6.6.6.6', 'cf-connecting-ip': '6.6.6.6', 'fastly-client-ip': '6.6.6.6', 'x-originating-ip': '6.6.6.6',
  'x-user': 'canary', 'x-remote-user': 'canary', 'remote-user': 'canary', 'x-authenticated-user': 'canary', 'authorization': 'Bearer canary', 'proxy-authorization': 'Basic Y2FuYXJ5', 'x-tableau-auth': 'canary',
  'x-http-method-override': 'DELETE', 'x-http-method': 'DELETE', 'x-method-override': 'DELETE', 'x-original-url': '/api/session', 'x-rewrite-url': '/api/session', 'via': '1.1 evil', 'x-host': 'evil.example', 'front-end-https': 'on',
}

const someId = '7f9c1a3e-0000-4000-8000-000000000001'

/** What does not differ between two answers to the same. */
const same = ({ status, headers, text }: Reply): unknown => ({
  status,
  allow: headers.get('allow'),
  location: headers.get('location'),
  hsts: headers.get('strict-transport-security'),
  text: text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'an id').replaceAll(/"ageMs":\d+/g, ''),
})

const ask = (browser: Browser, method: string, path: string, headers: Readonly<Record<string, string>>): Promise<Reply> =>
  browser.request(path.replace(/:\w+/, someId), { method, headers: { ...headers } })

/** Stands before a simulator and keeps the headers of what reaches it. */
const startWatch = async (target: () => string) => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(request.rawHeaders.join('\n'))
    const onward = httpRequest(target() + (request.url ?? ''), { method: request.method, headers: request.headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 500, reply.headers)
      reply.pipe(response)
    })
    request.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { seen, url: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}

const guess = (browser: Browser, forwardedFor?: string): Promise<Reply> =>
  browser.post('/api/session', { serverId: 'server', site: '', method: 'password', name: 'admin', password: 'wrong' }, forwardedFor === undefined ? {} : { headers: { 'x-forwarded-for': forwardedFor } })

describe('headers that only a proxy may set', () => {
  it('change no answer of any route, and none of them reaches Tableau', async () => {
    let url = ''
    const watch = await startWatch(() => url)
    await using harness = await startHarness({ clock: createTestClock(), env: { TABLEAU_SERVERS: `server=${watch.url}` } })
    url = harness.sim.url
    const browser = await harness.signedIn()
    // What the first request makes Tableau read, the second finds read.
    for (const path of ['/api/jobs', '/api/schedules', '/api/tasks', '/api/workbooks', '/api/datasources']) await browser.get(path)
    for (const { method, path, effect } of endpoints) {
      if (effect === 'session') continue
      const answers = [await ask(browser, method, path, {}), await ask(browser, method, path, forged)]
      expect([`${method} ${path}`, answers[1] && same(answers[1])]).toEqual([`${method} ${path}`, answers[0] && same(answers[0])])
    }
    expect(watch.seen.length).toBeGreaterThan(10)
    for (const headers of watch.seen) expect(headers).not.toMatch(/canary|evil|6\.6\.6\.6|forwarded|override/i)
    watch.close()
  })

  it('are no way round the limit of sign-ins without a proxy', async () => {
    await using harness = await startHarness({ clock: createTestClock() })
    const codes: string[] = []
    for (let n = 0; n < 13; n += 1) codes.push(problemOf(await guess(harness.browser(), `6.6.${n}.6, 7.${n}.7.7`)).code)
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 'sign_in_refused'), 'throttled', 'throttled', 'throttled'])
  })

  it('behind exactly one proxy name the address that this proxy saw, and nothing before it', async () => {
    await using harness = await startHarness({ clock: createTestClock(), env: { TRUST_PROXY: '1' } })
    const codes: string[] = []
    // The proxy appends what it saw to what it was told.
    for (let n = 0; n < 12; n += 1) codes.push(problemOf(await guess(harness.browser(), `6.6.${n}.6, 9.9.9.9`)).code)
    expect(codes.slice(9)).toEqual(['sign_in_refused', 'throttled', 'throttled'])
    expect(problemOf(await guess(harness.browser(), '9.9.9.9, 8.8.8.8')).code).toBe('sign_in_refused')
  })

  it('behind two proxies name the address that the outer one saw', async () => {
    await using harness = await startHarness({ clock: createTestClock(), env: { TRUST_PROXY: '2' } })
    const codes: string[] = []
    for (let n = 0; n < 11; n += 1) codes.push(problemOf(await guess(harness.browser(), `6.6.${n}.6, 9.9.9.9, 10.0.0.${n}`)).code)
    expect(codes.at(-1)).toBe('throttled')
    expect(problemOf(await guess(harness.browser(), '9.9.9.9, 8.8.8.8, 10.0.0.1')).code).toBe('sign_in_refused')
  })
})

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { admission } from '../http/admission.ts'
import { createLoadLimit } from '../http/load-limit.ts'
import { createLogger } from '../http/logger.ts'
import { createTurn } from '../http/turn.ts'
import { createBrowser, problemOf, type Browser } from '../testing/browser.ts'
import { eventually, startHarness } from '../testing/harness.ts'

/** An application of nothing but admission, whose loop is as late as a test says. */
const startAdmission = async (total: number) => {
  const time = { ms: 0 }
  const load = createLoadLimit({ total, perSession: total, signIns: total, now: () => 0 })
  const turn = createTurn(() => time.ms)
  const worked: string[] = []
  const lines: string[] = []
  const door = admission({ load, turn, log: createLogger('info', (line) => lines.push(line)) })
  const server = createServer(
    door((request, response) => {
      worked.push(`${request.method} ${request.url}`)
      response.end()
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const browser = createBrowser(() => `http://127.0.0.1:${address.port}`)
  return { time, load, turn, worked, lines, browser, server }
}

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

const refusal = async (browser: Browser, path = '/api/jobs'): Promise<unknown> => {
  const reply = await browser.get(path)
  return [reply.status, reply.headers.get('retry-after'), reply.headers.get('content-type')]
}

const told = [503, '1', 'application/problem+json']

describe('overload', () => {
  it('is seen when the event loop is late and has taken a few, and over with a turn that is short', async () => {
    const { time, turn, browser, worked, lines, server } = await startAdmission(1000)
    open.push(server)
    for (let n = 0; n < 60; n += 1) expect((await browser.get('/api/jobs')).status).toBe(200)
    time.ms = 101
    expect(await refusal(browser)).toEqual(told)
    expect(await refusal(browser, '/')).toEqual(told)
    turn.begin()
    // The last turn was late: this one takes a few.
    for (let n = 0; n < 48; n += 1) expect((await browser.get('/api/jobs')).status).toBe(200)
    expect(await refusal(browser)).toEqual(told)
    time.ms = 130
    turn.begin()
    for (let n = 0; n < 60; n += 1) expect((await browser.get('/api/jobs')).status).toBe(200)
    expect(worked).toHaveLength(168)
    await eventually(() => lines.length > 0, 'the line of the log')
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ msg: 'requests turned away', turnedAway: 3 }])
  })

  it('is seen when many answers wait to be made, and each turn makes a few', async () => {
    const { time, turn, load, browser, server } = await startAdmission(1000)
    open.push(server)
    let made = 0
    const answers = Array.from({ length: 60 }, async () => {
      await turn.share()
      made += 1
    })
    expect(turn.takes(0)).toBe(false)
    const inTurns: number[] = []
    for (let turns = 0; turns < 10; turns += 1) {
      const before = made
      await new Promise((resolve) => setImmediate(resolve))
      inTurns.push(made - before)
    }
    expect(made).toBe(60)
    await Promise.all(answers)
    expect(Math.max(...inTurns)).toBeLessThanOrEqual(16)
    expect((await browser.get('/api/jobs')).status).toBe(200)
    // What waits for Tableau would come back together: for a while fewer are taken beside it.
    for (let n = 0; n < 128; n += 1) load.enter(`session-${n}`)
    expect(await refusal(browser)).toEqual(told)
    time.ms = 501
    turn.begin()
    turn.begin()
    expect((await browser.get('/api/jobs')).status).toBe(200)
  })

  it('is told as every other problem, with protection of its own', async () => {
    const { load, browser, server } = await startAdmission(1)
    open.push(server)
    load.enter('somebody')
    const reply = await browser.get('/api/jobs')
    expect(problemOf(reply)).toMatchObject({ code: 'overloaded', status: 503, requestId: reply.headers.get('x-request-id') })
    expect(reply.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect(reply.headers.get('cache-control')).toBe('no-store')
  })

  it('opens no way round what is refused in every request', async () => {
    const { load, worked, server } = await startAdmission(1)
    open.push(server)
    load.enter('somebody')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the server has no port')
    const socket = connect(address.port, '127.0.0.1')
    socket.end('GET http://elsewhere.test/ HTTP/1.1\r\nHost: a\r\n\r\n')
    socket.resume()
    await once(socket, 'close')
    expect(worked).toEqual(['GET http://elsewhere.test/'])
  })

  it('is no single long piece of work', async () => {
    const { time, browser, server } = await startAdmission(1000)
    open.push(server)
    time.ms = 5000
    for (let n = 0; n < 10; n += 1) expect((await browser.get('/api/jobs')).status).toBe(200)
  })

  it('keeps nobody from seeing that the process lives, nor from signing out', async () => {
    const { time, load, browser, worked, server } = await startAdmission(1)
    open.push(server)
    load.enter('somebody')
    time.ms = 5000
    expect(await refusal(browser)).toEqual(told)
    for (const path of ['/api/health', '/api/ready']) expect((await browser.get(path)).status).toBe(200)
    expect((await browser.signOut()).status).toBe(200)
    expect(await refusal(browser, '/api/session')).toEqual(told)
    expect(worked).toEqual(['GET /api/health', 'GET /api/ready', 'DELETE /api/session'])
  })

  it('of sign-ins leaves sign-outs and the signed-in alone, and sends nothing more to Tableau', async () => {
    await using harness = await startHarness({ bff: { tableauDeadlineMs: 60_000 } })
    const person = await harness.signedIn()
    const leaving = await harness.signedIn('viewer')
    harness.sim.faults.add({ operation: 'signIn', times: Infinity, action: { kind: 'hang' } })
    const leave = new AbortController()
    const body = (n: number): string => JSON.stringify({ serverId: 'server', site: '', method: 'password', name: `name-${n}`, password: 'x' })
    const headers = { 'sec-fetch-site': 'same-origin', 'x-refreshboard': '1', 'content-type': 'application/json' }
    const statuses: number[] = []
    const attempts = Array.from({ length: 100 }, async (_, n) => {
      const reply = await fetch(`http://127.0.0.1:${harness.bff.port}/api/session`, { method: 'POST', headers, body: body(n), signal: leave.signal }).catch(() => undefined)
      if (reply) statuses.push(reply.status)
    })
    // 60 of one network go to Tableau; the others are told at once.
    await eventually(() => statuses.length === 40, 'the refusals')
    for (const status of statuses) expect([429, 503]).toContain(status)
    expect(harness.sim.ledger.of('signIn').length).toBeLessThanOrEqual(62)
    expect((await person.get('/api/session')).status).toBe(200)
    expect((await leaving.signOut()).status).toBe(204)
    expect(problemOf(await leaving.get('/api/session')).code).toBe('unauthenticated')
    leave.abort()
    await Promise.all(attempts)
  })

  it('is not made by those who send their bodies slowly', async () => {
    await using harness = await startHarness()
    const leave = new AbortController()
    const headers = { 'sec-fetch-site': 'same-origin', 'x-refreshboard': '1', 'content-type': 'application/json' }
    let begun = 0
    const slow = Array.from({ length: 250 }, () => {
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode('{'))
          begun += 1
        },
      })
      return fetch(`http://127.0.0.1:${harness.bff.port}/api/session`, { method: 'POST', headers, body, duplex: 'half', signal: leave.signal }).catch(() => undefined)
    })
    await eventually(() => begun === 250, 'the beginnings')
    expect((await harness.signedIn()).cookies.size).toBe(1)
    leave.abort()
    await Promise.all(slow)
  })
})

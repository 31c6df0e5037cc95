import express from 'express'
import type { Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { admission } from '../http/admission.ts'
import { errorMapper } from '../http/error-mapper.ts'
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
  const log = createLogger('silent')
  const app = express()
  const worked: string[] = []
  app.use(admission(load, turn))
  app.use((request, response) => {
    worked.push(`${request.method} ${request.path}`)
    response.end()
  })
  app.use(errorMapper(log, () => 0))
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const browser = createBrowser(() => `http://127.0.0.1:${address.port}`)
  return { time, load, turn, worked, browser, server }
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
  it('is seen when the event loop is late and has taken much, and over with its next turn', async () => {
    const { time, turn, browser, worked, server } = await startAdmission(1000)
    open.push(server)
    for (let n = 0; n < 60; n += 1) expect((await browser.get('/api/jobs')).status).toBe(200)
    time.ms = 101
    expect(await refusal(browser)).toEqual(told)
    expect(await refusal(browser, '/')).toEqual(told)
    turn.begin()
    // One turn was late, and the few that came since are no crowd.
    expect((await browser.get('/api/jobs')).status).toBe(200)
    expect(worked).toHaveLength(61)
  })

  it('is seen when the last turn was late and many are still at work, until they are done or turns are short again', async () => {
    const { time, turn, load, browser, server } = await startAdmission(1000)
    open.push(server)
    const leaves = Array.from({ length: 48 }, (_, n) => load.enter(`session-${n}`))
    expect((await browser.get('/api/jobs')).status).toBe(200)
    time.ms = 101
    turn.begin()
    expect(await refusal(browser)).toEqual(told)
    leaves[0]?.()
    expect((await browser.get('/api/jobs')).status).toBe(200)
    load.enter('another')
    expect(await refusal(browser)).toEqual(told)
    time.ms = 130
    turn.begin()
    expect((await browser.get('/api/jobs')).status).toBe(200)
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

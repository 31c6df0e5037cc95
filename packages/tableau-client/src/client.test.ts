import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createTableauClient } from './client.ts'
import { TableauApiError, TableauProtocolError, TableauUnsupportedError } from './errors.ts'
import { signIn } from './resources/auth.ts'
import { cancelJob, queryJob, queryJobs } from './resources/jobs.ts'
import { serverInfo } from './resources/server-info.ts'
import { fixture, rejectionOf } from './testing/answer.ts'
import { auth, jobId } from './testing/ids.ts'

const page = { pageNumber: 1, pageSize: 100 }

/** A server that answers everything, Server Info too, in turn with these; the last one again and again. */
const serveInTurn = async (...replies: { status?: number; body: string | Buffer; headers?: Record<string, string> }[]) => {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const reply = replies[Math.min(requests.length, replies.length - 1)]
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response.writeHead(reply?.status ?? 200, reply?.headers).end(reply?.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const pauses: number[] = []
  const client = createTableauClient({
    serverUrl: `http://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`,
    pace: {
      random: () => 1,
      pause: (ms) => {
        pauses.push(ms)
        return Promise.resolve()
      },
    },
  })
  return {
    client,
    requests,
    pauses,
    [Symbol.asyncDispose]: async () => {
      await client.close()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

const info = { body: fixture('server-info/current') }
const jobs = { body: fixture('jobs/list-empty') }

describe('negotiation', () => {
  it('asks with 2.4 once, then uses what the server has', async () => {
    await using server = await serveInTurn(info, jobs)
    const all = [server.client.negotiate(), server.client.negotiate(), server.client.call(queryJobs, page, { auth })] as const
    const [first, second] = await Promise.all(all)
    expect(first).toStrictEqual({ productVersion: '2024.2.2', apiVersion: '3.24' })
    expect(second).toBe(first)
    expect(server.requests).toStrictEqual(['GET /api/2.4/serverInfo', `GET /api/3.24/sites/${auth.siteId}/jobs?pageSize=100&pageNumber=1`])
  })

  it('forgets a failed attempt', async () => {
    await using server = await serveInTurn({ status: 404, body: '<html>' }, { status: 404, body: '<html>' }, { status: 404, body: '<html>' }, info)
    expect(await rejectionOf(server.client.negotiate())).toBeInstanceOf(TableauProtocolError)
    expect(await server.client.negotiate()).toMatchObject({ apiVersion: '3.24' })
  })

  it.each([
    ['an HTML page', 200, '<!DOCTYPE html><html><body>It works!</body></html>'],
    ['an HTML page that is XML', 200, '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'],
    ['JSON', 200, '{}'],
    ['an empty 404', 404, ''],
    ['a reply that tells no version', 200, '<tsResponse xmlns="http://tableau.com/api"><serverInfo/></tsResponse>'],
  ])('says of %s that this is not a Tableau server', async (_what, status, body) => {
    await using server = await serveInTurn({ status, body })
    expect(await rejectionOf(server.client.negotiate())).toMatchObject({ name: 'TableauProtocolError', reason: 'this is not a Tableau server' })
  })

  it('does not say so of a gateway whose Tableau is down', async () => {
    await using server = await serveInTurn({ status: 502, body: '<html>' })
    const error = await rejectionOf(server.client.negotiate())
    expect(error).toMatchObject({ name: 'TableauProtocolError', httpStatus: 502 })
    expect(error).not.toMatchObject({ reason: 'this is not a Tableau server' })
  })

  it.each(['404003', '404001'])('takes %s for a server that is too old', async (code) => {
    const body = fixture('server-info/unknown-resource').toString().replace('404003', code)
    await using server = await serveInTurn({ status: 404, body })
    expect(await rejectionOf(server.client.negotiate())).toMatchObject({ name: 'TableauUnsupportedError', since: '2.4' })
  })

  it('that fails has sent nothing of a write', async () => {
    await using server = await serveInTurn({ status: 502, body: '<html>' })
    expect(await rejectionOf(server.client.call(cancelJob, { jobId }, { auth }))).toMatchObject({ operation: 'cancelJob', outcome: 'not-sent' })
    expect(server.requests.filter((line) => line.startsWith('PUT'))).toStrictEqual([])
  })

  it('is not ended by one of those who wait', async () => {
    await using server = await serveInTurn(info, jobs)
    const controller = new AbortController()
    const leaving = rejectionOf(server.client.negotiate(controller.signal))
    const staying = server.client.negotiate()
    controller.abort(new Error('left'))
    expect(await leaving).toMatchObject({ message: 'left' })
    expect(await staying).toMatchObject({ apiVersion: '3.24' })
  })
})

describe('an endpoint that the server is too old or too new for', () => {
  const old = { body: fixture('server-info/old-server') }

  it('is refused before anything is sent', async () => {
    await using server = await serveInTurn(old)
    const error = await rejectionOf(server.client.call(queryJobs, page, { auth }))
    expect(error).toBeInstanceOf(TableauUnsupportedError)
    expect(error).toMatchObject({ since: '3.1', apiVersion: '2.4', outcome: 'not-sent', operation: 'queryJobs' })
    expect(server.requests).toHaveLength(1)
  })

  it('is refused for an input that needs more', async () => {
    await using server = await serveInTurn(old, { body: fixture('auth/signed-in') })
    const pat = { method: 'pat', personalAccessTokenName: 'a', personalAccessTokenSecret: 'b' } as const
    expect(await rejectionOf(server.client.call(signIn, { site: '', credentials: pat }))).toMatchObject({ since: '3.6', apiVersion: '2.4' })
    expect((await server.client.call(signIn, { site: '', credentials: { method: 'password', name: 'a', password: 'b' } })).value.token).toContain('12ab')
  })

  it('is refused after its last version', async () => {
    await using server = await serveInTurn(info)
    const error = await rejectionOf(server.client.call({ ...queryJob, until: '3.15' }, { jobId }, { auth }))
    expect(error).toMatchObject({ name: 'TableauUnsupportedError', until: '3.15', apiVersion: '3.24' })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a read', () => {
  const bad = { status: 502, body: '<html>' }
  const broken = { status: 500, body: fixture('jobs/error-with-callstack') }
  const seconds = (retryAfter: string) => ({ 'retry-after': retryAfter })

  it('is tried twice more, with growing pauses', async () => {
    await using server = await serveInTurn(info, bad, broken, jobs)
    expect((await server.client.call(queryJobs, page, { auth })).value.rows).toStrictEqual([])
    expect(server.requests).toHaveLength(4)
    expect(server.pauses).toStrictEqual([100, 200])
  })

  it('is given up after the third try', async () => {
    await using server = await serveInTurn(info, bad, bad, broken, jobs)
    expect(await rejectionOf(server.client.call(queryJobs, page, { auth }))).toBeInstanceOf(TableauApiError)
    expect(server.requests).toHaveLength(4)
  })

  it.each([
    ['a refusal', { status: 403, body: fixture('jobs/not-allowed') }],
    ['a dead token', { status: 401, body: fixture('auth/token-dead') }],
    ['429000', { status: 429, body: fixture('jobs/throttled') }],
    ['an error with a time to wait', { status: 503, body: fixture('jobs/error-with-callstack'), headers: seconds('60') }],
    ['a page with a time to wait', { status: 503, body: '<html>', headers: seconds('60') }],
    ['a reply that is too large', { body: `<tsResponse xmlns="http://tableau.com/api">${'<a>'.repeat(40)}` }],
    ['a redirect', { status: 302, body: '', headers: { location: '/' } }],
  ])('is not repeated after %s', async (_what, reply) => {
    await using server = await serveInTurn(info, reply, jobs)
    await rejectionOf(server.client.call(queryJobs, page, { auth }))
    expect(server.requests).toHaveLength(2)
    expect(server.pauses).toStrictEqual([])
  })

  it('gives the time that a gateway’s page asks for', async () => {
    await using server = await serveInTurn(info, { status: 503, body: '<html>', headers: seconds('60') })
    expect(await rejectionOf(server.client.call(queryJobs, page, { auth }))).toMatchObject({ retryAfterMs: 60_000, httpStatus: 503 })
  })

  it('costs a failing server no more than a tenth more, in the long run', async () => {
    await using server = await serveInTurn(info, bad)
    const calls = 400
    for (let call = 0; call < calls; call += 1) await rejectionOf(server.client.call(queryJobs, page, { auth }))
    expect(server.requests.length - 1 - calls).toBeGreaterThan(0)
    expect(server.requests.length - 1).toBeLessThanOrEqual(calls * 1.1 + 10)
  })

  it('of Server Info can be made like any other', async () => {
    await using server = await serveInTurn(info)
    expect((await server.client.call(serverInfo, {})).value).toMatchObject({ apiVersion: '3.24' })
  })
})

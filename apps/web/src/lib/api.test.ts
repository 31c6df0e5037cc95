import { cancelJob, getSession, listJobs, listServers, principalHeader, sessionSchema, signOut } from '@refreshboard/api-types'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { aSession, fakeApi, json, luid, problem } from '../test/fake-api.ts'
import { answerDeadlineMs, call } from './api.ts'
import { sessionStarted, sessionState } from './session-store.ts'

const servers = { servers: [{ id: 'main', host: 'tableau.example.com' }] }
const key = '7f8de1c4-6a1e-4c53-9f8b-0e7f6b3a2c1d'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a call', () => {
  it('fills in the path, leaves out what is absent, and marks itself', async () => {
    const api = fakeApi({ 'POST /api/jobs/x%2F..%2Fy/cancel': () => problem('bad_id') })
    await expect(call(cancelJob, { params: { id: 'x/../y' } }, { idempotencyKey: key })).rejects.toMatchObject({ code: 'bad_id' })
    const [sent] = api.sent
    expect(sent?.headers.get('x-refreshboard')).toBe('1')
    expect(sent?.headers.get('idempotency-key')).toBe(key)
    expect(sent?.headers.has('content-type')).toBe(false)
    expect(sent?.headers.has('x-refreshboard-background')).toBe(false)
  })

  it('says when no person caused it, and sends the query that was given', async () => {
    const api = fakeApi({ 'GET /api/jobs': () => problem('overloaded') })
    await expect(call(listJobs, { query: { status: 'Failed', q: '' } }, { background: true })).rejects.toMatchObject({ code: 'overloaded' })
    expect(api.sent[0]?.headers.get('x-refreshboard-background')).toBe('1')
    expect(api.sent[0]?.query.toString()).toBe('status=Failed')
  })

  it('parses the answer by the contract', async () => {
    fakeApi({ 'GET /api/servers': () => json(servers), 'DELETE /api/session': () => new Response(null, { status: 204 }) })
    await expect(call(listServers, undefined)).resolves.toEqual(servers)
    await expect(call(signOut, undefined)).resolves.toBeUndefined()
  })

  it('keeps everything of a problem', async () => {
    fakeApi({ 'GET /api/session': () => problem('session_expired', { tableau: { code: '401002', summary: 'Unauthorized', detail: 'Invalid' } }) })
    await expect(call(getSession, undefined)).rejects.toMatchObject({ code: 'session_expired', received: 'yes', requestId: 'request-1', problem: { tableau: { code: '401002' } } })
  })

  it.each([
    ['an answer that breaks the contract', () => json({ servers: [] }), 'yes'],
    ['an answer that is no JSON', () => new Response('<html>', { status: 200 }), 'yes'],
    ['an error page of a proxy', () => new Response('<html>Bad gateway', { status: 502, headers: { 'content-type': 'text/html' } }), 'unknown'],
    ['a problem that is none', () => new Response('{}', { status: 500, headers: { 'content-type': 'application/problem+json' } }), 'unknown'],
    ['a code that the contract does not know', () => new Response('{"code":"fancy"}', { status: 418, headers: { 'content-type': 'application/problem+json' } }), 'unknown'],
  ] as const)('does not take %s for good', async (_what, answer, received) => {
    fakeApi({ 'GET /api/servers': answer })
    await expect(call(listServers, undefined)).rejects.toMatchObject({ name: 'ApiError', code: 'unreadable', received })
  })

  it('says that the server does not answer, and that it may have received it', async () => {
    fakeApi({
      'GET /api/servers': () => {
        throw new TypeError('Failed to fetch')
      },
    })
    await expect(call(listServers, undefined)).rejects.toMatchObject({ code: 'unreachable', received: 'unknown' })
  })

  it('refuses a write at once when the browser is offline, and sends nothing', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const api = fakeApi({})
    await expect(call(cancelJob, { params: { id: luid(1) } })).rejects.toMatchObject({ code: 'offline', received: 'no' })
    expect(api.sent).toEqual([])
    vi.restoreAllMocks()
  })

  it('never says offline, which is that nothing was sent, of a write that had left when the network went', async () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true)
    vi.stubGlobal('fetch', () => {
      online.mockReturnValue(false)
      return Promise.reject(new TypeError('network lost'))
    })
    await expect(call(cancelJob, { params: { id: luid(1) } })).rejects.toMatchObject({ code: 'unreachable', received: 'unknown' })
    await expect(call(listServers, undefined)).rejects.toMatchObject({ code: 'offline' })
    online.mockRestore()
  })

  it('gives up after the deadline', async () => {
    vi.useFakeTimers()
    vi.stubGlobal(
      'fetch',
      async (_address: string, init: RequestInit) =>
        await new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')))
        }),
    )
    const [error] = await Promise.all([call(listServers, undefined).catch((reason: unknown) => reason), vi.advanceTimersByTimeAsync(answerDeadlineMs)])
    expect(error).toMatchObject({ code: 'timed_out', received: 'unknown' })
  })

  it('does not deliver an answer that slept', async () => {
    vi.useFakeTimers()
    fakeApi({
      'GET /api/servers': () => {
        vi.setSystemTime(Date.now() + 8 * 3_600_000)
        return json(servers)
      },
    })
    await expect(call(listServers, undefined)).rejects.toMatchObject({ code: 'timed_out' })
  })
})

describe('the identity of a page', () => {
  const session = sessionSchema.parse(aSession())
  const as = (response: Response, principal: string): Response => {
    response.headers.set(principalHeader, principal)
    return response
  }

  it('goes along with every call once it is known', async () => {
    const api = fakeApi({ 'GET /api/servers': () => as(json(servers), session.principal) })
    await call(listServers, undefined)
    sessionStarted(session, { tell: false })
    await call(listServers, undefined)
    expect(api.sent.map(({ headers }) => headers.get(principalHeader))).toEqual([null, session.principal])
    expect(sessionState().status).toBe('live')
  })

  it.each([
    ['a refusal', () => problem('conflict')],
    ['an answer', () => json(servers)],
  ])('is over at once when %s names another', async (_what, answer) => {
    const reload = vi.fn<() => void>()
    vi.stubGlobal('location', { reload })
    fakeApi({ 'GET /api/servers': () => as(answer(), 'another') })
    sessionStarted(session, { tell: false })
    await call(listServers, undefined).catch(() => undefined)
    expect(reload).toHaveBeenCalledOnce()
    expect(sessionState()).toEqual({ status: 'unknown' })
  })

  it('stays when the page itself has moved to another meanwhile', async () => {
    const reload = vi.fn<() => void>()
    vi.stubGlobal('location', { reload })
    const other = sessionSchema.parse(aSession({ site: 'finance' }))
    fakeApi({
      'GET /api/servers': () => {
        sessionStarted(other, { tell: false })
        return as(json(servers), other.principal)
      },
    })
    sessionStarted(session, { tell: false })
    await call(listServers, undefined)
    expect(reload).not.toHaveBeenCalled()
    expect(sessionState()).toEqual({ status: 'live', session: other })
  })
})

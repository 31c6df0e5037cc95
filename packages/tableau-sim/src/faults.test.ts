import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultAction, Job, TableauSim } from './index.ts'
import { simulatedTitles } from './index.ts'
import { errorCode, jobsPath, one, send, signIn, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn
let job: Job

beforeEach(async () => {
  sim = await startStill()
  admin = await signIn(sim)
  job = sim.world.site().findJob({ status: 'Pending' })
  sim.ledger.clear()
})
afterEach(() => sim.close())

const cancel = () => send(sim, jobsPath(admin, `/${job.id}`), { method: 'PUT', token: admin.token })
const list = (signal?: AbortSignal) => send(sim, jobsPath(admin), { token: admin.token, ...(signal && { signal }) })

describe('a fault instead of the answer', () => {
  it.each<[FaultAction, number, string]>([
    [{ kind: 'status', status: 502 }, 502, ''],
    [{ kind: 'status', status: 503, headers: { 'retry-after': '7' }, body: 'busy', contentType: 'text/plain' }, 503, 'busy'],
    [{ kind: 'tableauError', status: 409, code: '409093', summary: 'Conflict', detail: 'a < b' }, 409, '409093'],
    [{ kind: 'html' }, 200, '<!DOCTYPE html>'],
    [{ kind: 'html', status: 502 }, 502, '<!DOCTYPE html>'],
    [{ kind: 'redirect', status: 302, location: 'https://elsewhere.example/login' }, 302, ''],
    [{ kind: 'throttle', seconds: 30, style: 'header' }, 429, '429000'],
    [{ kind: 'throttle', seconds: 1740, style: 'text' }, 429, 'Please retry after 29 minutes.'],
    [{ kind: 'throttle', seconds: 61, style: 'text' }, 429, 'Please retry after 61 seconds.'],
  ])('%j', async (action, status, text) => {
    sim.faults.add({ operation: 'cancelJob', action })
    const reply = await cancel()
    expect(reply.status).toBe(status)
    expect(reply.text).toContain(text)
    expect(job.status).toBe('Pending')
    expect(sim.ledger.entries).toMatchObject([{ operation: 'cancelJob', status, applied: false, faults: [action.kind] }])
    expect((await cancel()).status).toBe(200)
  })

  it('carries headers', async () => {
    sim.faults.add({ action: { kind: 'throttle', seconds: 30, style: 'header' } })
    sim.faults.add({ nth: 2, action: { kind: 'redirect', status: 307, location: 'https://elsewhere.example/' } })
    expect((await list()).headers['retry-after']).toBe('30')
    expect((await list()).headers.location).toBe('https://elsewhere.example/')
  })
})

describe('a fault after the effect', () => {
  it.each<FaultAction>([
    { kind: 'status', status: 500 },
    { kind: 'html', status: 504 },
    { kind: 'tableauError', status: 500, code: '500000', summary: 's', detail: 'd' },
  ])('leaves the job cancelled: %j', async (action) => {
    sim.faults.add({ operation: 'cancelJob', when: 'after', action })
    expect((await cancel()).status).toBeGreaterThanOrEqual(500)
    expect(job.status).toBe('Cancelled')
    expect(sim.ledger.entries).toMatchObject([{ applied: true, faults: [action.kind] }])
  })
})

describe('a connection', () => {
  it.each([['before', 'Pending', false], ['after', 'Cancelled', true]] as const)('is reset %s the effect', async (when, status, applied) => {
    sim.faults.add({ operation: 'cancelJob', when, action: { kind: 'reset' } })
    await expect(cancel()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(job.status).toBe(status)
    expect(sim.ledger.entries).toMatchObject([{ status: null, applied, faults: ['reset'] }])
  })

  it.each([['before', 'Pending', false], ['after', 'Cancelled', true]] as const)('hangs %s the effect', async (when, status, applied) => {
    sim.faults.add({ operation: 'cancelJob', when, action: { kind: 'hang' } })
    const abort = new AbortController()
    const hanging = send(sim, jobsPath(admin, `/${job.id}`), { method: 'PUT', token: admin.token, signal: abort.signal })
    await expect.poll(() => sim.ledger.of('cancelJob')[0]?.faults).toEqual(['hang'])
    expect(job.status).toBe(status)
    expect(sim.ledger.entries).toMatchObject([{ status: null, applied }])
    abort.abort()
    await expect(hanging).rejects.toThrow('aborted')
  })

  it('that hangs is ended by close()', async () => {
    sim.faults.add({ action: { kind: 'hang' } })
    const hanging = list()
    const ended = hanging.catch((error: unknown) => error)
    await expect.poll(() => sim.ledger.entries[0]?.faults).toEqual(['hang'])
    await sim.close()
    expect(await ended).toMatchObject({ code: 'ECONNRESET' })
  })

  it('breaks off in the middle of a reply', async () => {
    sim.faults.add({ operation: 'queryJobs', action: { kind: 'truncate', bytes: 500, close: 'reset' } })
    await expect(list()).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})

describe('truncation', () => {
  it('cuts the right answer where it is told, and HTTP looks complete', async () => {
    const whole = await list()
    const all = Buffer.from(whole.text)
    for (const bytes of [0, 1, 100, 500, all.length - 1]) {
      sim.faults.add({ operation: 'queryJobs', action: { kind: 'truncate', bytes } })
      const reply = await list()
      expect([reply.status, reply.text, reply.headers['content-length']]).toEqual([200, all.subarray(0, bytes).toString(), String(bytes)])
    }
    expect((await list()).text).toBe(whole.text)
  })

  it('comes after the effect', async () => {
    sim.faults.add({ operation: 'cancelJob', action: { kind: 'truncate', bytes: 0 } })
    await cancel()
    expect(job.status).toBe('Cancelled')
  })
})

describe('a token', () => {
  it.each([['before', 401, 'Pending'], ['after', 200, 'Cancelled']] as const)('dies %s the effect', async (when, status, jobStatus) => {
    const other = await signIn(sim, 'site-admin')
    sim.faults.add({ operation: 'cancelJob', when, action: { kind: 'killToken' } })
    expect((await cancel()).status).toBe(status)
    expect(job.status).toBe(jobStatus)
    expect(errorCode(await list())).toBe('401002')
    expect((await send(sim, jobsPath(other), { token: other.token })).status).toBe(200)
  })

  it('dies with all the others', async () => {
    await signIn(sim, 'viewer')
    sim.faults.add({ action: { kind: 'killAllTokens' } })
    expect(errorCode(await list())).toBe('401002')
    expect(sim.world.sessions.list()).toEqual([])
  })
})

describe('a rule', () => {
  const statuses = async (count: number) => {
    const seen: number[] = []
    for (let index = 0; index < count; index += 1) seen.push((await list()).status)
    return seen
  }
  const broken: FaultAction = { kind: 'status', status: 599 }

  it('fires at the nth match, so many times', async () => {
    sim.faults.add({ operation: 'queryJobs', nth: 3, times: 2, action: broken })
    await cancel()
    expect(await statuses(6)).toEqual([200, 200, 599, 599, 200, 200])
  })

  it('matches by path, by user, or anything', async () => {
    const viewer = await signIn(sim, 'viewer')
    sim.faults.add({ path: /\/users\//, times: Infinity, action: broken })
    sim.faults.add({ user: 'viewer', operation: '*', times: Infinity, action: broken })
    expect(await statuses(1)).toEqual([200])
    const read = async (session: SignedIn, path: string) => (await send(sim, path, { token: session.token })).status
    expect(await read(admin, `/api/3.24/sites/${admin.siteId}/users/${admin.userId}`)).toBe(599)
    expect(await read(viewer, '/api/3.24/sites')).toBe(599)
    expect(await read(admin, '/api/3.24/sites')).toBe(200)
    expect((await send(sim, '/unheard-of')).status).toBe(404)
  })

  it('is removed by itself or with all others', async () => {
    const rule = sim.faults.add({ times: Infinity, action: broken })
    sim.faults.add({ times: Infinity, operation: 'queryJobs', action: { kind: 'status', status: 598 } })
    expect(await statuses(1)).toEqual([599])
    rule.remove()
    expect(await statuses(1)).toEqual([598])
    sim.faults.clear()
    expect(await statuses(1)).toEqual([200])
  })

  it('can be joined by another: a delay, then a reset', async () => {
    sim.faults.add({ action: { kind: 'delay', ms: 30 } })
    sim.faults.add({ action: { kind: 'reset' } })
    const start = performance.now()
    await expect(list()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(performance.now() - start).toBeGreaterThanOrEqual(29)
    expect(sim.ledger.entries).toMatchObject([{ faults: ['delay', 'reset'] }])
  })
})

describe('latency', () => {
  it('is what every request takes', async () => {
    await using slow = await startStill({ latencyMs: 40 })
    const start = performance.now()
    await send(slow, '/api/3.24/serverInfo')
    expect(performance.now() - start).toBeGreaterThanOrEqual(39)
  })
})

describe('a failure by data', () => {
  const act = (title: string, status: 'Pending' | 'Success', method: string, token = admin.token) => {
    const made = sim.world.addJob('', { jobType: 'refresh_extracts', title, status, held: true })
    return { made, reply: send(sim, jobsPath(admin, `/${made.id}`), { method, token }) }
  }

  it.each([
    ['Simulated: query answers 500', 500, 'Internal Server Error'],
    ['Simulated: query is refused (403004)', 403, '403004'],
    ['Simulated: query says job not found (404018)', 404, '404018'],
    ['Simulated: HTML page instead of a reply', 200, '<!DOCTYPE html>'],
    ['Simulated: query is throttled (429000)', 429, '29 minutes'],
  ])('%s', async (title, status, text) => {
    const reply = await act(title, 'Success', 'GET').reply
    expect(reply.status).toBe(status)
    expect(reply.text).toContain(text)
  })

  it('Simulated: reply cut off', async () => {
    const { text } = await act('Simulated: reply cut off', 'Success', 'GET').reply
    expect(text).toContain('<job ')
    expect(() => one(text, 'job')).toThrow('no end')
  })

  it.each([
    ['Simulated: cancel is refused (403032)', '403032'],
    ['Simulated: cancel comes too late (403091)', '403091'],
  ])('%s', async (title, code) => {
    const { made, reply } = act(title, 'Pending', 'PUT')
    expect(errorCode(await reply)).toBe(code)
    expect(made.status).toBe('Pending')
  })

  it('Simulated: cancel answers 503', async () => {
    expect((await act('Simulated: cancel answers 503', 'Pending', 'PUT').reply).status).toBe(503)
  })

  it('Simulated: cancel works but its reply is lost', async () => {
    const { made, reply } = act('Simulated: cancel works but its reply is lost', 'Pending', 'PUT')
    await expect(reply).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(made.status).toBe('Cancelled')
  })

  it.each([['Simulated: query hangs', 'GET'], ['Simulated: cancel hangs', 'PUT']])('%s', async (title, method) => {
    const { made, reply } = act(title, 'Pending', method)
    const ended = reply.catch((error: unknown) => error)
    await expect.poll(() => sim.ledger.entries[0]?.faults).toEqual(['hang'])
    await sim.close()
    expect(await ended).toMatchObject({ code: 'ECONNRESET' })
    expect(made.status).toBe('Pending')
  })

  it('is not shown to who may not see the job anyway', async () => {
    const viewer = await signIn(sim, 'viewer')
    expect(errorCode(await act('Simulated: query answers 500', 'Success', 'GET', viewer.token).reply)).toBe('403004')
  })

  it('has all its titles in the busy scenario', async () => {
    await using busy = await startStill({ scenario: 'busy' })
    const titles = busy.world.site().findJobs({ title: /^Simulated: / }).map((simulated) => simulated.title ?? '')
    expect(new Set(titles)).toEqual(new Set([...simulatedTitles, 'Simulated: cannot be queried (400031)']))
  })
})

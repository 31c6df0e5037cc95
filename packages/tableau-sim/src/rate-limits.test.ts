import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TableauSim } from './index.ts'
import { errorCode, jobsPath, one, send, signIn, signInToCloud, sitePath, startStill, startStillCloud } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStillCloud({ scenario: 'small' })
  admin = await signInToCloud(sim)
})
afterEach(() => sim.close())

const minute = 60_000
const hour = 60 * minute
const read = (session = admin) => send(sim, jobsPath(session), { token: session.token })
const run = (content: string) => send(sim, sitePath(admin, `/tasks/extractRefreshes/${sim.world.tasks().find(content).id}/runNow`), { method: 'POST', token: admin.token, body: '<tsRequest/>' })
const refused = (reply: RawReply) => [reply.status, errorCode(reply), one(reply.text, 'detail').textContent]

describe('a rate limit', () => {
  it('is off unless it is set', async () => {
    for (let call = 0; call < 30; call += 1) expect((await read()).status).toBe(200)
  })

  it('asks to wait, in words, until the window ends', async () => {
    sim.rateLimits.set({ kind: 'reads', calls: 2, windowMs: 30 * minute })
    for (const expected of [200, 200, 429, 429]) expect((await read()).status).toBe(expected)
    sim.clock.advance(90_000)
    expect(refused(await read())).toEqual([429, '429000', 'Too many requests. Please retry after 29 minutes.'])
    sim.clock.advance(28 * minute)
    expect(refused(await read())).toEqual([429, '429000', 'Too many requests. Please retry after 30 seconds.'])
    sim.clock.advance(30_000)
    expect((await read()).status).toBe(200)
    sim.rateLimits.clear()
    for (let call = 0; call < 5; call += 1) expect((await read()).status).toBe(200)
  })

  it('is for all users of the site together, and for one kind of call', async () => {
    sim.rateLimits.set({ kind: 'runs', calls: 1, windowMs: hour })
    expect((await run('Regional Sales')).status).toBe(200)
    expect(refused(await run('Customers 360'))).toEqual([429, '429000', 'Too many requests. Please retry after 60 minutes.'])
    expect(sim.world.site().findJobs({ title: 'Customers 360', status: 'Pending' })).toEqual([])
    sim.rateLimits.set({ kind: 'reads', calls: 1, windowMs: hour })
    const other = await signInToCloud(sim, 'site-admin')
    expect([(await read(other)).status, (await read()).status, (await read(other)).status]).toEqual([200, 429, 429])
    expect((await send(sim, '/api/3.24/sessions/current', { token: admin.token })).status).toBe(200)
    expect(errorCode(await read({ ...admin, token: 'gone' }))).toBe('401002')
  })

  it('is of each site by itself', async () => {
    await using server = await startStill({ callsPerHour: 1 })
    const [here, there] = [await signIn(server), await signIn(server, 'admin', 'finance')]
    const statuses = []
    for (const session of [here, here, there, there]) statuses.push((await send(server, jobsPath(session), { token: session.token })).status)
    expect(statuses).toEqual([200, 429, 200, 429])
  })

  it('leaves the session alive', async () => {
    sim.rateLimits.set({ kind: 'reads', calls: 1, windowMs: 10 * hour })
    await read()
    for (let step = 0; step < 4; step += 1) {
      sim.clock.advance(100 * minute)
      expect((await read()).status).toBe(429)
    }
  })
})

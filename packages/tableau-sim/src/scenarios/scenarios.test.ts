import { describe, expect, it } from 'vitest'
import { jobStatuses } from '../jobs.ts'
import type { Job, TableauSim } from '../index.ts'
import { all, jobsPath, one, send, signIn, startStill } from '../test-client.ts'

const minute = 60_000
const hour = 60 * minute
const byStatus = (sim: TableauSim) => Object.fromEntries(jobStatuses.map((status) => [status, sim.world.site().findJobs({ status }).length]))

describe('small', () => {
  it('shows every state and stands still for half an hour', async () => {
    await using sim = await startStill({ scenario: 'small' })
    const counts = { Pending: 3, InProgress: 2, Success: 8, Failed: 2, Cancelled: 1 }
    expect(byStatus(sim)).toEqual(counts)
    sim.clock.advance(30 * minute)
    expect(byStatus(sim)).toEqual(counts)
    expect(sim.world.site('finance').jobs).toHaveLength(3)
  })

  it('can be read through its every job', async () => {
    await using sim = await startStill({ scenario: 'small' })
    const admin = await signIn(sim)
    const replies = await Promise.all(sim.world.site().jobs.map((job) => send(sim, jobsPath(admin, `/${job.id}`), { token: admin.token })))
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(15)
    expect(replies.filter((reply) => reply.status === 400)).toHaveLength(1)
    const codes = replies.filter((reply) => reply.status === 200).map((reply) => one(reply.text, 'job').getAttribute('finishCode'))
    expect(new Set(codes)).toEqual(new Set([null, '0', '1', '2', '3']))
  })
})

describe('empty', () => {
  it('has no job on any site, and gets none', async () => {
    await using sim = await startStill({ scenario: 'empty' })
    sim.clock.advance(24 * hour)
    expect(sim.world.sites.map((site) => site.jobs.length)).toEqual([0, 0])
  })
})

describe('busy', () => {
  it('has more than two thousand jobs, failures with reasons, and jobs in every state', async () => {
    await using sim = await startStill({ scenario: 'busy' })
    const counts = byStatus(sim)
    expect(sim.world.site().jobs.length).toBeGreaterThanOrEqual(2000)
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
    const failed = sim.world.site().findJobs({ status: 'Failed', jobType: 'refresh_extracts' })
    expect(failed.length).toBeGreaterThan(40)
    expect(failed.every((job) => job.finalNotes.includes('\n'))).toBe(true)
    expect(failed.some((job) => job.finalNotes.includes('Login failed for user'))).toBe(true)
    expect(failed.some((job) => job.finalNotes.includes('7200 seconds'))).toBe(true)
    expect(failed.some((job) => job.finalNotes.includes('No space left'))).toBe(true)
    const types = new Set(sim.world.site().jobs.map((job) => job.jobType))
    for (const type of ['refresh_extracts', 'increment_extracts', 'refresh_extracts_via_bridge', 'run_flow', 'single_subscription_notify', 'createExtract', 'sync_search_index']) {
      expect(types).toContain(type)
    }
    const financeJobs = sim.world.site('finance').jobs.length
    expect(financeJobs).toBeGreaterThan(20)
    expect(financeJobs).toBeLessThan(sim.world.site().jobs.length / 10)
  })

  it('has no job that ended in the future or before it began', async () => {
    await using sim = await startStill({ scenario: 'busy' })
    const now = sim.clock.now()
    const wrong = sim.world.site().jobs.filter(
      (job) => job.createdAt > now || (job.startedAt ?? job.createdAt) < job.createdAt || (job.endedAt ?? now) > now || (job.endedAt ?? now) < (job.startedAt ?? job.createdAt),
    )
    expect(wrong).toEqual([])
  })

  it('goes on: jobs arrive, a healthy refresh ends within 60 s, the memory stays bounded', async () => {
    await using sim = await startStill({ scenario: 'busy' })
    const known = new Set(sim.world.site().jobs.map((job) => job.id))
    const start = sim.clock.now()
    const fresh = (): Job[] => sim.world.site().jobs.filter((job) => !known.has(job.id))
    sim.clock.advance(10 * minute)
    expect(fresh().length).toBeGreaterThan(10)
    sim.clock.advance(6 * hour)
    const slow = fresh().filter((job) => job.status === 'Success' && job.jobType.startsWith('refresh') && (job.endedAt ?? Infinity) - job.createdAt > 60_000)
    expect(slow).toEqual([])
    const stuck = fresh().filter((job) => job.endedAt === undefined && job.createdAt < sim.clock.now() - 60_000)
    expect(stuck).toEqual([])
    expect(fresh().some((job) => job.status === 'Failed')).toBe(true)
    sim.clock.advance(72 * hour)
    expect(sim.world.site().jobs.length).toBeLessThan(8000)
    expect(sim.world.site().jobs.every((job) => job.kept || job.createdAt > start)).toBe(true)
    expect(sim.world.site().findJobs({ title: /^Simulated/ })).toHaveLength(13)
  })

  it('lets a job be cancelled within ten seconds', async () => {
    await using sim = await startStill({ scenario: 'busy' })
    const admin = await signIn(sim)
    const job = sim.world.site().findJobs({ status: 'InProgress' }).find((candidate) => !candidate.held)
    if (job === undefined) throw new Error('Nothing runs.')
    await send(sim, jobsPath(admin, `/${job.id}`), { method: 'PUT', token: admin.token })
    sim.clock.advance(10_000)
    expect(job.status).toBe('Cancelled')
  })
})

describe('huge', () => {
  it('has 48,999 jobs in 49 pages of some 13 MB, each job once', async () => {
    await using sim = await startStill({ scenario: 'huge' })
    const admin = await signIn(sim)
    const ids = new Set<string>()
    let bytes = 0
    for (let page = 1; page <= 49; page += 1) {
      const { text } = await send(sim, jobsPath(admin, `?pageSize=1000&pageNumber=${page}`), { token: admin.token })
      bytes += Buffer.byteLength(text)
      for (const [, id] of text.matchAll(/<backgroundJob id="([^"]+)"/g)) if (id !== undefined) ids.add(id)
    }
    expect(ids.size).toBe(48_999)
    expect(bytes / 1e6).toBeGreaterThan(11)
    expect(bytes / 1e6).toBeLessThan(15)
    expect((await send(sim, jobsPath(admin, '?pageNumber=50&pageSize=1000'), { token: admin.token })).status).toBe(400)
  })

  it('ends with a job that can be told by its title, and stands still', async () => {
    await using sim = await startStill({ scenario: 'huge' })
    const admin = await signIn(sim)
    const counts = byStatus(sim)
    sim.clock.advance(hour)
    expect(byStatus(sim)).toEqual(counts)
    expect(counts['Pending']).toBe(33)
    const { text } = await send(sim, jobsPath(admin, '?pageSize=1000&pageNumber=49'), { token: admin.token })
    expect(all(text, 'backgroundJob').at(-1)?.getAttribute('title')).toBe('The oldest job of this site')
  })
})

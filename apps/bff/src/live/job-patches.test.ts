import { afterEach, describe, expect, it, vi } from 'vitest'
import { cancelJob, listJobs, luidSchema, type Job } from '@refreshboard/api-types'
import { TableauApiError } from '@refreshboard/tableau-client'
import { principalKey } from '../session/principal.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { outputOf } from '../testing/browser.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { noServer } from '../testing/some-facts.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { JobFeed } from './job-feed.ts'
import { JobIndex, jobFilterOf } from './job-index.ts'
import { JobPatches } from './job-patches.ts'

const row = (id: string, status: string): Job => ({ id, status, jobType: 'refresh_extracts', createdAt: '2026-03-04T16:00:00Z' })
const statuses = (index: JobIndex): string[] => index.jobs.map(({ id, status }) => `${id} ${status}`)

describe('jobs that were read by themselves', () => {
  it('are in the index that is asked for, found, counted and in their old places, and not in that of before', () => {
    const before = new JobIndex([row('a', 'Pending'), row('b', 'Pending'), row('c', 'Success')], 0)
    const patches = new JobPatches()
    for (const id of ['b', 'elsewhere']) patches.add(row(id, 'Cancelled'), 1)
    const index = patches.into(before)
    expect(statuses(index)).toEqual(['a Pending', 'b Cancelled', 'c Success'])
    expect([index.find('b')?.status, index.find('elsewhere'), before.find('b')?.status]).toEqual(['Cancelled', undefined, 'Pending'])
    expect(index.window(jobFilterOf({}), 'createdAt:asc', 0, 10).counts).toMatchObject({ Pending: 1, Cancelled: 1, Success: 1 })
    // Nothing new: nothing is made again.
    expect(patches.into(index)).toBe(index)
  })

  it('are told from a moment on, and forgotten where a sweep began after them', () => {
    const patches = new JobPatches()
    patches.add(row('a', 'Cancelled'), 10)
    patches.add(row('b', 'Cancelled'), 20)
    expect([patches.find('a', 10)?.status, patches.find('a', 11), patches.find('c')]).toEqual(['Cancelled', undefined, undefined])
    patches.into(new JobIndex([], 0))
    patches.keepSince(20)
    expect(statuses(patches.into(new JobIndex([row('a', 'Pending'), row('b', 'Pending')], 0)))).toEqual(['a Pending', 'b Cancelled'])
    patches.keepSince(21)
    expect(statuses(patches.into(new JobIndex([row('b', 'Pending')], 0)))).toEqual(['b Pending'])
  })
})

it('a row that was read by itself is not told any more to who may no longer see the jobs', async () => {
  const clock = createTestClock()
  const principal = principalKey({ serverId: 'server', siteId: 'site', userId: 'one' })
  const user = { id: luidSchema.parse('7f9c1a3e-0000-4000-8000-000000000001'), name: 'one', siteRole: 'Viewer' }
  let mayList = true
  const reply = { value: { rows: [row('a', 'Pending')], pageNumber: 1, pageSize: 1000, totalAvailable: 1 }, warnings: [] }
  const refusal = new TableauApiError('queryJobs', { code: '403004', summary: 'Forbidden', detail: 'Not yours.', httpStatus: 403 })
  // A feed calls nothing but the list of jobs, which decodes to this.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const call: TableauSession['call'] = () => (mayList ? Promise.resolve(reply as never) : Promise.reject(refusal))
  const tableau = { ...noServer, sessionId: 's', principal, user, flavor: 'server' as const, call }
  const feed = new JobFeed(principal, clock)
  await feed.read(tableau)
  feed.patch(row('a', 'Cancelled'))
  expect([feed.peek('a')?.status, feed.index?.find('a')?.status]).toEqual(['Cancelled', 'Cancelled'])
  mayList = false
  feed.expire()
  await expect(feed.read(tableau)).rejects.toBe(refusal)
  expect([feed.peek('a'), feed.peekFresh('a'), feed.index]).toEqual([undefined, undefined, undefined])
})

describe('jobs that are cancelled one after another', () => {
  let harness: Harness
  afterEach(async () => {
    vi.restoreAllMocks()
    await harness[Symbol.asyncDispose]()
  })

  it('make no index of all jobs each, but one for all of them when the list is asked for', async () => {
    harness = await startHarness({ clock: createTestClock() })
    const ids = [1, 2, 3, 4].map((at) => harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: `Held ${at}`, status: 'Pending', held: true }).id)
    const browser = await harness.signedIn()
    await browser.get('/api/jobs')
    const made = vi.spyOn(JobIndex.prototype, 'with')
    for (const id of ids) expect(outputOf(cancelJob, await browser.post(`/api/jobs/${id}/cancel`)).state).toBe('done')
    expect(made).not.toHaveBeenCalled()
    for (let at = 0; at < 2; at += 1) {
      const { rows } = outputOf(listJobs, await browser.get('/api/jobs?q=held&status=Cancelled'))
      expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    }
    expect(made).toHaveBeenCalledTimes(1)
    expect(harness.sim.ledger.of('queryJobs')).toHaveLength(1)
  })
})

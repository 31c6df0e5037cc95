import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { listBulk, planBulk } from '@refreshboard/api-types'
import { outputOf, problemOf } from '../../testing/browser.ts'
import { startHarness, type Harness } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'
import { createTestClock } from '../../testing/test-clock.ts'

let harness: Harness
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

it('a job that the list did not have is not said to be missing where the list cannot be read again', async () => {
  harness = await startHarness({ bff: { tableauDeadlineMs: 1000 } })
  const browser = await harness.signedIn()
  const ids = [harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Held', status: 'Pending', held: true }).id]
  const plan = (more: string[]) => browser.post('/api/bulk', { action: 'jobs.cancel', select: { ids: [...ids, ...more] } })
  expect((await plan([])).status).toBe(201)
  const refused = harness.sim.faults.add({ operation: 'queryJobs', times: Infinity, action: { kind: 'status', status: 500 } })
  const reply = await plan([randomUUID()])
  expect(reply.status).toBe(502)
  expect(problemOf(reply).code).toBe('upstream_unreadable')
  expect(outputOf(listBulk, await browser.get('/api/bulk')).runs).toHaveLength(1)
  refused.remove()
  // What is known is planned all the same.
  expect(outputOf(planBulk, await plan([])).counts).toEqual({ planned: 1 })
})

it('a job that the list does not have when it is read again is left out', async () => {
  harness = await startHarness()
  const browser = await harness.signedIn()
  const select = { ids: [randomUUID()] }
  expect(outputOf(planBulk, await browser.post('/api/bulk', { action: 'jobs.cancel', select })).items).toMatchObject([{ state: 'left_out', reason: containing('does not have it') }])
})

it('a job that is gone is left out, however long a reading of the list takes', async () => {
  harness = await startHarness()
  const browser = await harness.signedIn()
  await browser.get('/api/jobs')
  harness.sim.faults.add({ operation: 'queryJobs', times: Infinity, action: { kind: 'delay', ms: 700 } })
  const reply = await browser.post('/api/bulk', { action: 'jobs.cancel', select: { ids: [randomUUID()] } })
  expect(outputOf(planBulk, reply).items).toMatchObject([{ state: 'left_out', reason: containing('does not have it') }])
})

it('all that match are planned while the first reading of the list goes on', async () => {
  harness = await startHarness({ sim: { scenario: 'busy' } })
  const browser = await harness.signedIn()
  harness.sim.faults.add({ operation: 'queryJobs', nth: 2, times: Infinity, action: { kind: 'delay', ms: 700 } })
  // Listed last.
  const { id, jobType } = harness.sim.world.site().jobs.toSorted((a, b) => a.createdAt - b.createdAt)[0] ?? { id: '', jobType: '' }
  const items = outputOf(planBulk, await browser.post('/api/bulk', { action: 'jobs.cancel', select: { matching: { q: id } } })).items
  expect(items).toMatchObject([{ id, about: containing(jobType) }])
})

it('a job that was made a moment ago is not called gone because another one was looked at while the list was read', async () => {
  harness = await startHarness()
  const browser = await harness.signedIn()
  const add = (): string => harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Held', status: 'Pending', held: true }).id
  const other = add()
  await browser.get('/api/jobs')
  const made = add()
  harness.sim.faults.add({ operation: 'queryJobs', times: Infinity, action: { kind: 'delay', ms: 600 } })
  const plan = browser.post('/api/bulk', { action: 'jobs.cancel', select: { ids: [made] } })
  for (let at = 0; at < 3; at += 1) await browser.get(`/api/jobs/${other}`)
  expect(outputOf(planBulk, await plan).counts).toEqual({ planned: 1 })
})

it('a job that has begun since the dry run is not cancelled before that was looked at', async () => {
  harness = await startHarness({ clock: createTestClock() })
  const browser = await harness.signedIn()
  const job = harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Held', status: 'Pending', held: true })
  const plan = async () => outputOf(planBulk, await browser.post('/api/bulk', { action: 'jobs.cancel', select: { ids: [job.id] } }))
  const seen = await plan()
  expect([seen.items[0]?.will, seen.warnings]).toEqual(['It will be cancelled.', [containing('not begun again')]])
  job.status = 'InProgress'
  job.startedAt = job.createdAt
  // The list says so.
  await browser.get(`/api/jobs/${job.id}`)
  const reply = await browser.post(`/api/bulk/${seen.id}/start`, { digest: seen.digest })
  expect(reply.status).toBe(409)
  expect(problemOf(reply).code).toBe('changed_elsewhere')
  expect(harness.sim.ledger.of('cancelJob')).toHaveLength(0)
  const now = await plan()
  expect([now.items[0]?.will, now.warnings]).toEqual([containing('It is running: what it has done so far is lost.'), [containing('not begun again'), containing('is lost')]])
})

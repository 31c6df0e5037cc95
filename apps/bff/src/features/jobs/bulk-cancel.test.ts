import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { listBulk, planBulk } from '@refreshboard/api-types'
import { outputOf, problemOf } from '../../testing/browser.ts'
import { startHarness, type Harness } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'

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

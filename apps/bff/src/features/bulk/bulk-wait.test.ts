import { afterEach, describe, expect, it } from 'vitest'
import { getBulk, planBulk, resumeBulk, type BulkRunState, type BulkRunWithItems } from '@refreshboard/api-types'
import { systemClock, type Clock } from '../../clock.ts'
import { outputOf, type Browser } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness } from '../../testing/harness.ts'

let harness: Harness
let later = 0
/** The real time, moved on by the test. */
const clock: Clock = { ...systemClock, now: () => systemClock.now() + later, monotonic: () => systemClock.monotonic() + later }
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const runOf = async (browser: Browser, { id }: { id: string }): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`, { background: true }))
const until = async (browser: Browser, run: { id: string }, state: BulkRunState): Promise<BulkRunWithItems> => {
  await eventually(async () => (await runOf(browser, run)).state === state, `the state ${state}`)
  return runOf(browser, run)
}
const sent = () => harness.sim.ledger.of('cancelJob')
const pauseAndGoOn = async (browser: Browser, run: { id: string }): Promise<void> => {
  await browser.post(`/api/bulk/${run.id}/pause`)
  await until(browser, run, 'paused')
  expect(outputOf(resumeBulk, await browser.post(`/api/bulk/${run.id}/resume`)).state).toMatch(/^(waiting|running)$/)
}

/** A run of two of which the first was told to come again in ten minutes. */
const waiting = async (): Promise<{ browser: Browser; run: BulkRunWithItems }> => {
  later = 0
  harness = await startHarness({ clock, stored: true })
  const browser = await harness.signedIn()
  const jobs = [0, 1].map((at) => harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: `Held back ${at}`, status: 'Pending', held: true }))
  harness.sim.faults.add({ operation: 'cancelJob', times: 2, action: { kind: 'throttle', seconds: 600, style: 'header' } })
  const run = outputOf(planBulk, await browser.post('/api/bulk', { action: 'jobs.cancel', select: { ids: jobs.map(({ id }) => id) } }))
  await browser.post(`/api/bulk/${run.id}/start`, { digest: run.digest })
  await eventually(async () => (await runOf(browser, run)).state === 'waiting' && sent().length === 2, 'that both were told to wait')
  return { browser, run: await runOf(browser, run) }
}

const aMoment = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 100)
  })

describe('a run that Tableau asked to wait', () => {
  it('waits on when it is paused and resumed, and goes on when the time has come', async () => {
    const { browser, run } = await waiting()
    await pauseAndGoOn(browser, run)
    const again = await until(browser, run, 'waiting')
    expect([run.retryAt === undefined, again.retryAt === run.retryAt]).toEqual([false, true])
    await aMoment()
    expect(sent()).toHaveLength(2)
    later = 601_000
    await pauseAndGoOn(browser, run)
    const done = await until(browser, run, 'done')
    expect([done.counts, done.retryAt, sent().length]).toEqual([{ done: 2 }, undefined, 4])
  })

  it('waits on after a restart', async () => {
    const { run } = await waiting()
    await harness.restart()
    const browser = await harness.signedIn()
    expect((await until(browser, run, 'waiting')).retryAt === run.retryAt).toBe(true)
    await aMoment()
    expect(sent()).toHaveLength(2)
    later = 601_000
    await pauseAndGoOn(browser, run)
    expect((await until(browser, run, 'done')).counts).toEqual({ done: 2 })
  })
})

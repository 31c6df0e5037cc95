import { afterEach, describe, expect, it } from 'vitest'
import Libsql from 'libsql'
import { getBulk, listBulk, planBulk, type BulkRunState, type BulkRunWithItems } from '@refreshboard/api-types'
import type { Job } from '@refreshboard/tableau-sim'
import { systemClock, type Clock } from '../../clock.ts'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'

let harness: Harness
let later = 0
/** The real time, moved on by the test. */
const clock: Clock = { ...systemClock, now: () => systemClock.now() + later, monotonic: () => systemClock.monotonic() + later }
const start = async (options: HarnessOptions = {}): Promise<Browser> => {
  later = 0
  harness = await startHarness({ clock, stored: true, ...options })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const hour = 60 * 60_000
const waitingJobs = (count: number): Job[] =>
  Array.from({ length: count }, (_, at) => harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: `Held back ${at}`, status: 'Pending', held: true }))
const cancelOf = async (browser: Browser, jobs: readonly Job[]): Promise<BulkRunWithItems> =>
  outputOf(planBulk, await browser.post('/api/bulk', { action: 'jobs.cancel', select: { ids: jobs.map(({ id }) => id) } }))
const begin = (browser: Browser, { id, digest }: BulkRunWithItems): Promise<Reply> => browser.post(`/api/bulk/${id}/start`, { digest })
const runOf = async (browser: Browser, { id }: { id: string }): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`, { background: true }))
const until = async (browser: Browser, run: { id: string }, state: BulkRunState): Promise<BulkRunWithItems> => {
  await eventually(async () => (await runOf(browser, run)).state === state, `the state ${state}`)
  return runOf(browser, run)
}
const sent = () => harness.sim.ledger.of('cancelJob')
const inStore = <T>(work: (database: InstanceType<typeof Libsql>) => T): T => {
  const database = new Libsql(`${harness.directory}/store.db`)
  try {
    return work(database)
  } finally {
    database.close()
  }
}

describe('a run', () => {
  it('is started once, however often and from wherever it is asked for', async () => {
    const browser = await start()
    const other = await harness.signedIn()
    const run = await cancelOf(browser, waitingJobs(9))
    const replies = await Promise.all([browser, other, browser, other, browser].map((one) => begin(one, run)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await until(other, run, 'done')).counts).toEqual({ done: 9 })
    expect(sent()).toHaveLength(9)
  })

  it('is one of three that a person has at a time; a fourth waits for a click', async () => {
    const browser = await start()
    const stranger = await harness.signedIn('site-admin')
    harness.sim.faults.add({ operation: 'cancelJob', times: Infinity, action: { kind: 'throttle', seconds: 600, style: 'header' } })
    const runs: BulkRunWithItems[] = []
    for (let at = 0; at < 4; at += 1) runs.push(await cancelOf(browser, waitingJobs(1)))
    const [first, , , fourth] = runs
    if (first === undefined || fourth === undefined) throw new Error('not planned')
    const replies: Reply[] = []
    for (const run of runs) replies.push(await begin(browser, run))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 409])
    expect(problemOf(await begin(browser, fourth))).toMatchObject({ code: 'conflict', detail: containing('3 runs of yours are being carried out') })
    expect((await runOf(browser, fourth)).state).toBe('planned')
    expect((await begin(stranger, await cancelOf(stranger, waitingJobs(1)))).status).toBe(200)
    await until(browser, first, 'waiting')
    await browser.post(`/api/bulk/${first.id}/stop`)
    await until(browser, first, 'stopped')
    expect((await begin(browser, fourth)).status).toBe(200)
  })

  it('sends nothing that cannot be recorded, and nothing twice whose end could not be', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(8))
    inStore((database) => database.exec("create trigger held before update on bulk_items when new.state = 'done' begin select raise(abort, 'held'); end"))
    await begin(browser, run)
    const halted = await until(browser, run, 'halted')
    expect(halted.why).toContain('Twice in a row nothing could be sent')
    const so = sent().length
    expect([halted.counts, so < 8]).toEqual([{ sending: so, planned: 8 - so }, true])
    inStore((database) => database.exec('drop trigger held'))
    await browser.post(`/api/bulk/${run.id}/resume`)
    expect((await until(browser, run, 'done')).counts).toEqual({ done: 8 })
    expect(sent()).toHaveLength(8)
  })

  it('does not go on by itself when its session has been idle for too long, and does with a new one', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(4))
    harness.sim.faults.add({ operation: 'cancelJob', nth: 2, times: 3, action: { kind: 'throttle', seconds: 1, style: 'header' } })
    await begin(browser, run)
    await until(browser, run, 'waiting')
    later = 5 * hour
    const state = (): unknown => inStore((database) => database.prepare('select state from bulk_runs').all([]))
    await eventually(() => JSON.stringify(state()).includes('interrupted'), 'the interruption')
    const so = sent().filter(({ applied }) => applied).length
    expect(so).toBeLessThan(4)
    const again = await harness.signedIn()
    expect((await until(again, run, 'done')).counts).toEqual({ done: 4 })
    expect(sent().filter(({ applied }) => applied)).toHaveLength(4)
  })

  it('sends nothing again of which no record is left, and says so', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(3))
    await begin(browser, run)
    await until(browser, run, 'done')
    // As a kill leaves it while the second is on its way; a day later its record is gone.
    inStore((database) => {
      database.exec("update bulk_items set state = 'sending', evidence = null, sent_at = sent_at - 86400000 where n = 1; update bulk_runs set state = 'running', ended_at = null; delete from writes")
    })
    await harness.restart()
    const again = await harness.signedIn()
    const { items } = await until(again, run, 'done')
    expect(items[1]).toMatchObject({ state: 'unconfirmed', evidence: containing('no record tells what became of it') })
    expect(sent()).toHaveLength(3)
  })

  it('that is paused stays so over a restart, and that is being stopped is stopped', async () => {
    const browser = await start()
    const jobs = waitingJobs(5)
    const [paused, stopping] = [await cancelOf(browser, jobs.slice(0, 3)), await cancelOf(browser, jobs.slice(3))]
    inStore((database) => {
      database.prepare("update bulk_runs set state = 'pausing', started_at = planned_at where id = ?").run([paused.id])
      database.prepare("update bulk_runs set state = 'stopping', started_at = planned_at where id = ?").run([stopping.id])
    })
    await harness.restart()
    const again = await harness.signedIn()
    expect((await until(again, paused, 'paused')).counts).toEqual({ planned: 3 })
    expect((await until(again, stopping, 'stopped')).counts).toEqual({ planned: 2 })
    expect(sent()).toEqual([])
    await again.post(`/api/bulk/${paused.id}/resume`)
    expect((await until(again, paused, 'done')).counts).toEqual({ done: 3 })
  })

  it('of more than 1,000 is refused, and says how to come below that', async () => {
    const browser = await start()
    waitingJobs(1001)
    const reply = await browser.post('/api/bulk', { action: 'jobs.cancel', select: { matching: { q: 'held back' } } })
    expect(problemOf(reply)).toMatchObject({ code: 'validation', detail: containing('1,001 jobs match. At most 1,000') })
    expect(outputOf(listBulk, await browser.get('/api/bulk')).runs).toEqual([])
  })

  it('of 1,000 is planned and told whole', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(1000))
    expect([run.counts, (await runOf(browser, run)).items.length, new Set(run.items.flatMap(({ keys }) => keys)).size]).toEqual([{ planned: 1000 }, 1000, 1000])
  })
})

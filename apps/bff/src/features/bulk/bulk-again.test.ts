import { afterEach, describe, expect, it } from 'vitest'
import Libsql from 'libsql'
import { getBulk, listBulk, planBulk, type BulkRunState, type BulkRunWithItems } from '@refreshboard/api-types'
import type { Job, RefreshTask, ServerSchedule } from '@refreshboard/tableau-sim'
import { systemClock, type Clock } from '../../clock.ts'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'

let harness: Harness
let later = 0
/** The real time, moved on by the test. */
const clock: Clock = { ...systemClock, now: () => systemClock.now() + later, monotonic: () => systemClock.monotonic() + later }
const start = async (): Promise<Browser> => {
  later = 0
  harness = await startHarness({ clock, stored: true })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const hour = 60 * 60_000
const day = 24 * hour
const waitingJobs = (count: number): Job[] =>
  Array.from({ length: count }, (_, at) => harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: `Held back ${at}`, status: 'Pending', held: true }))
const planOf = async (browser: Browser, body: unknown): Promise<BulkRunWithItems> => outputOf(planBulk, await browser.post('/api/bulk', body))
const cancelOf = (browser: Browser, count: number): Promise<BulkRunWithItems> => planOf(browser, { action: 'jobs.cancel', select: { ids: waitingJobs(count).map(({ id }) => id) } })
const cancelsOf = async (browser: Browser, count: number): Promise<BulkRunWithItems[]> => {
  const runs: BulkRunWithItems[] = []
  for (let at = 0; at < count; at += 1) runs.push(await cancelOf(browser, 1))
  return runs
}
const begin = (browser: Browser, { id, digest }: BulkRunWithItems): Promise<Reply> => browser.post(`/api/bulk/${id}/start`, { digest })
const tell = (browser: Browser, { id }: { id: string }, what: 'pause' | 'resume' | 'stop'): Promise<Reply> => browser.post(`/api/bulk/${id}/${what}`)
const runOf = async (browser: Browser, { id }: { id: string }): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`, { background: true }))
const until = async (browser: Browser, run: { id: string }, state: BulkRunState): Promise<BulkRunWithItems> => {
  await eventually(async () => (await runOf(browser, run)).state === state, `the state ${state}`)
  return runOf(browser, run)
}
const statesNow = async (browser: Browser): Promise<BulkRunState[]> => outputOf(listBulk, await browser.get('/api/bulk')).runs.map(({ state }) => state)
const sent = () => harness.sim.ledger.of('cancelJob')
const slowly = (ms: number, nth = 1): void => {
  harness.sim.faults.add({ operation: 'cancelJob', nth, times: Infinity, action: { kind: 'delay', ms } })
}
const toWait = (operation: 'cancelJob' | 'deleteExtractRefreshTask'): void => {
  harness.sim.faults.add({ operation, times: Infinity, action: { kind: 'throttle', seconds: 600, style: 'header' } })
}
const inStore = (sql: string): void => {
  const database = new Libsql(`${harness.directory}/store.db`)
  try {
    database.exec(sql)
  } finally {
    database.close()
  }
}

/** A move that is paused between its two writes. */
const halfMoved = async (browser: Browser): Promise<{ run: BulkRunWithItems; old: RefreshTask; to: ServerSchedule }> => {
  const { world } = harness.sim
  const schedule = (name: string): ServerSchedule => world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [] })
  const [from, to] = [schedule('Nightly'), schedule('Noon')]
  const site = world.site()
  const admin = world.account('admin').memberships.find((membership) => membership.site === site)
  const content = site.addContent({ kind: 'workbook', name: 'Moved', ownerId: admin?.userId ?? '', project: site.projects[0], hasExtracts: true })
  const old = world.addTask('', { content, schedule: from })
  const run = await planOf(browser, { action: 'tasks.move', select: { ids: [old.id] }, scheduleId: to.id })
  toWait('deleteExtractRefreshTask')
  await begin(browser, run)
  await until(browser, run, 'waiting')
  await tell(browser, run, 'pause')
  return { run: await until(browser, run, 'paused'), old, to }
}

describe('a move that is half done', () => {
  it('tells both tasks when it is resumed after a weekend', async () => {
    const browser = await start()
    const { run, old, to } = await halfMoved(browser)
    later = 60 * hour
    const monday = await harness.signedIn()
    await tell(monday, run, 'resume')
    const { items } = await until(monday, run, 'done')
    expect(items).toMatchObject([{ state: 'half_done', evidence: containing(`Old: ${old.id}`), reason: containing('no record tells') }])
    expect(items[0]?.evidence).toContain(harness.sim.world.tasks().onSchedule(to)[0]?.id ?? 'none')
  })
})

describe('a run that is gone on with', () => {
  it('has all its lanes again, although one of them was under way over the pause', async () => {
    const browser = await start()
    const run = await cancelOf(browser, 24)
    harness.sim.faults.add({ operation: 'cancelJob', action: { kind: 'delay', ms: 4000 } })
    slowly(100, 2)
    await begin(browser, run)
    await eventually(async () => ((await runOf(browser, run)).counts.done ?? 0) > 0, 'the first that is done')
    await tell(browser, run, 'pause')
    await eventually(async () => (await runOf(browser, run)).counts.sending === 1, 'that one is under way')
    const { counts } = await runOf(browser, run)
    await tell(browser, run, 'resume')
    let most = 0
    await eventually(async () => {
      const now = (await runOf(browser, run)).counts
      most = Math.max(most, now.sending ?? 0)
      return now.planned === undefined && now.sending === 1
    }, 'that the one under way is the last')
    expect([counts.planned === undefined, most]).toEqual([false, 3])
    expect((await until(browser, run, 'done')).counts).toEqual({ done: 24 })
    expect(sent()).toHaveLength(24)
  })
})

describe('after a restart', () => {
  /** Three runs that wait, and a new process. */
  const interrupted = async (): Promise<{ browser: Browser; runs: BulkRunWithItems[] }> => {
    const before = await start()
    toWait('cancelJob')
    const runs = await cancelsOf(before, 3)
    for (const run of runs) await begin(before, run)
    for (const run of runs) await until(before, run, 'waiting')
    await harness.restart()
    return { browser: await harness.signedIn(), runs }
  }

  it('no more than three runs of a person go on; the next does when one of them is over', async () => {
    const { browser, runs } = await interrupted()
    const more = await cancelsOf(browser, 3)
    for (const run of more) expect((await begin(browser, run)).status).toBe(200)
    for (const run of more) await until(browser, run, 'waiting')
    expect((await statesNow(browser)).toSorted()).toEqual(['interrupted', 'interrupted', 'interrupted', 'waiting', 'waiting', 'waiting'])
    const [first] = runs
    if (first === undefined) throw new Error('not planned')
    expect((await runOf(browser, first)).why).toContain('3 runs of yours are being carried out')
    expect(problemOf(await tell(browser, first, 'resume'))).toMatchObject({ code: 'conflict', detail: containing('3 runs of yours') })
    await tell(browser, more[0] ?? first, 'stop')
    await until(browser, more[0] ?? first, 'stopped')
    expect((await until(browser, first, 'waiting')).why).toBeUndefined()
  })

  it('no more than three go on however many are asked for at once', async () => {
    const { browser, runs } = await interrupted()
    const more = await cancelsOf(browser, 2)
    await Promise.all([...more.map((run) => begin(browser, run)), ...runs.map((run) => runOf(browser, run))])
    const states = await statesNow(browser)
    expect(states.filter((state) => state === 'running' || state === 'waiting')).toHaveLength(3)
    for (const run of [...runs, ...more]) await tell(browser, run, 'pause')
    await eventually(async () => !(await statesNow(browser)).includes('pausing'), 'that all are paused')
    const replies = await Promise.all([...runs, ...more].map((run) => tell(browser, run, 'resume')))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(3)
  })

  it.each([
    ['stop', 'stopped'],
    ['pause', 'paused'],
  ] as const)('nothing more is sent when the first that is asked for is to %s', async (what, state) => {
    const before = await start()
    const run = await cancelOf(before, 9)
    slowly(300)
    await begin(before, run)
    await eventually(() => sent().length > 0, 'that it is under way')
    await harness.restart()
    const browser = await harness.signedIn()
    const so = sent().length
    expect((await tell(browser, run, what)).status).toBe(200)
    const { counts } = await until(browser, run, state)
    expect([sent().length, counts]).toEqual([so, { done: so, planned: 9 - so }])
  })
})

describe('a run that nobody goes on with', () => {
  it('is stopped after 90 days, and tells what is half done and what was not sent', async () => {
    const browser = await start()
    const { run: moved, old } = await halfMoved(browser)
    const rest = await cancelOf(browser, 2)
    toWait('cancelJob')
    await begin(browser, rest)
    await until(browser, rest, 'waiting')
    await tell(browser, rest, 'pause')
    await until(browser, rest, 'paused')
    later = 89 * day
    await harness.restart()
    const then = await harness.signedIn()
    expect((await runOf(then, moved)).state).toBe('paused')
    later = 91 * day
    await harness.restart()
    const again = await harness.signedIn()
    const stopped = await until(again, moved, 'stopped')
    expect(stopped).toMatchObject({ why: containing('90 days'), endedAt: containing('T'), items: [{ state: 'half_done', evidence: containing(`Old: ${old.id}`) }] })
    expect(await until(again, rest, 'stopped')).toMatchObject({ counts: { planned: 2 } })
    expect(sent().filter(({ applied }) => applied)).toEqual([])
  })

  it('is one of 50 of a person; another is not started before one is stopped', async () => {
    const browser = await start()
    const [run, one] = await cancelsOf(browser, 2)
    if (run === undefined || one === undefined) throw new Error('not planned')
    const columns = 'principal, action, wanted, title, why, retry_at, digest, warnings, planned_at, started_at, ended_at'
    const numbers = Array.from({ length: 50 }, (_, at) => `(${at})`).join()
    inStore(`insert into bulk_runs (id, state, ${columns}) select '00000000-0000-4000-8000-' || printf('%012d', column1), 'halted', ${columns} from bulk_runs, (values ${numbers}) where id = '${one.id}'`)
    expect(problemOf(await begin(browser, run))).toMatchObject({ code: 'conflict', detail: containing('50 runs of yours are paused or halted') })
    await tell(browser, { id: '00000000-0000-4000-8000-000000000007' }, 'stop')
    expect((await begin(browser, run)).status).toBe(200)
  })
})

import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { getBulk, listBulk, pauseBulk, planBulk, resumeBulk, startBulk, stopBulk, type BulkRunState, type BulkRunWithItems } from '@refreshboard/api-types'
import type { Job, OperationName } from '@refreshboard/tableau-sim'
import { systemClock } from '../../clock.ts'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'

let harness: Harness
const start = async (options: HarnessOptions = {}, account = 'admin'): Promise<Browser> => {
  harness = await startHarness({ ...options, bff: { tableauDeadlineMs: 1000, ...options.bff } })
  return harness.signedIn(account)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const waitingJobs = (count: number): Job[] =>
  Array.from({ length: count }, (_, at) => harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: `Held back ${at}`, status: 'Pending', held: true }))

const planOf = async (browser: Browser, body: unknown): Promise<BulkRunWithItems> => outputOf(planBulk, await browser.post('/api/bulk', body))
const cancelOf = (browser: Browser, jobs: readonly { id: string }[]): Promise<BulkRunWithItems> => planOf(browser, { action: 'jobs.cancel', select: { ids: jobs.map(({ id }) => id) } })
const begin = (browser: Browser, { id, digest }: { id: string; digest: string }): Promise<Reply> => browser.post(`/api/bulk/${id}/start`, { digest })
const tell = (browser: Browser, id: string, what: 'pause' | 'resume' | 'stop'): Promise<Reply> => browser.post(`/api/bulk/${id}/${what}`)
const runOf = async (browser: Browser, { id }: { id: string }): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`, { background: true }))
const until = async (browser: Browser, run: { id: string }, ...states: BulkRunState[]): Promise<BulkRunWithItems> => {
  let now = await runOf(browser, run)
  await eventually(async () => states.includes((now = await runOf(browser, run)).state), `the state ${states.join(' or ')}`)
  return now
}
const sent = (operation: OperationName = 'cancelJob') => harness.sim.ledger.of(operation)
const statesOf = ({ items }: BulkRunWithItems): string[] => items.map(({ state }) => state)

describe('a plan', () => {
  it('names what would happen to each and why some are left out, and sends nothing', async () => {
    const browser = await start()
    const [one, over] = [waitingJobs(1)[0], harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Over', status: 'Success' })]
    const gone = randomUUID()
    const run = await cancelOf(browser, [one ?? over, over, { id: gone }])
    expect(run).toMatchObject({ action: 'jobs.cancel', title: 'Cancel 1 job', state: 'planned', counts: { planned: 1, left_out: 2 } })
    expect(run.items).toMatchObject([
      { n: 0, id: one?.id, name: 'Held back 0', state: 'planned', will: 'It will be cancelled.', keys: [containing('-')] },
      { n: 1, id: over.id, state: 'left_out', reason: containing('It has ended already, with success'), keys: [] },
      { n: 2, id: gone, state: 'left_out', reason: containing('does not have it'), keys: [] },
    ])
    expect(await runOf(browser, run)).toEqual(run)
    expect(outputOf(listBulk, await browser.get('/api/bulk')).runs.map(({ id }) => id)).toEqual([run.id])
    expect(sent()).toEqual([])
  })

  it('takes everything that matches a filter', async () => {
    const browser = await start()
    const jobs = waitingJobs(12)
    const run = await planOf(browser, { action: 'jobs.cancel', select: { matching: { q: 'held back', status: ['Pending'] } } })
    expect(run.items.map(({ id }) => id).toSorted()).toEqual(jobs.map(({ id }) => id).toSorted())
    expect(problemOf(await browser.post('/api/bulk', { action: 'jobs.cancel', select: { matching: { q: 'no such job' } } }))).toMatchObject({ code: 'validation', detail: containing('No job matches') })
  })

  it('is another person’s own', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(2))
    const other = await harness.signedIn('site-admin')
    const replies = [await other.get(`/api/bulk/${run.id}`), await begin(other, run), await tell(other, run.id, 'stop')]
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(replies.map((reply) => problemOf(reply).code)).toEqual(['not_found', 'not_found', 'not_found'])
    expect(outputOf(listBulk, await other.get('/api/bulk')).runs).toEqual([])
    expect(sent()).toEqual([])
  })

  it('is refused as a whole where the role does not allow it', async () => {
    const browser = await start({}, 'viewer')
    expect(problemOf(await browser.post('/api/bulk', { action: 'jobs.cancel', select: { ids: [randomUUID()] } })).code).toBe('forbidden')
  })
})

describe('a start', () => {
  it('does each once, in words and with what was seen', async () => {
    const browser = await start()
    const jobs = waitingJobs(7)
    const run = await cancelOf(browser, jobs)
    expect(outputOf(startBulk, await begin(browser, run)).state).toBe('running')
    const done = await until(browser, run, 'done')
    expect(done).toMatchObject({ counts: { done: 7 }, items: jobs.map(({ id }) => ({ id, state: 'done', evidence: 'Tableau has cancelled the job.' })) })
    expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'Cancelled'))
    expect(sent()).toHaveLength(7)
    expect(outputOf(startBulk, await begin(browser, run))).toMatchObject({ state: 'done' })
    expect(sent()).toHaveLength(7)
  })

  it('sends nothing when what would be done is another thing than what was seen', async () => {
    let later = 0
    const browser = await start({ clock: { ...systemClock, monotonic: () => systemClock.monotonic() + later } })
    const jobs = waitingJobs(3)
    const body = { action: 'jobs.cancel', select: { matching: { q: 'held back' } } }
    const run = await planOf(browser, body)
    harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Held back too', status: 'Pending', held: true })
    await browser.post(`/api/jobs/${jobs[0]?.id}/cancel`, undefined, { key: randomUUID() })
    // The figures of the jobs are fresh for five seconds.
    later = 6000
    const reply = await begin(browser, run)
    expect(reply.status).toBe(409)
    const refused = problemOf(reply)
    expect(refused).toMatchObject({ code: 'changed_elsewhere', detail: containing('No longer to be done: “Held back 0” (It has ended already, as cancelled') })
    expect(refused.detail).toContain('New: “Held back too”.')
    expect(sent()).toHaveLength(1)
    const now = await runOf(browser, run)
    expect([now.state, now.digest === run.digest, statesOf(now).toSorted()]).toEqual(['planned', false, ['left_out', 'planned', 'planned', 'planned']])
    expect((await begin(browser, now)).status).toBe(200)
    expect((await until(browser, run, 'done')).counts).toEqual({ done: 3, left_out: 1 })
    expect(sent()).toHaveLength(4)
  })
})

describe('on its way', () => {
  it('pauses, goes on and stops, each as often as it is asked for', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(30))
    harness.sim.faults.add({ operation: 'cancelJob', times: 30, action: { kind: 'delay', ms: 20 } })
    expect(problemOf(await tell(browser, run.id, 'pause')).code).toBe('conflict')
    await begin(browser, run)
    expect(outputOf(pauseBulk, await tell(browser, run.id, 'pause')).state).toBe('pausing')
    const paused = await until(browser, run, 'paused')
    const so = sent().length
    expect(paused.counts).toEqual({ ...(so === 0 ? {} : { done: so }), planned: 30 - so })
    expect([outputOf(pauseBulk, await tell(browser, run.id, 'pause')).state, sent().length]).toEqual(['paused', so])
    expect(outputOf(resumeBulk, await tell(browser, run.id, 'resume')).state).toBe('running')
    await eventually(() => sent().length > so, 'that it goes on')
    expect(outputOf(stopBulk, await tell(browser, run.id, 'stop')).state).toBe('stopping')
    const stopped = await until(browser, run, 'stopped')
    expect(stopped.counts).toEqual({ done: sent().length, planned: 30 - sent().length })
    expect(stopped.endedAt).toBeDefined()
    expect(outputOf(stopBulk, await tell(browser, run.id, 'stop')).state).toBe('stopped')
    expect(problemOf(await tell(browser, run.id, 'resume')).code).toBe('conflict')
  })

  it('goes on after single refusals, and halts after three in a row of one kind', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(12))
    harness.sim.faults.add({ operation: 'cancelJob', nth: 3, action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'Not this one' } })
    const rest = harness.sim.faults.add({ operation: 'cancelJob', nth: 7, times: Infinity, action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'No more' } })
    await begin(browser, run)
    const halted = await until(browser, run, 'halted')
    expect(halted.why).toContain('Three in a row were refused for the same reason')
    expect(halted.why).toContain('No more')
    const [done, refused] = [halted.counts.done ?? 0, halted.counts.refused ?? 0]
    expect([done, done + refused, done + refused + (halted.counts.planned ?? 0)]).toEqual([5, sent().length, 12])
    expect(halted.items.find(({ state }) => state === 'refused')?.problem).toMatchObject({ code: 'forbidden', tableau: { code: '403004' } })
    rest.remove()
    await tell(browser, run.id, 'resume')
    expect((await until(browser, run, 'done')).counts).toEqual({ done: 12 - refused, refused })
    expect(sent()).toHaveLength(12)
  })

  it('waits for as long as Tableau asks and sends the same again, once', async () => {
    const browser = await start()
    const jobs = waitingJobs(6)
    const run = await cancelOf(browser, jobs)
    harness.sim.faults.add({ operation: 'cancelJob', nth: 3, action: { kind: 'throttle', seconds: 1, style: 'header' } })
    await begin(browser, run)
    const waiting = await until(browser, run, 'waiting')
    expect(waiting.retryAt).toBeDefined()
    expect((await until(browser, run, 'done')).counts).toEqual({ done: 6 })
    expect(sent().filter(({ applied }) => applied)).toHaveLength(6)
    expect(sent()).toHaveLength(7)
  })

  it('halts where Tableau cannot be reached, and does the rest when it is resumed', async () => {
    const browser = await start()
    const schedules = Array.from({ length: 6 }, (_, at) => harness.sim.world.addSchedule({ name: `Nightly ${at}`, frequency: 'Daily', start: '05:00:00', intervals: [] }))
    const run = await planOf(browser, { action: 'schedules.suspend', select: { ids: schedules.map(({ id }) => id) } })
    expect([run.title, run.counts]).toEqual(['Suspend 6 schedules', { planned: 6 }])
    // Each is read before it is changed and once more afterwards.
    const fault = harness.sim.faults.add({ operation: 'getServerSchedule', nth: 5, times: Infinity, action: { kind: 'reset' } })
    await begin(browser, run)
    const halted = await until(browser, run, 'halted')
    expect(halted.why).toContain('Twice in a row nothing could be sent')
    expect([halted.counts.refused, (halted.counts.done ?? 0) + (halted.counts.planned ?? 0)]).toEqual([undefined, 6])
    expect(schedules.filter(({ state }) => state === 'Suspended')).toHaveLength(halted.counts.done ?? 0)
    fault.remove()
    await tell(browser, run.id, 'resume')
    expect((await until(browser, run, 'done')).counts).toEqual({ done: 6 })
    expect([schedules.every(({ state }) => state === 'Suspended'), sent('updateServerSchedule').length]).toEqual([true, 6])
  })

  it('reads back what had no reply, and sends it no second time', async () => {
    const browser = await start()
    const jobs = waitingJobs(5)
    const run = await cancelOf(browser, jobs)
    harness.sim.faults.add({ operation: 'cancelJob', nth: 2, when: 'after', action: { kind: 'reset' } })
    await begin(browser, run)
    const done = await until(browser, run, 'done')
    expect(done.counts).toEqual({ done: 5 })
    expect(done.items.filter(({ evidence }) => evidence?.includes('Tableau reports the job as cancelled'))).toHaveLength(1)
    expect(sent()).toHaveLength(5)
  })

  it('is interrupted by the end of the session, and goes on with another one of the same person', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(20))
    harness.sim.faults.add({ operation: 'cancelJob', nth: 4, action: { kind: 'killAllTokens' } })
    await begin(browser, run)
    await eventually(async () => (await browser.get(`/api/bulk/${run.id}`)).status === 401, 'the end of the session')
    const again = await harness.signedIn('admin')
    const done = await until(again, run, 'done')
    expect(done.counts).toEqual({ done: 20 })
    expect(sent().filter(({ applied }) => applied)).toHaveLength(20)
  })

  it('sends nothing for a person who signed out', async () => {
    const browser = await start()
    const run = await cancelOf(browser, waitingJobs(20))
    harness.sim.faults.add({ operation: 'cancelJob', times: 20, action: { kind: 'delay', ms: 30 } })
    await begin(browser, run)
    await browser.signOut()
    await eventually(() => harness.sim.ledger.of('signOut').length === 1, 'the sign-out')
    const so = sent().length
    expect(so).toBeLessThan(20)
    await new Promise((resolve) => setTimeout(resolve, 150))
    // Three were on their way at most.
    expect(sent().length).toBeLessThanOrEqual(so + 3)
    const again = await harness.signedIn('admin')
    const runs = outputOf(listBulk, await again.get('/api/bulk')).runs
    expect(runs).toMatchObject([{ id: run.id, startedAt: containing('T') }])
    expect((await until(again, run, 'done')).counts).toEqual({ done: 20 })
  })

  it('goes on after a restart when its person comes again, and nothing is sent twice', async () => {
    const browser = await start({ stored: true })
    const jobs = waitingJobs(25)
    const run = await cancelOf(browser, jobs)
    harness.sim.faults.add({ operation: 'cancelJob', times: 25, action: { kind: 'delay', ms: 20 } })
    await begin(browser, run)
    await eventually(() => sent().length > 4, 'that it is under way')
    await harness.restart()
    const so = sent().length
    expect(so).toBeLessThan(25)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(sent()).toHaveLength(so)
    const again = await harness.signedIn('admin')
    expect((await until(again, run, 'done')).counts).toEqual({ done: 25 })
    expect([sent().length, jobs.every(({ status }) => status === 'Cancelled')]).toEqual([25, true])
  })
})

import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { getBulk, listAudit, planBulk, type AuditRecord, type BulkItem, type BulkRunState, type BulkRunWithItems } from '@refreshboard/api-types'
import type { FaultRule, Job, LedgerEntry, TableauSim } from '@refreshboard/tableau-sim'
import { outputOf, type Browser } from '../testing/browser.ts'
import { bundled, type Bundled } from '../testing/bundled.ts'
import type { FaultFront } from '../testing/fault-front.ts'
import { startKillableRig, type KillableRig } from '../testing/killable-rig.ts'
import { integrityOf, type Killable } from '../testing/killable.ts'

// One run of BULK_ITEMS jobs (40) through everything that can happen to it: refusals, a wait, lost replies, kill −9, a stop of the
// application, a pause and a stop by its person. What Tableau did, what the run tells and what the audit tells are the same, one by one.

const count = Number(process.env['BULK_ITEMS'] ?? 40)
const isLong = count > 100

let bundle: Bundled
beforeAll(async () => {
  bundle = await bundled('main')
}, 60_000)
afterAll(() => bundle.remove())

let rig: KillableRig
let sim: TableauSim
let front: FaultFront
let app: Killable
let browser: Browser
beforeEach(async () => {
  rig = await startKillableRig(bundle)
  sim = rig.sim
  front = rig.front
  app = rig.app
  browser = app.browser()
  await browser.signIn('admin', sim.world.home.contentUrl)
})
afterEach(() => rig[Symbol.asyncDispose]())

/** With pauses: the program needs the processor itself. */
const until = async (condition: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  const end = performance.now() + 120_000
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what} did not come true`)
    await delay(20)
  }
}

/** What happens to the cancel of the nth job, and what is told of it in the end. */
interface Fate {
  readonly fault: Omit<FaultRule, 'operation' | 'path'> | undefined
  readonly state: BulkItem['state']
  readonly code?: string
}

const refused = (status: number, code: string): Fate => ({ fault: { times: Infinity, action: { kind: 'tableauError', status, code, summary: 'Refused', detail: 'Not this one' } }, state: 'refused', code })

const fateOf = (at: number): Fate => {
  if (at % 11 === 3) return refused(403, '403004')
  if (at % 11 === 7) return refused(404, '404018')
  // Reading back takes half a minute until nobody can tell.
  if (isLong && at % 100 === 50) return { fault: { when: 'before', action: { kind: 'reset' } }, state: 'unconfirmed' }
  if (at % 16 === 4) return { fault: { when: 'after', action: { kind: 'reset' } }, state: 'done' }
  if (at % 32 === 26) return { fault: { action: { kind: 'throttle', seconds: 1, style: at % 64 === 26 ? 'header' : 'text' } }, state: 'done' }
  return { fault: undefined, state: 'done' }
}

const layOut = (): Job[] => {
  const jobs = Array.from({ length: count }, (_, at) => sim.world.addJob('', { jobType: 'refresh_extracts', title: `Held back ${at}`, status: 'Pending', held: true }))
  for (const [at, { id }] of jobs.entries()) {
    const { fault } = fateOf(at)
    if (fault !== undefined) sim.faults.add({ ...fault, operation: 'cancelJob', path: new RegExp(`${id}$`) })
  }
  return jobs
}

/** What is written takes a moment, so that there is always something under way. */
const slowly = (ms = 15): void => {
  front.interfere = ({ isWrite }) => (isWrite ? { before: () => delay(ms), reaches: true } : undefined)
}

const runOf = async (id: string): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`, { background: true }))
const inState = (id: string, state: BulkRunState): Promise<void> => until(async () => (await runOf(id)).state === state, `the state ${state}`)
const triesOf = (id: string): LedgerEntry[] => sim.ledger.of('cancelJob').filter((entry) => entry.path.endsWith(id))
const isSent = (part: number): Promise<void> => until(() => sim.ledger.of('cancelJob').length >= Math.floor(count * part), `that ${part} of it is sent`)

/** The ids of those whose answer, whatever it was, a kill took with it. */
const lost = new Set<string>()

/** Killed while three are applied and not answered. */
const killInTheMiddle = async (): Promise<void> => {
  const silence = { bytes: Buffer.alloc(0), ending: 'silence' } as const
  front.interfere = ({ isWrite, url }) =>
    isWrite
      ? {
          reaches: true,
          deliver: () => {
            lost.add(url.slice(-36))
            return silence
          },
        }
      : undefined
  await until(() => lost.size === 3, 'that three are applied')
  await app.kill()
  slowly()
  await app.restart()
  expect(integrityOf(app.databaseFile)).toEqual([{ integrity_check: 'ok' }])
}

const stopInTheMiddle = async (): Promise<void> => {
  app.program.child.kill('SIGTERM')
  expect(await app.program.exited).toBe(0)
  await app.restart()
}

const auditOf = async (id: string): Promise<AuditRecord[]> => {
  const records: AuditRecord[] = []
  for (;;) {
    const { rows, total } = outputOf(listAudit, await browser.get(`/api/audit?bulk=${id}&limit=500&offset=${records.length}`))
    records.push(...rows)
    if (records.length >= total) return records
  }
}

/** An item by what the run tells, what Tableau did and what the audit tells: whether it was done, how often it was sent, and what is known of it. */
const sides = (item: BulkItem, job: Job, audit: readonly AuditRecord[]) => {
  const sent = triesOf(item.id).filter(({ status }) => lost.has(item.id) || (status !== 429 && status !== 503))
  const records = audit.filter(({ target }) => target.id === item.id)
  const decided = records.filter(({ tableau }) => tableau?.code !== '429000').filter(({ state }) => state !== 'unsent')
  return { state: item.state, cancelled: job.status === 'Cancelled', sent: sent.length, applied: sent.filter(({ applied }) => applied).length, audit: decided.map(({ state }) => state) }
}

const expectedOf = ({ state }: BulkItem) => {
  if (state === 'done') return { state, cancelled: true, sent: 1, applied: 1, audit: ['done'] }
  if (state === 'planned') return { state, cancelled: false, sent: 0, applied: 0, audit: [] }
  return { state, cancelled: false, sent: 1, applied: 0, audit: [state] }
}

it(
  'a run through refusals, a wait, lost replies, a kill, a stop and a pause does each once, and everyone tells the same of it',
  async () => {
    const jobs = layOut()
    slowly()
    const plan = outputOf(planBulk, await browser.post('/api/bulk', { action: 'jobs.cancel', select: { ids: jobs.map(({ id }) => id) } }))
    expect(plan.counts).toEqual({ planned: count })
    expect((await browser.post(`/api/bulk/${plan.id}/start`, { digest: plan.digest })).status).toBe(200)

    await isSent(0.2)
    await killInTheMiddle()
    expect(sim.ledger.of('cancelJob').length).toBeLessThan(count)
    const before = sim.ledger.of('cancelJob').length
    await delay(200)
    expect(sim.ledger.of('cancelJob')).toHaveLength(before)

    // Its person comes again: it goes on by itself.
    expect((await runOf(plan.id)).state).toBe('running')
    await isSent(0.5)
    await stopInTheMiddle()
    await runOf(plan.id)
    await isSent(0.7)
    await browser.post(`/api/bulk/${plan.id}/pause`)
    await inState(plan.id, 'paused')
    const paused = sim.ledger.of('cancelJob').length
    await delay(200)
    expect(sim.ledger.of('cancelJob')).toHaveLength(paused)
    // Slower towards the end, so that there is something left to stop on any machine.
    slowly(150)
    await browser.post(`/api/bulk/${plan.id}/resume`)
    await isSent(0.8)
    await browser.post(`/api/bulk/${plan.id}/stop`)
    await inState(plan.id, 'stopped')

    const { items, counts } = await runOf(plan.id)
    expect(counts.planned).toBeGreaterThan(0)
    expect(counts.refused).toBeGreaterThan(count / 10)
    const audit = await auditOf(plan.id)
    const told = items.map((item, at) => sides(item, jobs[at] ?? sim.world.site().findJob({ title: item.name }), audit))
    expect(told).toEqual(items.map(expectedOf))
    for (const [at, item] of items.entries()) {
      if (item.state === 'planned' || lost.has(item.id)) continue
      const { state, code } = fateOf(at)
      expect([at, item.state, item.problem?.tableau?.code]).toEqual([at, state, code])
    }
    process.stdout.write(`figure=bulk-items-agree value=${told.length} unit=items goal=${count} ${told.length === count ? 'pass' : 'fail'}\n`)
  },
  isLong ? 300_000 : 60_000,
)

/** Killed when the next request of a method is applied and its answer is on its way. */
const killAfter = async (method: string): Promise<void> => {
  let isApplied = false
  front.interfere = (request) =>
    request.isWrite && request.method === method && !isApplied
      ? {
          reaches: true,
          deliver: () => {
            isApplied = true
            return { bytes: Buffer.alloc(0), ending: 'silence' }
          },
        }
      : undefined
  await until(() => isApplied, `that a ${method} is applied`)
  await app.kill()
  front.interfere = () => undefined
  await app.restart()
}

it(
  'tasks that are moved are each on one schedule in the end, wherever between its two writes the application is killed',
  async () => {
    const site = sim.world.site()
    const ownerId = sim.world.account('admin').memberships.find((membership) => membership.site === site)?.userId ?? ''
    const [from, to] = ['Nightly', 'Noon'].map((name) => sim.world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [] }))
    if (from === undefined || to === undefined) throw new Error('there are no schedules')
    const tasks = Array.from({ length: 6 }, (_, at) => sim.world.addTask('', { content: site.addContent({ kind: 'workbook', name: `Moved ${at}`, ownerId, project: site.projects[0], hasExtracts: true }), schedule: from }))
    const plan = outputOf(planBulk, await browser.post('/api/bulk', { action: 'tasks.move', scheduleId: to.id, select: { ids: tasks.map(({ id }) => id) } }))
    expect(plan.counts).toEqual({ planned: 6 })
    expect((await browser.post(`/api/bulk/${plan.id}/start`, { digest: plan.digest })).status).toBe(200)
    for (const method of ['PUT', 'DELETE', 'PUT']) {
      await runOf(plan.id)
      await killAfter(method)
    }
    await inState(plan.id, 'done')
    expect((await runOf(plan.id)).counts).toEqual({ done: 6 })
    const namesOn = (schedule: typeof from): string[] => sim.world.tasks().onSchedule(schedule).map(({ content }) => content.name).toSorted()
    expect([namesOn(from), namesOn(to)]).toEqual([[], tasks.map(({ content }) => content.name).toSorted()])
    expect([sim.ledger.of('addWorkbookToSchedule').length, sim.ledger.of('deleteExtractRefreshTask').length]).toEqual([6, 6])
    const states = (await auditOf(plan.id)).map(({ operation, state }) => `${operation} ${state}`)
    expect(states.toSorted()).toEqual([...tasks.map(() => 'tasks.add done'), ...tasks.map(() => 'tasks.delete done')])
  },
  120_000,
)

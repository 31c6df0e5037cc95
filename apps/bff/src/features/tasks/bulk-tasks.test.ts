import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { getBulk, planBulk, type BulkRunWithItems } from '@refreshboard/api-types'
import type { OperationName, RefreshTask, ScheduleSpec, ServerSchedule, TaskSpec } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'

let harness: Harness
const start = async (options: HarnessOptions = {}, account = 'admin'): Promise<Browser> => {
  harness = await startHarness({ ...options, bff: { tableauDeadlineMs: 1000, ...options.bff } })
  return harness.signedIn(account)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const schedule = (name: string, spec: Partial<ScheduleSpec> = {}): ServerSchedule => harness.sim.world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [], ...spec })
const content = (name: string) => {
  const site = harness.sim.world.site()
  const admin = harness.sim.world.account('admin').memberships.find((membership) => membership.site === site)
  return site.addContent({ kind: 'workbook', name, ownerId: admin?.userId ?? '', project: site.projects[0], hasExtracts: true })
}
const task = (name: string, on: ServerSchedule | undefined, spec: Partial<TaskSpec> = {}): RefreshTask => harness.sim.world.addTask('', { content: content(name), schedule: on, ...spec })
const onSchedule = (on: ServerSchedule): RefreshTask[] => harness.sim.world.tasks().onSchedule(on)

const plan = async (browser: Browser, action: string, tasks: readonly { id: string }[], more: object = {}): Promise<BulkRunWithItems> =>
  outputOf(planBulk, await browser.post('/api/bulk', { action, select: { ids: tasks.map(({ id }) => id) }, ...more }))
const runOf = async (browser: Browser, { id }: { id: string }): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`, { background: true }))
const carryOut = async (browser: Browser, run: BulkRunWithItems, clock?: TestClock): Promise<BulkRunWithItems> => {
  const reply = await browser.post(`/api/bulk/${run.id}/start`, { digest: run.digest })
  if (reply.status !== 200) throw new Error(reply.text)
  let now = run
  await eventually(async () => {
    if (clock !== undefined && clock.waiting > 0) clock.advance(500)
    now = await runOf(browser, run)
    return now.state === 'done' || now.state === 'halted'
  }, 'the end of the run')
  return now
}
const reasonsOf = ({ items }: BulkRunWithItems): (string | undefined)[] => items.map(({ reason }) => reason)
const sent = (operation: OperationName) => harness.sim.ledger.of(operation)

describe('running many', () => {
  it('leaves out what Tableau would refuse, and says why', async () => {
    const browser = await start()
    const nightly = schedule('Nightly')
    const [one, queued] = [task('One', nightly), task('Queued', nightly)]
    const again = task('Unused', schedule('Weekly too'), { content: one.content })
    const connection = task('Unused too', nightly, { content: { kind: 'virtualConnection', id: randomUUID(), name: 'VC' } })
    harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Queued', status: 'Pending', held: true })
    const run = await plan(browser, 'tasks.run', [one, again, queued, connection])
    expect(reasonsOf(run)).toEqual([undefined, containing('Another of the chosen tasks refreshes the same content'), 'A refresh of its content is queued already.', containing('virtual connection')])
    expect(run).toMatchObject({ title: 'Run 1 task now', items: [{ name: 'One', about: containing('Nightly') }, {}, {}, {}] })
    expect((await carryOut(browser, run)).counts).toEqual({ done: 1, left_out: 3 })
    expect(sent('runExtractRefreshTask')).toHaveLength(1)
  })

  it('says nothing of a content whose name another one has', async () => {
    const browser = await start()
    const nightly = schedule('Nightly')
    const [one] = [task('Twice', nightly), task('Twice', nightly)]
    harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Twice', status: 'Pending', held: true })
    expect(reasonsOf(await plan(browser, 'tasks.run', [one]))).toEqual([undefined])
  })

  it('is refused as a whole where the site has “Run now” switched off', async () => {
    const browser = await start()
    harness.sim.world.site().runNowEnabled = false
    const reply = await browser.post('/api/bulk', { action: 'tasks.run', select: { ids: [task('One', schedule('Nightly')).id] } })
    expect(problemOf(reply)).toMatchObject({ code: 'unsupported_here', detail: containing('switched off') })
  })
})

describe('deleting many', () => {
  it('deletes each once, and says what cannot be made again', async () => {
    const browser = await start()
    const nightly = schedule('Nightly')
    const tasks = [task('One', nightly), task('Two', nightly), task('Three', nightly)]
    const run = await plan(browser, 'tasks.delete', [...tasks, { id: randomUUID() }])
    expect([run.title, run.warnings.join(' '), reasonsOf(run)[3]]).toEqual(['Delete 3 tasks', containing('An incremental refresh cannot be made again'), containing('it was deleted')])
    expect((await carryOut(browser, run)).counts).toEqual({ done: 3, left_out: 1 })
    expect([onSchedule(nightly), sent('deleteExtractRefreshTask').length]).toEqual([[], 3])
  })
})

describe('moving many', () => {
  it('brings no content to a schedule that it is on already, or twice', async () => {
    const browser = await start()
    const [from, other, to] = [schedule('Nightly'), schedule('Dawn'), schedule('Noon')]
    const half = task('Half moved', from)
    task('Unused', to, { content: half.content })
    const one = task('One', from)
    const same = task('Unused too', other, { content: one.content })
    const run = await plan(browser, 'tasks.move', [half, one, same], { scheduleId: to.id })
    expect(reasonsOf(run)).toEqual(['Its content is on “Noon” already, by another task: moved, it would be there twice. Delete this one instead.', undefined, 'Another of the chosen tasks brings the same content to “Noon”.'])
    expect((await carryOut(browser, run)).counts).toEqual({ done: 1, left_out: 2 })
    expect(onSchedule(to).map(({ content: { id } }) => id).toSorted()).toEqual([half.content.id, one.content.id].toSorted())
  })

  it('adds each to the other schedule, sees it there and then deletes it here', async () => {
    const browser = await start()
    const [from, to] = [schedule('Nightly'), schedule('Noon')]
    const tasks = [task('One', from), task('Two', from)]
    const [incremental, there, lonely] = [task('Three', from, { incremental: true }), task('Four', to), task('Five', undefined)]
    const run = await plan(browser, 'tasks.move', [...tasks, incremental, there, lonely], { scheduleId: to.id })
    expect(run.title).toBe('Move 2 tasks to “Noon”')
    expect(reasonsOf(run)).toEqual([undefined, undefined, containing('It is an incremental refresh'), 'It is on “Noon” already.', containing('does not tell whether it is a full or an incremental refresh')])
    const done = await carryOut(browser, run)
    expect(done.counts).toEqual({ done: 2, left_out: 3 })
    expect(onSchedule(from).map(({ id }) => id)).toEqual([incremental.id])
    expect(onSchedule(to).map(({ content: item }) => item.name).toSorted()).toEqual(['Four', 'One', 'Two'])
    expect([done.items[0]?.result?.taskId, done.items[0]?.evidence]).toEqual([onSchedule(to)[1]?.id, containing('It was added to “Noon” and seen there.')])
    const order = harness.sim.ledger.entries.filter(({ operation }) => operation === 'addWorkbookToSchedule' || operation === 'deleteExtractRefreshTask').map(({ operation }) => operation)
    expect(order).toEqual(['addWorkbookToSchedule', 'deleteExtractRefreshTask', 'addWorkbookToSchedule', 'deleteExtractRefreshTask'])
  })

  it('says that there are two tasks where the old one could not be deleted', async () => {
    const browser = await start()
    const [from, to] = [schedule('Nightly'), schedule('Noon')]
    const old = task('One', from)
    const run = await plan(browser, 'tasks.move', [old], { scheduleId: to.id })
    harness.sim.faults.add({ operation: 'deleteExtractRefreshTask', action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'Not yours' } })
    const [item] = (await carryOut(browser, run)).items
    const [made] = onSchedule(to)
    expect(item).toMatchObject({ state: 'half_done', reason: containing('There are two tasks now, on “Nightly” and on “Noon”: delete the old one by hand'), evidence: `New: ${made?.id} on “Noon”. Old: ${old.id} on “Nightly”.`, result: { taskId: made?.id } })
    expect(item?.problem).toMatchObject({ code: 'forbidden', detail: containing('Not yours') })
    expect(onSchedule(from)).toEqual([old])
  })

  it('deletes nothing where it cannot be confirmed that it was added', async () => {
    const clock = createTestClock()
    const browser = await start({ clock })
    const [from, to] = [schedule('Nightly'), schedule('Noon')]
    const run = await plan(browser, 'tasks.move', [task('One', from)], { scheduleId: to.id })
    harness.sim.faults.add({ operation: 'addWorkbookToSchedule', when: 'before', action: { kind: 'reset' } })
    const done = await carryOut(browser, run, clock)
    expect(done.items).toMatchObject([{ state: 'unconfirmed', evidence: containing('The old task on “Nightly” was not touched.') }])
    expect([onSchedule(from).length, onSchedule(to).length, sent('deleteExtractRefreshTask')]).toEqual([1, 0, []])
  })

  it('deletes nothing while the list does not show what was added', async () => {
    const clock = createTestClock()
    const browser = await start({ clock })
    const [from, to] = [schedule('Nightly'), schedule('Noon')]
    const run = await plan(browser, 'tasks.move', [task('One', from)], { scheduleId: to.id })
    harness.sim.world.indexLagMs = 3_600_000
    const done = await carryOut(browser, run, clock)
    expect(done.items).toMatchObject([{ state: 'half_done', reason: containing('does not list it yet, so the old one was not deleted') }])
    expect([onSchedule(from).length, onSchedule(to).length, sent('deleteExtractRefreshTask')]).toEqual([1, 1, []])
  })

  it('sends nothing of a run that was stopped while it waited for a move of the same content', async () => {
    const clock = createTestClock()
    const browser = await start({ clock })
    const [from, other, noon, evening] = [schedule('Nightly'), schedule('Dawn'), schedule('Noon'), schedule('Evening')]
    const one = task('One', from)
    const first = await plan(browser, 'tasks.move', [one], { scheduleId: noon.id })
    const second = await plan(browser, 'tasks.move', [task('Unused', other, { content: one.content })], { scheduleId: evening.id })
    harness.sim.world.indexLagMs = 3_600_000
    await browser.post(`/api/bulk/${first.id}/start`, { digest: first.digest })
    await eventually(() => onSchedule(noon).length === 1, 'that the first has added it')
    await browser.post(`/api/bulk/${second.id}/start`, { digest: second.digest })
    await eventually(async () => (await runOf(browser, second)).items[0]?.state === 'sending', 'that the second waits')
    // An edit of the content itself waits for neither.
    const edit = browser.request(`/api/workbooks/${one.content.id}`, { method: 'PATCH', key: randomUUID(), body: { encryptExtracts: true } })
    expect((await edit).status).toBe(200)
    await browser.post(`/api/bulk/${second.id}/stop`)
    await eventually(async () => {
      if (clock.waiting > 0) clock.advance(500)
      return (await runOf(browser, second)).state === 'stopped'
    }, 'that the second is stopped')
    expect((await runOf(browser, second)).items).toMatchObject([{ state: 'planned' }])
    expect([onSchedule(evening), onSchedule(other).length]).toEqual([[], 1])
  })

  it.each([
    ['a schedule of another type', { type: 'Subscription' }, 'is a schedule of the type Subscription'],
    ['a schedule that is gone', undefined, 'does not know the schedule'],
  ] as const)('is refused as a whole to %s', async (_name, spec, detail) => {
    const browser = await start()
    const scheduleId = spec === undefined ? randomUUID() : schedule('Other', spec).id
    const reply = await browser.post('/api/bulk', { action: 'tasks.move', select: { ids: [task('One', schedule('Nightly')).id] }, scheduleId })
    expect(problemOf(reply)).toMatchObject({ code: 'validation', detail: containing(detail) })
  })

  it('is not offered on a cloud', async () => {
    const browser = await start({ sim: { flavor: 'cloud' } })
    const reply = await browser.post('/api/bulk', { action: 'tasks.move', select: { ids: [randomUUID()] }, scheduleId: randomUUID() })
    expect(problemOf(reply).code).toBe('unsupported_here')
  })
})

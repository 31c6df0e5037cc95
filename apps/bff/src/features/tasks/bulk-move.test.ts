import { afterEach, describe, expect, it } from 'vitest'
import { getBulk, planBulk, type BulkRunState, type BulkRunWithItems } from '@refreshboard/api-types'
import type { OperationName, RefreshTask, ServerSchedule, TaskSpec } from '@refreshboard/tableau-sim'
import { outputOf, type Browser } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'
import { createTestClock } from '../../testing/test-clock.ts'

let harness: Harness
const start = async (options: HarnessOptions = {}): Promise<Browser> => {
  harness = await startHarness({ ...options, bff: { tableauDeadlineMs: 1000, ...options.bff } })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const schedule = (name: string): ServerSchedule => harness.sim.world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [] })
const content = (name: string) => {
  const site = harness.sim.world.site()
  const admin = harness.sim.world.account('admin').memberships.find((membership) => membership.site === site)
  return site.addContent({ kind: 'workbook', name, ownerId: admin?.userId ?? '', project: site.projects[0], hasExtracts: true })
}
const task = (name: string, on: ServerSchedule, spec: Partial<TaskSpec> = {}): RefreshTask => harness.sim.world.addTask('', { content: content(name), schedule: on, ...spec })
const tasks = (count: number, on: ServerSchedule): RefreshTask[] => Array.from({ length: count }, (_, at) => task(`Moved ${at}`, on))
const remove = (gone: RefreshTask | undefined): void => {
  if (gone !== undefined) harness.sim.world.timetable.removeTask(harness.sim.world.site(), gone)
}
const namesOn = (on: ServerSchedule): string[] => harness.sim.world.tasks().onSchedule(on).map(({ content: item }) => item.name).toSorted()
const sent = (operation: OperationName) => harness.sim.ledger.of(operation)
const adds = () => sent('addWorkbookToSchedule').filter(({ applied }) => applied)

const planned = async (browser: Browser, moved: readonly RefreshTask[], to: ServerSchedule): Promise<BulkRunWithItems> =>
  outputOf(planBulk, await browser.post('/api/bulk', { action: 'tasks.move', select: { ids: moved.map(({ id }) => id) }, scheduleId: to.id }))
const runOf = async (browser: Browser, { id }: { id: string }): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`, { background: true }))
const begin = async (browser: Browser, run: BulkRunWithItems): Promise<void> => {
  const reply = await browser.post(`/api/bulk/${run.id}/start`, { digest: run.digest })
  if (reply.status !== 200) throw new Error(reply.text)
}
const until = async (browser: Browser, run: BulkRunWithItems, ...states: BulkRunState[]): Promise<BulkRunWithItems> => {
  let now = run
  await eventually(async () => states.includes((now = await runOf(browser, run)).state), `the state ${states.join(' or ')}`)
  return now
}
const over = (browser: Browser, run: BulkRunWithItems): Promise<BulkRunWithItems> => until(browser, run, 'done', 'halted', 'stopped')

const refused = { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'Not yours' } as const
const briefly = { kind: 'throttle', seconds: 1, style: 'header' } as const
const forLong = { kind: 'throttle', seconds: 600, style: 'header' } as const

describe('a run of moves', () => {
  it('halts when three in a row cannot be deleted where they were, so that the others are not doubled', async () => {
    const browser = await start()
    const [from, to] = [schedule('Nightly'), schedule('Noon')]
    const run = await planned(browser, tasks(8, from), to)
    harness.sim.faults.add({ operation: 'deleteExtractRefreshTask', times: Infinity, action: refused })
    await begin(browser, run)
    const halted = await over(browser, run)
    expect([halted.state, halted.why, halted.counts]).toEqual(['halted', containing('Three in a row were refused for the same reason'), { half_done: 3, planned: 5 }])
    expect(halted.items[2]).toMatchObject({ problem: { code: 'forbidden', tableau: { code: '403004' } }, reason: containing('There are two tasks now') })
    expect(namesOn(to)).toHaveLength(3)
  })

  it('halts when three in a row are not listed where they were added', async () => {
    const clock = createTestClock()
    const browser = await start({ clock })
    const [from, to] = [schedule('Nightly'), schedule('Noon')]
    const run = await planned(browser, tasks(6, from), to)
    harness.sim.world.indexLagMs = 3_600_000
    await begin(browser, run)
    let now = run
    await eventually(async () => {
      if (clock.waiting > 0) clock.advance(1000)
      return (now = await runOf(browser, run)).state === 'halted'
    }, 'the halt')
    expect([now.counts, now.why, namesOn(to).length]).toEqual([{ half_done: 3, planned: 3 }, containing('could not be confirmed'), 3])
  })

  it('adds nothing for a task that was deleted, or put elsewhere, while the run was paused', async () => {
    const browser = await start()
    const [from, to, other] = [schedule('Nightly'), schedule('Noon'), schedule('Dusk')]
    const four = tasks(4, from)
    const run = await planned(browser, four, to)
    harness.sim.faults.add({ operation: 'addWorkbookToSchedule', nth: 2, action: briefly })
    await begin(browser, run)
    await until(browser, run, 'waiting')
    await browser.post(`/api/bulk/${run.id}/pause`)
    await until(browser, run, 'paused')
    remove(four[3])
    Object.assign(four[2] ?? {}, { schedule: other })
    await browser.post(`/api/bulk/${run.id}/resume`)
    const { counts, items } = await over(browser, run)
    expect(counts).toEqual({ done: 2, refused: 2 })
    expect(items[2]?.problem).toMatchObject({ code: 'changed_elsewhere', detail: containing('no longer on “Nightly” but on “Dusk”') })
    expect(items[3]?.problem).toMatchObject({ code: 'not_found', detail: containing('Nothing was sent to Tableau.') })
    expect([namesOn(to), adds().length]).toEqual([['Moved 0', 'Moved 1'], 2])
  })

  it('of tasks that another run moves at the same time leaves each on one schedule', async () => {
    const browser = await start()
    const [from, noon, dusk] = [schedule('Nightly'), schedule('Noon'), schedule('Dusk')]
    const four = tasks(4, from)
    const runs = [await planned(browser, four, noon), await planned(browser, four, dusk)]
    await Promise.all(runs.map((run) => begin(browser, run)))
    const ended = await Promise.all(runs.map((run) => over(browser, run)))
    expect([...namesOn(noon), ...namesOn(dusk)].toSorted()).toEqual(['Moved 0', 'Moved 1', 'Moved 2', 'Moved 3'])
    expect([namesOn(from), adds().length]).toEqual([[], 4])
    const states = ended.flatMap(({ items }) => items.map(({ state, problem }) => `${state} ${problem?.code ?? ''}`))
    expect(states.toSorted()).toEqual([...Array.from({ length: 4 }, () => 'done '), ...Array.from({ length: 4 }, () => 'refused not_found')])
  })

  it('adds nothing for a task that another run has added elsewhere and not deleted yet', async () => {
    const browser = await start()
    const [from, noon, dusk] = [schedule('Nightly'), schedule('Noon'), schedule('Dusk')]
    const one = tasks(1, from)
    const [first, second] = [await planned(browser, one, noon), await planned(browser, one, dusk)]
    harness.sim.faults.add({ operation: 'deleteExtractRefreshTask', action: forLong })
    await begin(browser, first)
    await until(browser, first, 'waiting')
    await begin(browser, second)
    expect((await over(browser, second)).items).toMatchObject([{ state: 'refused', problem: { code: 'conflict', detail: containing('Another run has added it') } }])
    expect([namesOn(noon), namesOn(dusk)]).toEqual([['Moved 0'], []])
  })

  it('adds two tasks of one content although two runs move them at the same time', async () => {
    const browser = await start()
    const [from, also, to] = [schedule('Nightly'), schedule('Dawn'), schedule('Noon')]
    const one = task('Shared', from)
    const runs = [await planned(browser, [one], to), await planned(browser, [task('', also, { content: one.content })], to)]
    await Promise.all(runs.map((run) => begin(browser, run)))
    for (const run of runs) expect((await over(browser, run)).counts).toEqual({ done: 1 })
    expect([namesOn(from), namesOn(also), namesOn(to)]).toEqual([[], [], ['Shared', 'Shared']])
  })
})

describe('a task that was added and is not deleted yet', () => {
  it('is told with the new one while the run is paused, and with the way out when it is stopped', async () => {
    const browser = await start()
    const [from, to] = [schedule('Nightly'), schedule('Noon')]
    const [old] = tasks(1, from)
    const run = await planned(browser, old === undefined ? [] : [old], to)
    harness.sim.faults.add({ operation: 'deleteExtractRefreshTask', action: forLong })
    await begin(browser, run)
    await until(browser, run, 'waiting')
    await browser.post(`/api/bulk/${run.id}/pause`)
    const made = harness.sim.world.tasks().onSchedule(to)[0]?.id
    const both = { evidence: `New: ${made} on “Noon”. Old: ${old?.id} on “Nightly”.`, result: { taskId: made } }
    expect((await until(browser, run, 'paused')).items).toMatchObject([{ state: 'sending', ...both }])
    await browser.post(`/api/bulk/${run.id}/stop`)
    const reason = containing('The run was stopped before the rest of it was done. There are two tasks now, on “Nightly” and on “Noon”: delete the old one by hand')
    expect((await over(browser, run)).items).toMatchObject([{ state: 'half_done', ...both, reason }])
  })

  it('is told with the way out where the list refuses to show the new one', async () => {
    const browser = await start()
    const [from, to] = [schedule('Nightly'), schedule('Noon')]
    const run = await planned(browser, tasks(1, from), to)
    // The start plans again, and what is there is read before the add.
    harness.sim.faults.add({ operation: 'listExtractRefreshTasks', nth: 3, times: Infinity, action: refused })
    await begin(browser, run)
    const { items } = await over(browser, run)
    const made = harness.sim.world.tasks().onSchedule(to)[0]?.id
    expect(items).toMatchObject([{ state: 'half_done', evidence: containing(`New: ${made} on “Noon”`), result: { taskId: made }, reason: containing('There are two tasks now'), problem: { code: 'forbidden' } }])
    expect(sent('deleteExtractRefreshTask')).toEqual([])
  })
})

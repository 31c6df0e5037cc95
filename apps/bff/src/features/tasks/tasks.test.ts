import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { getTaskJob, listScheduleTasks, listTasks } from '@refreshboard/api-types'
import type { RefreshTask, ScheduleSpec, ServerSchedule, TaskSpec } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing, matching } from '../../testing/matchers.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { outcomeIn, outcomeOf, settledOutcome } from '../../testing/written.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}, account = 'admin'): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options, bff: { tableauDeadlineMs: 1000, ...options.bff } })
  return harness.signedIn(account)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const schedule = (name: string, spec: Partial<ScheduleSpec> = {}): ServerSchedule => harness.sim.world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [], ...spec })
const userId = (account: string): string => harness.sim.world.account(account).memberships.find(({ site }) => site.name === 'Default')?.userId ?? ''

let made = 0
/** Content of its own name, with an extract, in the first project. */
const content = (kind: 'workbook' | 'datasource' = 'workbook', owner = 'admin', name = '') => {
  const site = harness.sim.world.site()
  made += 1
  return site.addContent({ kind, name: name === '' ? `Test ${kind} ${made}` : name, ownerId: userId(owner), project: site.projects[0] })
}
const task = (spec: Partial<TaskSpec> = {}): RefreshTask => harness.sim.world.addTask('', { content: content(), schedule: harness.sim.world.schedules.at(-1), ...spec })

const list = async (browser: Browser) => outputOf(listTasks, await browser.get('/api/tasks'))
const ofSchedule = async (browser: Browser, { id }: ServerSchedule) => outputOf(listScheduleTasks, await browser.get(`/api/schedules/${id}/tasks`))
const jobOf = async (browser: Browser, { id }: RefreshTask) => outputOf(getTaskJob, await browser.get(`/api/tasks/${id}/job`))
const run = (browser: Browser, { id }: { id: string }, key: string = randomUUID()): Promise<Reply> => browser.post(`/api/tasks/${id}/run`, undefined, { key })
const remove = (browser: Browser, { id }: { id: string }, key: string = randomUUID()): Promise<Reply> => browser.request(`/api/tasks/${id}`, { method: 'DELETE', key })
const addTo = (browser: Browser, { id }: { id: string }, body: unknown, key: string = randomUUID()): Promise<Reply> => browser.post(`/api/schedules/${id}/tasks`, body, { key })
const jobsOf = (name: string) => harness.sim.world.site().findJobs({ title: name })

describe('the list of tasks', () => {
  it('tells each with the names of its content, and everything that Tableau tells of it', async () => {
    const browser = await start()
    const nightly = schedule('Before dawn', { priority: 30 })
    const [workbook, datasource] = [content(), content('datasource')]
    const failing = task({ content: workbook, consecutiveFailedCount: 7 })
    const lonely = task({ content: datasource, schedule: undefined })
    const connection = task({ content: { kind: 'virtualConnection', id: randomUUID(), name: 'VC' } })
    const answer = await list(browser)
    const rowOf = ({ id }: RefreshTask) => answer.tasks.find((row) => row.id === id)
    expect(rowOf(failing)).toMatchObject({
      consecutiveFailedCount: 7,
      priority: 30,
      type: 'RefreshExtractTask',
      schedule: { id: nightly.id, name: 'Before dawn', state: 'Active', frequency: 'Daily', nextRunAt: matching(/Z$/) },
      content: { kind: 'workbook', id: workbook.id, name: workbook.name, project: { name: workbook.project?.name }, owner: { id: userId('admin'), name: matching(/./) } },
    })
    expect([rowOf(lonely)?.schedule, rowOf(lonely)?.content?.name]).toEqual([undefined, datasource.name])
    expect(rowOf(connection)).toMatchObject({ id: connection.id })
    expect(rowOf(connection)?.content).toBeUndefined()
    expect(answer).toMatchObject({ scope: 'site', named: true, runNow: { allowed: true }, age: { ageMs: 0 } })
    expect(answer.tasks).toHaveLength(harness.sim.world.tasks().all.length)
  })

  it('is told before the names are all there', async () => {
    const browser = await start()
    schedule('Before dawn')
    task()
    harness.sim.faults.add({ operation: 'queryWorkbooks', action: { kind: 'delay', ms: 60 } })
    const waiting = list(browser)
    for (let turn = 0; turn < 200 && clock.waiting === 0; turn += 1) await new Promise(setImmediate)
    clock.advance(250)
    const early = await waiting
    expect([early.named, early.tasks.length]).toEqual([false, harness.sim.world.tasks().all.length])
    let later = early
    while (!later.named) {
      later = await list(browser)
      clock.advance(10)
    }
    expect(later.tasks.at(-1)?.content?.name).toMatch(/^Test workbook/)
  })

  it('is one reading for all who ask, and for the counts of the schedules', async () => {
    const browser = await start()
    const nightly = schedule('Before dawn')
    task()
    await Promise.all([list(browser), list(browser), browser.get('/api/schedules'), ofSchedule(browser, nightly)])
    expect(harness.sim.ledger.of('listExtractRefreshTasks')).toHaveLength(1)
    clock.advance(5000)
    await list(browser)
    expect(harness.sim.ledger.of('listExtractRefreshTasks')).toHaveLength(2)
  })

  it('holds for others their own alone, and never what was read for somebody else', async () => {
    const admin = await start()
    schedule('Before dawn')
    const [theirs, mine] = [task({ content: content('workbook', 'admin') }), task({ content: content('workbook', 'creator') })]
    const [creator, viewer] = [await harness.signedIn('creator'), await harness.signedIn('viewer')]
    await list(admin)
    const own = await list(creator)
    expect(own.scope).toBe('own')
    expect([own.tasks.some(({ id }) => id === theirs.id), own.tasks.some(({ id }) => id === mine.id)]).toEqual([false, true])
    expect(await list(viewer)).toMatchObject({ scope: 'own', tasks: [] })
    expect(harness.sim.ledger.of('listExtractRefreshTasks').map(({ user }) => user)).toEqual(['admin', 'creator', 'viewer'])
  })

  it('says where refreshes cannot be run by hand, and follows the setting', async () => {
    const browser = await start()
    harness.sim.world.site().runNowEnabled = false
    expect((await list(browser)).runNow).toEqual({ allowed: false, reason: containing('Default') })
    harness.sim.world.site().runNowEnabled = true
    clock.advance(30_000)
    await list(browser)
    expect((await list(browser)).runNow).toEqual({ allowed: true })
    expect(harness.sim.ledger.of('querySite').length).toBeGreaterThan(1)
  })

  it('does not guess a setting that cannot be read', async () => {
    const browser = await start()
    harness.sim.faults.add({ operation: 'querySite', times: 9, action: { kind: 'html', status: 502 } })
    expect((await list(browser)).runNow).toEqual({ allowed: true })
  })

  it('keeps its last good state with the reason when it cannot be read', async () => {
    const browser = await start()
    schedule('Before dawn')
    task()
    const good = await list(browser)
    harness.sim.faults.add({ operation: 'listExtractRefreshTasks', times: 99, action: { kind: 'reset' } })
    clock.advance(60_000)
    const stale = await list(browser)
    expect([stale.tasks, stale.age.ageMs, stale.age.failure?.code]).toEqual([good.tasks, 60_000, 'upstream_unreachable'])
  })
})

describe('the tasks of a schedule', () => {
  it('are full or incremental for an administrator', async () => {
    const browser = await start()
    const [nightly, other] = [schedule('Before dawn'), schedule('Other')]
    const [full, incremental] = [task({ schedule: nightly, consecutiveFailedCount: 2 }), task({ schedule: nightly, incremental: true })]
    task({ schedule: other })
    const answer = await ofSchedule(browser, nightly)
    expect(answer).toMatchObject({ scope: 'site', refreshTypes: true, age: { ageMs: 0 } })
    expect(answer.tasks.map(({ id, refreshType, consecutiveFailedCount, content: named }) => [id, refreshType, consecutiveFailedCount, named?.name])).toEqual([
      [full.id, 'FullRefresh', 2, full.content.name],
      [incremental.id, 'IncrementalRefresh', 0, incremental.content.name],
    ])
  })

  it('are told before the names are all there, which is said', async () => {
    const browser = await start()
    const nightly = schedule('Before dawn')
    task({ schedule: nightly })
    harness.sim.faults.add({ operation: 'queryWorkbooks', action: { kind: 'delay', ms: 60 } })
    const waiting = ofSchedule(browser, nightly)
    for (let turn = 0; turn < 200 && clock.waiting === 0; turn += 1) await new Promise(setImmediate)
    clock.advance(250)
    const early = await waiting
    expect([early.named, early.tasks.length]).toEqual([false, 1])
    let later = early
    while (!later.named) {
      later = await ofSchedule(browser, nightly)
      clock.advance(10)
    }
    expect(later.tasks[0]?.content?.name).toMatch(/^Test workbook/)
  })

  it('are those of this site', async () => {
    const browser = await start()
    const nightly = schedule('Before dawn')
    const { world } = harness.sim
    const [profit] = world.site('finance').contents
    if (!profit) throw new Error('the scenario has too little content')
    world.addTask('finance', { content: profit, schedule: nightly })
    const here = task({ schedule: nightly })
    expect((await ofSchedule(browser, nightly)).tasks.map(({ id }) => id)).toEqual([here.id])
    expect((await ofSchedule(await harness.signedIn('admin', 'finance'), nightly)).tasks).toMatchObject([{ content: { name: profit.name } }])
  })

  it('take all pages', async () => {
    const browser = await start({ bff: { tableauDeadlineMs: 10_000 } })
    const nightly = schedule('Before dawn')
    const item = content()
    for (let n = 0; n < 1003; n += 1) task({ schedule: nightly, content: item })
    const answer = await ofSchedule(browser, nightly)
    expect(harness.sim.ledger.of('listScheduleExtracts')).toHaveLength(2)
    expect([answer.tasks.length, answer.tasks.filter(({ refreshType }) => refreshType === 'FullRefresh').length]).toEqual([1003, 1003])
  })

  it('are none where the schedule is for something else', async () => {
    const browser = await start()
    expect(await ofSchedule(browser, schedule('Mails', { type: 'Subscription' }))).toMatchObject({ tasks: [], scope: 'site', refreshTypes: true })
  })

  it('are their own for others, without full or incremental', async () => {
    await start()
    const nightly = schedule('Before dawn')
    task({ schedule: nightly })
    const mine = task({ schedule: nightly, content: content('datasource', 'creator') })
    const answer = await ofSchedule(await harness.signedIn('creator'), nightly)
    expect(answer).toMatchObject({ scope: 'own', refreshTypes: false, tasks: [{ id: mine.id }] })
    expect(answer.tasks.map(({ refreshType }) => refreshType)).toEqual([undefined])
    expect(harness.sim.ledger.of('listScheduleExtracts')).toHaveLength(0)
  })

  it('of one that is gone is not found', async () => {
    const browser = await start()
    expect(problemOf(await browser.get(`/api/schedules/${randomUUID()}/tasks`)).code).toBe('not_found')
  })
})

describe('the job of a task', () => {
  it('is the latest refresh of its content, one that waits or runs first', async () => {
    const browser = await start()
    schedule('Before dawn')
    const one = task()
    const now = harness.simClock.now()
    const job = (status: 'Success' | 'InProgress', minutesAgo: number, jobType = 'refresh_extracts') =>
      harness.sim.world.addJob('', { jobType, title: one.content.name, status, createdAt: now - minutesAgo * 60_000, runsForMs: 3_600_000 })
    job('Success', 90)
    const last = job('Success', 50)
    job('Success', 5, 'run_flow')
    expect(await jobOf(browser, one)).toMatchObject({ known: true, job: { id: last.id } })
    const running = job('InProgress', 70)
    clock.advance(30_000)
    expect(await jobOf(browser, one)).toMatchObject({ known: true, job: { id: running.id, status: 'InProgress' } })
  })

  it('is none when its content was never refreshed', async () => {
    const browser = await start()
    schedule('Before dawn')
    expect(await jobOf(browser, task())).toEqual({ known: true })
  })

  it('is told by its kind where two contents share a name', async () => {
    const browser = await start()
    schedule('Before dawn')
    const [workbook, datasource] = [task({ content: content('workbook', 'admin', 'Sales') }), task({ content: content('datasource', 'admin', 'Sales') })]
    const now = harness.simClock.now()
    const job = (subtitle: string, minutesAgo: number) => harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Sales', subtitle, status: 'Success', createdAt: now - minutesAgo * 60_000 })
    const [ofWorkbook, ofDatasource] = [job('Workbook', 20), job('Data Source', 10)]
    expect([await jobOf(browser, workbook), await jobOf(browser, datasource)]).toMatchObject([{ job: { id: ofWorkbook.id } }, { job: { id: ofDatasource.id } }])
  })

  it('is unknown to who may not list jobs, who is told why', async () => {
    await start()
    schedule('Before dawn')
    const mine = task({ content: content('workbook', 'creator') })
    expect(await jobOf(await harness.signedIn('creator'), mine)).toEqual({ known: false, reason: matching(/administrators.*Creator/) })
    expect(harness.sim.ledger.of('queryJobs')).toHaveLength(0)
  })

  it('of a virtual connection is unknown', async () => {
    const browser = await start()
    schedule('Before dawn')
    expect(await jobOf(browser, task({ content: { kind: 'virtualConnection', id: randomUUID(), name: 'VC' } }))).toEqual({ known: false, reason: containing('virtual connection') })
  })

  it('of a task that is gone is not found', async () => {
    const browser = await start()
    expect(problemOf(await browser.get(`/api/tasks/${randomUUID()}/job`))).toMatchObject({ code: 'not_found', tableau: { code: '404026' } })
  })
})

describe('running a task', () => {
  const refuseRun = (): void => {
    harness.sim.faults.add({ operation: 'runExtractRefreshTask', action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'No.' } })
  }
  const refreshed = ({ kind, id, name }: RefreshTask['content'], createdAt: number): void => {
    harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: name, content: { kind, id, name }, status: 'Success', createdAt, runsForMs: 500 })
  }

  it('queues its job, which the answer names, and the jobs show it', async () => {
    const browser = await start()
    schedule('Before dawn')
    const one = task()
    await browser.get('/api/jobs')
    const outcome = outcomeIn(await run(browser, one))
    const [job] = jobsOf(one.content.name)
    expect(outcome).toMatchObject({ operation: 'tasks.run', state: 'done', result: { taskId: one.id, jobId: job?.id } })
    expect(await jobOf(browser, one)).toMatchObject({ known: true, job: { id: job?.id } })
  })

  it('twice leads to the job that is queued already', async () => {
    const browser = await start()
    schedule('Before dawn')
    const one = task()
    await run(browser, one)
    expect(problemOf(await run(browser, one))).toMatchObject({ code: 'already_queued', status: 409, tableau: { code: '409093' } })
    expect(jobsOf(one.content.name)).toHaveLength(1)
    expect(await jobOf(browser, one)).toMatchObject({ known: true, job: { title: one.content.name } })
  })

  it('that is answered with an error although its job was queued is done', async () => {
    const browser = await start()
    schedule('Before dawn')
    const one = task()
    harness.sim.faults.add({ operation: 'runExtractRefreshTask', when: 'after', action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'No.' } })
    const outcome = outcomeIn(await run(browser, one))
    expect(outcome).toMatchObject({ state: 'done', evidence: containing('403004'), result: { jobId: jobsOf(one.content.name)[0]?.id } })
  })

  it('that is refused is refused, also when it was refreshed a moment before', async () => {
    const browser = await start()
    schedule('Before dawn')
    const one = task()
    refuseRun()
    refreshed(one.content, harness.simClock.now() - 1000)
    const key = randomUUID()
    expect(problemOf(await run(browser, one, key))).toMatchObject({ code: 'forbidden', detail: containing('“Run now” is switched off') })
    expect(await outcomeOf(browser, key)).toMatchObject({ state: 'not_done' })
  })

  it('that is refused is refused, also when something else of the same name is refreshed meanwhile', async () => {
    const browser = await start()
    schedule('Before dawn')
    const one = task()
    const other = content('datasource', 'admin', one.content.name)
    harness.sim.faults.add({ operation: 'runExtractRefreshTask', action: { kind: 'delay', ms: 60 } })
    refuseRun()
    const refused = run(browser, one)
    await eventually(() => harness.sim.ledger.of('runExtractRefreshTask').length === 1)
    refreshed(other, harness.simClock.now())
    expect(problemOf(await refused).code).toBe('forbidden')
    expect(harness.sim.ledger.of('queryJob').length).toBeGreaterThan(0)
  })

  it('of a site where that is switched off is refused with the reason', async () => {
    const browser = await start()
    schedule('Before dawn')
    harness.sim.world.site().runNowEnabled = false
    expect(problemOf(await run(browser, task()))).toMatchObject({ code: 'forbidden', tableau: { detail: containing('RunNow') } })
  })

  it('as its owner is done, without the jobs being asked for', async () => {
    await start()
    schedule('Before dawn')
    const mine = task({ content: content('workbook', 'creator') })
    const creator = await harness.signedIn('creator')
    const outcome = outcomeIn(await run(creator, mine))
    expect(outcome).toMatchObject({ state: 'done', result: { jobId: jobsOf(mine.content.name)[0]?.id } })
    expect(harness.sim.ledger.of('queryJobs')).toHaveLength(0)
  })

  it('as its owner cannot be confirmed when the reply is lost', async () => {
    await start()
    schedule('Before dawn')
    const mine = task({ content: content('workbook', 'creator') })
    const creator = await harness.signedIn('creator')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'runExtractRefreshTask', when: 'after', action: { kind: 'reset' } })
    expect((await run(creator, mine, key)).status).toBe(202)
    expect(await settledOutcome(creator, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: containing('409093') })
  })

  it('that is not mine is refused', async () => {
    await start()
    schedule('Before dawn')
    const theirs = task()
    expect(problemOf(await run(await harness.signedIn('creator'), theirs)).code).toBe('forbidden')
    expect(jobsOf(theirs.content.name)).toEqual([])
  })

  it('that is gone is not found, and of a virtual connection refused', async () => {
    const browser = await start()
    schedule('Before dawn')
    expect(problemOf(await run(browser, { id: randomUUID() }))).toMatchObject({ code: 'not_found', tableau: { code: '404026' }, detail: containing('virtual connection') })
    const connection = task({ content: { kind: 'virtualConnection', id: randomUUID(), name: 'VC' } })
    await list(browser)
    expect(problemOf(await run(browser, connection)).code).toBe('forbidden')
  })

  it('goes ahead when the jobs cannot be listed', async () => {
    const browser = await start()
    schedule('Before dawn')
    const one = task()
    harness.sim.faults.add({ operation: 'queryJobs', times: 9, action: { kind: 'html', status: 502 } })
    expect(outcomeIn(await run(browser, one)).state).toBe('done')
    expect(jobsOf(one.content.name)).toHaveLength(1)
  })
})

describe('adding content to a schedule', () => {
  it.each(['workbook', 'datasource'] as const)('makes a task of the %s, which the lists show at once', async (kind) => {
    const browser = await start({ sim: { indexLagMs: 30_000 } })
    const nightly = schedule('Before dawn')
    const item = content(kind)
    await list(browser)
    const outcome = outcomeIn(await addTo(browser, nightly, kind === 'workbook' ? { workbookId: item.id } : { datasourceId: item.id }))
    const taskId = harness.sim.world.tasks().find(item.name).id
    expect(outcome).toMatchObject({ operation: 'tasks.add', state: 'done', result: { scheduleId: nightly.id, taskId } })
    expect((await list(browser)).tasks.find(({ id }) => id === taskId)).toMatchObject({ schedule: { id: nightly.id }, content: { kind, id: item.id } })
    expect((await ofSchedule(browser, nightly)).tasks.map(({ id }) => id)).toEqual([taskId])
  })

  it('to one that is gone is explained', async () => {
    const browser = await start()
    expect(problemOf(await addTo(browser, { id: randomUUID() }, { workbookId: content().id }))).toMatchObject({
      code: 'not_found',
      status: 404,
      detail: containing('the schedule may have been deleted'),
      tableau: { code: '500000' },
    })
  })

  it('that is gone is not found', async () => {
    const browser = await start()
    expect(problemOf(await addTo(browser, schedule('Before dawn'), { workbookId: randomUUID() }))).toMatchObject({ code: 'not_found', tableau: { code: '404006' } })
  })

  it('takes one workbook or one data source', async () => {
    const browser = await start()
    const nightly = schedule('Before dawn')
    for (const body of [{}, { workbookId: randomUUID(), datasourceId: randomUUID() }, { workbookId: randomUUID(), kind: 'flowRun' }, { datasourceId: randomUUID(), kind: 'dataAcceleration' }]) {
      expect(problemOf(await addTo(browser, nightly, body)).code).toBe('validation')
    }
  })

  it('works for its owner and the leader of its project, and is refused to others', async () => {
    await start()
    const nightly = schedule('Before dawn')
    const { world } = harness.sim
    const item = content('workbook', 'creator')
    item.project?.leaderUserIds.add(userId('leader'))
    expect(outcomeIn(await addTo(await harness.signedIn('creator'), nightly, { workbookId: item.id })).state).toBe('done')
    expect(outcomeIn(await addTo(await harness.signedIn('leader'), nightly, { workbookId: item.id })).state).toBe('done')
    expect(problemOf(await addTo(await harness.signedIn('viewer'), nightly, { workbookId: item.id }))).toMatchObject({ code: 'forbidden', tableau: { code: '403032' } })
    expect(world.tasks().onSchedule(nightly)).toHaveLength(2)
  })

  it('again is not taken for the first time, when the reply is lost before it arrived', async () => {
    const browser = await start()
    const nightly = schedule('Before dawn')
    const item = content()
    await addTo(browser, nightly, { workbookId: item.id })
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'addWorkbookToSchedule', action: { kind: 'reset' } })
    expect((await addTo(browser, nightly, { workbookId: item.id }, key)).status).toBe(202)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: matching(/no new task.*30 seconds/) })
    expect(harness.sim.world.tasks().onSchedule(nightly)).toHaveLength(1)
  })
})

describe('deleting a task', () => {
  it('takes it away at once, though the list is behind, and leaves the content', async () => {
    const browser = await start({ sim: { indexLagMs: 30_000 } })
    const nightly = schedule('Before dawn')
    const one = task()
    await list(browser)
    expect(outcomeIn(await remove(browser, one))).toMatchObject({ operation: 'tasks.delete', state: 'done', result: { taskId: one.id } })
    expect((await list(browser)).tasks.some(({ id }) => id === one.id)).toBe(false)
    expect((await ofSchedule(browser, nightly)).tasks).toEqual([])
    expect(harness.sim.world.site().findContent(one.content.name)).toBe(one.content)
  })

  it('that is gone is not found', async () => {
    const browser = await start()
    expect(problemOf(await remove(browser, { id: randomUUID() }))).toMatchObject({ code: 'not_found', tableau: { code: '404026' } })
  })

  it('is found to be done while the list is still behind', async () => {
    const browser = await start({ sim: { indexLagMs: 60_000 } })
    schedule('Before dawn')
    const one = task()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'deleteExtractRefreshTask', when: 'after', action: { kind: 'reset' } })
    expect((await remove(browser, one, key)).status).toBe(202)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'done' })
  })

  it.each([
    ['before', 'unconfirmed'],
    ['after', 'done'],
  ] as const)('of a virtual connection, whose reply was lost %s the effect, is %s', async (when, state) => {
    const browser = await start()
    schedule('Before dawn')
    const connection = task({ content: { kind: 'virtualConnection', id: randomUUID(), name: 'VC' } })
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'deleteExtractRefreshTask', when, action: { kind: 'reset' } })
    await remove(browser, connection, key)
    expect((await settledOutcome(browser, key, clock)).state).toBe(state)
  })

  it.each([
    ['before', 'unconfirmed'],
    ['after', 'done'],
  ] as const)('as the leader of its project, who may not read it, lost %s the effect, is %s', async (when, state) => {
    await start()
    schedule('Before dawn')
    const item = content('workbook', 'creator')
    item.project?.leaderUserIds.add(userId('leader'))
    const one = task({ content: item })
    const leader = await harness.signedIn('leader')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'deleteExtractRefreshTask', when, action: { kind: 'reset' } })
    await remove(leader, one, key)
    expect((await settledOutcome(leader, key, clock)).state).toBe(state)
  })

  it('is refused to who may not', async () => {
    await start()
    schedule('Before dawn')
    const one = task()
    expect(problemOf(await remove(await harness.signedIn('creator'), one)).code).toBe('forbidden')
    expect(harness.sim.world.tasks().task(one.id)).toBe(one)
  })
})

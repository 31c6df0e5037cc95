import { randomUUID } from 'node:crypto'
import { getSession, getTimeZone, listJobs, listTasks, type Recurrence } from '@refreshboard/api-types'
import type { RefreshTask, TaskSpec } from '@refreshboard/tableau-sim'
import { afterEach, describe, expect, it } from 'vitest'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { outcomeIn, settledOutcome } from '../../testing/written.ts'

let harness: Harness
let clock: TestClock
const start = async ({ sim, ...options }: HarnessOptions = {}, account = 'admin'): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, sim: { flavor: 'cloud', timeZone: 'America/New_York', ...sim }, env: { TABLEAU_TIME_ZONE: '' }, ...options })
  return harness.signedIn(account)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const userId = (account: string): string => harness.sim.world.account(account).memberships[0]?.userId ?? ''
const content = (kind: 'workbook' | 'datasource' = 'workbook', owner = 'admin') => {
  const site = harness.sim.world.site()
  return site.addContent({ kind, name: `Test ${kind} ${randomUUID()}`, ownerId: userId(owner), project: site.projects[0] })
}
const nightly: Recurrence = { frequency: 'Daily', start: '02:15:00', end: '02:15:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }, { weekDay: 'Friday' }] }
const add = (spec: Partial<TaskSpec> = {}): RefreshTask => harness.sim.world.addTask(harness.sim.world.home.id, { content: content(), times: nightly, ...spec })
const weekly = { frequency: 'Weekly', start: '05:00:00', weekDay: 'Monday' }

const list = async (browser: Browser) => outputOf(listTasks, await browser.get('/api/tasks'))
const create = (browser: Browser, body: unknown, key: string = randomUUID()): Promise<Reply> => browser.post('/api/tasks', body, { key })
const update = (browser: Browser, { id }: { id: string }, body: unknown, key: string = randomUUID()): Promise<Reply> => browser.request(`/api/tasks/${id}`, { method: 'PATCH', body, key })
const calls = (operation: Parameters<typeof harness.sim.ledger.of>[0]): number => harness.sim.ledger.of(operation).length

describe('a session on Tableau Cloud', () => {
  it('is told the zone of its site, what is not there, and ends after two idle hours', async () => {
    const browser = await start()
    const session = outputOf(getSession, await browser.get('/api/session'))
    expect(session.server).toMatchObject({ flavor: 'cloud', timeZone: { name: 'America/New_York', inferred: false } })
    expect(session.can).toMatchObject({
      writeSchedules: { allowed: false, reason: containing('Tableau Cloud has no server schedules') },
      readSchedules: { allowed: false, reason: containing('Tableau Cloud has no server schedules') },
      createTasks: { allowed: true },
    })
    expect(Date.parse(session.idleExpiresAt) - clock.now()).toBe(120 * 60_000)
    expect(outputOf(getTimeZone, await browser.get('/api/time-zone'))).toEqual({ timeZone: { name: 'America/New_York', inferred: false } })
  })

  it.each([
    ['creator', true],
    ['viewer', false],
  ])('says whether a %s can make tasks', async (account, allowed) => {
    const browser = await start({}, account)
    expect(outputOf(getSession, await browser.get('/api/session')).can.createTasks.allowed).toBe(allowed)
  })

  it('finds the zone of a site that does not tell it by looking at its tasks', async () => {
    const browser = await start()
    harness.sim.faults.add({ operation: 'querySite', times: Infinity, action: { kind: 'html', status: 502 } })
    const other = await harness.signedIn()
    expect(outputOf(getSession, await other.get('/api/session')).server.timeZone).toBeUndefined()
    const { timeZone } = outputOf(getTimeZone, await other.get('/api/time-zone'))
    const offset = (name: string) => new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' }).formatToParts(harness.simClock.now()).find(({ type }) => type === 'timeZoneName')?.value
    expect(timeZone?.inferred).toBe(true)
    expect(offset(timeZone?.name ?? '')).toBe(offset('America/New_York'))
    expect((await list(browser)).timeZone?.name).toBe('America/New_York')
  })

  it('tells administrators how much of the site’s budget everyone together has used', async () => {
    const browser = await start()
    const creator = await harness.signedIn('creator')
    const { budget } = await list(browser)
    await creator.get('/api/tasks')
    await browser.get('/api/jobs')
    const after = await list(browser)
    const asked = harness.sim.ledger.of('queryJobs').length
    expect(asked).toBeGreaterThan(0)
    expect(after.budget).toMatchObject({ jobCallsADay: { used: (budget?.jobCallsADay.used ?? 0) + asked }, runsAnHour: { used: 0 } })
    expect((await list(creator)).budget).toBeUndefined()
  })

  it('never asks for server schedules, and is not over for being asked for them', async () => {
    const browser = await start()
    for (const path of ['/api/schedules', `/api/schedules/${randomUUID()}`, `/api/schedules/${randomUUID()}/tasks`]) {
      const problem = problemOf(await browser.get(path))
      expect([problem.code, problem.detail]).toEqual(['unsupported_here', containing('Tableau Cloud has no server schedules')])
    }
    await list(browser)
    expect([calls('listServerSchedules'), calls('getServerSchedule'), calls('listScheduleExtracts')]).toEqual([0, 0, 0])
  })

  it('that is not known to be one outlives the 401 for server schedules, which a good token gets too', async () => {
    await start()
    harness.sim.faults.add({ operation: 'querySites', times: Infinity, action: { kind: 'html', status: 502 } })
    const browser = harness.browser()
    expect((await browser.signInByToken('demo')).status).toBe(201)
    harness.sim.faults.clear()
    expect(outputOf(getSession, await browser.get('/api/session')).server.flavor).toBe('server')
    expect(problemOf(await browser.get('/api/schedules'))).toMatchObject({ code: 'unsupported_here', detail: containing('so does Tableau Cloud') })
    expect(outputOf(getTimeZone, await browser.get('/api/time-zone'))).toEqual({})
    expect(calls('listServerSchedules')).toBeGreaterThan(0)
    expect((await list(browser)).tasks.length).toBeGreaterThan(0)
    // What was refused is remembered for a moment.
    clock.advance(60_000)
    harness.sim.world.sessions.killAll()
    expect(problemOf(await browser.get('/api/schedules')).code).toBe('session_expired')
  })

  it('has its jobs read every 15 s while one runs and every 60 s otherwise', async () => {
    const browser = await start({ sim: { scenario: 'empty' } })
    const everyMs = async () => outputOf(listJobs, await browser.get('/api/jobs')).age.everyMs
    expect(await everyMs()).toBe(60_000)
    harness.sim.world.addJob(harness.sim.world.home.id, { jobType: 'refresh_extracts', title: 'Held back', status: 'Pending', held: true })
    clock.advance(60_000)
    expect(await everyMs()).toBe(15_000)
  })
})

describe('the list of tasks on Tableau Cloud', () => {
  it('tells each with its times and the names of its content', async () => {
    const browser = await start()
    const task = add({ content: content('datasource') })
    const answer = await list(browser)
    const row = answer.tasks.find(({ id }) => id === task.id)
    expect(row).toMatchObject({ schedule: { frequency: 'Daily', recurrence: nightly }, content: { kind: 'datasource', name: task.content.name } })
    expect([row?.schedule?.id, row?.schedule?.name]).toEqual([undefined, undefined])
    expect(answer).toMatchObject({ scope: 'site', named: true, runNow: { allowed: true }, edit: { allowed: true }, timeZone: { name: 'America/New_York', inferred: false } })
  })

  it('of an API before 3.20 says that tasks cannot be changed, and nothing is sent', async () => {
    const browser = await start({ sim: { apiVersion: '3.19' } })
    const task = add()
    const { edit } = await list(browser)
    expect(edit).toEqual({ allowed: false, reason: containing('3.20') })
    expect(problemOf(await create(browser, { workbookId: content().id, recurrence: weekly })).code).toBe('unsupported_here')
    expect(problemOf(await update(browser, task, { changes: { recurrence: weekly }, seen: {} })).code).toBe('unsupported_here')
    expect(outputOf(getSession, await browser.get('/api/session')).can.createTasks).toEqual({ allowed: false, reason: containing('3.19') })
  })

  it('of a Server says that its schedules decide, and nothing is sent', async () => {
    const browser = await start({ sim: { flavor: 'server' } })
    const answer = await list(browser)
    expect([answer.edit, answer.timeZone]).toEqual([{ allowed: false, reason: containing('schedule') }, undefined])
    expect(problemOf(await create(browser, { workbookId: randomUUID(), recurrence: weekly })).code).toBe('unsupported_here')
    expect(outputOf(getSession, await browser.get('/api/session')).can).toMatchObject({ readSchedules: { allowed: true }, createTasks: { allowed: false } })
    expect(harness.sim.ledger.entries.filter(({ method }) => method === 'POST').map(({ operation }) => operation)).toEqual(['signIn'])
  })
})

describe('a task that is made', () => {
  it('has the times that were sent, and is listed at once', async () => {
    const browser = await start({ sim: { indexLagMs: 30_000 } })
    const workbook = content()
    const outcome = outcomeIn(await create(browser, { workbookId: workbook.id, refreshType: 'IncrementalRefresh', recurrence: { frequency: 'Daily', start: '18:30:00', hours: 24, weekDays: ['Friday', 'Monday'] } }))
    expect([outcome.state, outcome.evidence]).toEqual(['done', 'Tableau has made the task.'])
    const made = harness.sim.world.tasks().task(outcome.result?.taskId ?? '')
    expect([made?.content, made?.incremental, made?.ownSchedule?.recurrence]).toEqual([workbook, true, { frequency: 'Daily', start: '18:30:00', end: '18:30:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }, { weekDay: 'Friday' }] }])
    const row = (await list(browser)).tasks.find(({ id }) => id === made?.id)
    expect(row).toMatchObject({ refreshType: 'IncrementalRefresh', content: { name: workbook.name }, schedule: { recurrence: { start: '18:30:00' } } })
  })

  it.each([
    ['recurrence.end', { frequency: 'Daily', start: '18:30:00', end: '23:00:00', hours: 4, weekDays: ['Monday'] }, 'The end is a whole number of hours after the start; not 23:00 after 18:30'],
    ['recurrence.start', { frequency: 'Weekly', start: '18:32:00', weekDay: 'Monday' }, 'The start is on a full 5 minutes; not 18:32'],
    ['recurrence.weekDays', { frequency: 'Hourly', start: '08:00:00', end: '18:00:00', weekDays: [] }, 'Hourly needs at least one day of the week'],
    ['recurrence.on', { frequency: 'Monthly', start: '08:00:00', on: { days: [31, 31] } }, 'Each day of the month can be given once; 31 was given twice'],
  ])('is refused under %s before anything is sent', async (field, recurrence, sentence) => {
    const browser = await start()
    expect(problemOf(await create(browser, { workbookId: content().id, recurrence })).fields).toEqual({ [field]: sentence })
    expect(calls('createCloudExtractRefreshTask')).toBe(0)
  })

  it('of two contents or of none is refused', async () => {
    const browser = await start()
    for (const chosen of [{}, { workbookId: randomUUID(), datasourceId: randomUUID() }]) expect(problemOf(await create(browser, { ...chosen, recurrence: weekly })).fields).toHaveProperty('workbookId')
  })

  it('that Tableau refuses is told with its own words under the times', async () => {
    const browser = await start()
    harness.sim.faults.add({ operation: 'createCloudExtractRefreshTask', action: { kind: 'tableauError', status: 409, code: '409004', summary: 'Invalid parameter value', detail: 'The interval is wrong.' } })
    expect(problemOf(await create(browser, { workbookId: content().id, recurrence: weekly }))).toMatchObject({ code: 'validation', fields: { recurrence: 'The interval is wrong.' }, tableau: { code: '409004' } })
  })

  it('while Tableau asks to wait is not, until the time in its text, and nothing is repeated', async () => {
    const browser = await start()
    const workbook = content()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'createCloudExtractRefreshTask', action: { kind: 'throttle', seconds: 29 * 60, style: 'text' } })
    expect(problemOf(await create(browser, { workbookId: workbook.id, recurrence: weekly }, key))).toMatchObject({ code: 'throttled', retryAt: new Date(clock.now() + 29 * 60_000).toISOString() })
    expect(calls('createCloudExtractRefreshTask')).toBe(1)
    expect(outcomeIn(await create(browser, { workbookId: workbook.id, recurrence: weekly }, key)).state).toBe('done')
  })

  it('is Tableau’s to refuse to others', async () => {
    const browser = await start({}, 'explorer')
    expect(problemOf(await create(browser, { workbookId: content('workbook', 'explorer').id, recurrence: weekly }))).toMatchObject({ code: 'forbidden', detail: containing('Creators') })
  })

  it('whose reply was lost is not taken for another task of the same content', async () => {
    const browser = await start()
    const workbook = content()
    add({ content: workbook, times: { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }] } })
    harness.sim.faults.add({ operation: 'createCloudExtractRefreshTask', action: { kind: 'reset' } })
    const key = randomUUID()
    expect((await create(browser, { workbookId: workbook.id, recurrence: weekly }, key)).status).toBe(202)
    // Somebody else makes one meanwhile, at other times.
    add({ content: workbook })
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: containing('would make a second task') })
  })
})

describe('a task that is changed', () => {
  it('shows at once where it was just made, and the next edit does not collide with it', async () => {
    const browser = await start({ sim: { indexLagMs: 30_000 } })
    const at = (time: string, weekDay: string) => ({ frequency: 'Weekly', start: time, weekDay })
    await list(browser)
    const id = outcomeIn(await create(browser, { workbookId: content().id, recurrence: at('05:00:00', 'Monday') })).result?.taskId ?? ''
    const shown = async () => (await list(browser)).tasks.find((task) => task.id === id)?.schedule?.recurrence
    const edit = async (time: string) => update(browser, { id }, { changes: { recurrence: at(time, 'Friday') }, seen: { frequency: 'Weekly', recurrence: await shown() } })
    expect(outcomeIn(await edit('09:00:00')).state).toBe('done')
    expect((await shown())?.start).toBe('09:00:00')
    expect((await edit('11:00:00')).status).toBe(200)
  })

  it('gets times and type at once, and keeps what is not sent', async () => {
    const browser = await start()
    const task = add({ incremental: true })
    const outcome = outcomeIn(await update(browser, task, { changes: { recurrence: weekly }, seen: { frequency: 'Daily', recurrence: nightly } }))
    expect([outcome.state, outcome.evidence, outcome.result]).toEqual(['done', 'Tableau has saved the task.', { taskId: task.id }])
    expect([task.incremental, task.ownSchedule?.recurrence]).toEqual([true, { frequency: 'Weekly', start: '05:00:00', end: undefined, intervals: [{ weekDay: 'Monday' }] }])
    await update(browser, task, { changes: { refreshType: 'FullRefresh' }, seen: {} })
    expect([task.incremental, task.ownSchedule?.recurrence.frequency]).toEqual([false, 'Weekly'])
    expect((await list(browser)).tasks.find(({ id }) => id === task.id)?.schedule).toMatchObject({ frequency: 'Weekly', recurrence: { start: '05:00:00' } })
  })

  it.each([
    [{ recurrence: { ...nightly, start: '03:15:00', end: '03:15:00' } }, 'The timing was “Mon, Fri at 03:15” and is now “Mon, Fri at 02:15”. Nothing was sent to Tableau.'],
    [{ frequency: 'Weekly' }, 'The timing was “Weekly” and is now “Mon, Fri at 02:15”. Nothing was sent to Tableau.'],
  ])('elsewhere meanwhile is not overwritten: seen %j', async (seen, detail) => {
    const browser = await start()
    const task = add()
    const problem = problemOf(await update(browser, task, { changes: { recurrence: weekly }, seen }))
    expect([problem.code, problem.detail, Object.keys(problem.fields ?? {})]).toEqual(['changed_elsewhere', detail, ['changes.recurrence']])
    expect(calls('updateCloudExtractRefreshTask')).toBe(0)
  })

  it('keeps the times that somebody else has set, says so, and sends only the type', async () => {
    const browser = await start()
    const task = add({ incremental: true })
    const seen = { refreshType: 'IncrementalRefresh', frequency: 'Daily', recurrence: { ...nightly, start: '03:15:00', end: '03:15:00' } }
    const outcome = outcomeIn(await update(browser, task, { changes: { refreshType: 'FullRefresh' }, seen }))
    expect(outcome.result?.merged).toEqual(['The timing was “Mon, Fri at 03:15” and is now “Mon, Fri at 02:15”: somebody else has changed it, and that stays.'])
    expect(harness.sim.ledger.of('updateCloudExtractRefreshTask').map(({ body }) => body.includes('frequency'))).toEqual([false])
  })

  it('is told when its times were changed in the moment between reading and writing', async () => {
    const browser = await start()
    const task = add({ incremental: true })
    harness.sim.faults.add({ operation: 'updateCloudExtractRefreshTask', action: { kind: 'delay', ms: 200 } })
    const saving = update(browser, task, { changes: { refreshType: 'FullRefresh' }, seen: {} })
    await eventually(() => calls('updateCloudExtractRefreshTask') === 1)
    if (task.ownSchedule) task.ownSchedule.recurrence = { ...task.ownSchedule.recurrence, start: '06:00:00', end: '06:00:00' }
    expect(outcomeIn(await saving).result?.moved).toEqual(['The timing was “Mon, Fri at 02:15” and is now “Mon, Fri at 06:00”: somebody else has changed it in the same moment.'])
  })

  it.each<[string, Recurrence, Recurrence]>([
    [
      'an hour as 60 minutes',
      { frequency: 'Hourly', start: '02:15:00', end: '18:15:00', intervals: [{ minutes: '60' }, { weekDay: 'Monday' }] },
      { frequency: 'Hourly', start: '02:15:00', end: '18:15:00', intervals: [{ hours: '1' }, { weekDay: 'Monday' }] },
    ],
    ['once a day without its end', { ...nightly, end: undefined }, nightly],
  ])('is no collision where Tableau tells %s', async (_what, times, seen) => {
    const browser = await start()
    const task = add({ times })
    expect(outcomeIn(await update(browser, task, { changes: { recurrence: weekly }, seen: { frequency: seen.frequency, recurrence: seen } })).result).toEqual({ taskId: task.id })
  })

  it('was seen with its intervals in another order and is the same', async () => {
    const browser = await start()
    const task = add()
    expect(outcomeIn(await update(browser, task, { changes: { recurrence: weekly }, seen: { recurrence: { ...nightly, intervals: nightly.intervals.toReversed() } } })).state).toBe('done')
  })

  it.each([{ changes: {}, seen: {} }, { changes: { recurrence: weekly } }, { changes: { workbookId: randomUUID() }, seen: {} }, { changes: { refreshType: 'IncrementalExtract' }, seen: {} }])('by %j is refused', async (body) => {
    const browser = await start()
    expect(problemOf(await update(browser, add(), body)).code).toBe('validation')
    expect(calls('updateCloudExtractRefreshTask')).toBe(0)
  })

  it('of somebody else’s is refused by Tableau, and the owner’s is done', async () => {
    const browser = await start({}, 'creator')
    const theirs = add({ ownerId: userId('admin') })
    expect(problemOf(await update(browser, theirs, { changes: { recurrence: weekly }, seen: {} }))).toMatchObject({ code: 'forbidden' })
    const mine = add({ ownerId: userId('creator') })
    expect(outcomeIn(await update(browser, mine, { changes: { recurrence: weekly }, seen: {} })).state).toBe('done')
  })

  it('that is gone is not found', async () => {
    const browser = await start()
    expect(problemOf(await update(browser, { id: randomUUID() }, { changes: { recurrence: weekly }, seen: {} }))).toMatchObject({ code: 'not_found', tableau: { code: '404026' } })
  })

  it('in type alone cannot be confirmed when the reply is lost, since Tableau does not tell the type', async () => {
    const browser = await start()
    const task = add()
    harness.sim.faults.add({ operation: 'updateCloudExtractRefreshTask', when: 'after', action: { kind: 'reset' } })
    const key = randomUUID()
    expect((await update(browser, task, { changes: { refreshType: 'IncrementalRefresh' }, seen: {} }, key)).status).toBe(202)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: containing('does not tell whether a task is a full or an incremental refresh') })
  })

  it('in type and in times is confirmed by its times when the reply is lost', async () => {
    const browser = await start()
    const task = add()
    harness.sim.faults.add({ operation: 'updateCloudExtractRefreshTask', when: 'after', action: { kind: 'reset' } })
    const key = randomUUID()
    expect((await update(browser, task, { changes: { refreshType: 'IncrementalRefresh', recurrence: weekly }, seen: {} }, key)).status).toBe(202)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'done', evidence: 'Tableau reports the timing as “Mon at 05:00”, as it was sent.', result: { taskId: task.id } })
  })

  it('and deleted before the lost reply could be read back cannot be confirmed', async () => {
    const browser = await start()
    const task = add()
    harness.sim.faults.add({ operation: 'updateCloudExtractRefreshTask', action: { kind: 'reset' } })
    const key = randomUUID()
    expect((await update(browser, task, { changes: { recurrence: weekly }, seen: {} }, key)).status).toBe(202)
    harness.sim.world.timetable.removeTask(harness.sim.world.home, task)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: containing('no longer knows this task (404026)') })
  })
})

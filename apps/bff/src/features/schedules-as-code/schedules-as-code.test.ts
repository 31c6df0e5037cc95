import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { exportSchedules, getBulk, listAudit, listWorkbooks, planSchedules, type BulkRunState, type BulkRunWithItems, type OutputOf } from '@refreshboard/api-types'
import { readSchedules, writeSchedules, type ScheduleDocument } from '@refreshboard/schedules-as-code'
import type { OperationName, ServerSchedule } from '@refreshboard/tableau-sim'
import { systemClock, type Clock } from '../../clock.ts'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'

let harness: Harness
const start = async (options: HarnessOptions = {}, account = 'admin'): Promise<Browser> => {
  harness = await startHarness({ ...options, bff: { tableauDeadlineMs: 2000, ...options.bff } })
  return harness.signedIn(account)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const exported = async (browser: Browser): Promise<OutputOf<typeof exportSchedules>> => outputOf(exportSchedules, await browser.get('/api/schedules-as-code'))
const post = (browser: Browser, yaml: string, prune: boolean): Promise<Reply> => browser.post('/api/schedules-as-code/plan', { yaml, prune })
const plan = async (browser: Browser, yaml: string, { prune = false } = {}): Promise<BulkRunWithItems> => {
  const { run, faults } = outputOf(planSchedules, await post(browser, yaml, prune))
  if (run === undefined) throw new Error(JSON.stringify(faults))
  return run
}
const begin = (browser: Browser, { id, digest }: BulkRunWithItems): Promise<Reply> => browser.post(`/api/bulk/${id}/start`, { digest })
const runOf = async (browser: Browser, { id }: { id: string }): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`, { background: true }))
const until = async (browser: Browser, run: BulkRunWithItems, state: BulkRunState): Promise<BulkRunWithItems> => {
  for (const end = performance.now() + 60_000; performance.now() < end; await wait(100)) {
    const now = await runOf(browser, run)
    if (now.state === state) return now
    if (now.state !== 'running') throw new Error(`it is ${now.state}: ${now.why ?? ''}`)
  }
  throw new Error(`the state ${state} did not come`)
}
const apply = async (browser: Browser, yaml: string, options: { prune?: boolean } = {}, state: BulkRunState = 'done'): Promise<BulkRunWithItems> => {
  const run = await plan(browser, yaml, options)
  expect((await begin(browser, run)).status).toBe(200)
  return until(browser, run, state)
}
const documentOf = (yaml: string): ScheduleDocument => {
  const reading = readSchedules(yaml)
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.document
}
const wipe = (which: (schedule: ServerSchedule) => boolean): void => {
  for (const schedule of [...harness.sim.world.schedules].filter(which)) harness.sim.world.timetable.removeSchedule(schedule)
}
const sent = (operation: OperationName): number => harness.sim.ledger.of(operation).length
const writes = (): number => (['createServerSchedule', 'updateServerSchedule', 'deleteServerSchedule', 'addWorkbookToSchedule', 'addDatasourceToSchedule', 'deleteExtractRefreshTask'] as const).reduce((sum, name) => sum + sent(name), 0)
const named = ({ items }: BulkRunWithItems, step: string): string[] => items.filter((item) => item.step === step).map(({ name }) => name)

const text = (body: string): string => `refreshboard: 1\nschedules:\n${body}`
const dawn = '  - { name: Dawn, type: Flow, repeats: { frequency: Daily, start: "04:00:00" } }\n'
const dusk = '  - { name: Dusk, type: Extract, state: Suspended, priority: 7, order: Serial, repeats: { frequency: Weekly, start: "20:00:00", weekDays: [Friday] }, content: [] }\n'

describe('the export', () => {
  it('asks Tableau nothing more once it does not tell the tasks of one schedule', async () => {
    const browser = await start({ sim: { scenario: 'busy' } })
    await exported(browser)
    const whole = sent('listScheduleExtracts')
    harness.sim.faults.add({ operation: 'listScheduleExtracts', action: { kind: 'tableauError', status: 400, code: '400000', summary: 'Bad Request', detail: 'Not now.' } })
    expect(problemOf(await browser.get('/api/schedules-as-code'))).toMatchObject({ tableau: { code: '400000' } })
    await wait(300)
    expect([whole > 12, sent('listScheduleExtracts') - whole < 12]).toEqual([true, true])
  })

  it('holds the schedules by their names, and as a plan changes nothing', async () => {
    const browser = await start({ sim: { scenario: 'busy' } })
    const { yaml, schedules, tasks, notes } = await exported(browser)
    const document = documentOf(yaml)
    const { world } = harness.sim
    expect([document.schedules.length, schedules]).toEqual([schedules, [...world.schedules].filter(({ type }) => ['Extract', 'Subscription', 'Flow'].includes(type)).length])
    expect(document.schedules.flatMap(({ content = [] }) => content)).toHaveLength(tasks)
    expect(yaml).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
    expect(document.schedules.flatMap(({ content = [] }) => content).some(({ project }) => project?.includes('/') === true)).toBe(true)
    expect(notes).toEqual(expect.arrayContaining([containing('“Payroll (10th and 25th)”: It runs on several days of the month'), containing('of the refreshes are incremental'), containing('Left out, since Tableau keeps them for itself')]))
    expect(writeSchedules(document)).toBe(yaml)
    const run = await plan(browser, yaml, { prune: true })
    expect(run).toMatchObject({ action: 'schedules.apply', title: 'Apply schedules: nothing to do', state: 'planned', counts: { left_out: schedules } })
    expect(named(run, 'unchanged')).toHaveLength(schedules)
    expect(writes()).toBe(0)
  })

  it('waits for the times of all schedules', async () => {
    const browser = await start({ sim: { scenario: 'busy', latencyMs: 40 } })
    const { yaml, schedules } = await exported(browser)
    expect(documentOf(yaml).schedules.filter(({ repeats }) => repeats !== undefined)).toHaveLength(schedules)
  })

  it('is read over several requests where one is not enough, each schedule once, and says how old it is; so does a plan', async () => {
    const fast = 30
    const clock: Clock = { ...systemClock, monotonic: () => performance.now() * fast, delay: (ms, signal) => systemClock.delay(ms / fast, signal) }
    const browser = await start({ clock, sim: { scenario: 'busy', latencyMs: 80 } })
    const { world } = harness.sim
    const content = world.home.contents.find(({ kind, hasExtracts }) => kind === 'workbook' && hasExtracts)
    if (content === undefined) throw new Error('there is no workbook with extracts')
    for (let n = 0; n < 100; n += 1) world.addTask('', { content, schedule: world.addSchedule({ name: `Many ${n}`, type: 'Extract', frequency: 'Daily', start: '04:00:00', intervals: [] }) })
    const asked = (): string[] => harness.sim.ledger.of('listScheduleExtracts').map(({ path }) => path)
    const patiently = async (request: () => Promise<Reply>): Promise<{ reply: Reply; told: string[] }> => {
      const told: string[] = []
      for (let left = 100; ; left -= 1) {
        const reply = await request()
        if (reply.status !== 503 || left === 0) return { reply, told }
        told.push(problemOf(reply).detail ?? '')
        await wait(20)
      }
    }
    const read = await patiently(() => browser.get('/api/schedules-as-code'))
    const { yaml, notes } = outputOf(exportSchedules, read.reply)
    const paths = asked()
    expect([read.told.some((line) => line.startsWith('The tasks of ')), paths.length > 100, new Set(paths).size]).toEqual([true, true, paths.length])
    expect(notes).toContainEqual(expect.stringMatching(/^Reading what is on all schedules took several requests: which refreshes are incremental is as it was up to \d+ minutes ago\.$/))
    const { run, faults } = outputOf(planSchedules, (await patiently(() => post(browser, yaml, true))).reply)
    expect([faults, run?.title, run?.warnings]).toEqual([[], 'Apply schedules: nothing to do', [containing('took several requests')]])
    expect(asked()).toHaveLength(2 * paths.length)
  }, 60_000)

  it('names content that was published and scheduled just now', async () => {
    const browser = await start()
    await exported(browser)
    const { home } = harness.sim.world
    const content = home.addContent({ kind: 'workbook', name: 'Fresh from the press', ownerId: home.contents[0]?.ownerId ?? '', project: home.projects[0], hasExtracts: true })
    harness.sim.world.addTask('', { content, schedule: harness.sim.world.schedule('Nightly') })
    const { yaml, notes } = await exported(browser)
    expect([yaml.includes('workbook: Fresh from the press'), notes.filter((note) => note.includes('may not see'))]).toEqual([true, []])
  }, 60_000)

  it('leaves open what a server before API 3.8 does not tell, and says so', async () => {
    const browser = await start({ sim: { apiVersion: '3.7' } })
    const { yaml, notes } = await exported(browser)
    expect(documentOf(yaml).schedules.every(({ repeats, order }) => repeats === undefined && order === undefined)).toBe(true)
    expect(notes).toContainEqual(containing('older than 3.8'))
    expect(named(await plan(browser, yaml), 'unchanged')).toHaveLength(documentOf(yaml).schedules.length)
  })
})

describe('a plan', () => {
  it('tells every fault with its place, and makes no run', async () => {
    const browser = await start()
    const { faults, run } = outputOf(planSchedules, await post(browser, text('  - nam: Dawn\n    type: Flow\n'), false))
    expect(run).toBeUndefined()
    expect(faults.map(({ line, column, path, rule }) => [line, column, path, rule])).toEqual([
      [3, 5, 'schedules[0].nam', 'unknown-field'],
      [3, 5, 'schedules[0].name', 'missing-field'],
    ])
  })

  it('tells what is doubtful beside the run', async () => {
    const browser = await start()
    const { lint, run } = outputOf(planSchedules, await post(browser, text('  - { name: Dawn, type: Extract, state: Active, repeats: { frequency: Daily, start: "04:00:00" }, content: [] }\n'), false))
    expect(lint).toMatchObject([{ rule: 'active-without-content', line: 3 }])
    expect(run).toMatchObject({ title: 'Apply schedules: 1 to make', items: [{ name: 'Dawn', step: 'create', will: containing('Daily at 04:00') }] })
  })

  it('is for server administrators, and tells others why', async () => {
    const browser = await start({}, 'site-admin')
    const { yaml } = await exported(browser)
    expect(problemOf(await post(browser, yaml, false))).toMatchObject({ code: 'forbidden', detail: containing('only server administrators') })
    expect(outputOf(planSchedules, await post(browser, 'nothing: here\n', false)).faults).not.toEqual([])
  })

  it('is not offered on Tableau Cloud', async () => {
    const browser = await start({ sim: { flavor: 'cloud' } }, 'admin')
    expect(problemOf(await browser.get('/api/schedules-as-code')).code).toBe('unsupported_here')
    expect(problemOf(await post(browser, text(dawn), false)).code).toBe('unsupported_here')
  })

  it.each([
    ['2.7', 'add', '  - { name: Dawn, type: Extract, repeats: { frequency: Daily, start: "04:00:00" }, content: [{ workbook: Superstore }] }\n', 'Content can be added to schedules from version 2.8'],
    ['3.5', 'delete', '  - { name: Nightly, type: Extract, content: [] }\n', 'Extract refresh tasks can be deleted from version 3.6'],
  ] as const)('names as impossible what REST %s cannot do (%s a task)', async (apiVersion, what, yaml, why) => {
    const browser = await start({ sim: { apiVersion } })
    const run = await plan(browser, text(yaml), { prune: what === 'delete' })
    const tasks = run.items.filter(({ about }) => about?.includes('·'))
    expect([tasks.length > 0, tasks.filter(({ step, reason }) => step !== 'cannot' || reason?.includes(why) !== true)]).toEqual([true, []])
  })

  it('takes a text of up to 1,000,000 characters', async () => {
    const browser = await start()
    const long = text(dawn).padEnd(999_999, '#')
    expect(outputOf(planSchedules, await post(browser, `${long}\n`, false)).run?.title).toBe('Apply schedules: 1 to make')
    expect(problemOf(await post(browser, `${long}##`, false))).toMatchObject({ code: 'validation', fields: { yaml: 'At most 1,000,000 characters' } })
  })

  it('finds content that was published just now, and tells none of it to be missing', async () => {
    const browser = await start()
    const { home } = harness.sim.world
    const fresh = text('  - { name: Dawn, type: Extract, repeats: { frequency: Daily, start: "04:00:00" }, content: [{ workbook: Fresh from the press }] }\n')
    const first = await plan(browser, fresh)
    expect([named(first, 'cannot'), first.title]).toEqual([['Fresh from the press'], 'Apply schedules: 1 to make, 1 that cannot be done'])
    home.addContent({ kind: 'workbook', name: 'Fresh from the press', ownerId: home.contents[0]?.ownerId ?? '', project: home.projects[0] })
    expect(problemOf(await begin(browser, first))).toMatchObject({ code: 'changed_elsewhere', detail: containing('Fresh from the press') })
    expect(named(await plan(browser, fresh), 'create')).toEqual(['Dawn', 'Fresh from the press'])
    expect(writes()).toBe(0)
  }, 60_000)

  it('names at most 1,000 things to do', async () => {
    const browser = await start()
    const many = text(Array.from({ length: 1001 }, (_, at) => `  - { name: N ${at}, type: Flow, repeats: { frequency: Daily, start: "04:00:00" } }\n`).join(''))
    expect(problemOf(await post(browser, many, false))).toMatchObject({ code: 'validation', detail: containing('1001 things; at most 1000') })
    const [, , , ...thousand] = many.split('\n')
    const andOneThatCannotBe = text(`${thousand.join('\n')}  - { name: Odd, type: Flow }\n`)
    expect(problemOf(await post(browser, andOneThatCannotBe, false))).toMatchObject({ code: 'validation', detail: containing('1000 things; at most 999 are done in one go beside what cannot be done. Apply it in parts, each with fewer schedules, and without deleting what it does not name') })
  })
})

describe('applying a text', () => {
  it('makes what was wiped again, apart from what the plan named', async () => {
    const browser = await start({ sim: { scenario: 'busy' } })
    // The simulator refuses what has such a name.
    wipe(({ name }) => name.startsWith('Simulated:'))
    const before = await exported(browser)
    wipe(({ type }) => type !== 'System')
    const run = await apply(browser, before.yaml)
    expect(run.items.map(({ step, state }) => `${step} ${state}`).filter((line) => line !== 'create done' && line !== 'cannot left_out')).toEqual([])
    const after = documentOf((await exported(browser)).yaml)
    const wanted = documentOf(before.yaml).schedules
    const unwritable = wanted.filter(({ repeats }) => repeats !== undefined && 'as-read' in repeats)
    const ending = wanted.filter(({ ends }) => ends !== undefined)
    const now = harness.simClock.now()
    const ended = ending.filter(({ ends = '' }) => Date.parse(ends) <= now)
    expect([ending.length, ended.length]).toEqual([2, 1])
    const kept = wanted.filter((schedule) => ![...unwritable, ...ended].includes(schedule))
    const incremental = kept.flatMap(({ content = [] }) => content).filter(({ refresh }) => refresh === 'incremental')
    expect([unwritable.length > 5, incremental.length > 5]).toEqual([true, true])
    expect(after.schedules).toEqual(kept.map((schedule) => (schedule.content === undefined ? { ...schedule, ends: undefined } : { ...schedule, ends: undefined, content: schedule.content.filter(({ refresh }) => refresh !== 'incremental') })))
    const cannot = named(run, 'cannot')
    expect(new Set(cannot)).toEqual(new Set([...unwritable.map(({ name }) => name), ...ending.map(({ name }) => name), ...incremental.map(({ workbook, datasource }) => workbook ?? datasource)]))
    expect(cannot).toHaveLength(unwritable.length + ending.length + incremental.length)
    const again = await plan(browser, before.yaml, { prune: true })
    expect([again.title, named(again, 'cannot').toSorted()]).toEqual([`Apply schedules: ${cannot.length} that cannot be done`, cannot.toSorted()])
  }, 60_000)

  it('suspends what is new and shall be suspended, changes, and deletes with prune alone', async () => {
    const browser = await start()
    const made = await apply(browser, text(dawn + dusk))
    expect(made.items.filter(({ state }) => state === 'done').map(({ name, evidence }) => [name, evidence])).toEqual([
      ['Dawn', 'Tableau has made the schedule.'],
      ['Dusk', 'Tableau has made the schedule. It was suspended then.'],
    ])
    const audit = outputOf(listAudit, await browser.get(`/api/audit?bulk=${made.id}`))
    expect(audit.rows.map(({ operation, state }) => [operation, state]).toReversed()).toEqual([
      ['schedules.create', 'done'],
      ['schedules.create', 'done'],
      ['schedules.update', 'done'],
    ])
    const { world } = harness.sim
    expect(world.schedule('Dusk')).toMatchObject({ state: 'Suspended', priority: 7, executionOrder: 'Serial', recurrence: { frequency: 'Weekly' } })
    await apply(browser, text(dusk.replace('Suspended', 'Active').replace('Friday', 'Monday, Friday')))
    expect(world.schedule('Dusk')).toMatchObject({ state: 'Active', recurrence: { intervals: [{ weekDay: 'Monday' }, { weekDay: 'Friday' }] } })
    expect(world.schedule('Dawn').name).toBe('Dawn')
    const pruned = await apply(browser, text(dusk), { prune: true })
    expect([...world.schedules].filter(({ type }) => ['Extract', 'Flow', 'Subscription'].includes(type)).map(({ name }) => name)).toEqual(['Dusk'])
    expect(pruned.warnings).toEqual([containing('will be deleted for all sites'), ...pruned.warnings.slice(1)])
    expect(named(pruned, 'delete')).toContain('Dawn')
  })

  it('sends nothing when Tableau is not what the plan saw', async () => {
    const browser = await start()
    const { world } = harness.sim
    world.addSchedule({ name: 'Dawn', type: 'Flow', frequency: 'Daily', start: '04:00:00', intervals: [] })
    const run = await plan(browser, text(dawn.replace('04:00', '05:00')))
    expect(run.title).toBe('Apply schedules: 1 to change')
    world.timetable.removeSchedule(world.schedule('Dawn'))
    const before = writes()
    expect(problemOf(await begin(browser, run))).toMatchObject({ code: 'changed_elsewhere', detail: containing('Nothing was sent') })
    expect(writes()).toBe(before)
    const now = await runOf(browser, run)
    expect(now).toMatchObject({ state: 'planned', title: 'Apply schedules: 1 to make' })
    expect(now.digest).not.toBe(run.digest)
    await begin(browser, now)
    await until(browser, now, 'done')
    expect(world.schedule('Dawn').recurrence.start).toBe('05:00:00')
  })

  it('sends nothing when a schedule that the plan deletes was changed in the meantime', async () => {
    const browser = await start()
    const { world } = harness.sim
    const old = world.addSchedule({ name: 'Old', type: 'Extract', frequency: 'Daily', start: '04:00:00', intervals: [] })
    const [one, other] = world.home.contents.filter(({ kind, hasExtracts }) => kind === 'workbook' && hasExtracts)
    if (one === undefined || other === undefined) throw new Error('there are no two workbooks with extracts')
    const task = world.addTask('', { content: one, schedule: old })
    const others = [...world.schedules].filter(({ name, type }) => name !== 'Old' && type !== 'System').map(({ name, type }) => `  - { name: ${JSON.stringify(name)}, type: ${type} }\n`)
    const pruned = async (): Promise<BulkRunWithItems> => plan(browser, text(others.join('')), { prune: true })
    const first = await pruned()
    expect(named(first, 'delete')).toEqual(['Old'])
    Object.assign(old, { priority: 3, updatedAt: harness.simClock.now() })
    expect(problemOf(await begin(browser, first))).toMatchObject({ code: 'changed_elsewhere', detail: containing('Nothing was sent') })
    const second = await pruned()
    world.timetable.removeTask(world.home, task)
    world.addTask('', { content: other, schedule: old })
    expect(problemOf(await begin(browser, second))).toMatchObject({ code: 'changed_elsewhere' })
    expect([world.schedule('Old').name, writes()]).toEqual(['Old', 0])
  }, 60_000)

  it('halts at the first error, and goes on when the text is applied again, with nothing made twice', async () => {
    const browser = await start()
    const three = text(['One', 'Two', 'Three'].map((name) => dawn.replace('Dawn', name)).join(''))
    harness.sim.faults.add({ operation: 'createServerSchedule', nth: 2, action: { kind: 'tableauError', status: 400, code: '409004', summary: 'Bad request', detail: 'Not today.' } })
    const run = await apply(browser, three, {}, 'halted')
    expect(run).toMatchObject({ why: containing('“Two”'), items: [{ state: 'done' }, { state: 'refused', problem: { tableau: { detail: 'Not today.' } } }, { state: 'planned' }] })
    const again = await apply(browser, three)
    expect(again.items.map(({ name, step, state }) => [name, step, state])).toEqual([
      ['Two', 'create', 'done'],
      ['Three', 'create', 'done'],
      ['One', 'unchanged', 'left_out'],
    ])
    expect(harness.sim.ledger.of('createServerSchedule')).toHaveLength(4)
    expect([...harness.sim.world.schedules].filter(({ name }) => ['One', 'Two', 'Three'].includes(name))).toHaveLength(3)
  })

  it('goes on after a restart: what belongs on a new schedule finds it', async () => {
    const browser = await start({ stored: true })
    const [first, second] = outputOf(listWorkbooks, await browser.get('/api/workbooks?limit=1000')).rows.filter(({ name }) => name?.startsWith('Simulated') === false)
    const content = [first, second].map((row) => `{ workbook: ${JSON.stringify(row?.name)}, project: ${JSON.stringify(row?.project?.name)} }`).join(', ')
    harness.sim.faults.add({ operation: 'addWorkbookToSchedule', action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'No.' } })
    const run = await apply(browser, text(`  - { name: Dawn, type: Extract, repeats: { frequency: Daily, start: "04:00:00" }, content: [${content}] }\n`), {}, 'halted')
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'refused', 'planned'])
    await harness.restart()
    expect((await browser.post(`/api/bulk/${run.id}/resume`)).status).toBe(200)
    const now = await until(browser, run, 'done')
    expect(now.items.map(({ state }) => state)).toEqual(['done', 'refused', 'done'])
    const { world } = harness.sim
    expect(world.timetable.tasksOf(world.home).onSchedule(world.schedule('Dawn'))).toHaveLength(1)
    expect([sent('createServerSchedule'), sent('addWorkbookToSchedule')]).toEqual([1, 2])
  })

  it('finds out what became of a lost reply, and makes nothing twice', async () => {
    const browser = await start()
    harness.sim.faults.add({ operation: 'createServerSchedule', when: 'after', action: { kind: 'reset' } })
    const run = await apply(browser, text(dawn))
    expect(run.items).toMatchObject([{ name: 'Dawn', state: 'done', evidence: containing('Tableau lists the schedule') }])
    expect(sent('createServerSchedule')).toBe(1)
  })

  it('says what is left to do when a new schedule could not be suspended', async () => {
    const browser = await start()
    harness.sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'No.' } })
    const run = await apply(browser, text(dusk), {}, 'done')
    expect(run.items).toMatchObject([{ name: 'Dusk', state: 'half_done', reason: containing('It was made and is still Active'), problem: { code: 'forbidden', tableau: { code: '403004' } }, result: { scheduleId: harness.sim.world.schedule('Dusk').id } }])
    const again = await apply(browser, text(dusk))
    expect(again.items).toMatchObject([{ name: 'Dusk', step: 'change', state: 'done' }])
    expect(harness.sim.world.schedule('Dusk').state).toBe('Suspended')
    expect(sent('createServerSchedule')).toBe(1)
  })

  it('tells where it halts why a new schedule could not be suspended', async () => {
    const browser = await start()
    harness.sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'No.' } })
    const run = await apply(browser, text(dusk + dusk.replace('Dusk', 'Night')), {}, 'halted')
    expect(run.why).toMatch(/^“Dusk”: It was made and is still Active\. .* Tableau says: No\. .*What comes after it/)
    expect(run.items.map(({ state }) => state)).toEqual(['half_done', 'planned'])
  })

  it('leaves a rename for what it is: one made, one deleted', async () => {
    const browser = await start()
    await apply(browser, text(dawn))
    const run = await plan(browser, text(dawn.replace('Dawn', 'Daybreak')), { prune: true })
    expect([named(run, 'create'), named(run, 'delete').includes('Dawn')]).toEqual([['Daybreak'], true])
  })
})

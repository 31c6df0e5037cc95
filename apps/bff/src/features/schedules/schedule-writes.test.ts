import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { getSchedule, listSchedules, type Schedule, type ScheduleChanges, type UpdateSchedule } from '@refreshboard/api-types'
import type { LedgerEntry, ScheduleSpec, ServerSchedule } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing, matching } from '../../testing/matchers.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { outcomeIn, outcomeOf, settledOutcome } from '../../testing/written.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options, bff: { tableauDeadlineMs: 1000, ...options.bff } })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const weekDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const days = (...names: string[]) => names.map((weekDay) => ({ weekDay }))
const add = (name: string, spec: Partial<ScheduleSpec> = {}): ServerSchedule => harness.sim.world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [], ...spec })
const weekly = (name: string): ServerSchedule => add(name, { frequency: 'Weekly', intervals: days('Monday', 'Friday') })

const list = async (browser: Browser): Promise<Schedule[]> => outputOf(listSchedules, await browser.get('/api/schedules')).schedules
const get = async (browser: Browser, id: string): Promise<Schedule> => outputOf(getSchedule, await browser.get(`/api/schedules/${id}`))
const create = (browser: Browser, body: unknown, key: string = randomUUID()): Promise<Reply> => browser.post('/api/schedules', body, { key })
const update = (browser: Browser, id: string, changes: ScheduleChanges, seen: UpdateSchedule['seen'] = {}, key: string = randomUUID()): Promise<Reply> =>
  browser.request(`/api/schedules/${id}`, { method: 'PATCH', body: { changes, seen }, key })
const remove = (browser: Browser, id: string, key: string = randomUUID()): Promise<Reply> => browser.request(`/api/schedules/${id}`, { method: 'DELETE', key })
const puts = (): LedgerEntry[] => harness.sim.ledger.of('updateServerSchedule')
const bodies = (): string[] => puts().map(({ body }) => body)

const nightly = { name: 'Before dawn', type: 'Extract', recurrence: { frequency: 'Daily', start: '05:00:00' } }

describe('creating a schedule', () => {
  it.each([
    [{ frequency: 'Hourly', start: '18:30:00', end: '22:30:00', every: { hours: 2 } }, { frequency: 'Hourly', start: '18:30:00', end: '22:30:00', intervals: [{ hours: '2' }] }],
    [{ frequency: 'Hourly', start: '00:00:00', end: '00:00:00', every: { minutes: 15 } }, { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ minutes: '15' }] }],
    [{ frequency: 'Daily', start: '05:00:00' }, { frequency: 'Daily', start: '05:00:00', intervals: [] }],
    [{ frequency: 'Weekly', start: '05:00:00', weekDays: ['Sunday', 'Wednesday'] }, { frequency: 'Weekly', start: '05:00:00', intervals: days('Sunday', 'Wednesday') }],
    [{ frequency: 'Monthly', start: '05:00:00', monthDay: 'LastDay' }, { frequency: 'Monthly', start: '05:00:00', intervals: [{ monthDay: 'LastDay' }] }],
  ])('%j makes it, and it can be seen at once', async (recurrence, read) => {
    const browser = await start({ sim: { indexLagMs: 30_000 } })
    await list(browser)
    const key = randomUUID()
    const reply = await create(browser, { name: '  New one ', type: 'Flow', priority: 7, executionOrder: 'Serial', recurrence }, key)
    const made = harness.sim.world.schedule('New one')
    expect([reply.status, outcomeIn(reply)]).toMatchObject([200, { key, operation: 'schedules.create', state: 'done', startedAt: '2026-03-04T16:00:00.000Z', evidence: 'Tableau has made the schedule.', result: { scheduleId: made.id } }])
    expect(await outcomeOf(browser, key)).toEqual(outcomeIn(reply))
    const expected = { id: made.id, name: 'New one', type: 'Flow', state: 'Active', priority: 7, executionOrder: 'Serial', recurrence: read }
    expect((await list(browser)).find(({ id }) => id === made.id)).toMatchObject(expected)
    expect(await get(browser, made.id)).toMatchObject(expected)
  })

  it('tells what Tableau warns of, now and whenever it is asked again', async () => {
    const browser = await start()
    const key = randomUUID()
    const body = { name: 'Very often', type: 'Extract', recurrence: { frequency: 'Hourly', start: '00:00:00', end: '23:00:00', every: { minutes: 15 } } }
    const outcome = outcomeIn(await create(browser, body, key))
    expect(outcome.result).toEqual({ scheduleId: harness.sim.world.schedule('Very often').id, warnings: [matching(/\w/)] })
    expect(outcomeIn(await create(browser, body, key))).toEqual(outcome)
    expect(await outcomeOf(browser, key)).toEqual(outcome)
  })

  it('breaks no rule of the contract without a word under its field, and then sends nothing', async () => {
    const browser = await start()
    const problem = problemOf(await create(browser, { name: '', type: 'Extract', priority: 101, recurrence: { frequency: 'Weekly', start: '5', weekDays: [] } }))
    expect(problem).toMatchObject({ code: 'validation', status: 422, fields: { name: 'Enter a name', priority: matching(/1 to 100/), 'recurrence.start': matching(/HH:MM:SS/), 'recurrence.weekDays': matching(/all seven/) } })
    expect(harness.sim.ledger.of('createServerSchedule')).toHaveLength(0)
  })

  it('with a name that is taken is refused in Tableau’s words', async () => {
    const browser = await start()
    add('Before dawn')
    const key = randomUUID()
    expect(problemOf(await create(browser, nightly, key))).toMatchObject({ code: 'conflict', status: 409, detail: containing('choose another name'), tableau: { code: '409021', detail: containing('Before dawn') } })
    expect(problemOf(await create(browser, nightly, key)).code).toBe('conflict')
    expect(harness.sim.ledger.of('createServerSchedule')).toHaveLength(1)
  })

  it('whose times Tableau refuses shows its own words at the times', async () => {
    const browser = await start()
    harness.sim.faults.add({ operation: 'createServerSchedule', action: { kind: 'tableauError', status: 400, code: '409004', summary: 'Bad request', detail: 'Valid hourly intervals are 2, 4.' } })
    expect(problemOf(await create(browser, nightly))).toMatchObject({ code: 'validation', status: 422, fields: { recurrence: 'Valid hourly intervals are 2, 4.' }, tableau: { code: '409004' } })
  })

  it.each(['site-admin', 'creator', 'viewer'])('is refused to the %s by Tableau', async (account) => {
    await start()
    expect(problemOf(await create(await harness.signedIn(account), nightly))).toMatchObject({ code: 'forbidden', tableau: { code: matching(/^403/) } })
    expect(harness.sim.ledger.of('createServerSchedule').some(({ applied }) => applied)).toBe(false)
  })

  it('is not taken for a schedule that had the name before, when the reply is lost', async () => {
    const browser = await start()
    const before = add('Before dawn')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'createServerSchedule', action: { kind: 'reset' } })
    expect((await create(browser, nightly, key)).status).toBe(202)
    const outcome = await settledOutcome(browser, key, clock)
    expect(outcome).toMatchObject({ state: 'not_done', problem: { code: 'conflict', fields: { name: matching(/./) } } })
    expect([outcome.result, harness.sim.world.schedules.filter(({ name }) => name === 'Before dawn')]).toEqual([undefined, [before]])
  })

  it('is not taken for a schedule that somebody else made of it meanwhile', async () => {
    const browser = await start()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'createServerSchedule', action: { kind: 'reset' } })
    harness.sim.faults.add({ operation: 'listServerSchedules', nth: 2, times: 3, action: { kind: 'html', status: 502 } })
    expect((await create(browser, nightly, key)).status).toBe(202)
    add('Before dawn', { start: '06:00:00', createdAt: harness.simClock.now() })
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: containing('its timing is “Daily at 06:00”') })
  })

  it('is not taken for the same schedule that somebody made before, which the list showed late', async () => {
    const browser = await start({ sim: { indexLagMs: 30_000 } })
    const { timetable } = harness.sim.world
    timetable.createSchedule({ name: 'Before dawn', frequency: 'Daily', start: '05:00:00', intervals: [] })
    harness.simClock.advance(20_000)
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'createServerSchedule', when: 'after', action: { kind: 'reset' } })
    expect((await create(browser, nightly, key)).status).toBe(202)
    harness.simClock.advance(20_000)
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'unconfirmed', evidence: containing('cannot be told') })
    expect(harness.sim.ledger.of('createServerSchedule').map(({ applied }) => applied)).toEqual([false])
  })

  it('that is listed late is found when the list has caught up', async () => {
    const browser = await start({ sim: { indexLagMs: 12_000 } })
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'createServerSchedule', when: 'after', action: { kind: 'reset' } })
    expect((await create(browser, nightly, key)).status).toBe(202)
    const outcome = await settledOutcome(browser, key, clock, (ms) => harness.simClock.advance(ms))
    expect(outcome).toMatchObject({ state: 'done', result: { scheduleId: harness.sim.world.schedule('Before dawn').id } })
    expect(clock.monotonic()).toBeGreaterThanOrEqual(12_000)
  })
})

describe('changing a schedule', () => {
  it('sends what changes and no times', async () => {
    const browser = await start()
    const schedule = add('Before dawn')
    const outcome = outcomeIn(await update(browser, schedule.id, { name: 'Renamed', priority: 20 }))
    expect(outcome).toMatchObject({ state: 'done', evidence: 'Tableau has saved the schedule.', result: { scheduleId: schedule.id } })
    expect([schedule.name, schedule.priority, schedule.recurrence.start]).toEqual(['Renamed', 20, '05:00:00'])
    expect(bodies()).toEqual([matching(/^(?!.*frequency)/)])
    expect((await list(browser)).find(({ id }) => id === schedule.id)).toMatchObject({ name: 'Renamed', priority: 20 })
  })

  it('shows the change at once, though the list is behind and was read before', async () => {
    const browser = await start()
    const schedule = add('Before dawn')
    await list(browser)
    harness.simClock.advance(5000)
    await update(browser, schedule.id, { state: 'Suspended' })
    const before = harness.sim.ledger.of('listServerSchedules').length
    harness.sim.faults.add({ operation: 'listServerSchedules', action: { kind: 'reset' }, times: 9 })
    expect((await list(browser)).find(({ id }) => id === schedule.id)?.state).toBe('Suspended')
    expect(harness.sim.ledger.of('listServerSchedules').length).toBeGreaterThan(before)
  })

  it.each([
    ['a rename', { name: 'Renamed' }],
    ['a suspend', { state: 'Suspended' }],
    ['another priority', { priority: 1 }],
    ['another order', { executionOrder: 'Serial' }],
    ['other times', { recurrence: { frequency: 'Weekly', start: '06:00:00', weekDays: ['Monday', 'Friday'] } }],
  ] as [string, ScheduleChanges][])('of a weekly one always sends its days: %s', async (_what, changes) => {
    const browser = await start()
    const schedule = weekly('Office days')
    expect(outcomeIn(await update(browser, schedule.id, changes)).state).toBe('done')
    expect(schedule.recurrence.intervals).toEqual(days('Monday', 'Friday'))
    expect(bodies()).toEqual([matching(/frequency="Weekly".*weekDay="Monday".*weekDay="Friday"/)])
  })

  it('suspends and resumes a weekly one with its days', async () => {
    const browser = await start()
    const schedule = weekly('Office days')
    for (const state of ['Suspended', 'Active'] as const) {
      await update(browser, schedule.id, { state }, { state: state === 'Active' ? 'Suspended' : 'Active' })
      expect([schedule.state, schedule.recurrence.intervals]).toEqual([state, days('Monday', 'Friday')])
    }
  })

  it('of a weekly one sends the days of now, and not those that the person saw', async () => {
    const browser = await start()
    const schedule = weekly('Office days')
    await list(browser)
    schedule.recurrence = { ...schedule.recurrence, intervals: days('Sunday') }
    expect(outcomeIn(await update(browser, schedule.id, { name: 'Renamed' }, { name: 'Office days' })).state).toBe('done')
    expect(schedule.recurrence.intervals).toEqual(days('Sunday'))
  })

  it('leaves one of an unknown state alone, with the reason', async () => {
    const browser = await start()
    const schedule = Object.assign(add('Odd'), { state: 'Dormant' })
    expect(problemOf(await update(browser, schedule.id, { priority: 3 }))).toMatchObject({ code: 'unsupported_here', detail: containing('Dormant') })
    expect(puts()).toEqual([])
  })

  it.each<[string, Partial<ScheduleSpec>, ScheduleChanges, string]>([
    ['a weekly one with an unknown interval', { frequency: 'Weekly', intervals: [...days('Monday'), { fortnight: '1' }] }, { name: 'Renamed' }, 'fortnight'],
    ['a weekly one without days', { frequency: 'Weekly', intervals: [] }, { priority: 3 }, 'without a day'],
    ['one that Tableau runs for itself', { type: 'System' }, { name: 'Renamed' }, 'of the type “System”, which is changed in Tableau’s own pages only. Nothing was sent to Tableau.'],
    ['an hourly one without an end, whose times are to be replaced', { frequency: 'Hourly', intervals: [{ hours: '3' }] }, { recurrence: { frequency: 'Daily', start: '05:00:00' } }, 'It is Hourly without an end time. What Refreshboard does not understand it does not change.'],
    ['one of an unknown frequency', { frequency: 'Fortnightly', intervals: [] }, { name: 'Renamed' }, 'Fortnightly'],
  ])('leaves %s alone, with the reason', async (_what, spec, changes, reason) => {
    const browser = await start()
    const schedule = add('Odd', spec)
    const before = structuredClone(schedule)
    expect(problemOf(await update(browser, schedule.id, changes))).toMatchObject({ code: 'unsupported_here', detail: containing(reason) })
    expect([puts(), schedule]).toEqual([[], before])
  })

  const unwritable: [string, Partial<ScheduleSpec>][] = [
    ['several days of the month', { frequency: 'Monthly', intervals: [{ monthDay: '1' }, { monthDay: '15' }] }],
    ['a weekday of the month', { frequency: 'Monthly', intervals: [{ monthDay: 'Second', weekDay: 'Tuesday' }] }],
    ['“Customized Monthly”', { frequency: 'Monthly', intervals: [{ monthDay: 'Customized Monthly' }] }],
    ['a daily one with hours', { frequency: 'Daily', end: '21:00:00', intervals: [{ hours: '4' }] }],
    ['a daily one with weekdays', { frequency: 'Daily', intervals: days('Monday', 'Tuesday') }],
    ['an hourly one with weekdays', { frequency: 'Hourly', end: '21:00:00', intervals: [{ hours: '1' }, ...days('Monday')] }],
  ]

  it.each(unwritable)('of %s leaves its times untouched, byte for byte, and never sends any', async (_what, spec) => {
    const browser = await start()
    const schedule = add('Made in Tableau', spec)
    const times = JSON.stringify(schedule.recurrence)
    for (const changes of [{ name: 'Renamed' }, { state: 'Suspended' }, { priority: 9 }, { executionOrder: 'Serial' }] as ScheduleChanges[]) {
      expect(outcomeIn(await update(browser, schedule.id, changes)).state).toBe('done')
    }
    expect([JSON.stringify(schedule.recurrence), schedule.name, schedule.state, schedule.priority, schedule.executionOrder]).toEqual([times, 'Renamed', 'Suspended', 9, 'Serial'])
    expect(bodies().filter((body) => /frequency/i.test(body))).toEqual([])
    expect(puts()).toHaveLength(4)
  })

  it.each(unwritable)('does not replace the times of %s', async (_what, spec) => {
    const browser = await start()
    const schedule = add('Made in Tableau', spec)
    const problem = problemOf(await update(browser, schedule.id, { recurrence: { frequency: 'Daily', start: '05:00:00' } }))
    expect(problem).toMatchObject({ code: 'unsupported_here', detail: containing('Nothing was sent to Tableau.'), fields: { 'changes.recurrence': matching(/^(It|Tableau) /) } })
    expect(puts()).toEqual([])
  })

  it('replaces all times of one that can be written, whatever their frequency', async () => {
    const browser = await start()
    const schedule = weekly('Office days')
    const reply = await update(browser, schedule.id, { recurrence: { frequency: 'Monthly', start: '04:00:00', monthDay: 31 } }, { recurrence: { frequency: 'Weekly', start: '05:00:00', intervals: days('Friday', 'Monday') } })
    expect(outcomeIn(reply).evidence).toBe('Tableau has saved the schedule.')
    expect(schedule.recurrence).toMatchObject({ frequency: 'Monthly', start: '04:00:00', intervals: [{ monthDay: '31' }] })
  })

  it('tells when Tableau reports something else than was sent', async () => {
    const browser = await start()
    const schedule = add('Monthly', { frequency: 'Monthly', intervals: [{ monthDay: '1' }] })
    harness.sim.faults.add({ operation: 'updateServerSchedule', when: 'after', action: { kind: 'delay', ms: 30 } })
    const saving = update(browser, schedule.id, { recurrence: { frequency: 'Monthly', start: '05:00:00', monthDay: 15 } })
    await eventually(() => puts().some(({ applied }) => applied))
    schedule.recurrence = { frequency: 'Monthly', start: '05:00:00', intervals: [{ monthDay: '1' }] }
    expect(outcomeIn(await saving)).toMatchObject({ state: 'done', evidence: containing('It reports the timing as “On the 1st of the month at 05:00”, which is not what was sent.') })
  })

  it.each([
    ['its name', { name: 'Mine' }, { name: 'Before dawn' }, (schedule: ServerSchedule) => (schedule.name = 'By somebody else'), 'changes.name', 'The name was “Before dawn” and is now “By somebody else”.'],
    ['its priority', { priority: 7 }, { priority: 50 }, (schedule: ServerSchedule) => (schedule.priority = 20), 'changes.priority', 'The priority was 50 and is now 20.'],
    [
      'its times',
      { recurrence: { frequency: 'Daily', start: '06:00:00' } },
      { recurrence: { frequency: 'Daily', start: '05:00:00', intervals: [] } },
      (schedule: ServerSchedule) => (schedule.recurrence = { frequency: 'Daily', start: '07:30:00', intervals: [] }),
      'changes.recurrence',
      'The timing was “Daily at 05:00” and is now “Daily at 07:30”.',
    ],
    ['its frequency', { recurrence: { frequency: 'Daily', start: '06:00:00' } }, { frequency: 'Daily' }, (schedule: ServerSchedule) => (schedule.recurrence = { frequency: 'Weekly', start: '05:00:00', intervals: days('Monday') }), 'changes.recurrence', 'The timing was “Daily” and is now “Mon at 05:00”.'],
  ] as [string, ScheduleChanges, UpdateSchedule['seen'], (schedule: ServerSchedule) => unknown, string, string][])('that somebody else changed in %s too is refused, naming from what to what', async (_what, changes, seen, elsewhere, field, sentence) => {
    const browser = await start()
    const schedule = add('Before dawn')
    await list(browser)
    elsewhere(schedule)
    const key = randomUUID()
    const problem = problemOf(await update(browser, schedule.id, changes, seen, key))
    expect(problem).toMatchObject({ code: 'changed_elsewhere', status: 409, fields: { [field]: sentence }, detail: containing(sentence) })
    expect(puts()).toEqual([])
    expect(await outcomeOf(browser, key)).toMatchObject({ state: 'not_done', problem: { code: 'changed_elsewhere' } })
  })

  it('that only fired is no other schedule', async () => {
    const browser = await start()
    const schedule = add('Very often', { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ minutes: '15' }] })
    const seen = (await list(browser)).find(({ id }) => id === schedule.id)
    harness.simClock.advance(20 * 60_000)
    expect(schedule.updatedAt).toBeGreaterThan(Date.parse(seen?.updatedAt ?? ''))
    const { name, state, priority, executionOrder, frequency, recurrence } = seen ?? {}
    expect(outcomeIn(await update(browser, schedule.id, { priority: 7 }, { name, state, priority, executionOrder, frequency, recurrence })).state).toBe('done')
  })

  it('from two browsers at once takes turns: the second sees what the first has done', async () => {
    const browser = await start()
    const schedule = add('Before dawn')
    const other = await harness.signedIn('admin', 'finance')
    harness.sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'delay', ms: 40 } })
    const replies = await Promise.all([update(browser, schedule.id, { name: 'One' }, { name: 'Before dawn' }), update(other, schedule.id, { name: 'Two' }, { name: 'Before dawn' })])
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(puts()).toHaveLength(1)
    expect(['One', 'Two']).toContain(schedule.name)
  })

  it('and another change of the same one under another key are two changes', async () => {
    const browser = await start()
    const schedule = add('Before dawn')
    harness.sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'delay', ms: 40 } })
    const replies = await Promise.all([update(browser, schedule.id, { name: 'One' }), update(browser, schedule.id, { priority: 3 })])
    expect(replies.map((reply) => outcomeIn(reply).state)).toEqual(['done', 'done'])
    expect([schedule.name, schedule.priority]).toEqual(['One', 3])
  })

  it('is not sent when the schedule cannot be read first', async () => {
    const browser = await start()
    const schedule = add('Before dawn')
    harness.sim.faults.add({ operation: 'getServerSchedule', times: 9, action: { kind: 'html', status: 502 } })
    const key = randomUUID()
    expect(problemOf(await update(browser, schedule.id, { name: 'Renamed' }, {}, key)).code).toBe('upstream_unreadable')
    expect(await outcomeOf(browser, key)).toMatchObject({ state: 'not_done', evidence: 'Nothing was sent to Tableau.' })
    harness.sim.faults.clear()
    expect(outcomeIn(await update(browser, schedule.id, { name: 'Renamed' }, {}, key)).state).toBe('done')
    expect(puts()).toHaveLength(1)
  })

  it('that is gone is not found', async () => {
    const browser = await start()
    const schedule = add('Before dawn')
    await list(browser)
    harness.sim.world.timetable.removeSchedule(schedule)
    expect(problemOf(await update(browser, schedule.id, { name: 'Renamed' }))).toMatchObject({ code: 'not_found', tableau: { code: '404023' } })
    expect(puts()).toEqual([])
  })

  it('to a name that is taken is refused in Tableau’s words', async () => {
    const browser = await start()
    add('Taken')
    const schedule = add('Before dawn')
    expect(problemOf(await update(browser, schedule.id, { name: 'Taken' }))).toMatchObject({ code: 'conflict', tableau: { code: '409021' } })
  })

  it.each(['site-admin', 'creator'])('is refused to the %s by Tableau', async (account) => {
    await start()
    const schedule = add('Before dawn')
    expect(problemOf(await update(await harness.signedIn(account), schedule.id, { name: 'Mine' }))).toMatchObject({ code: 'forbidden', tableau: { code: matching(/^403/) } })
    expect(schedule.name).toBe('Before dawn')
  })

  it('without anything to change is no request', async () => {
    const browser = await start()
    expect(problemOf(await update(browser, add('Before dawn').id, {})).code).toBe('validation')
  })

  it('takes an hour that Tableau tells as 60 minutes for what was saved, so that it can be undone', async () => {
    const browser = await start()
    const schedule = add('Hours')
    await update(browser, schedule.id, { recurrence: { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', every: { hours: 1 } } }, { frequency: 'Daily' })
    schedule.recurrence = { ...schedule.recurrence, intervals: [{ minutes: '60' }] }
    const seen = { frequency: 'Hourly', recurrence: { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', intervals: [{ hours: '1' }] } }
    const undo = await update(browser, schedule.id, { recurrence: { frequency: 'Daily', start: '05:00:00' } }, seen)
    expect([undo.status, schedule.recurrence.frequency]).toEqual([200, 'Daily'])
  })
})

it('times that are others, and not only printed otherwise, still collide', async () => {
  const browser = await start()
  const schedule = add('Hours', { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', intervals: [{ minutes: '60' }] })
  const seen = { recurrence: { frequency: 'Hourly', start: '06:00:00', end: '19:00:00', intervals: [{ hours: '1' }] } }
  expect(problemOf(await update(browser, schedule.id, { recurrence: { frequency: 'Daily', start: '05:00:00' } }, seen)).code).toBe('changed_elsewhere')
})

describe('changing a schedule of a server before API 3.8', () => {
  it('judges an edit of one that was just made by what was saved, while the list runs behind', async () => {
    const browser = await start({ sim: { indexLagMs: 30_000, apiVersion: '3.7' } })
    const id = outcomeIn(await create(browser, { ...nightly, name: 'New' })).result?.scheduleId ?? ''
    expect(outcomeIn(await update(browser, id, { state: 'Suspended' }, { state: 'Active' })).result).toEqual({ scheduleId: id })
    expect(outcomeIn(await update(browser, id, { state: 'Active' }, { state: 'Suspended' })).result).toEqual({ scheduleId: id })
    expect(harness.sim.world.schedule('New').state).toBe('Active')
  })

  it('tells an edit of somebody else that the list has', async () => {
    const browser = await start({ sim: { apiVersion: '3.7' } })
    const schedule = add('Old')
    await update(browser, schedule.id, { priority: 40 }, { priority: 50 })
    schedule.name = 'Theirs'
    schedule.updatedAt = harness.simClock.now() + 1000
    expect(problemOf(await update(browser, schedule.id, { name: 'Mine' }, { name: 'Old' }))).toMatchObject({ code: 'changed_elsewhere' })
  })

  const old: HarnessOptions = { sim: { apiVersion: '3.7' } }

  it('works for all but a weekly one, whose days nobody tells', async () => {
    const browser = await start(old)
    const [daily, working] = [add('Before dawn'), weekly('Office days')]
    expect(outcomeIn(await update(browser, daily.id, { name: 'Renamed' }, { name: 'Before dawn' })).state).toBe('done')
    expect(daily.name).toBe('Renamed')
    expect(problemOf(await update(browser, working.id, { name: 'Renamed' }))).toMatchObject({ code: 'unsupported_here', detail: containing('together with its days') })
    expect([working.name, working.recurrence.intervals]).toEqual(['Office days', days('Monday', 'Friday')])
    const reply = await update(browser, working.id, { name: 'Sundays', recurrence: { frequency: 'Weekly', start: '05:00:00', weekDays: ['Sunday'] } })
    expect([outcomeIn(reply).state, working.name, working.recurrence.intervals]).toEqual(['done', 'Sundays', days('Sunday')])
  })

  it('compares what its list tells', async () => {
    const browser = await start(old)
    const schedule = add('Before dawn')
    expect(problemOf(await update(browser, schedule.id, { name: 'Third' }, { name: 'Another' })).code).toBe('changed_elsewhere')
    expect(outcomeIn(await update(browser, schedule.id, { priority: 3 }, { name: 'Another', executionOrder: 'Serial' })).result?.merged).toEqual(['The name was “Another” and is now “Before dawn”: somebody else has changed it, and that stays.'])
  })
})

describe('deleting a schedule', () => {
  it('takes it and its tasks away at once, though the lists are behind', async () => {
    const browser = await start({ sim: { indexLagMs: 30_000 } })
    const schedule = add('Before dawn')
    await list(browser)
    const outcome = outcomeIn(await remove(browser, schedule.id))
    expect(outcome).toMatchObject({ operation: 'schedules.delete', state: 'done', result: { scheduleId: schedule.id } })
    expect((await list(browser)).some(({ id }) => id === schedule.id)).toBe(false)
    expect(harness.sim.world.schedules.some(({ id }) => id === schedule.id)).toBe(false)
  })

  it('that is gone is not found, and leaves the list', async () => {
    const browser = await start({ sim: { indexLagMs: 30_000 } })
    const schedule = add('Before dawn')
    await list(browser)
    harness.sim.world.timetable.removeSchedule(schedule)
    expect(problemOf(await remove(browser, schedule.id))).toMatchObject({ code: 'not_found', tableau: { code: '404023' } })
    expect((await list(browser)).some(({ id }) => id === schedule.id)).toBe(false)
  })

  it.each(['site-admin', 'creator'])('is refused to the %s by Tableau', async (account) => {
    await start()
    const schedule = add('Before dawn')
    expect(problemOf(await remove(await harness.signedIn(account), schedule.id)).code).toBe('forbidden')
    expect(harness.sim.world.schedule('Before dawn')).toBe(schedule)
  })
})

it('all seven days stay all seven', async () => {
  const browser = await start()
  const schedule = add('Each day', { frequency: 'Weekly', intervals: days(...weekDays) })
  await update(browser, schedule.id, { name: 'Renamed' })
  expect(schedule.recurrence.intervals).toEqual(days(...weekDays))
})

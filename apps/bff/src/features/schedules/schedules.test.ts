import { afterEach, describe, expect, it } from 'vitest'
import { getSchedule, getTimeZone, listSchedules, type Schedule } from '@refreshboard/api-types'
import type { ScheduleSpec, ServerSchedule } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser } from '../../testing/browser.ts'
import { startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing, matching } from '../../testing/matchers.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<Harness> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options, bff: { tableauDeadlineMs: 1000, ...options.bff } })
  return harness
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const list = async (browser: Browser) => outputOf(listSchedules, await browser.get('/api/schedules'))
const zone = async (browser: Browser) => outputOf(getTimeZone, await browser.get('/api/time-zone'))
const named = (schedules: readonly Schedule[], name: string): Schedule | undefined => schedules.find((schedule) => schedule.name === name)
const add = (name: string, spec: Partial<ScheduleSpec> = {}): ServerSchedule => harness.sim.world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [], ...spec })
const calls = (operation: 'listServerSchedules' | 'getServerSchedule' | 'listExtractRefreshTasks'): number => harness.sim.ledger.of(operation).length

describe('the list of schedules', () => {
  it('holds every schedule of the server with its times, as Tableau tells them', async () => {
    await start()
    const shapes: Record<string, Partial<ScheduleSpec>> = {
      'Every two hours': { frequency: 'Hourly', start: '18:30:00', end: '22:30:00', intervals: [{ hours: '2' }], priority: 10, executionOrder: 'Serial' },
      'Office days': { frequency: 'Weekly', start: '05:00:00', intervals: ['Monday', 'Tuesday'].map((weekDay) => ({ weekDay })) },
      'Twice a month': { frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: '1' }, { monthDay: '15' }], type: 'Subscription', state: 'Suspended' },
      'Of another age': { frequency: 'Fortnightly', start: '06:00:00', intervals: [{ fortnight: '1' }] },
    }
    for (const [name, spec] of Object.entries(shapes)) add(name, spec)
    const browser = await harness.signedIn()
    const answer = await list(browser)
    expect(answer.schedules).toHaveLength(harness.sim.world.schedules.length)
    expect(answer.details).toEqual({ known: answer.schedules.length, wanted: answer.schedules.length })
    expect(answer.age).toMatchObject({ ageMs: 0, tableauNow: matching(/Z$/) })
    for (const [name, { frequency, start: from, end, intervals }] of Object.entries(shapes)) {
      expect(named(answer.schedules, name)?.recurrence).toEqual({ frequency, start: from, intervals, ...(end === undefined ? {} : { end }) })
    }
    expect(named(answer.schedules, 'Every two hours')).toMatchObject({ priority: 10, executionOrder: 'Serial', state: 'Active', type: 'Extract' })
    expect(named(answer.schedules, 'Twice a month')).toMatchObject({ state: 'Suspended', type: 'Subscription', nextRunAt: matching(/Z$/) })
  })

  it('is read once by everyone who asks as the same person, and again when it is no longer fresh', async () => {
    await start()
    add('Before dawn')
    const [tab, other] = [await harness.signedIn(), await harness.signedIn()]
    await Promise.all(Array.from({ length: 20 }, (_one, at) => list(at % 2 === 0 ? tab : other)))
    const details = calls('getServerSchedule')
    expect([calls('listServerSchedules'), calls('listExtractRefreshTasks'), details]).toEqual([1, 1, harness.sim.world.schedules.length])
    clock.advance(4999)
    expect((await list(tab)).age.ageMs).toBe(4999)
    expect(calls('listServerSchedules')).toBe(1)
    clock.advance(1)
    expect((await list(tab)).age.ageMs).toBe(0)
    expect([calls('listServerSchedules'), calls('getServerSchedule')]).toEqual([2, details])
  })

  it('takes all pages', async () => {
    await start({ sim: { scenario: 'empty' }, bff: { tableauDeadlineMs: 10_000 } })
    for (let n = 0; n < 1001; n += 1) add(`Schedule ${n}`)
    const browser = await harness.signedIn()
    await list(browser)
    expect(harness.sim.ledger.of('listServerSchedules').map(({ query }) => new URLSearchParams(query).get('pageNumber'))).toEqual(['1', '2'])
    expect((await list(browser)).schedules).toHaveLength(harness.sim.world.schedules.length)
  })

  it('shows a schedule that was changed elsewhere with its new times', async () => {
    await start()
    const schedule = add('Before dawn')
    const browser = await harness.signedIn()
    await list(browser)
    schedule.recurrence = { frequency: 'Daily', start: '07:00:00', intervals: [] }
    schedule.updatedAt = harness.simClock.now() + 1000
    clock.advance(5000)
    expect(named((await list(browser)).schedules, 'Before dawn')?.recurrence?.start).toBe('07:00:00')
  })

  it('counts the tasks of this site on each', async () => {
    await start()
    const [nightly, hourly] = [add('Before dawn'), add('Hourly', { frequency: 'Hourly', start: '00:00:00', end: '23:00:00', intervals: [{ hours: '1' }] })]
    const { world } = harness.sim
    const [one, two, three] = world.site().contents
    const profit = world.site('finance').contents[0]
    if (!one || !two || !three || !profit) throw new Error('the scenario has too little content')
    for (const content of [one, two]) world.addTask('', { content, schedule: nightly })
    world.addTask('', { content: three, schedule: hourly })
    world.addTask('finance', { content: profit, schedule: nightly })
    const own = world.account('creator').memberships.find(({ site }) => site === world.site())?.userId
    const mine = world.site().contents.filter(({ ownerId }) => ownerId === own)
    for (const content of mine) world.addTask('', { content, schedule: hourly })
    const admin = (await list(await harness.signedIn())).tasks
    expect(admin).toMatchObject({ scope: 'site', counts: { [nightly.id]: 2, [hourly.id]: 1 + mine.length } })
    expect((await list(await harness.signedIn('admin', 'finance'))).tasks?.counts[nightly.id]).toBe(1)
    const creator = (await list(await harness.signedIn('creator'))).tasks
    expect([creator?.scope, creator?.counts[hourly.id] ?? 0]).toEqual(['own', mine.length + (mine.includes(three) ? 1 : 0)])
  })

  it('is told without the tasks when those cannot be read', async () => {
    await start()
    add('Before dawn')
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'listExtractRefreshTasks', times: 9, action: { kind: 'html', status: 502 } })
    const answer = await list(browser)
    expect([answer.tasks, named(answer.schedules, 'Before dawn')?.name]).toEqual([undefined, 'Before dawn'])
  })

  it('of a server before API 3.8 has no times, and asks for none', async () => {
    await start({ sim: { apiVersion: '3.7' } })
    add('Before dawn')
    const browser = await harness.signedIn()
    const answer = await list(browser)
    expect(answer.details).toEqual({ known: 0, wanted: 0, unavailable: containing('3.8') })
    expect([named(answer.schedules, 'Before dawn')?.recurrence, calls('getServerSchedule')]).toEqual([undefined, 0])
  })

  it('keeps its last good state with the reason when it cannot be read', async () => {
    await start()
    add('Before dawn')
    const browser = await harness.signedIn()
    const good = await list(browser)
    harness.sim.faults.add({ operation: 'listServerSchedules', times: 99, action: { kind: 'html' } })
    clock.advance(60_000)
    const stale = await list(browser)
    expect(stale.schedules).toEqual(good.schedules)
    expect(stale.age).toMatchObject({ ageMs: 60_000, failure: { code: 'upstream_unreadable' } })
  })

  it.each(['viewer', 'explorer'])('is refused to the %s in Tableau’s words', async (account) => {
    await start()
    const browser = await harness.signedIn(account)
    const reply = await browser.get('/api/schedules')
    expect(problemOf(reply)).toMatchObject({ code: 'forbidden', status: 403, tableau: { code: matching(/^403/) } })
  })

  it('that was read for one person is not shown to another', async () => {
    await start()
    add('Before dawn')
    const [admin, creator, viewer] = [await harness.signedIn(), await harness.signedIn('creator'), await harness.signedIn('viewer')]
    await Promise.all([list(admin), list(creator), list(admin)])
    expect(problemOf(await viewer.get('/api/schedules')).code).toBe('forbidden')
    const readers = harness.sim.ledger.of('listServerSchedules').filter(({ status }) => status === 200)
    expect(new Set(readers.map(({ user }) => user))).toEqual(new Set(['admin', 'creator']))
    expect(readers).toHaveLength(2)
    const tokens = new Map(harness.sim.ledger.of('getServerSchedule').map(({ token, user }) => [token, user]))
    expect(tokens.size).toBe(2)
  })

  it('is not a dead token’s to tell', async () => {
    await start()
    const browser = await harness.signedIn()
    harness.sim.world.sessions.killAll()
    expect(problemOf(await browser.get('/api/schedules')).code).toBe('session_expired')
    expect(problemOf(await browser.get('/api/schedules')).code).toBe('unauthenticated')
  })
})

describe('the time zone of the server', () => {
  it('is the configured one, without a question to Tableau', async () => {
    await start()
    const browser = await harness.signedIn('viewer')
    expect(await zone(browser)).toEqual({ timeZone: { name: 'America/Los_Angeles', inferred: false } })
    expect(calls('listServerSchedules')).toBe(0)
  })

  const inferring = (timeZone: string): HarnessOptions => ({ env: { TABLEAU_TIME_ZONE: '' }, sim: { scenario: 'empty', timeZone } })

  it.each(['America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata'])('%s is inferred from the schedules, and marked so', async (timeZone) => {
    await start(inferring(timeZone))
    add('Before dawn', { start: '02:10:00' })
    add('Monthly', { frequency: 'Monthly', start: '03:20:00', intervals: [{ monthDay: '15' }] })
    add('Weekly', { frequency: 'Weekly', start: '21:50:00', intervals: [{ weekDay: 'Wednesday' }] })
    const browser = await harness.signedIn('creator')
    const { timeZone: found } = await zone(browser)
    expect(found).toMatchObject({ inferred: true })
    expect((await list(browser)).timeZone).toEqual(found)
    const offset = (name: string): string | undefined => new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' }).formatToParts(harness.simClock.now()).find(({ type }) => type === 'timeZoneName')?.value
    expect(offset(found?.name ?? '')).toBe(offset(timeZone))
  })

  it('is unknown without a schedule, and for who may not see any', async () => {
    await start(inferring('Europe/Berlin'))
    add('Before dawn')
    expect(await zone(await harness.signedIn('viewer'))).toEqual({})
    for (const schedule of harness.sim.world.schedules) harness.sim.world.timetable.removeSchedule(schedule)
    expect(await zone(await harness.signedIn())).toEqual({})
  })

  it('is not made up when Tableau cannot be read', async () => {
    await start(inferring('Europe/Berlin'))
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'listServerSchedules', times: 9, action: { kind: 'reset' } })
    expect(problemOf(await browser.get('/api/time-zone')).code).toBe('upstream_unreachable')
  })
})

describe('one schedule', () => {
  it('is read now, whatever is cached, and the list takes it over', async () => {
    await start()
    const schedule = add('Before dawn')
    const browser = await harness.signedIn()
    await list(browser)
    schedule.name = 'Renamed'
    schedule.updatedAt = harness.simClock.now() + 1000
    expect(outputOf(getSchedule, await browser.get(`/api/schedules/${schedule.id}`))).toMatchObject({ name: 'Renamed', executionOrder: 'Parallel', recurrence: { start: '05:00:00' } })
    expect(named((await list(browser)).schedules, 'Renamed')?.id).toBe(schedule.id)
    expect(calls('listServerSchedules')).toBe(1)
  })

  it('of a server before API 3.8 is its row of the list', async () => {
    await start({ sim: { apiVersion: '3.7' } })
    const schedule = add('Before dawn')
    const browser = await harness.signedIn()
    await list(browser)
    schedule.name = 'Renamed'
    const answer = outputOf(getSchedule, await browser.get(`/api/schedules/${schedule.id}`))
    expect([answer.name, answer.recurrence, calls('getServerSchedule')]).toEqual(['Renamed', undefined, 0])
    harness.sim.world.timetable.removeSchedule(schedule)
    expect(problemOf(await browser.get(`/api/schedules/${schedule.id}`)).code).toBe('not_found')
  })

  it('that is gone is not found', async () => {
    await start()
    const schedule = add('Before dawn')
    const browser = await harness.signedIn()
    await list(browser)
    harness.sim.world.timetable.removeSchedule(schedule)
    expect(problemOf(await browser.get(`/api/schedules/${schedule.id}`))).toMatchObject({ code: 'not_found', tableau: { code: '404023' } })
    expect(named((await list(browser)).schedules, 'Before dawn')).toBeUndefined()
  })

  it('is refused to who may not see it', async () => {
    await start()
    const schedule = add('Before dawn')
    const viewer = await harness.signedIn('viewer')
    expect(problemOf(await viewer.get(`/api/schedules/${schedule.id}`)).code).toBe('forbidden')
  })
})

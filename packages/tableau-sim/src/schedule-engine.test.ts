import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RefreshTask, ScheduleSpec, TableauSim, TaskSpec } from './index.ts'
import { createManualClock } from './index.ts'
import { one, send, signIn, startStill } from './test-client.ts'

let sim: TableauSim

beforeEach(async () => {
  sim = await startStill({ scenario: 'empty' })
})
afterEach(() => sim.close())

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (text: string): number => Date.parse(text)

const addSchedule = (spec: Partial<ScheduleSpec> = {}) =>
  sim.world.addSchedule({ name: 'Half hourly', frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ minutes: '30' }], ...spec })

const addContent = (name: string, key = '') => {
  const site = sim.world.site(key)
  const project = site.addProject({ name: `${name} project`, ownerId: 'nobody' })
  return site.addContent({ kind: 'workbook', name, ownerId: 'nobody', project })
}

const addTask = (name: string, spec: Partial<TaskSpec> = {}, key = ''): RefreshTask => sim.world.addTask(key, { content: addContent(name, key), runsForMs: 5000, ...spec })

const jobsOf = (title: string, key = '') => sim.world.site(key).findJobs({ title })
const advanceTo = (text: string): void => sim.clock.advance(at(text) - sim.clock.now())

describe('a firing', () => {
  it('makes a job of each task on every site, as the task and its content are', () => {
    const schedule = addSchedule({ priority: 30 })
    const full = addTask('Sales', { schedule, priority: 20 })
    addTask('Costs', { schedule, incremental: true })
    addTask('Profit', { schedule }, 'finance')
    addTask('Elsewhere', { schedule: addSchedule({ name: 'Suspended', state: 'Suspended' }) })
    addTask('By hand')
    sim.clock.advance(30 * minute - 1)
    expect(sim.world.sites.map((site) => site.jobs.length)).toEqual([0, 0])
    sim.clock.advance(1)
    expect(sim.world.sites.map((site) => site.jobs.map((job) => job.title))).toEqual([['Sales', 'Costs'], ['Profit']])
    expect(jobsOf('Sales')[0]).toMatchObject({
      jobType: 'refresh_extracts', status: 'Pending', subtitle: 'Sales project', priority: 20, createdAt: at('2026-03-04T16:30:00Z'), taskId: full.id,
      content: { kind: 'workbook', id: full.content.id, name: 'Sales' },
    })
    expect(jobsOf('Costs')[0]).toMatchObject({ jobType: 'increment_extracts', priority: 30 })
    sim.clock.advance(minute)
    expect(sim.world.sites.flatMap((site) => site.jobs.map((job) => job.status))).toEqual(['Success', 'Success', 'Success'])
  })

  it('happens once for each time that a jump of the clock passes, in order', () => {
    const schedule = addSchedule()
    addTask('Sales', { schedule })
    sim.clock.advance(3 * hour + minute)
    expect(jobsOf('Sales').map((job) => new Date(job.createdAt).toISOString().slice(11, 16))).toEqual(['16:30', '17:00', '17:30', '18:00', '18:30', '19:00'])
    sim.clock.advance(0)
    sim.clock.advance(28 * minute)
    expect(jobsOf('Sales')).toHaveLength(6)
  })

  it('moves the next run at once and updatedAt within 45 seconds', async () => {
    const admin = await signIn(sim)
    const schedule = addSchedule()
    expect(schedule.updatedAt).toBe(at('2026-03-04T16:00:00Z'))
    const seen = async () => {
      const row = one((await send(sim, '/api/3.24/schedules', { token: admin.token })).text, 'schedule')
      return [row.getAttribute('nextRunAt'), row.getAttribute('updatedAt')]
    }
    expect(await seen()).toEqual(['2026-03-04T16:30:00Z', '2026-03-04T16:00:00Z'])
    advanceTo('2026-03-04T16:30:00Z')
    expect((await seen())[0]).toBe('2026-03-04T17:00:00Z')
    const delays: number[] = []
    for (let firing = at('2026-03-04T16:30:00Z'); firing < at('2026-03-05T16:30:00Z'); firing += 30 * minute) {
      advanceTo(new Date(firing + 45_000).toISOString())
      delays.push((schedule.updatedAt - firing) / 1000)
    }
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThanOrEqual(45)
    expect(new Set(delays).size).toBeGreaterThan(10)
  })

  it('of a schedule that was edited after it is not noticed in the past', () => {
    const schedule = addSchedule()
    sim.clock.advance(30 * minute)
    schedule.updatedAt = sim.clock.now() + 60_000
    sim.clock.advance(50_000)
    expect(schedule.updatedAt).toBe(at('2026-03-04T16:31:00Z'))
  })

  it('does not queue content a second time', () => {
    const schedule = addSchedule()
    const slow = addTask('Slow', { schedule, runsForMs: 45 * minute })
    sim.world.addTask('', { content: slow.content, schedule })
    sim.world.addJob('', { jobType: 'increment_extracts_via_bridge', held: true, content: { kind: 'workbook', id: addTask('Held', { schedule }).content.id, name: 'Held' } })
    sim.world.addJob('', { jobType: 'single_subscription_notify', held: true, content: { kind: 'workbook', id: addTask('Mailed', { schedule }).content.id, name: 'Mailed' } })
    sim.clock.advance(70 * minute)
    expect([jobsOf('Slow').length, jobsOf('Held').length, jobsOf('Mailed').length]).toEqual([1, 0, 2])
    sim.clock.advance(30 * minute)
    expect(jobsOf('Slow')).toHaveLength(2)
  })

  it('leaves out what a schedule of another type has, and what is not on the site any more', () => {
    const schedule = addSchedule({ type: 'Subscription' })
    addTask('Mail', { schedule })
    const gone = addTask('Gone', { schedule: addSchedule({ name: 'Other' }) })
    sim.world.site().removeContent(gone.content.id)
    sim.clock.advance(hour)
    expect(sim.world.site().jobs).toEqual([])
    expect(schedule.updatedAt).toBeGreaterThan(at('2026-03-04T16:30:00Z') - 1)
  })

  it('makes no jobs before the time that a schedule is quiet until', () => {
    addTask('Sales', { schedule: addSchedule({ quietUntil: at('2026-03-04T17:00:00Z') }) })
    sim.clock.advance(hour + minute)
    expect(jobsOf('Sales')).toHaveLength(1)
  })
})

describe('a schedule', () => {
  it('that is suspended does not fire, has a next run all the same, and does not catch up', async () => {
    const admin = await signIn(sim)
    const schedule = addSchedule()
    addTask('Sales', { schedule })
    const put = (state: string) =>
      send(sim, `/api/3.24/schedules/${schedule.id}`, { method: 'PUT', token: admin.token, body: `<tsRequest><schedule state="${state}"/></tsRequest>` })
    await put('Suspended')
    sim.clock.advance(2 * hour + minute)
    expect(jobsOf('Sales')).toEqual([])
    expect(one((await put('Active')).text, 'schedule').getAttribute('nextRunAt')).toBe('2026-03-04T18:30:00Z')
    sim.clock.advance(28 * minute)
    expect(jobsOf('Sales')).toEqual([])
    sim.clock.advance(minute)
    expect(jobsOf('Sales')).toHaveLength(1)
  })

  it('fires by its new times alone once they were changed', async () => {
    const admin = await signIn(sim)
    const schedule = addSchedule()
    addTask('Sales', { schedule })
    const body = '<tsRequest><schedule frequency="Daily"><frequencyDetails start="09:00:00"/></schedule></tsRequest>'
    await send(sim, `/api/3.24/schedules/${schedule.id}`, { method: 'PUT', token: admin.token, body })
    sim.clock.advance(3 * day)
    expect(jobsOf('Sales').map((job) => new Date(job.createdAt).toISOString().slice(5, 16))).toEqual(['03-04T17:00', '03-05T17:00', '03-06T17:00'])
  })

  it('ends', async () => {
    const schedule = addSchedule({ endScheduleAt: at('2026-03-04T17:00:00Z') })
    addTask('Sales', { schedule })
    sim.clock.advance(day)
    expect(jobsOf('Sales')).toHaveLength(2)
    const { token } = await signIn(sim)
    const row = one((await send(sim, `/api/3.24/schedules/${schedule.id}`, { token })).text, 'schedule')
    expect([row.hasAttribute('nextRunAt'), row.getAttribute('endScheduleAt'), row.getAttribute('state')]).toEqual([false, '2026-03-04T17:00:00Z', 'Active'])
  })

  it('keeps its wall clock over a change of the clocks, in its zone', async () => {
    addTask('Sales', { schedule: addSchedule({ frequency: 'Daily', start: '02:30:00', end: undefined, intervals: [] }) })
    advanceTo('2026-03-10T00:00:00Z')
    expect(jobsOf('Sales').map((job) => new Date(job.createdAt).toISOString().slice(5, 16))).toEqual(['03-05T10:30', '03-06T10:30', '03-07T10:30', '03-08T10:30', '03-09T09:30'])
    await using berlin = await startStill({ scenario: 'empty', timeZone: 'Europe/Berlin' })
    const { id } = berlin.world.addSchedule({ name: 'x', frequency: 'Daily', start: '02:30:00', intervals: [] })
    expect(berlin.world.timetable.engine.nextRunAt(berlin.world.schedule(id))).toBe(at('2026-03-05T01:30:00Z'))
  })

  it('without times that anybody knows never fires', () => {
    const schedule = addSchedule({ frequency: 'Fortnightly' })
    addTask('Sales', { schedule })
    sim.clock.advance(40 * day)
    expect([jobsOf('Sales').length, sim.world.timetable.engine.nextRunAt(schedule)]).toEqual([0, undefined])
  })

  it('was last changed when it last fired, unless it says so', () => {
    const daily = { frequency: 'Daily', start: '02:00:00', end: undefined, intervals: [] }
    const fired = at('2026-03-04T10:00:00Z')
    const { updatedAt } = addSchedule({ name: 'a', ...daily })
    expect(updatedAt - fired).toBeGreaterThanOrEqual(0)
    expect(updatedAt - fired).toBeLessThanOrEqual(45_000)
    expect(addSchedule({ name: 'b', ...daily, createdAt: at('2026-03-04T12:00:00Z') }).updatedAt).toBe(at('2026-03-04T12:00:00Z'))
    expect(addSchedule({ name: 'c', ...daily, updatedAt: 5 }).updatedAt).toBe(5)
  })
})

describe('failures in a row', () => {
  it('are counted from the jobs of the task, and a success ends them', () => {
    const schedule = addSchedule()
    const task = addTask('Sales', { schedule, failureRate: 1, failureNotes: 'no\npassword' })
    sim.clock.advance(hour + minute)
    expect([task.consecutiveFailedCount, jobsOf('Sales')[0]?.status, jobsOf('Sales')[0]?.finalNotes]).toEqual([2, 'Failed', 'no\npassword'])
    task.failureRate = 0
    sim.clock.advance(30 * minute)
    expect([task.consecutiveFailedCount, jobsOf('Sales')[2]?.status]).toEqual([0, 'Success'])
  })

  it('suspend the task at five: its schedule passes it over, run now does not', () => {
    const task = addTask('Sales', { schedule: addSchedule(), failureRate: 1 })
    sim.clock.advance(day)
    expect([task.consecutiveFailedCount, jobsOf('Sales').length]).toEqual([5, 5])
    task.failureRate = 0
    sim.world.timetable.run(sim.world.site(), task)
    sim.clock.advance(minute)
    expect(task.consecutiveFailedCount).toBe(0)
    sim.clock.advance(30 * minute)
    expect(jobsOf('Sales')).toHaveLength(7)
  })

  it('are not touched by a cancelled job, nor by another job of the content', () => {
    const task = addTask('Sales', { consecutiveFailedCount: 3 })
    const site = sim.world.site()
    const job = sim.world.timetable.run(site, task)
    sim.world.engine.cancel(site, job)
    sim.world.addJob('', { jobType: 'refresh_extracts', content: { kind: 'workbook', id: task.content.id, name: 'Sales' }, runsForMs: 1000 })
    sim.clock.advance(minute)
    expect([job.status, task.consecutiveFailedCount]).toEqual(['Cancelled', 3])
  })

  it('come from chance with the seed', async () => {
    const outcomes = async (seed: number): Promise<string> => {
      await using other = await startStill({ scenario: 'empty', seed, clock: createManualClock() })
      const content = other.world.site().addContent({ kind: 'workbook', name: 'Sales', ownerId: 'nobody' })
      const schedule = other.world.addSchedule({ name: 's', frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ minutes: '15' }] })
      other.world.addTask('', { content, schedule, failureRate: 0.3 })
      other.clock.advance(day)
      return other.world.site().jobs.map((job) => job.status).join()
    }
    const first = await outcomes(3)
    expect(first).toMatch(/Failed/)
    expect(first).toMatch(/Success/)
    expect([await outcomes(3), (await outcomes(4)) === first]).toEqual([first, false])
  })
})

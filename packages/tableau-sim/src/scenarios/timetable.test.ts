import { afterEach, describe, expect, it } from 'vitest'
import { nextFiringAfter } from '../fire-times.ts'
import { isPublished } from '../refresh-task.ts'
import type { RefreshTask, ScheduleSpec, TableauSim } from '../index.ts'
import { createManualClock } from '../index.ts'
import { all, send, signIn, startStill } from '../test-client.ts'
import type { ScenarioName } from '../index.ts'

let sim: TableauSim | undefined
const start = async (scenario: ScenarioName, more: { at?: string; seed?: number; apiVersion?: string } = {}): Promise<TableauSim> => {
  const { at, seed = 1, apiVersion = '3.24' } = more
  sim = await startStill({ scenario, seed, apiVersion, ...(at !== undefined && { clock: createManualClock(Date.parse(at)) }) })
  return sim
}
afterEach(() => sim?.close())

const hour = 3_600_000
const withFailures = (tasks: readonly RefreshTask[], count: number) => tasks.filter((task) => task.consecutiveFailedCount === count)
const printed = ({ frequency, end, intervals }: Pick<ScheduleSpec, 'frequency' | 'end' | 'intervals'>) =>
  `${frequency}${end === undefined ? '' : ' end'} ${intervals.map((interval) => Object.entries(interval).map(([name, value]) => `${name}=${value}`).join('+')).join(' ')}`

describe('the schedules of busy', () => {
  it('have every shape, type, state and order that can be read', async () => {
    const { world } = await start('busy')
    const { schedules } = world
    expect(schedules.length).toBeGreaterThanOrEqual(40)
    expect(new Set(schedules.map(({ name }) => name)).size).toBe(schedules.length)
    const shapes = schedules.map(({ recurrence }) => printed(recurrence))
    for (const shape of [
      'Hourly end minutes=15', 'Hourly end minutes=30', 'Hourly end minutes=60', 'Hourly end hours=1', 'Hourly end hours=2', 'Hourly end hours=4', 'Hourly end hours=6', 'Hourly end hours=8', 'Hourly end hours=12',
      'Hourly end hours=2 weekDay=Sunday weekDay=Saturday', 'Daily ', 'Daily end hours=12', 'Daily end hours=4 weekDay=Monday weekDay=Tuesday weekDay=Wednesday weekDay=Thursday weekDay=Friday',
      'Weekly weekDay=Saturday', 'Monthly monthDay=1', 'Monthly monthDay=15', 'Monthly monthDay=31', 'Monthly monthDay=LastDay', 'Monthly monthDay=10 monthDay=25', 'Monthly monthDay=1 monthDay=15 monthDay=LastDay',
      'Monthly monthDay=Third+weekDay=Thursday', 'Monthly monthDay=LastDay+weekDay=Friday', 'Monthly monthDay=Fifth+weekDay=Monday', 'Monthly monthDay=Customized Monthly',
    ]) {
      expect(shapes).toContain(shape)
    }
    const weekly = schedules.filter(({ recurrence }) => recurrence.frequency === 'Weekly').map(({ recurrence }) => recurrence.intervals.length)
    expect(new Set(weekly)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]))
    const hourly = schedules.filter(({ recurrence }) => recurrence.frequency === 'Hourly').map(({ recurrence }) => recurrence)
    expect(hourly.some(({ start: opens = '', end: closes = '' }) => closes < opens)).toBe(true)
    expect(hourly.some(({ start: opens, end: closes }) => closes === opens)).toBe(true)
    expect(new Set(schedules.map(({ type }) => type))).toEqual(new Set(['Extract', 'Subscription', 'Flow', 'ActiveDirectorySync', 'System']))
    expect(schedules.filter(({ state }) => state === 'Suspended').length).toBeGreaterThan(2)
    expect(schedules.some(({ executionOrder }) => executionOrder === 'Serial')).toBe(true)
    for (const priority of [0, 1, 100]) expect(schedules.some((schedule) => schedule.priority === priority)).toBe(true)
    for (const character of ['&', '<', '“', 'ü', 'Ü']) expect(schedules.some(({ name }) => name.includes(character))).toBe(true)
    expect(Math.max(...schedules.map(({ name }) => name.length))).toBe(255)
  })

  it('come from REST with a next run, but for the one that has ended', async () => {
    const busy = await start('busy')
    const { world, clock } = busy
    const { token } = await signIn(busy)
    const rows = all((await send(busy, '/api/3.24/schedules', { token })).text, 'schedule')
    expect(rows).toHaveLength(world.schedules.length)
    expect(rows.filter((row) => !row.hasAttribute('nextRunAt')).map((row) => row.getAttribute('name'))).toEqual(['Migration of 2025'])
    expect(rows.filter((row) => row.hasAttribute('endScheduleAt'))).toHaveLength(2)
    expect(rows.filter((row) => Date.parse(row.getAttribute('nextRunAt') ?? '2100-01-01') <= clock.now())).toEqual([])
    expect(world.schedules.filter(({ createdAt, updatedAt }) => createdAt > updatedAt || updatedAt > clock.now())).toEqual([])
  })
})

describe('the tasks of busy', () => {
  it('are many, on both sites, of all kinds', async () => {
    const { world } = await start('busy')
    const [tasks, finance] = [world.tasks().all, world.tasks('finance').all]
    expect(tasks.length).toBeGreaterThanOrEqual(160)
    expect(tasks.length + finance.length).toBeGreaterThanOrEqual(200)
    expect(finance.length).toBeGreaterThan(10)
    expect(new Set(tasks.map((task) => task.content.id)).size).toBeGreaterThanOrEqual(120)
    for (const count of [1, 4, 7]) expect(withFailures(tasks, count).length).toBeGreaterThan(0)
    expect(tasks.filter((task) => task.content.kind === 'virtualConnection')).toHaveLength(2)
    expect(tasks.filter((task) => task.schedule === undefined).length).toBeGreaterThan(1)
    expect(tasks.filter((task) => task.kind === 'runFlow')).toHaveLength(1)
    expect(tasks.filter((task) => task.incremental).length).toBeGreaterThan(20)
    expect(tasks.filter(({ content }) => isPublished(content) && (!content.hasExtracts || content.project === undefined))).toEqual([])
    expect(tasks.filter(({ kind, schedule }) => kind === 'extractRefresh' && schedule !== undefined && schedule.type !== 'Extract')).toEqual([])
    expect(world.schedules.some((schedule) => schedule.type === 'Extract' && world.sites.every((site) => world.tasks(site).onSchedule(schedule).length === 0))).toBe(true)
  })

  it('belong to creator, lie in the project that leader leads, and are not theirs alone', async () => {
    const { world } = await start('busy')
    const userId = (name: string) => world.account(name).memberships[0]?.userId ?? ''
    const contents = world.tasks().all.flatMap(({ content }) => (isPublished(content) ? [content] : []))
    expect(contents.filter((content) => content.ownerId === userId('creator')).length).toBeGreaterThan(3)
    expect(contents.filter((content) => content.project?.leaderUserIds.has(userId('leader')) === true).length).toBeGreaterThan(3)
  })

  it('run for a day without a queue that grows, and those that are suspended do not', async () => {
    const { world, clock } = await start('busy')
    const suspended = withFailures(world.tasks().all, 7)
    const from = clock.now()
    clock.advance(24 * hour)
    const jobs = world.sites.flatMap((site) => site.jobs).filter((job) => job.taskId !== undefined && job.createdAt > from)
    expect(jobs.length).toBeGreaterThan(300)
    expect(jobs.length).toBeLessThan(1500)
    expect(jobs.filter((job) => (job.endedAt ?? clock.now()) - job.createdAt > 60_000)).toEqual([])
    expect(suspended.length).toBeGreaterThan(0)
    expect(jobs.filter((job) => suspended.some((task) => task.id === job.taskId))).toEqual([])
    expect(suspended.every((task) => task.consecutiveFailedCount === 7)).toBe(true)
  })

  it('are the same with the same seed', async () => {
    const draw = async (seed: number) => {
      await using other = await startStill({ scenario: 'busy', seed })
      return JSON.stringify([other.world.schedules.map(({ id, updatedAt }) => [id, updatedAt]), other.world.tasks().all.map((task) => [task.id, task.content.id, task.schedule?.name, task.priority])])
    }
    expect(await draw(1)).toBe(await draw(1))
    expect(await draw(1)).not.toBe(await draw(2))
  })
})

describe('small', () => {
  it('has one of each kind that matters', async () => {
    const { world } = await start('small')
    expect(world.schedules.map(({ name }) => name)).toEqual(['Hourly', 'Weekday early', 'Nightly', 'Month end', 'Several days', 'Customized', 'Unused', 'Mail'])
    const tasks = world.tasks().all
    expect(tasks).toHaveLength(12)
    expect([withFailures(tasks, 4).length, tasks.filter((task) => task.schedule === undefined).length, tasks.filter((task) => task.content.kind === 'virtualConnection').length]).toEqual([1, 1, 1])
    const creator = world.account('creator').memberships[0]?.userId
    const leader = world.account('leader').memberships[0]?.userId ?? ''
    const contents = tasks.flatMap(({ content }) => (isPublished(content) ? [content] : []))
    expect(contents.filter((content) => content.ownerId === creator)).toHaveLength(2)
    expect(contents.filter((content) => content.project?.leaderUserIds.has(leader) === true)).toHaveLength(4)
    expect(world.tasks('finance').all).toHaveLength(2)
    expect(world.schedules.filter((schedule) => world.tasks().onSchedule(schedule).length === 0).map(({ name }) => name)).toEqual(['Customized', 'Unused', 'Mail'])
  })

  it('fires at night alone, where tests start in the morning', async () => {
    const { world, clock } = await start('small')
    const next = world.schedules.map((schedule) => nextFiringAfter(schedule.recurrence, 'America/Los_Angeles', clock.now()) ?? Infinity)
    expect(Math.min(...next) - clock.now()).toBe(16 * hour)
  })

  it.each(['2026-03-04T10:59:00Z', '2026-03-04T08:30:00Z'])('keeps still for three hours even when it begins in the night (%s)', async (at) => {
    const { world, clock } = await start('small', { at })
    const ofTasks = () => world.site().jobs.filter((job) => job.taskId !== undefined).length
    clock.advance(3 * hour - 60_000)
    expect(ofTasks()).toBe(0)
    clock.advance(24 * hour)
    expect(ofTasks()).toBeGreaterThan(5)
  })

  it('suspends the task at four failures with its next run', async () => {
    const { world, clock } = await start('small')
    const task = world.tasks().find('Campaign Performance')
    clock.advance(24 * hour)
    expect(task.consecutiveFailedCount).toBe(5)
    clock.advance(48 * hour)
    expect(task.consecutiveFailedCount).toBe(5)
  })
})

describe('data acceleration', () => {
  it('is in busy on servers that have it, on schedules of its own, and nothing else differs', async () => {
    const draw = async (apiVersion: string) => {
      await using other = await startStill({ scenario: 'busy', apiVersion })
      const { world } = other
      return { schedules: world.schedules.map(({ id, name, type }) => [id, name, type]), tasks: world.tasks().all.map(({ id, kind, content }) => [id, kind, content.id]) }
    }
    const [with15, with16] = [await draw('3.15'), await draw('3.16')]
    expect(with15.schedules.slice(with16.schedules.length).map(([, , type]) => type)).toEqual(['DataAcceleration', 'DataAcceleration'])
    expect(with15.tasks.slice(with16.tasks.length).map(([, kind]) => kind)).toEqual(Array.from({ length: 5 }, () => 'dataAcceleration'))
    expect([with15.schedules.slice(0, with16.schedules.length), with15.tasks.slice(0, with16.tasks.length)]).toEqual([with16.schedules, with16.tasks])
  })

  it('has one task in busy that fails until it is suspended', async () => {
    const { world, clock } = await start('busy', { apiVersion: '3.15' })
    const accelerations = world.tasks().all.filter(({ kind }) => kind === 'dataAcceleration')
    expect(accelerations.every(({ content, schedule }) => content.kind === 'workbook' && schedule?.type === 'DataAcceleration')).toBe(true)
    const [failing] = withFailures(accelerations, 3)
    clock.advance(72 * hour)
    expect(failing?.consecutiveFailedCount).toBe(5)
    expect(world.site().findJobs({ jobType: 'data_acceleration', status: 'Success' }).length).toBeGreaterThan(5)
  })

  it('is in small a schedule without tasks', async () => {
    const { world } = await start('small', { apiVersion: '3.15' })
    expect(world.schedules.filter(({ type }) => type === 'DataAcceleration').map(({ name }) => name)).toEqual(['Acceleration'])
    expect(world.tasks().all.filter(({ kind }) => kind === 'dataAcceleration')).toEqual([])
    expect(world.tasks().all).toHaveLength(12)
  })
})

describe('empty and huge', () => {
  it.each(['empty', 'huge'] as const)('%s has neither schedules nor tasks', async (scenario) => {
    const { world } = await start(scenario)
    expect([world.schedules.length, ...world.sites.map((site) => world.tasks(site).all.length)]).toEqual([0, 0, 0])
  })
})

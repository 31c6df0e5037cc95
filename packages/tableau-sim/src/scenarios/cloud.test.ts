import { afterEach, describe, expect, it } from 'vitest'
import { isPublished, suspensionThreshold } from '../refresh-task.ts'
import type { RefreshTask, ScenarioName, TableauSim } from '../index.ts'
import { all, send, signInToCloud, sitePath, startStillCloud } from '../test-client.ts'

let sim: TableauSim | undefined
const start = async (scenario: ScenarioName): Promise<TableauSim> => {
  sim = await startStillCloud({ scenario })
  return sim
}
afterEach(() => sim?.close())

const hour = 3_600_000
const printed = ({ ownSchedule }: RefreshTask) =>
  ownSchedule === undefined ? 'none' : `${ownSchedule.recurrence.frequency}${ownSchedule.recurrence.end === undefined ? '' : ' end'} ${ownSchedule.recurrence.intervals.map((interval) => Object.entries(interval).map(([name, value]) => `${name}=${value}`).join('+')).filter((text) => !text.startsWith('weekDay')).join(' ')}`.trim()
const shapes = ['Hourly end hours=1', 'Daily end hours=2', 'Daily end hours=4', 'Daily end hours=6', 'Daily end hours=8', 'Daily end hours=12', 'Daily end hours=24', 'Daily end', 'Weekly', 'Monthly monthDay=1 monthDay=15', 'Monthly monthDay=LastDay', 'Monthly monthDay=Third+weekDay=Thursday']
const withFailures = (tasks: readonly RefreshTask[], count: number) => tasks.filter((task) => task.consecutiveFailedCount === count)

describe.each(['small', 'busy'] as const)('%s on Cloud', (scenario) => {
  it('has tasks of every shape, each with a next run, and no server schedule', async () => {
    const { world, clock } = await start(scenario)
    const tasks = world.tasks().all
    for (const shape of shapes) expect(tasks.map(printed)).toContain(shape)
    expect([world.schedules.length, tasks.filter(({ schedule }) => schedule !== undefined).length]).toEqual([0, 0])
    const next = tasks.filter(({ kind }) => kind === 'extractRefresh').map((task) => world.timetable.nextRunAt(task) ?? 0)
    expect(next.filter((at) => at <= clock.now())).toEqual([])
    for (const count of [1, 4, 7]) expect(withFailures(tasks, count).length).toBeGreaterThan(0)
    expect(tasks.some(({ content }) => content.kind === 'virtualConnection')).toBe(true)
    expect(tasks.filter(({ content }) => isPublished(content) && (!content.hasExtracts || content.project === undefined))).toEqual([])
  })

  it('shows all to administrators, and creator what is theirs', async () => {
    const cloud = await start(scenario)
    const listed = async (name: string) => {
      const session = await signInToCloud(cloud, name)
      return all((await send(cloud, sitePath(session, '/tasks/extractRefreshes'), { token: session.token })).text, 'schedule').length
    }
    expect(await listed('admin')).toBe(cloud.world.tasks().all.filter(({ kind }) => kind === 'extractRefresh').length)
    expect(await listed('creator')).toBeGreaterThan(1)
    expect(await listed('viewer')).toBe(0)
  })
})

describe('small on Cloud', () => {
  it('keeps still for three hours, then suspends the task at four failures', async () => {
    const { world, clock } = await start('small')
    const ofTasks = () => world.site().jobs.filter((job) => job.taskId !== undefined).length
    clock.advance(3 * hour - 60_000)
    expect(ofTasks()).toBe(0)
    clock.advance(48 * hour)
    expect(ofTasks()).toBeGreaterThan(10)
    expect(world.tasks().find('Campaign Performance').consecutiveFailedCount).toBe(suspensionThreshold)
  })
})

describe('busy on Cloud', () => {
  it('is large, and runs for a day without a queue that grows', async () => {
    const { world, clock } = await start('busy')
    expect(world.tasks().all.length).toBeGreaterThan(100)
    expect(world.site().jobs.length).toBeGreaterThan(2000)
    expect(world.site().projects.length).toBeGreaterThan(12)
    const from = clock.now()
    clock.advance(24 * hour)
    const jobs = world.site().jobs.filter((job) => job.taskId !== undefined && job.createdAt > from)
    expect(jobs.length).toBeGreaterThan(150)
    expect(jobs.length).toBeLessThan(1500)
    expect(jobs.filter((job) => (job.endedAt ?? clock.now()) - job.createdAt > 60_000)).toEqual([])
    expect(withFailures(world.tasks().all, 7)).toHaveLength(1)
  })
})

describe('huge and empty on Cloud', () => {
  it.each([['huge', 48_999], ['empty', 0]] as const)('%s has as many jobs as on a Server, and no tasks', async (scenario, jobs) => {
    const { world } = await start(scenario)
    expect([world.site().jobs.length, world.tasks().all.length, world.sites.length]).toEqual([jobs, 0, 1])
  })
})

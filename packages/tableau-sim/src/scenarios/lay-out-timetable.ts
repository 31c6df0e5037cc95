import type { ContentItem } from '../content.ts'
import { createRandom } from '../random.ts'
import type { Random } from '../random.ts'
import type { TaskSpec } from '../refresh-task.ts'
import type { ServerSchedule } from '../server-schedule.ts'
import type { World } from '../world.ts'
import { failureCauses } from './failures.ts'
import { busyAccelerations, busySchedules, smallAccelerations, smallSchedules } from './schedule-plans.ts'
import type { SchedulePlan } from './schedule-plans.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How long the schedules of small make no jobs, so that what a person counts there does not change under the eyes. */
export const smallIsQuietMs = 3 * hourMs

/** The schedules and tasks of small. At four failures: the next one suspends it. */
export const layOutSmallTimetable = (world: World): void => {
  addSchedules(world, [...smallSchedules, ...(world.accelerates ? smallAccelerations : [])], world.clock.now() + smallIsQuietMs)
  const site = world.site()
  const schedule = world.schedule.bind(world)
  const add = (content: string, scheduleName: string, more: Partial<TaskSpec> = {}): void => {
    world.addTask('', { content: site.findContent(content), schedule: schedule(scheduleName), ...more })
  }
  add('Superstore', 'Hourly')
  add('Orders (Snowflake)', 'Hourly', { incremental: true })
  add('Regional Sales', 'Weekday early')
  add('Pipeline by Stage', 'Weekday early')
  add('Web Traffic & Conversion', 'Weekday early')
  add('Win–Loss Analysis', 'Nightly', { consecutiveFailedCount: 1 })
  add('Territory Coverage', 'Nightly', { incremental: true, priority: 10 })
  add('Campaign Performance', 'Nightly', { consecutiveFailedCount: 4, failureRate: 1, failureNotes: failureCauses.timeout() })
  add('Customers 360', 'Month end')
  add('Plant Historian (on-prem SQL Server)', 'Several days')
  world.addTask('', { content: site.findContent('Warehouse Scans (Oracle)') })
  world.addTask('', { content: virtualConnection(world, 'Customer Master'), schedule: schedule('Nightly') })
  const finance = world.site('finance')
  world.addTask('finance', { content: finance.findContent('P&L by Cost Center'), schedule: schedule('Nightly') })
  world.addTask('finance', { content: finance.findContent('Cash Forecast'), schedule: schedule('Month end') })
}

/** What fails in busy, with how often it has failed already. The last column keeps its count for a while: it runs once a week. */
const troubled: readonly (readonly [content: string, failures: number, rate: number, schedule: string])[] = [
  ['Attribution Model', 7, 1, 'Nightly'],
  ['Attrition & Hiring', 1, 0.4, 'Noon'],
  ['Ticket Backlog', 4, 1, 'Sunday archive'],
  ['Shipments', 1, 0.2, 'Saturday night'],
]

/** The schedules and tasks of busy: what has an extract gets a task, most of it a second one on another schedule. */
export const layOutBusyTimetable = (world: World): void => {
  const random = createRandom(world.seed, 'timetable')
  addSchedules(world, [...busySchedules, ...(world.accelerates ? busyAccelerations : [])])
  for (const [content, consecutiveFailedCount, failureRate, scheduleName] of troubled) {
    const item = world.site().findContent(content)
    const failureNotes = failureCauses.login(random)
    world.addTask('', { content: item, schedule: world.schedule(scheduleName), consecutiveFailedCount, failureRate, failureNotes })
  }
  deal(world, '', random, (plan) => plan.tasks ?? 0)
  deal(world, 'finance', random, (plan) => (financeSchedules.has(plan.name) ? 4 : 0))
  const nightly = world.schedule('Nightly')
  world.addTask('', { content: virtualConnection(world, 'Customer Master'), schedule: nightly })
  world.addTask('', { content: virtualConnection(world, 'Ledger & Cost Centers'), schedule: world.schedule('Weekday early'), consecutiveFailedCount: 2 })
  world.addTask('', { content: { kind: 'flow', id: random.luid(), name: 'Clean Orders' }, kind: 'runFlow', schedule: world.schedule('Prepare data') })
  for (const name of ['Server Health', 'Product Master']) world.addTask('', { content: world.site().findContent(name) })
  // Last, so that nothing else of busy depends on whether the server has data acceleration.
  if (world.accelerates) addAccelerations(world, random)
}

/** What busy accelerates: content of `creator`, of the project that `leader` leads, of others; one suspends itself after two more runs. */
const accelerated: readonly (readonly [content: string, schedule: string, failures?: number])[] = [
  ['Executive Summary', 'Accelerate before work'],
  ['Weekly Business Review', 'Accelerate before work'],
  ['Campaign Performance', 'Accelerate before work'],
  ['Freight Cost per Lane', 'Accelerate before work', 3],
  ['Quota Attainment', 'Accelerate every 4 hours'],
]

const addAccelerations = (world: World, random: Random): void => {
  for (const [name, scheduleName, failures = 0] of accelerated) {
    const content = world.site().findContent(name, 'workbook')
    const failing = failures === 0 ? {} : { consecutiveFailedCount: failures, failureRate: 1, failureNotes: failureCauses.memory(random) }
    world.addTask('', { kind: 'dataAcceleration', content, schedule: world.schedule(scheduleName), ...failing })
  }
}

const financeSchedules = new Set(['Nightly', 'Weekday early', 'Month end', 'Every 4 hours'])

const addSchedules = (world: World, plans: readonly SchedulePlan[], quietUntil?: number): void => {
  const now = world.clock.now()
  for (const [index, { tasks: _, endsAfterDays, ...spec }] of plans.entries()) {
    // The older the higher up, as a server lists them; whole minutes, as nobody cares for the seconds.
    const createdAt = Math.floor(now / 60_000) * 60_000 - (900 - index * 12) * dayMs
    world.addSchedule({ ...spec, createdAt, quietUntil, endScheduleAt: endsAfterDays === undefined ? undefined : Math.floor(now / hourMs) * hourMs + endsAfterDays * dayMs })
  }
}

/** Gives every schedule its number of tasks, going through the site's content again and again. */
const deal = (world: World, siteKey: string, random: Random, count: (plan: SchedulePlan) => number): void => {
  const contents = shuffled(world.site(siteKey).contents.filter((item) => item.hasExtracts && item.project !== undefined), random)
  const known = new Set(world.tasks(siteKey).all.map((task) => task.content.id))
  let next = 0
  const takeFor = (schedule: ServerSchedule): ContentItem => {
    for (;;) {
      const item = contents[next % contents.length]
      next += 1
      if (item === undefined) throw new Error(`The site “${siteKey}” has no content for “${schedule.name}”.`)
      // What fails has one task, so that its count is what people look for.
      if (!troubled.some(([name]) => name === item.name)) return item
    }
  }
  for (const plan of busySchedules) {
    const schedule = world.schedule(plan.name)
    for (let index = 0; index < count(plan); index += 1) {
      const content = takeFor(schedule)
      const incremental = known.has(content.id) || (content.kind === 'datasource' && random.chance(0.3))
      const failureNotes = failureCauses.missingColumn(random, { kind: content.kind, id: content.id, name: content.name })
      world.addTask(siteKey, { content, schedule, incremental, priority: random.chance(0.1) ? random.between(1, 100) : schedule.priority, failureRate: 0.02, failureNotes })
      known.add(content.id)
    }
  }
}

export const shuffled = (items: readonly ContentItem[], random: Random): ContentItem[] => {
  const rest = [...items]
  const drawn: ContentItem[] = []
  while (rest.length > 0) drawn.push(...rest.splice(random.between(0, rest.length - 1), 1))
  return drawn
}

export const virtualConnection = (world: World, name: string) => ({ kind: 'virtualConnection' as const, id: createRandom(world.seed, `virtual connection ${name}`).luid(), name })

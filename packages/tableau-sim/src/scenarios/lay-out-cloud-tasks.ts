import { createRandom } from '../random.ts'
import { secondsOfDay } from '../recurrence.ts'
import type { Recurrence } from '../recurrence.ts'
import type { TaskSpec } from '../refresh-task.ts'
import type { World } from '../world.ts'
import { busyCloudTasks, daily, dailyWithoutHours, hourly, monthly, weekDayOfMonth, weekly } from './cloud-task-plans.ts'
import { failureCauses } from './failures.ts'
import { shuffled, smallIsQuietMs, virtualConnection } from './lay-out-timetable.ts'

/** The tasks of small on Cloud, one of each shape, mostly at night. At four failures: the next one suspends it. */
export const layOutSmallCloudTasks = (world: World): void => {
  const { home } = world
  const quietUntil = world.clock.now() + smallIsQuietMs
  const add = (content: string, times: Recurrence, more: Partial<TaskSpec> = {}): void => {
    world.addTask(home.id, { content: home.findContent(content), times, quietUntil, ...more })
  }
  add('Superstore', hourly('00:00:00', '05:00:00'))
  add('Orders (Snowflake)', daily(2, '00:05:00', '06:05:00'), { incremental: true })
  add('Regional Sales', daily(4, '02:10:00', '06:10:00', ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']))
  add('Pipeline by Stage', daily(6, '00:20:00', '06:20:00'))
  add('Win–Loss Analysis', daily(8, '01:30:00', '09:30:00'), { consecutiveFailedCount: 1 })
  add('Territory Coverage', daily(12, '05:00:00', '17:00:00'), { incremental: true, priority: 10 })
  add('Campaign Performance', daily(24, '02:15:00', '02:15:00'), { consecutiveFailedCount: 4, failureRate: 1, failureNotes: failureCauses.timeout() })
  add('Web Traffic & Conversion', weekly('05:00:00', 'Monday'))
  add('Customers 360', monthly('23:00:00', 'LastDay'))
  add('Customers 360', weekDayOfMonth('02:50:00', 'Third', 'Thursday'), { incremental: true })
  add('Plant Historian (on-prem SQL Server)', monthly('04:00:00', '1', '15'))
  add('Warehouse Scans (Oracle)', dailyWithoutHours('01:45:00', '04:45:00'), { consecutiveFailedCount: 7, failureRate: 1 })
  world.addTask(home.id, { content: virtualConnection(world, 'Customer Master'), times: daily(24, '02:15:00', '02:15:00'), quietUntil })
}

/** What fails in busy. Those of the last column run once a week, so that their count stays for a while. */
const troubled: readonly (readonly [content: string, failures: number, rate: number, times: Recurrence])[] = [
  ['Attribution Model', 7, 1, daily(24, '02:15:00', '02:15:00')],
  ['Attrition & Hiring', 1, 0.4, daily(24, '12:10:00', '12:10:00')],
  ['Ticket Backlog', 4, 1, weekly('03:20:00', 'Sunday')],
  ['Shipments', 1, 0.2, weekly('23:00:00', 'Saturday')],
]

/** The tasks of busy on Cloud: every shape, on content that is gone through again and again. */
export const layOutBusyCloudTasks = (world: World): void => {
  const { home } = world
  const random = createRandom(world.seed, 'cloud tasks')
  for (const [name, consecutiveFailedCount, failureRate, times] of troubled) {
    world.addTask(home.id, { content: home.findContent(name), times, consecutiveFailedCount, failureRate, failureNotes: failureCauses.login(random) })
  }
  // What fails has one task, so that its count is what people look for.
  const contents = shuffled(home.contents.filter((item) => item.hasExtracts && item.project !== undefined && !troubled.some(([name]) => name === item.name)), random)
  const known = new Set<string>()
  let next = 0
  for (const { times, tasks } of busyCloudTasks) {
    for (let index = 0; index < tasks; index += 1) {
      const content = contents[next % contents.length]
      if (content === undefined) throw new Error(`The site ${home.name} has no content for tasks.`)
      next += 1
      const incremental = known.has(content.id) || (content.kind === 'datasource' && random.chance(0.3))
      const failureNotes = failureCauses.missingColumn(random, { kind: content.kind, id: content.id, name: content.name })
      world.addTask(home.id, { content, times: later(times, index * 5), incremental, priority: random.chance(0.1) ? random.between(1, 100) : 50, failureRate: 0.02, failureNotes })
      known.add(content.id)
    }
  }
  world.addTask(home.id, { content: virtualConnection(world, 'Customer Master'), times: daily(24, '02:15:00', '02:15:00') })
  world.addTask(home.id, { content: virtualConnection(world, 'Ledger & Cost Centers'), times: weekly('05:00:00', 'Monday'), consecutiveFailedCount: 2 })
  world.addTask(home.id, { content: { kind: 'flow', id: random.luid(), name: 'Clean Orders' }, kind: 'runFlow' })
}

/** The same on the clock, some minutes later. */
const later = ({ frequency, start, end, intervals }: Recurrence, minutes: number): Recurrence => {
  const moved = (text: string): string => {
    const total = (Math.floor((secondsOfDay(text) ?? 0) / 60) + minutes) % 1440
    return [Math.floor(total / 60), total % 60, 0].map((part) => String(part).padStart(2, '0')).join(':')
  }
  return { frequency, ...(start !== undefined && { start: moved(start) }), ...(end !== undefined && { end: moved(end) }), intervals }
}

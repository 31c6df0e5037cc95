import type { Flavor, TableauSim } from '@refreshboard/tableau-sim'
import { cloudWrites } from './cloud-writes.ts'
import { accelerationWrites, extractWrites, siteWrites } from './extract-writes.ts'
import { item, numbered, schedule, type PreparedWrite, type TestWrite } from './test-write.ts'

export { isBlind, lawOf, type PreparedWrite, type TestWrite } from './test-write.ts'

const add = (sim: TableauSim, kind: 'workbook' | 'datasource'): PreparedWrite => {
  const [on, { id }] = [schedule(sim), item(sim, kind)]
  const body = kind === 'workbook' ? { workbookId: id } : { datasourceId: id }
  return { path: `/api/schedules/${on.id}/tasks`, method: 'POST', body, holds: () => sim.world.tasks().onSchedule(on).length === 1 }
}

/** Every write of the contract, on a simulator of its flavour in the scenario `small`; sent by an administrator on its first site. */
export const everyWrite: readonly TestWrite[] = [
  {
    name: 'cancel a job',
    endpoint: 'cancelJob',
    operation: 'cancelJob',
    readsFirst: false,
    prepare: (sim) => {
      const job = sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Held back', status: 'Pending', held: true })
      return { path: `/api/jobs/${job.id}/cancel`, method: 'POST', holds: () => job.status === 'Cancelled' }
    },
  },
  {
    name: 'create a schedule',
    endpoint: 'createSchedule',
    operation: 'createServerSchedule',
    readsFirst: true,
    prepare: ({ world }) => {
      const name = numbered('Before dawn')
      return {
        path: '/api/schedules',
        method: 'POST',
        body: { name, type: 'Extract', recurrence: { frequency: 'Weekly', start: '05:00:00', weekDays: ['Saturday', 'Sunday'] } },
        holds: () => world.schedules.filter((one) => one.name === name).length === 1,
      }
    },
  },
  {
    name: 'update a schedule',
    endpoint: 'updateSchedule',
    operation: 'updateServerSchedule',
    readsFirst: true,
    prepare: (sim) => {
      const { id, name } = schedule(sim)
      const renamed = `Renamed ${name}`
      return {
        path: `/api/schedules/${id}`,
        method: 'PATCH',
        body: { changes: { name: renamed, state: 'Suspended' }, seen: { name } },
        holds: () => {
          const now = sim.world.schedule(id)
          return now.name === renamed && now.state === 'Suspended' && now.recurrence.intervals.length === 2
        },
      }
    },
  },
  {
    name: 'delete a schedule',
    endpoint: 'deleteSchedule',
    operation: 'deleteServerSchedule',
    readsFirst: false,
    prepare: (sim) => {
      const { id } = schedule(sim)
      return { path: `/api/schedules/${id}`, method: 'DELETE', holds: () => !sim.world.schedules.some((one) => one.id === id) }
    },
  },
  {
    name: 'add a workbook',
    endpoint: 'addToSchedule',
    operation: 'addWorkbookToSchedule',
    readsFirst: true,
    prepare: (sim) => add(sim, 'workbook'),
  },
  {
    name: 'add a data source',
    endpoint: 'addToSchedule',
    operation: 'addDatasourceToSchedule',
    readsFirst: true,
    prepare: (sim) => add(sim, 'datasource'),
  },
  {
    name: 'run a task',
    endpoint: 'runTask',
    operation: 'runExtractRefreshTask',
    readsFirst: true,
    prepare: (sim) => {
      const { id, content } = sim.world.addTask('', { content: item(sim, 'workbook'), schedule: schedule(sim) })
      return { path: `/api/tasks/${id}/run`, method: 'POST', holds: () => sim.world.site().findJobs({ title: content.name }).length === 1 }
    },
  },
  {
    name: 'delete a task',
    endpoint: 'deleteTask',
    operation: 'deleteExtractRefreshTask',
    readsFirst: false,
    prepare: (sim) => {
      const on = schedule(sim)
      const { id } = sim.world.addTask('', { content: item(sim, 'workbook'), schedule: on })
      return { path: `/api/tasks/${id}`, method: 'DELETE', holds: () => sim.world.schedules.includes(on) && sim.world.tasks().onSchedule(on).length === 0 }
    },
  },
  ...extractWrites,
  ...siteWrites,
  ...accelerationWrites,
  ...cloudWrites,
]

/** Those that can be under way on one simulator at the same time. */
interface WriteGroup {
  readonly name: string
  readonly flavor: Flavor
  readonly apiVersion?: string
  readonly writes: readonly TestWrite[]
}

/** Every write that can be under way among others on a simulator of this flavour and the newest API. */
export const writesTo = (flavor: Flavor): readonly TestWrite[] =>
  everyWrite.filter((write) => (write.flavor ?? 'server') === flavor && write.apiVersion === undefined && write.apart === undefined)

const placesApart = [...new Set(everyWrite.flatMap(({ apart }) => apart ?? []))]

/** All of them, each in one group, of which none is larger than the number of connections that the application has to a Tableau. */
export const writeGroups: readonly WriteGroup[] = [
  { name: 'a server', flavor: 'server', writes: writesTo('server').filter((write) => !extractWrites.includes(write)) },
  { name: 'the extracts of a server', flavor: 'server', writes: extractWrites },
  { name: 'a cloud', flavor: 'cloud', writes: writesTo('cloud') },
  { name: 'a server with data acceleration', flavor: 'server', apiVersion: '3.15', writes: everyWrite.filter(({ apiVersion }) => apiVersion === '3.15') },
  ...placesApart.map((place): WriteGroup => ({ name: place, flavor: 'server', writes: everyWrite.filter(({ apart }) => apart === place) })),
]

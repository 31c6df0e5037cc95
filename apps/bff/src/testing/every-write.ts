import type { Flavor, OperationName, TableauSim } from '@refreshboard/tableau-sim'

/** A write that is ready to be sent. */
export interface PreparedWrite {
  readonly path: string
  readonly method: 'POST' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** Whether the world is as it should be after the write, applied once. */
  holds(): boolean
}

/** One write that the application offers, as a test sends it. */
export interface TestWrite {
  readonly name: string
  /** Of the contract. */
  readonly endpoint: string
  /** Where it is offered; a Server unless given. */
  readonly flavor?: Flavor
  /** What the simulator's ledger calls the call that has the effect. */
  readonly operation: OperationName
  /** Something is read before it is sent. */
  readonly readsFirst: boolean
  /** Lays out what is written to, each time something new. */
  prepare(sim: TableauSim): PreparedWrite
}

let made = 0
/** No two names are the same, whatever was deleted or is on its way. */
const numbered = (name: string): string => `${name} ${(made += 1)}`

const schedule = ({ world }: TableauSim) =>
  world.addSchedule({ name: numbered('Office days'), frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Friday' }] })

const item = ({ world }: TableauSim, kind: 'workbook' | 'datasource') => {
  const site = world.site()
  const admin = world.account('admin').memberships.find((membership) => membership.site === site)
  return site.addContent({ kind, name: numbered('Quarterly figures'), ownerId: admin?.userId ?? '', project: site.projects[0] })
}

const add = (sim: TableauSim, kind: 'workbook' | 'datasource'): PreparedWrite => {
  const [on, { id }] = [schedule(sim), item(sim, kind)]
  const body = kind === 'workbook' ? { workbookId: id } : { datasourceId: id }
  return { path: `/api/schedules/${on.id}/tasks`, method: 'POST', body, holds: () => sim.world.tasks().onSchedule(on).length === 1 }
}

const nightly = { frequency: 'Daily', start: '02:15:00', end: '02:15:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }, { weekDay: 'Friday' }] }

const create = (sim: TableauSim, kind: 'workbook' | 'datasource'): PreparedWrite => {
  const content = item(sim, kind)
  const body = {
    ...(kind === 'workbook' ? { workbookId: content.id } : { datasourceId: content.id, refreshType: 'IncrementalRefresh' }),
    recurrence: { frequency: 'Daily', start: '18:30:00', end: '22:30:00', hours: 4, weekDays: ['Wednesday', 'Sunday'] },
  }
  const made = () => sim.world.tasks().all.filter((task) => task.content === content && task.incremental === (kind === 'datasource') && task.ownSchedule?.recurrence.intervals.length === 3)
  return { path: '/api/tasks', method: 'POST', body, holds: () => made().length === 1 }
}

/** Of Tableau Cloud alone, and what means the same there with tasks that have times of their own. */
const cloudWrites: readonly TestWrite[] = [
  {
    name: 'create a task of a workbook',
    endpoint: 'createTask',
    flavor: 'cloud',
    operation: 'createCloudExtractRefreshTask',
    readsFirst: true,
    prepare: (sim) => create(sim, 'workbook'),
  },
  {
    name: 'create a task of a data source',
    endpoint: 'createTask',
    flavor: 'cloud',
    operation: 'createCloudExtractRefreshTask',
    readsFirst: true,
    prepare: (sim) => create(sim, 'datasource'),
  },
  {
    name: 'update a task',
    endpoint: 'updateTask',
    flavor: 'cloud',
    operation: 'updateCloudExtractRefreshTask',
    readsFirst: true,
    prepare: (sim) => {
      const task = sim.world.addTask(sim.world.home.id, { content: item(sim, 'workbook'), times: nightly })
      return {
        path: `/api/tasks/${task.id}`,
        method: 'PATCH',
        body: { changes: { refreshType: 'IncrementalRefresh', recurrence: { frequency: 'Monthly', start: '23:00:00', on: { occurrence: 'Third', weekDay: 'Thursday' } } }, seen: { recurrence: nightly } },
        holds: () => task.incremental && JSON.stringify(task.ownSchedule?.recurrence.intervals) === JSON.stringify([{ monthDay: 'Third', weekDay: 'Thursday' }]),
      }
    },
  },
  {
    name: 'run a task of Cloud',
    endpoint: 'runTask',
    flavor: 'cloud',
    operation: 'runExtractRefreshTask',
    readsFirst: true,
    prepare: (sim) => {
      const { id, content } = sim.world.addTask(sim.world.home.id, { content: item(sim, 'workbook'), times: nightly })
      return { path: `/api/tasks/${id}/run`, method: 'POST', holds: () => sim.world.site().findJobs({ title: content.name }).length === 1 }
    },
  },
  {
    name: 'delete a task of Cloud',
    endpoint: 'deleteTask',
    flavor: 'cloud',
    operation: 'deleteExtractRefreshTask',
    readsFirst: false,
    prepare: (sim) => {
      const { id } = sim.world.addTask(sim.world.home.id, { content: item(sim, 'workbook'), times: nightly })
      return { path: `/api/tasks/${id}`, method: 'DELETE', holds: () => sim.world.tasks().task(id) === undefined }
    },
  },
]

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
  ...cloudWrites,
]

export const writesTo = (flavor: Flavor): readonly TestWrite[] => everyWrite.filter((write) => (write.flavor ?? 'server') === flavor)

import type { OperationName, TableauSim } from '@refreshboard/tableau-sim'

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

/** Every write of the contract, on a simulator in the scenario `small`; sent by a server administrator on the site Default. */
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
]

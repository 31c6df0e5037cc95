import type { TableauSim } from '@refreshboard/tableau-sim'
import { item, type PreparedWrite, type TestWrite } from './test-write.ts'

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
export const cloudWrites: readonly TestWrite[] = [
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

import { type Luid, luidSchema, taskSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import {
  addDatasourceToSchedule,
  addWorkbookToSchedule,
  createServerSchedule,
  deleteExtractRefreshTask,
  getExtractRefreshTask,
  listExtractRefreshTasks,
  listScheduleExtracts,
  queryDatasources,
  queryJob,
  queryWorkbooks,
  type RefreshTask,
  runExtractRefreshTask,
  sweepPages,
  type TableauAuth,
} from './index.ts'
import { rejectionOf } from './testing/answer.ts'
import { datasourceId as unknownDatasource, scheduleId as unknownSchedule, taskId as unknownTask, workbookId as unknownWorkbook } from './testing/ids.ts'
import { authOf, type Stage, stage } from './testing/stage.ts'

const page = { pageNumber: 1, pageSize: 100 }

const tasksOf = async (on: Stage, auth: TableauAuth): Promise<RefreshTask[]> => (await on.client.call(listExtractRefreshTasks, {}, { auth })).value

const makeSchedule = async (on: Stage, auth: TableauAuth, type: 'Extract' | 'Subscription' = 'Extract'): Promise<Luid> => {
  const input = { name: `New ${type}`, type, priority: 40, executionOrder: 'Parallel', recurrence: { frequency: 'Daily', start: '02:15:00' } } as const
  return luidSchema.parse((await on.client.call(createServerSchedule, input, { auth })).value.id)
}

/** A workbook with an extract and a data source with one. */
const content = async (on: Stage, auth: TableauAuth): Promise<{ workbookId: Luid; datasourceId: Luid }> => {
  const workbooks = (await on.client.call(queryWorkbooks, page, { auth })).value.rows
  const datasources = (await on.client.call(queryDatasources, page, { auth })).value.rows
  const idOf = (rows: typeof workbooks): Luid => luidSchema.parse(rows.find(({ hasExtracts }) => hasExtracts === true)?.id)
  return { workbookId: idOf(workbooks), datasourceId: idOf(datasources) }
}

describe('tasks', () => {
  it('are all listed, and each is what Get tells of it', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('admin'))
    const tasks = await tasksOf(on, auth)
    expect(tasks.length).toBeGreaterThanOrEqual(200)
    for (const task of tasks) expect(taskSchema.parse(task)).toStrictEqual(task)
    const failures = new Set(tasks.map(({ consecutiveFailedCount }) => consecutiveFailedCount))
    expect([1, 4, 7].filter((count) => !failures.has(count))).toStrictEqual([])
    expect(tasks.some(({ schedule }) => schedule === undefined)).toBe(true)
    const virtual = tasks.filter((task) => task.content === undefined)
    expect(virtual.length).toBeGreaterThan(0)
    for (const task of [...virtual, ...tasks.slice(0, 20), ...tasks.filter(({ schedule }) => schedule === undefined)]) {
      const taskId = luidSchema.parse(task.id)
      const call = on.client.call(getExtractRefreshTask, { taskId }, { auth })
      const told = await (task.content === undefined ? rejectionOf(call).then((error) => ({ error })) : call)
      expect(told).toMatchObject(task.content === undefined ? { error: { code: '404026' } } : { value: task })
    }
  })

  it('of a schedule tell full from incremental', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('admin'))
    const tasks = await tasksOf(on, auth)
    const scheduleIds = [...new Set(tasks.flatMap(({ schedule }) => schedule?.id ?? []))]
    const extracts = (
      await Promise.all(
        scheduleIds.map(async (id) => (await sweepPages((request, signal) => on.client.call(listScheduleExtracts, { ...request, scheduleId: luidSchema.parse(id) }, { auth, signal }), { pageSize: 5 })).rows),
      )
    ).flat()
    expect(extracts.map(({ id }) => id).toSorted()).toStrictEqual(tasks.filter(({ schedule }) => schedule !== undefined).map(({ id }) => id).toSorted())
    expect(new Set(extracts.map(({ refreshType }) => refreshType))).toStrictEqual(new Set(['FullRefresh', 'IncrementalRefresh']))
  })

  it('are made by adding content to a schedule, run, and deleted', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('admin'))
    const scheduleId = await makeSchedule(on, auth)
    const { workbookId, datasourceId } = await content(on, auth)
    const ofWorkbook = (await on.client.call(addWorkbookToSchedule, { scheduleId, workbookId }, { auth })).value
    const ofDatasource = (await on.client.call(addDatasourceToSchedule, { scheduleId, datasourceId }, { auth })).value
    expect([ofWorkbook, ofDatasource]).toMatchObject([
      { schedule: { id: scheduleId }, content: { kind: 'workbook', id: workbookId } },
      { schedule: { id: scheduleId }, content: { kind: 'datasource', id: datasourceId } },
    ])
    const { rows } = (await on.client.call(listScheduleExtracts, { scheduleId, ...page }, { auth })).value
    expect(rows.toSorted((a, b) => (a.content?.kind ?? '').localeCompare(b.content?.kind ?? ''))).toMatchObject([
      { id: ofDatasource.id, refreshType: 'FullRefresh', content: { kind: 'datasource', id: datasourceId } },
      { id: ofWorkbook.id, refreshType: 'FullRefresh', content: { kind: 'workbook', id: workbookId } },
    ])

    const taskId = luidSchema.parse(ofWorkbook.id)
    const started = (await on.client.call(runExtractRefreshTask, { taskId }, { auth })).value
    expect(started).toMatchObject({ mode: 'Asynchronous', type: 'RefreshExtract' })
    expect((await on.client.call(queryJob, { jobId: luidSchema.parse(started.jobId) }, { auth })).value).toMatchObject({ job: { id: started.jobId }, content: { kind: 'workbook', id: workbookId } })
    expect(await rejectionOf(on.client.call(runExtractRefreshTask, { taskId }, { auth }))).toMatchObject({ code: '409093' })
    expect(on.sim.ledger.of('runExtractRefreshTask').map(({ applied }) => applied)).toStrictEqual([true, false])

    expect((await on.client.call(deleteExtractRefreshTask, { taskId }, { auth })).value).toBeUndefined()
    expect((await tasksOf(on, auth)).filter(({ schedule }) => schedule?.id === scheduleId).map(({ id }) => id)).toStrictEqual([ofDatasource.id])
    expect(await rejectionOf(on.client.call(deleteExtractRefreshTask, { taskId }, { auth }))).toMatchObject({ code: '404026' })
  })

  it('are refused with Tableau’s codes', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('admin'))
    const scheduleId = await makeSchedule(on, auth)
    const subscriptions = await makeSchedule(on, auth, 'Subscription')
    const { workbookId, datasourceId } = await content(on, auth)
    const viewer = authOf(await on.signInAs('viewer'))
    const refusals = [
      [() => on.client.call(addWorkbookToSchedule, { scheduleId: unknownSchedule, workbookId }, { auth }), '500000', 500],
      [() => on.client.call(addDatasourceToSchedule, { scheduleId: unknownSchedule, datasourceId }, { auth }), '500000', 500],
      [() => on.client.call(addWorkbookToSchedule, { scheduleId, workbookId: unknownWorkbook }, { auth }), '404006', 404],
      [() => on.client.call(addDatasourceToSchedule, { scheduleId, datasourceId: unknownDatasource }, { auth }), '404004', 404],
      [() => on.client.call(addWorkbookToSchedule, { scheduleId, workbookId }, { auth: viewer }), '403032', 403],
      [() => on.client.call(listScheduleExtracts, { scheduleId: subscriptions, ...page }, { auth }), '400047', 400],
      [() => on.client.call(runExtractRefreshTask, { taskId: unknownTask }, { auth }), '404026', 404],
      [() => on.client.call(getExtractRefreshTask, { taskId: unknownTask }, { auth }), '404026', 404],
    ] as const
    for (const [call, code, httpStatus] of refusals) expect(await rejectionOf(call())).toMatchObject({ name: 'TableauApiError', code, httpStatus })
  })

  it('cannot be run where the site has run now switched off', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('admin'))
    const [task] = (await tasksOf(on, auth)).filter((row) => row.content !== undefined)
    on.sim.world.site().runNowEnabled = false
    expect(await rejectionOf(on.client.call(runExtractRefreshTask, { taskId: luidSchema.parse(task?.id) }, { auth }))).toMatchObject({ name: 'TableauApiError', outcome: 'answered' })
    expect(on.sim.ledger.of('runExtractRefreshTask').map(({ applied }) => applied)).toStrictEqual([false])
  })

  it.each(['addWorkbookToSchedule', 'addDatasourceToSchedule', 'runExtractRefreshTask', 'deleteExtractRefreshTask'] as const)('are written once by %s when the reply is lost', async (operation) => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('admin'))
    const scheduleId = await makeSchedule(on, auth)
    const { workbookId, datasourceId } = await content(on, auth)
    const taskId = luidSchema.parse((await on.client.call(addWorkbookToSchedule, { scheduleId, workbookId }, { auth })).value.id)
    on.sim.ledger.clear()
    on.sim.faults.add({ operation, when: 'after', times: 5, action: { kind: 'reset' } })
    const calls = {
      addWorkbookToSchedule: () => on.client.call(addWorkbookToSchedule, { scheduleId, workbookId }, { auth }),
      addDatasourceToSchedule: () => on.client.call(addDatasourceToSchedule, { scheduleId, datasourceId }, { auth }),
      runExtractRefreshTask: () => on.client.call(runExtractRefreshTask, { taskId }, { auth }),
      deleteExtractRefreshTask: () => on.client.call(deleteExtractRefreshTask, { taskId }, { auth }),
    }
    expect(await rejectionOf(calls[operation]())).toMatchObject({ outcome: 'unknown', operation })
    expect(on.sim.ledger.of(operation).map(({ applied }) => applied)).toStrictEqual([true])
  })
})

import { taskSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { datasourceId, taskId, workbookId } from '../testing/ids.ts'
import { deleteExtractRefreshTask, getExtractRefreshTask, listExtractRefreshTasks, runExtractRefreshTask } from './tasks.ts'

const schedule = {
  id: '9a4ebbab-9ec8-487a-9b48-47fa81d6077a',
  name: 'Weekday early mornings',
  state: 'Active',
  type: 'Extract',
  priority: 50,
  frequency: 'Weekly',
  nextRunAt: '2024-05-02T11:00:00Z',
}
const workbookTask = {
  id: taskId,
  priority: 50,
  consecutiveFailedCount: 0,
  type: 'RefreshExtractTask',
  schedule,
  content: { kind: 'workbook', id: workbookId },
}
const cloudTask = {
  id: taskId,
  priority: 50,
  consecutiveFailedCount: 5,
  type: 'RefreshExtractTask',
  schedule: {
    frequency: 'Weekly',
    nextRunAt: '2023-06-08T04:50:00Z',
    recurrence: { frequency: 'Weekly', start: '21:50:00', intervals: [{ weekDay: 'Wednesday' }] },
  },
  content: { kind: 'workbook', id: '7e766949-7166-4b3d-90ba-784f7575743b' },
}
const virtual = { priority: 50, consecutiveFailedCount: 0, type: 'RefreshExtractTask', schedule }

const lists = {
  'list-server': [
    workbookTask,
    { ...workbookTask, id: '9bf8aea0-e3ca-422e-b7ef-d9c4ba6cca45', priority: 10, consecutiveFailedCount: 7, content: { kind: 'datasource', id: datasourceId } },
  ],
  'list-reference-template': [{ ...workbookTask, type: 'REFRESH_EXTRACT', content: { kind: 'datasource', id: datasourceId } }],
  'list-cloud': [
    cloudTask,
    {
      id: '13237fd6-3650-44d5-925b-644e5281b605',
      consecutiveFailedCount: 0,
      type: 'RefreshExtractTask',
      schedule: {
        frequency: 'Hourly',
        nextRunAt: '2023-04-07T06:43:12Z',
        recurrence: { frequency: 'Hourly', start: '18:30:00', end: '23:30:00', intervals: [{ hours: '1' }, { weekDay: 'Sunday' }, { weekDay: 'Wednesday' }] },
      },
      content: { kind: 'datasource', id: '0057ccac-872a-11e5-bb51-f763326b1350' },
    },
  ],
  'list-empty': [],
  'list-virtual-connection': [
    { ...virtual, id: 'b60b4efd-a6f7-4599-beb3-cb677e7abac1', consecutiveFailedCount: 1 },
    { ...virtual, id: 'c71c5fae-b7a8-4688-9fc4-dc788f8bcbd2' },
    { ...virtual, id: 'd82d6abf-c8b9-4577-8ad5-ed899a9cdce3' },
  ],
  'list-without-schedule': [
    { id: taskId, priority: 50, consecutiveFailedCount: 4, type: 'RefreshExtractTask', content: { kind: 'workbook', id: workbookId } },
    { id: 'e93e7bca-d9ca-4466-9be6-fe9a0badedf4', schedule: { name: '', frequency: 'Fortnightly', state: 'Resting' }, content: { kind: 'datasource', id: datasourceId } },
    { id: 'not-a-luid', type: 'GrowTulips' },
  ],
  'list-prefixed': [{ id: taskId, type: 'RefreshExtractTask', content: { kind: 'workbook', id: '7e766949-7166-4b3d-90ba-784f7575743b' } }],
}

describe('List Extract Refresh Tasks in Site', () => {
  it.each(Object.entries(lists))('reads %s', (name, tasks) => {
    const { value } = answer(listExtractRefreshTasks, fixture(`tasks/${name}`))
    expect(value).toStrictEqual(tasks)
    for (const task of value) expect(taskSchema.parse(task)).toStrictEqual(task)
  })

  it('asks for everything at once', () => {
    expect(listExtractRefreshTasks.encode({})).toStrictEqual({})
  })

  it.each([
    [` id="${taskId}"`, '', '<extractRefresh> has no attribute id'],
    [taskId, '', '<extractRefresh> has no attribute id'],
    ['consecutiveFailedCount="0"', 'consecutiveFailedCount="some"', 'consecutiveFailedCount of <extractRefresh> is not a whole number'],
    ['extractRefresh', 'flowRun', '<task> has no <extractRefresh>'],
    ['tasks>', 'chores>', '<tsResponse> has no <tasks>'],
  ])('refuses a list with %s as %s', (right, wrong, reason) => {
    const list = fixture('tasks/list-server').toString().replaceAll(right, wrong)
    expect(thrownBy(() => answer(listExtractRefreshTasks, Buffer.from(list)))).toMatchObject({ name: 'TableauProtocolError', reason })
  })
})

describe('Get Extract Refresh Task', () => {
  it.each([
    ['detail-server', workbookTask],
    ['detail-cloud', cloudTask],
  ])('reads %s', (name, task) => {
    expect(answer(getExtractRefreshTask, fixture(`tasks/${name}`)).value).toStrictEqual(task)
  })
})

describe('Run Extract Refresh Task', () => {
  it('sends an empty request, which the reference demands', () => {
    expect(runExtractRefreshTask.encode({ taskId })).toStrictEqual({ params: { taskId }, body: '<tsRequest/>' })
  })

  it.each([
    ['run', { jobId: '7b6b59a8-ac3c-4d1d-2e9e-0b5b4ba8a7b6', mode: 'Asynchronous', type: 'RefreshExtract' }],
    ['run-bare', { jobId: '7b6b59a8-ac3c-4d1d-2e9e-0b5b4ba8a7b6' }],
  ])('reads the reply %s', (name, job) => {
    expect(answer(runExtractRefreshTask, fixture(`tasks/${name}`)).value).toStrictEqual(job)
  })

  it('is not known to be done when the reply names no job', () => {
    const reply = fixture('tasks/run-bare').toString().replace(/ id="[^"]*"/, '')
    expect(thrownBy(() => answer(runExtractRefreshTask, Buffer.from(reply)))).toMatchObject({ reason: '<job> has no attribute id', outcome: 'unknown' })
  })
})

describe('Delete Extract Refresh Task', () => {
  it('has neither query nor body, and takes an empty 204 for a success', () => {
    expect(deleteExtractRefreshTask.encode({ taskId })).toStrictEqual({ params: { taskId } })
    expect(answer(deleteExtractRefreshTask, Buffer.from(''), { status: 204 }).value).toBeUndefined()
  })
})

describe('refusals', () => {
  it.each([
    [runExtractRefreshTask, 'run-queued', 409, '409093'],
    [runExtractRefreshTask, 'run-not-allowed', 403, '403004'],
    [runExtractRefreshTask, 'run-other-kind', 403, '403047'],
    [runExtractRefreshTask, 'not-found', 404, '404026'],
    [getExtractRefreshTask, 'not-found', 404, '404026'],
    [deleteExtractRefreshTask, 'not-found', 404, '404026'],
    // Five digits, as the reference prints it.
    [listExtractRefreshTasks, 'wrong-verb', 405, '40500'],
  ])('%# has its code', (endpoint, name, status, code) => {
    expect(thrownBy(() => answer<unknown>(endpoint, fixture(`tasks/${name}`), { status }))).toMatchObject({ name: 'TableauApiError', code, httpStatus: status })
  })
})

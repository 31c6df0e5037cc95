import { taskSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { createTableauClient } from '../client.ts'
import { answer, fixture, rejectionOf, thrownBy } from '../testing/answer.ts'
import { auth, scheduleId, taskId, workbookId } from '../testing/ids.ts'
import { serveHttp } from '../testing/servers.ts'
import { deleteDataAccelerationTask, listDataAccelerationTasks } from './data-acceleration.ts'
import { addWorkbookToSchedule } from './schedule-extracts.ts'

describe('data acceleration tasks', () => {
  it('are read from the reference’s example: without a wrapper, with ids that are none', () => {
    const { value } = answer(listDataAccelerationTasks, fixture('data-acceleration/list-reference-sample'))
    expect(value).toStrictEqual([
      {
        id: '9f8e7d6c-5b4a-3f2e-1d0c-9b8a7f6e5d4c',
        consecutiveFailedCount: 0,
        type: 'DataAccelerationTask',
        schedule: {
          id: '9f8e7d6c-5b4a-3f2e-1d0c-9b8a7f6e5r4c',
          name: 'name',
          state: 'Active',
          type: 'DataAcceleration',
          priority: 75,
          frequency: 'Hourly',
          nextRunAt: '2020-02-25T08:00:00Z',
          recurrence: { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ hours: '4' }] },
        },
        content: { kind: 'workbook', id: '9t8e7d6c-5b4a-3f2e-1d0c-9b8a7f6e5d4c' },
      },
    ])
    for (const task of value) expect(taskSchema.parse(task)).toStrictEqual(task)
  })

  it('are read inside of a wrapper, under their older type, with as little as can be there', () => {
    expect(answer(listDataAccelerationTasks, fixture('data-acceleration/list')).value).toMatchObject([
      { id: '3ece2369-c4eb-4382-be0f-961039d708a0', type: 'MaterializeViewsTask', consecutiveFailedCount: 2, content: { kind: 'workbook', id: workbookId } },
      { id: '4fde2369-c4eb-4382-be0f-961039d708a0' },
    ])
    expect(answer(listDataAccelerationTasks, fixture('data-acceleration/list-empty')).value).toStrictEqual([])
  })

  it('are deleted by any success', () => {
    for (const status of [200, 204]) expect(answer(deleteDataAccelerationTask, Buffer.from(''), { status }).value).toBeUndefined()
  })

  it.each([
    [listDataAccelerationTasks, 'not-allowed', 403, '409087'],
    [deleteDataAccelerationTask, 'not-allowed', 403, '409087'],
    [deleteDataAccelerationTask, 'not-found', 404, '404026'],
  ])('are refused with a code (%#)', (endpoint, name, status, code) => {
    expect(thrownBy(() => answer<unknown>(endpoint, fixture(`data-acceleration/${name}`), { status }))).toMatchObject({ code, httpStatus: status })
  })

  it('are added to a schedule, and read from the reply', () => {
    expect(answer(addWorkbookToSchedule, fixture('schedule-extracts/added-acceleration')).value).toMatchObject({
      id: '9bf8aea0-e3ca-422e-b7ef-d9c4ba6cca45',
      type: 'DataAccelerationTask',
      content: { kind: 'workbook', id: workbookId },
    })
  })

  it.each([
    ['3.7', false],
    ['3.8', true],
    ['3.15', true],
    ['3.16', false],
    ['3.27', false],
  ])('on API %s are sent for: %o', async (apiVersion, isSent) => {
    await using server = await serveHttp((_request, response) => response.writeHead(500).end())
    server.apiVersion = apiVersion
    const client = createTableauClient({ serverUrl: server.url })
    const accelerated = await rejectionOf(client.call(addWorkbookToSchedule, { scheduleId, workbookId, kind: 'dataAcceleration' }, { auth }))
    const deleted = await rejectionOf(client.call(deleteDataAccelerationTask, { taskId }, { auth }))
    const refused = { name: 'TableauUnsupportedError', apiVersion, since: '3.8', until: '3.15', outcome: 'not-sent' }
    for (const error of [accelerated, deleted]) expect(error).toMatchObject(isSent ? { name: 'TableauProtocolError' } : refused)
    expect(server.requests).toHaveLength(isSent ? 2 : 0)
    // An extract refresh is added all the same.
    expect(await rejectionOf(client.call(addWorkbookToSchedule, { scheduleId, workbookId }, { auth }))).toMatchObject({ name: 'TableauProtocolError' })
    await client.close()
  })
})

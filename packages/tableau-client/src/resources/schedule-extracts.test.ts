import { describe, expect, it } from 'vitest'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { datasourceId, scheduleId, workbookId } from '../testing/ids.ts'
import { addDatasourceToSchedule, addWorkbookToSchedule, listScheduleExtracts } from './schedule-extracts.ts'

const datasourceTask = '639c7e80-0d11-44b2-9b5b-018ffc5eddb4'
const workbookTask = '303f6c45-fb48-47aa-88d3-0dd87f5f5c74'
const page = { pageNumber: 1, pageSize: 100 }

describe('List Extract Refresh Tasks in Server Schedule', () => {
  it.each([
    [
      'list',
      {
        ...page,
        totalAvailable: 3,
        rows: [
          { id: datasourceTask, priority: 60, refreshType: 'FullRefresh', content: { kind: 'datasource', id: datasourceId } },
          { id: workbookTask, priority: 50, refreshType: 'IncrementalRefresh', content: { kind: 'workbook', id: workbookId } },
          { id: 'b60b4efd-a6f7-4599-beb3-cb677e7abac1' },
        ],
      },
    ],
    [
      'list-reference-sample',
      {
        ...page,
        totalAvailable: 2,
        rows: [
          { id: datasourceTask, priority: 60, refreshType: 'FullRefresh' },
          { id: workbookTask, priority: 50, refreshType: 'FullRefresh' },
        ],
      },
    ],
    ['list-without-pagination', { rows: [{ id: workbookTask, priority: 50, refreshType: 'FullRefresh' }] }],
    ['list-empty', { ...page, totalAvailable: 0, rows: [] }],
  ])('reads %s', (name, value) => {
    expect(answer(listScheduleExtracts, fixture(`schedule-extracts/${name}`)).value).toStrictEqual(value)
  })

  it('asks for a page of one schedule', () => {
    const { params, query } = listScheduleExtracts.encode({ scheduleId, pageNumber: 2, pageSize: 10 })
    expect(params).toStrictEqual({ scheduleId })
    expect(query?.toString()).toBe('pageSize=10&pageNumber=2')
  })

  it('refuses a row without id', () => {
    const reply = fixture('schedule-extracts/list-without-pagination').toString().replace(`id="${workbookTask}" `, '')
    expect(thrownBy(() => answer(listScheduleExtracts, Buffer.from(reply)))).toMatchObject({ reason: '<extract> has no attribute id' })
  })
})

const added = {
  id: '9bf8aea0-e3ca-422e-b7ef-d9c4ba6cca45',
  priority: 50,
  consecutiveFailedCount: 0,
  type: 'RefreshExtractTask',
  schedule: { id: '9a4ebbab-9ec8-487a-9b48-47fa81d6077a', name: 'Weekday early mornings', state: 'Active' },
}

describe('Add to Server Schedule', () => {
  it('sends exactly one task', () => {
    expect(addWorkbookToSchedule.encode({ scheduleId, workbookId })).toStrictEqual({
      params: { scheduleId },
      body: `<tsRequest><task><extractRefresh><workbook id="${workbookId}"/></extractRefresh></task></tsRequest>`,
    })
    expect(addDatasourceToSchedule.encode({ scheduleId, datasourceId })).toStrictEqual({
      params: { scheduleId },
      body: `<tsRequest><task><extractRefresh><datasource id="${datasourceId}"/></extractRefresh></task></tsRequest>`,
    })
  })

  it.each([
    [addWorkbookToSchedule, 'added-workbook', { ...added, content: { kind: 'workbook', id: workbookId } }],
    [addWorkbookToSchedule, 'added-with-warnings', { ...added, content: { kind: 'workbook', id: workbookId } }],
    [addDatasourceToSchedule, 'added-datasource', { ...added, content: { kind: 'datasource', id: datasourceId } }],
    [addDatasourceToSchedule, 'added-bare', { schedule: { id: added.schedule.id }, content: { kind: 'datasource', id: datasourceId } }],
    [addDatasourceToSchedule, 'added-nothing-said', {}],
  ])('reads the reply %#', (endpoint, name, task) => {
    expect(answer(endpoint, fixture(`schedule-extracts/${name}`)).value).toStrictEqual(task)
  })

  it('gives the warnings of a success', () => {
    expect(answer(addWorkbookToSchedule, fixture('schedule-extracts/added-with-warnings')).warnings).toStrictEqual(['The workbook is refreshed by another schedule already.'])
  })

  it('is not known to be done when the reply is empty', () => {
    expect(thrownBy(() => answer(addWorkbookToSchedule, Buffer.from('')))).toMatchObject({ name: 'TableauProtocolError', outcome: 'unknown' })
  })
})

describe('refusals', () => {
  it.each([
    [listScheduleExtracts, 'not-extracts', 400, '400047'],
    [listScheduleExtracts, 'schedule-not-found', 404, '404'],
    [addWorkbookToSchedule, 'add-unknown-schedule', 500, '500000'],
    [addWorkbookToSchedule, 'add-unknown-workbook', 404, '404006'],
    [addDatasourceToSchedule, 'add-unknown-datasource', 404, '404004'],
    [addWorkbookToSchedule, 'add-not-allowed', 403, '403032'],
  ])('%# has its code', (endpoint, name, status, code) => {
    expect(thrownBy(() => answer<unknown>(endpoint, fixture(`schedule-extracts/${name}`), { status }))).toMatchObject({ name: 'TableauApiError', code, httpStatus: status })
  })
})

import { describe, expect, it } from 'vitest'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { datasourceId, workbookId } from '../testing/ids.ts'
import { createDatasourceExtract, createWorkbookExtract, deleteDatasourceExtract, deleteWorkbookExtract } from './extracts.ts'

const job = { jobId: 'df410925-feae-481d-bf84-2f37bdf7ce69', mode: 'Asynchronous', type: 'CreateExtract' }

describe('creating an extract', () => {
  it.each([
    [createWorkbookExtract, 'workbook-created', job],
    [createWorkbookExtract, 'workbook-created-template', job],
    [createDatasourceExtract, 'datasource-created', job],
    [createDatasourceExtract, 'created-bare', { jobId: job.jobId }],
  ])('names the job (%#)', (endpoint, name, value) => {
    expect(answer(endpoint, fixture(`extracts/${name}`)).value).toStrictEqual(value)
  })

  it('is not known to be done when the reply names no job', () => {
    const reply = fixture('extracts/created-bare').toString().replace(/ id="[^"]*"/, '')
    expect(thrownBy(() => answer(createWorkbookExtract, Buffer.from(reply)))).toMatchObject({ reason: '<job> has no attribute id', outcome: 'unknown' })
    expect(thrownBy(() => answer(createDatasourceExtract, Buffer.from('')))).toMatchObject({ name: 'TableauProtocolError', outcome: 'unknown' })
  })

  it('of no data source at all is not sent: without any, all would be meant', () => {
    expect(thrownBy(() => createWorkbookExtract.encode({ workbookId, datasourceIds: [] }))).toMatchObject({ name: 'TableauInputError', field: 'datasourceIds', outcome: 'not-sent' })
  })

  it('says nothing of encryption unless it is told to', () => {
    expect(createDatasourceExtract.encode({ datasourceId })).toStrictEqual({ params: { datasourceId } })
    expect(createWorkbookExtract.encode({ workbookId, encrypt: false }).query?.toString()).toBe('encrypt=false')
    expect(createWorkbookExtract.encode({ workbookId, encrypt: undefined }).query).toBeUndefined()
  })
})

describe('deleting an extract', () => {
  it.each([
    [deleteWorkbookExtract, 200],
    [deleteDatasourceExtract, 204],
    [deleteWorkbookExtract, 204],
    [deleteDatasourceExtract, 200],
  ])('is done by any success without a body (%#)', (endpoint, status) => {
    expect(answer<unknown>(endpoint, Buffer.from(''), { status }).value).toBeUndefined()
  })
})

describe('refusals', () => {
  it.each([
    [createWorkbookExtract, 'cannot-be-extracted', 409, '409070'],
    [createDatasourceExtract, 'cannot-be-extracted', 409, '409070'],
    [deleteWorkbookExtract, 'no-extract', 409, '409090'],
    [deleteDatasourceExtract, 'no-extract', 409, '409090'],
    [createWorkbookExtract, 'not-allowed', 403, '403004'],
  ])('%# has its code, whatever it is called', (endpoint, name, status, code) => {
    expect(thrownBy(() => answer<unknown>(endpoint, fixture(`extracts/${name}`), { status }))).toMatchObject({ name: 'TableauApiError', code, httpStatus: status })
  })
})

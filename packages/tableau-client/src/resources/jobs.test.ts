import { jobDetailSchema, jobSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { TableauApiError } from '../errors.ts'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { jobId } from '../testing/ids.ts'
import { cancelJob, queryJob, queryJobs } from './jobs.ts'

const cleanUp = { id: '2eef4225-aa0c-41c4-8662-a76d89ed7336', status: 'Success', createdAt: '2018-05-22T13:00:29Z', jobType: 'cleanup_jobs' }

const lists = {
  'list-reference-sample': {
    pageNumber: 1,
    pageSize: 100,
    totalAvailable: 48_999,
    rows: [
      {
        id: '919055e5-25db-4a2b-9611-1408dd06632d',
        status: 'Failed',
        createdAt: '2018-04-17T23:00:15Z',
        startedAt: '2018-04-17T23:00:15Z',
        endedAt: '2018-04-17T23:00:15Z',
        priority: 50,
        jobType: 'increment_extracts',
      },
      {
        id: 'd281297b-9834-44a1-b71a-a2cab6060df6',
        status: 'Failed',
        createdAt: '2018-04-17T23:00:15Z',
        startedAt: '2018-04-17T23:00:24Z',
        endedAt: '2018-04-17T23:00:32Z',
        priority: 50,
        jobType: 'refresh_extracts',
      },
    ],
  },
  'list-with-titles': {
    pageNumber: 2,
    pageSize: 3,
    totalAvailable: 6,
    rows: [
      {
        id: '919055e5-25db-4a2b-9611-1408dd06632d',
        status: 'Pending',
        createdAt: '2024-05-01T23:00:15Z',
        priority: 0,
        jobType: 'refresh_extracts',
        title: 'Sales & Returns <EMEA>\ndraft',
        subtitle: 'Workbook',
      },
      {
        id: 'b5cadda9-2b32-447a-acb6-1c1b8c06caf9',
        status: 'InProgress',
        createdAt: '2024-05-01T23:00:15Z',
        startedAt: '2024-05-01T23:00:19Z',
        priority: 100,
        jobType: 'run_flow',
        title: 'Süd 🚀',
        subtitle: '',
      },
      {
        id: 'd281297b-9834-44a1-b71a-a2cab6060df6',
        status: 'Cancelled',
        createdAt: '2024-05-01T23:00:15Z',
        endedAt: '2024-05-01T23:01:32Z',
        priority: 50,
        jobType: 'refresh_extracts_via_bridge',
        title: '',
        subtitle: 'Data Source',
      },
    ],
  },
  'list-empty': { pageNumber: 1, pageSize: 1000, totalAvailable: 0, rows: [] },
  'list-without-total': { pageNumber: 1, pageSize: 100, rows: [cleanUp] },
  'list-without-pagination': { rows: [cleanUp] },
  'list-prefixed': { pageNumber: 1, pageSize: 100, totalAvailable: 1, rows: [cleanUp] },
  'list-with-warnings': { pageNumber: 1, pageSize: 100, totalAvailable: 0, rows: [] },
  'list-unknown-values': {
    pageNumber: 1,
    pageSize: 100,
    totalAvailable: 2,
    rows: [
      {
        id: 'xs-not-a-luid',
        status: 'SentToBridge',
        createdAt: '2024-02-29T23:00:15Z',
        startedAt: '2024-02-29T23:00:15Z',
        endedAt: '2024-02-29T23:00:32Z',
        priority: -1,
        jobType: 'grow_roses',
        title: 'Leap',
      },
      { ...cleanUp, createdAt: '2025-01-01T00:30:00Z', endedAt: '2024-05-01T23:00:15Z' },
    ],
  },
}

const created = { id: jobId, createdAt: '2024-05-22T13:00:29Z' }
const superstore = { kind: 'workbook', id: '5998bb5a-0d9e-4a5e-9b5c-1d7a0b8f3d11', name: 'Superstore' }
const started = '2024-05-22T13:00:37Z'
const completed = '2024-05-22T13:00:45Z'

const details = {
  'detail-waiting': {
    job: { ...created, jobType: 'RefreshExtract', status: 'Pending' },
    type: 'RefreshExtract',
    mode: 'Asynchronous',
    progress: 0,
    content: superstore,
    statusNotes: [],
  },
  'detail-running': {
    job: { ...created, jobType: 'RefreshExtract', status: 'InProgress', startedAt: started },
    type: 'RefreshExtract',
    mode: 'Asynchronous',
    progress: 0,
    updatedAt: '2024-05-22T13:00:40Z',
    content: { kind: 'datasource', id: '8e53a2b3-5a4e-4f9c-b0b6-6e1bb9a3f5c2', name: 'Orders' },
    statusNotes: [],
  },
  // finishCode is 1 while a publish is running: not a failure.
  'detail-publish-running': {
    job: { ...created, jobType: 'PublishWorkbook', status: 'InProgress', startedAt: started },
    type: 'PublishWorkbook',
    mode: 'Asynchronous',
    progress: 0,
    finishCode: 1,
    statusNotes: [],
  },
  'detail-succeeded': {
    job: { ...created, jobType: 'RefreshExtract', status: 'Success', startedAt: started, endedAt: '2024-05-22T13:01:45Z' },
    type: 'RefreshExtract',
    mode: 'Asynchronous',
    progress: 100,
    finishCode: 0,
    updatedAt: '2024-05-22T13:01:40Z',
    completedAt: '2024-05-22T13:01:45Z',
    content: superstore,
    notes: "Finished refresh of extracts (new extract id:{78C1FCC2-E70E-4B25-BFFE-7B7F0096A4FE}) for Workbook 'Superstore'",
    statusNotes: [],
  },
  'detail-failed-with-notes': {
    job: { ...created, jobType: 'RefreshExtract', status: 'Failed', startedAt: started, endedAt: completed },
    type: 'RefreshExtract',
    mode: 'Asynchronous',
    progress: 100,
    finishCode: 1,
    completedAt: completed,
    content: superstore,
    notes:
      'java.lang.RuntimeException: Unable to connect to the Tableau Data Engine.\n\tat com.example.backgrounder.Runner.run(Runner.java:42)\n' +
      'Caused by: [Driver] FATAL: password authentication failed for user "etl" <db-1> & host',
    statusNotes: [],
  },
  'detail-cancelled': {
    job: { ...created, jobType: 'RefreshExtract', status: 'Cancelled', endedAt: completed },
    type: 'RefreshExtract',
    mode: 'Asynchronous',
    progress: 100,
    finishCode: 2,
    completedAt: completed,
    content: { kind: 'view', id: 'f7c3d2c4-3f2e-4d4b-8b0a-d0c6f0f1a2b3', name: 'Overview' },
    notes: 'Job was cancelled by user.',
    statusNotes: [],
  },
  'detail-bridge-done': {
    job: { ...created, jobType: 'RefreshExtract', status: 'Success', startedAt: started, endedAt: '2024-05-22T13:05:45Z' },
    type: 'RefreshExtract',
    mode: 'Asynchronous',
    progress: 100,
    finishCode: 3,
    completedAt: '2024-05-22T13:05:45Z',
    content: { kind: 'datasource', id: '8e53a2b3-5a4e-4f9c-b0b6-6e1bb9a3f5c2', name: 'Orders (Bridge)' },
    statusNotes: [],
  },
  'detail-flow-run': {
    job: { ...created, jobType: 'RunFlow', status: 'Success', endedAt: completed },
    type: 'RunFlow',
    mode: 'Asynchronous',
    progress: 100,
    finishCode: 0,
    updatedAt: '2024-05-22T13:00:29Z',
    completedAt: completed,
    content: { kind: 'flow', id: '92967d2d-c7e2-46d0-8847-4802df58f484', name: 'Nightly clean-up' },
    notes: 'Flow run finished.',
    statusNotes: [],
  },
  'detail-virtual-connection': {
    job: { ...created, jobType: 'RefreshExtract', status: 'finishCode 7', endedAt: completed },
    type: 'RefreshExtract',
    mode: 'Asynchronous',
    progress: 100,
    finishCode: 7,
    completedAt: completed,
    content: { kind: 'virtualConnection', id: '5a7b0f1c-9d3e-4b8a-8c6d-2e1f0a9b8c7d' },
    statusNotes: [],
  },
  'detail-status-notes': {
    job: { ...created, jobType: 'UserImport', status: 'Success', endedAt: completed },
    type: 'UserImport',
    mode: 'Asynchronous',
    progress: 100,
    finishCode: 0,
    updatedAt: '2024-05-22T13:00:40Z',
    completedAt: completed,
    statusNotes: [
      { type: 'CountOfUsersAddedToSite', value: '14', text: 'Users added to the site: 14' },
      { type: 'CountOfUsersSkipped', value: '0', text: 'Users skipped: 0' },
      { type: 'line', text: '12' },
    ],
  },
}

describe('Query Jobs', () => {
  it.each(Object.entries(lists))('reads %s', (name, page) => {
    const reply = answer(queryJobs, fixture(`jobs/${name}`))
    expect(reply.value).toStrictEqual(page)
    for (const row of reply.value.rows) expect(jobSchema.parse(row)).toStrictEqual(row)
  })

  it('gives the warnings of a success', () => {
    expect(answer(queryJobs, fixture('jobs/list-with-warnings')).warnings).toStrictEqual(['The list is being rebuilt.'])
  })

  it.each([
    [{ pageNumber: 1, pageSize: 1000 }, 'pageSize=1000&pageNumber=1'],
    [
      { pageNumber: 2, pageSize: 5, sort: { field: 'completedAt', direction: 'desc' } as const },
      'pageSize=5&pageNumber=2&sort=completedAt%3Adesc',
    ],
  ])('asks for %o', (input, query) => {
    expect(queryJobs.encode(input).query?.toString()).toBe(query)
  })

  it.each(['id', 'status', 'jobType', 'createdAt'])('refuses a row without %s, naming it', (attribute) => {
    const page = fixture('jobs/list-without-total').toString().replace(new RegExp(` ${attribute}="[^"]*"`), '')
    expect(thrownBy(() => answer(queryJobs, Buffer.from(page)))).toMatchObject({
      name: 'TableauProtocolError',
      message: `queryJobs: <backgroundJob> has no attribute ${attribute}`,
    })
  })

  it.each([
    ['createdAt="2018-05-22T13:00:29Z"', 'createdAt="yesterday"', 'createdAt of <backgroundJob> is not a date and time'],
    ['createdAt="2018-05-22T13:00:29Z"', 'createdAt="2018-02-31T13:00:29Z"', 'createdAt of <backgroundJob> is not a date and time'],
    ['jobType=', 'priority="high" jobType=', 'priority of <backgroundJob> is not a whole number'],
    ['<backgroundJobs>', '<jobs>', '<tsResponse> has no <backgroundJobs>'],
  ])('refuses a page with %s as %s', (right, wrong, reason) => {
    const page = fixture('jobs/list-without-total').toString().replaceAll(right, wrong).replace(/<\/backgroundJobs>/, wrong === '<jobs>' ? '</jobs>' : '</backgroundJobs>')
    expect(thrownBy(() => answer(queryJobs, Buffer.from(page)))).toMatchObject({ name: 'TableauProtocolError', reason })
  })
})

describe('Query Job', () => {
  it.each(Object.entries(details))('reads %s', (name, detail) => {
    const { value } = answer(queryJob, fixture(`jobs/${name}`))
    expect(value).toStrictEqual(detail)
    expect(jobDetailSchema.parse({ ...value, source: 'query' })).toStrictEqual({ ...value, source: 'query' })
  })

  it('is filled into its path', () => {
    expect(queryJob.encode({ jobId })).toStrictEqual({ params: { jobId } })
  })
})

describe('Cancel Job', () => {
  it.each([
    ['an empty 200', '', 200],
    ['an empty 204', '', 204],
    ['an empty tsResponse', '<tsResponse xmlns="http://tableau.com/api"/>', 200],
  ])('takes %s for a success', (_what, body, status) => {
    expect(answer(cancelJob, Buffer.from(body), { status }).value).toBeUndefined()
  })

  it('has neither query nor body', () => {
    expect(cancelJob.encode({ jobId })).toStrictEqual({ params: { jobId } })
  })
})

describe('refusals', () => {
  it.each([
    [queryJobs, 'list-past-the-end', 400, '400006'],
    [queryJobs, 'list-page-too-large', 403, '403014'],
    [queryJobs, 'not-allowed', 403, '403004'],
    [queryJob, 'detail-cannot-be-queried', 400, '400031'],
    [queryJob, 'detail-not-found', 404, '404018'],
    [cancelJob, 'cancel-already-complete', 403, '403091'],
    [cancelJob, 'cancel-not-allowed', 403, '403032'],
    // The reference prints this one with HTTP 404; the code decides.
    [cancelJob, 'cancel-wrong-verb', 404, '405000'],
    [cancelJob, 'error-with-callstack', 500, '500000'],
    // Whatever the status says, an <error> is Tableau's.
    [queryJobs, 'not-allowed', 200, '403004'],
  ])('%# has its code', (endpoint, name, status, code) => {
    const error = thrownBy(() => answer<unknown>(endpoint, fixture(`jobs/${name}`), { status }))
    expect(error).toBeInstanceOf(TableauApiError)
    expect(error).toMatchObject({ code, httpStatus: status, outcome: 'answered', operation: endpoint.name })
  })

  it('carries Tableau’s words, but not in its message', () => {
    expect(thrownBy(() => answer(cancelJob, fixture('jobs/cancel-already-complete'), { status: 403 }))).toMatchObject({
      summary: 'Forbidden',
      detail: "Can not cancel job, because it's already complete.",
      message: 'cancelJob: Tableau answered 403091 (HTTP 403)',
    })
  })

  it('reads the time to wait from the text of 429000', () => {
    expect(thrownBy(() => answer(queryJobs, fixture('jobs/throttled'), { status: 429 }))).toMatchObject({ retryAfterMs: 29 * 60_000 })
  })
})

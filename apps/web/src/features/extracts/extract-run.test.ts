import { sessionSchema } from '@refreshboard/api-types'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionEnded, sessionStarted } from '../../lib/session-store.ts'
import { anOutcome } from '../../test/a-task.ts'
import { aDetail } from '../../test/an-extract.ts'
import { aJob, aSession, fakeApi, json, luid, problem, type Sent } from '../../test/fake-api.ts'
import { dismissExtractRun, extractRunOf, startExtract } from './extract-run.ts'

const workbook = { kind: 'workbook', id: luid(21) } as const
const datasource = { kind: 'datasource', id: luid(23) } as const
const route = `POST /api/workbooks/${workbook.id}/extract`
const itself = `GET /api/workbooks/${workbook.id}`
const jobId = luid(91)
const jobRoute = `GET /api/jobs/${jobId}`
const made = (sent: Sent) => anOutcome(sent, 'done', { result: { jobId } })
const jobAnswer = (job: unknown) => json({ job, source: 'list', statusNotes: [] })

beforeEach(() => {
  vi.useFakeTimers()
  sessionStarted(sessionSchema.parse(aSession()))
})
afterEach(() => {
  // What is followed belongs to the person who started it.
  sessionEnded()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('an extract that is made', () => {
  it('is followed by its job to the end, though the job cannot be queried', async () => {
    const states = [aJob.pending({ id: jobId }), aJob.running({ id: jobId }), { ...aJob.running({ id: jobId }), status: 'Success', endedAt: '2025-11-23T10:02:00Z' }]
    fakeApi({ [route]: made, [jobRoute]: () => jobAnswer(states.length > 1 ? states.shift() : states[0]) })
    await startExtract(workbook, {})
    await pass(1)
    expect(extractRunOf(workbook)).toMatchObject({ phase: 'watching', job: { status: 'Pending' } })
    await pass(2000)
    expect(extractRunOf(workbook)).toMatchObject({ phase: 'watching', job: { status: 'InProgress' } })
    await pass(2000)
    expect(extractRunOf(workbook)).toMatchObject({ phase: 'over', job: { status: 'Success' } })
    await pass(60_000)
    expect(extractRunOf(workbook)).toBeUndefined()
  })

  it.each([
    ['of all', {}, {}],
    ['of the chosen ones', { datasourceIds: [luid(61)] }, { datasourceIds: [luid(61)] }],
    ['encrypted', { encrypt: true }, { encrypt: true }],
    ['not encrypted', { encrypt: false }, { encrypt: false }],
  ])('%s is asked for as chosen', async (_what, wanted, body) => {
    const api = fakeApi({ [route]: () => problem('forbidden') })
    await startExtract(workbook, wanted)
    expect(api.of(route).map((sent) => sent.body)).toEqual([body])
  })

  it('of a data source is asked for at its own address', async () => {
    const own = `POST /api/datasources/${datasource.id}/extract`
    const api = fakeApi({ [own]: () => problem('forbidden') })
    await startExtract(datasource, { encrypt: true })
    expect(api.of(own).map((sent) => sent.body)).toEqual([{ encrypt: true }])
  })

  it('is asked for once under two clicks, and not again while it is followed', async () => {
    const api = fakeApi({ [route]: made, [jobRoute]: () => jobAnswer(aJob.pending({ id: jobId })) })
    await Promise.all([startExtract(workbook, {}), startExtract(workbook, {})])
    await startExtract(workbook, {})
    expect(api.of(route)).toHaveLength(1)
  })

  it('whose job this person may not follow is looked at until it is there', async () => {
    let reads = 0
    const api = fakeApi({
      [route]: made,
      [jobRoute]: () => problem('forbidden'),
      [itself]: () => {
        reads += 1
        return json(aDetail({ hasExtracts: reads > 2 }))
      },
    })
    await startExtract(workbook, {})
    await pass(1)
    expect(extractRunOf(workbook)).toEqual({ phase: 'queued', why: 'Tableau lets administrators follow jobs.' })
    await pass(10_000)
    expect(extractRunOf(workbook)?.phase).toBe('queued')
    await pass(5000)
    expect(extractRunOf(workbook)).toEqual({ phase: 'made' })
    expect(api.of(route)).toHaveLength(1)
  })

  it('that is never seen is forgotten after ten minutes, and can be asked for again', async () => {
    fakeApi({ [route]: made, [jobRoute]: () => problem('forbidden'), [itself]: () => problem('upstream_timeout') })
    await startExtract(workbook, {})
    await pass(590_000)
    expect(extractRunOf(workbook)?.phase).toBe('queued')
    await pass(20_000)
    expect(extractRunOf(workbook)).toBeUndefined()
  })

  it('that was refused says so until it is dismissed', async () => {
    const api = fakeApi({ [route]: () => problem('conflict', { tableau: { code: '409070', summary: 'Invalid request method', detail: 'It is file based.' } }) })
    await startExtract(workbook, {})
    expect(extractRunOf(workbook)).toMatchObject({ phase: 'refused', failure: { tableau: { code: '409070' } } })
    dismissExtractRun(workbook)
    expect(extractRunOf(workbook)).toBeUndefined()
    expect(api.of(route)).toHaveLength(1)
  })

  it('whose reply was lost is found out about, and could not be confirmed', async () => {
    const api = fakeApi({ [route]: (sent) => anOutcome(sent, 'checking') }, (sent) => anOutcome(sent, 'unconfirmed'))
    const sending = startExtract(workbook, {})
    await pass(100)
    expect(extractRunOf(workbook)).toEqual({ phase: 'checking' })
    await pass(2000)
    await sending
    await pass(1)
    expect(extractRunOf(workbook)).toMatchObject({ phase: 'unconfirmed', evidence: 'seen' })
    expect(api.of(route)).toHaveLength(1)
  })
})

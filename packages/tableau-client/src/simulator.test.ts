import { jobSchema, type Luid, luidSchema } from '@refreshboard/api-types'
import { operationNames } from '@refreshboard/tableau-sim'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as everything from './index.ts'
import {
  addDatasourceToSchedule,
  addWorkbookToSchedule,
  cancelJob,
  createWorkbookExtract,
  currentSession,
  deleteDatasourceExtract,
  deleteExtractRefreshTask,
  deleteServerSchedule,
  encryptExtracts,
  getExtractRefreshTask,
  getServerSchedule,
  type JobsFilterClause,
  listScheduleExtracts,
  queryDatasource,
  queryJob,
  queryJobs,
  queryProjectPermissions,
  querySite,
  querySites,
  queryUserOnSite,
  queryWorkbook,
  queryWorkbookConnections,
  runExtractRefreshTask,
  signIn,
  signOut,
  sweepPages,
  switchSite,
  type TableauAuth,
  updateServerSchedule,
} from './index.ts'
import { rejectionOf } from './testing/answer.ts'
import { fuzzedId, smuggledId } from './testing/fuzzed-ids.ts'
import { datasourceId, workbookId } from './testing/ids.ts'
import { authOf, type Stage, stage } from './testing/stage.ts'

const page = { pageNumber: 1, pageSize: 100 }
const pat = { method: 'pat', personalAccessTokenName: 'demo-pat', personalAccessTokenSecret: 'demo-pat-secret' } as const

const isEndpoint = (value: unknown): value is { name: string } => typeof value === 'object' && value !== null && 'encode' in value && 'name' in value

describe('the simulator', () => {
  it('answers every endpoint of the client', () => {
    const exported: unknown[] = Object.values(everything)
    const names = exported.filter(isEndpoint).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => !operationNames.some((known) => known === name))).toStrictEqual([])
  })
})

describe('a session', () => {
  it('goes from sign-in to sign-out', async () => {
    await using on = await stage()
    const session = await on.signInAs('admin')
    const auth = authOf(session)
    expect(session.site.contentUrl).toBe('')
    expect((await on.client.call(currentSession, {}, { auth })).value).toMatchObject({ site: { id: session.site.id }, user: { id: session.userId, name: 'admin' } })
    expect((await on.client.call(queryUserOnSite, { userId: session.userId }, { auth })).value).toMatchObject({ name: 'admin', siteRole: 'ServerAdministrator' })
    const sites = (await on.client.call(querySites, page, { auth })).value.rows
    expect(sites.map(({ contentUrl }) => contentUrl).toSorted()).toStrictEqual(['', 'finance'])
    expect((await on.client.call(querySite, {}, { auth })).value).toMatchObject({ id: session.site.id, name: 'Default', contentUrl: '' })
    expect((await on.client.call(signOut, {}, { auth })).value).toBeUndefined()
    expect(await rejectionOf(on.client.call(queryJobs, page, { auth }))).toMatchObject({ code: '401002' })
    expect(await rejectionOf(on.client.call(signOut, {}, { auth }))).toMatchObject({ code: '401002' })
  })

  it('is refused for a wrong password, once', async () => {
    await using on = await stage()
    const credentials = { method: 'password', name: 'admin', password: 'wrong' } as const
    expect(await rejectionOf(on.client.call(signIn, { site: '', credentials }))).toMatchObject({ code: '401001', outcome: 'answered' })
    expect(on.sim.ledger.of('signIn')).toHaveLength(1)
  })

  it('of a personal access token ends with the next one', async () => {
    await using on = await stage()
    const first = (await on.client.call(signIn, { site: '', credentials: pat })).value
    const second = (await on.client.call(signIn, { site: '', credentials: pat })).value
    expect(await rejectionOf(on.client.call(currentSession, {}, { auth: authOf(first) }))).toMatchObject({ code: '401002' })
    expect((await on.client.call(currentSession, {}, { auth: authOf(second) })).value.user.id).toBe(second.userId)
  })

  it('moves to another site', async () => {
    await using on = await stage()
    const before = await on.signInAs('admin')
    const after = (await on.client.call(switchSite, { site: 'finance' }, { auth: authOf(before) })).value
    expect(after.site.contentUrl).toBe('finance')
    expect(await rejectionOf(on.client.call(querySite, {}, { auth: authOf(before) }))).toMatchObject({ code: '401002' })
    expect((await on.client.call(querySite, {}, { auth: authOf(after) })).value.contentUrl).toBe('finance')
    expect(await rejectionOf(on.client.call(switchSite, { site: 'finance' }, { auth: authOf(after) }))).toMatchObject({ code: '403070' })
  })

  it('carries any name and password through XML', async () => {
    await using on = await stage()
    for (const password of ['"<&>\'', 'ä\u2028\u0085🚀', ' \t\r\n ', ']]>&amp;']) {
      await rejectionOf(on.client.call(signIn, { site: '', credentials: { method: 'password', name: 'admin', password } }))
      expect(on.sim.ledger.of('signIn').at(-1)?.code).toBe('401001')
    }
  })
})

describe('jobs', () => {
  it('are all read by a sweep', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('site-admin'))
    const sweep = await sweepPages((request, signal) => on.client.call(queryJobs, request, { auth, signal }))
    expect(sweep.rows.length).toBeGreaterThanOrEqual(2000)
    expect(new Set(sweep.rows.map(({ id }) => id))).toStrictEqual(new Set(on.sim.world.site().jobs.map(({ id }) => id)))
    for (const row of sweep.rows) expect(jobSchema.parse(row)).toStrictEqual(row)
    expect(sweep.date).toBeDefined()
  })

  it('are none on an empty site', async () => {
    await using on = await stage({ scenario: 'empty' })
    const auth = authOf(await on.signInAs('admin'))
    expect(await sweepPages((request, signal) => on.client.call(queryJobs, request, { auth, signal }))).toMatchObject({ rows: [], calls: 1 })
  })

  it('can each be asked for, or are refused as not readable', async () => {
    await using on = await stage({ scenario: 'small' })
    const auth = authOf(await on.signInAs('admin'))
    const outcomes = new Map<string, number>()
    for (const job of on.sim.world.site().jobs) {
      const jobId = luidSchema.parse(job.id)
      const outcome = await on.client.call(queryJob, { jobId }, { auth }).then(
        ({ value }) => {
          expect(value.job).toMatchObject({ id: job.id, status: job.status })
          return 'read'
        },
        (error: unknown) => (error instanceof everything.TableauApiError ? error.code : String(error)),
      )
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect([...outcomes.keys()].toSorted()).toStrictEqual(['400031', 'read'])
  })

  it('are refused to a viewer', async () => {
    await using on = await stage()
    const auth = authOf(await on.signInAs('viewer'))
    expect(await rejectionOf(on.client.call(queryJobs, page, { auth }))).toMatchObject({ httpStatus: 403, outcome: 'answered' })
  })

  it('that nobody knows are 404018', async () => {
    await using on = await stage()
    const auth = authOf(await on.signInAs('admin'))
    const jobId = luidSchema.parse('00000000-0000-0000-0000-000000000000')
    expect(await rejectionOf(on.client.call(queryJob, { jobId }, { auth }))).toMatchObject({ code: '404018' })
  })

  it.each(['3.24', '3.6'])('take every documented filter and sort on %s', async (apiVersion) => {
    await using on = await stage({ scenario: 'small', apiVersion })
    const auth = authOf(await on.signInAs('admin'))
    const comparisons = ['eq', 'gt', 'gte', 'lt', 'lte'] as const
    const clauses: JobsFilterClause[] = [
      ...comparisons.flatMap((operator): JobsFilterClause[] => [
        ...(['createdAt', 'startedAt', 'completedAt'] as const).map((field) => ({ field, operator, value: '2020-01-01T00:00:00-0700' })),
        ...(['priority', 'progress'] as const).map((field) => ({ field, operator, value: 50 })),
      ]),
      { field: 'status', operator: 'eq', value: 'Failed' },
      { field: 'jobType', operator: 'eq', value: 'refresh_extracts' },
      { field: 'jobType', operator: 'in', value: ['refresh_extracts', 'run_flow'] },
      ...(['title', 'subtitle'] as const).flatMap((field): JobsFilterClause[] => [
        { field, operator: 'eq', value: 'a b' },
        { field, operator: 'has', value: 'a+b %&=' },
      ]),
      { field: 'notes', operator: 'has', value: 'nightly' },
      { field: 'args', operator: 'has', value: 'x' },
    ]
    for (const clause of clauses) await on.client.call(queryJobs, { ...page, filter: [clause] }, { auth })
    await on.client.call(queryJobs, { ...page, filter: clauses }, { auth })
    for (const field of everything.jobsSortFields) {
      for (const direction of ['asc', 'desc'] as const) await on.client.call(queryJobs, { ...page, sort: { field, direction } }, { auth })
    }
    expect(clauses.length).toBeGreaterThan(30)
    expect(on.sim.ledger.of('queryJobs').map(({ status }) => status)).toStrictEqual(Array.from({ length: clauses.length + 13 }, () => 200))
  })

  it('are filtered by Tableau as by the exact match', async () => {
    await using on = await stage({ scenario: 'small' })
    const auth = authOf(await on.signInAs('admin'))
    const all = (await on.client.call(queryJobs, { pageNumber: 1, pageSize: 1000 }, { auth })).value.rows
    const some = all[0]
    const clauses: JobsFilterClause[] = [
      { field: 'status', operator: 'eq', value: 'Failed' },
      { field: 'createdAt', operator: 'lte', value: some?.createdAt ?? '' },
      { field: 'priority', operator: 'gte', value: 50 },
      { field: 'jobType', operator: 'in', value: ['run_flow', 'refresh_extracts'] },
      { field: 'title', operator: 'has', value: 'e' },
    ]
    for (const clause of clauses) {
      const found = (await on.client.call(queryJobs, { pageNumber: 1, pageSize: 1000, filter: [clause] }, { auth })).value.rows
      expect(found).toStrictEqual(all.filter((job) => everything.matchesJob(job, clause) === true))
    }
  })
})

describe('a cancel', () => {
  const waiting = async (on: Stage): Promise<{ auth: TableauAuth; jobId: Luid }> => {
    const auth = authOf(await on.signInAs('admin'))
    return { auth, jobId: luidSchema.parse(on.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'To be cancelled', held: true }).id) }
  }

  it('of a waiting job is applied once', async () => {
    await using on = await stage()
    const { auth, jobId } = await waiting(on)
    await on.client.call(cancelJob, { jobId }, { auth })
    expect((await on.client.call(queryJob, { jobId }, { auth })).value.job.status).toBe('Cancelled')
    expect(await rejectionOf(on.client.call(cancelJob, { jobId }, { auth }))).toMatchObject({ code: '403091' })
    expect(on.sim.ledger.of('cancelJob').map(({ applied }) => applied)).toStrictEqual([true, false])
  })

  it.each([
    ['reset before', { when: 'before', action: { kind: 'reset' } }, 'unknown', 0],
    ['reset after', { when: 'after', action: { kind: 'reset' } }, 'unknown', 1],
    ['an HTML page after', { when: 'after', action: { kind: 'html', status: 502 } }, 'unknown', 1],
    ['a redirect', { when: 'before', action: { kind: 'redirect', status: 307, location: 'https://elsewhere.example/' } }, 'unknown', 0],
    ['a hang after', { when: 'after', action: { kind: 'hang' } }, 'unknown', 1],
    ['throttling', { when: 'before', action: { kind: 'throttle', seconds: 90, style: 'header' } }, 'answered', 0],
    ['a dead token', { when: 'before', action: { kind: 'killToken' } }, 'answered', 0],
  ] as const)('with %s is sent once', async (_what, fault, outcome, applied) => {
    await using on = await stage()
    const { auth, jobId } = await waiting(on)
    on.sim.faults.add({ operation: 'cancelJob', times: 5, ...fault })
    expect(await rejectionOf(on.client.call(cancelJob, { jobId }, { auth, deadlineMs: 300 }))).toMatchObject({ outcome, operation: 'cancelJob' })
    expect(on.sim.ledger.of('cancelJob')).toHaveLength(1)
    expect(on.sim.ledger.of('cancelJob').filter((entry) => entry.applied)).toHaveLength(applied)
  })
})

describe('throttling', () => {
  it.each(['header', 'text'] as const)('is told by its %s', async (style) => {
    await using on = await stage()
    const auth = authOf(await on.signInAs('admin'))
    on.sim.faults.add({ operation: 'queryJobs', action: { kind: 'throttle', seconds: 1740, style } })
    expect(await rejectionOf(on.client.call(queryJobs, page, { auth }))).toMatchObject({ name: 'TableauApiError', retryAfterMs: 29 * 60_000 })
    expect(on.sim.ledger.of('queryJobs')).toHaveLength(1)
  })
})

describe('ids', () => {
  const runs = Number(process.env['ID_RUNS'] ?? 5000)

  it(`that are fuzzed reach only the addresses of the templates (${runs} ids)`, { timeout: 600_000 }, async () => {
    await using on = await stage({ scenario: 'empty' })
    const session = await on.signInAs('admin')
    const auth = authOf(session)
    on.sim.ledger.clear()
    const calls = [
      (id: Luid) => on.client.call(queryJob, { jobId: id }, { auth }),
      (id: Luid) => on.client.call(cancelJob, { jobId: id }, { auth }),
      (id: Luid) => on.client.call(queryUserOnSite, { userId: id }, { auth }),
      (id: Luid) => on.client.call(queryWorkbook, { workbookId: id }, { auth }),
      (id: Luid) => on.client.call(queryDatasource, { datasourceId: id }, { auth }),
      (id: Luid) => on.client.call(getServerSchedule, { scheduleId: id }, { auth }),
      (id: Luid) => on.client.call(updateServerSchedule, { scheduleId: id, priority: 1 }, { auth }),
      (id: Luid) => on.client.call(deleteServerSchedule, { scheduleId: id }, { auth }),
      (id: Luid) => on.client.call(listScheduleExtracts, { scheduleId: id, ...page }, { auth }),
      (id: Luid) => on.client.call(addWorkbookToSchedule, { scheduleId: id, workbookId }, { auth }),
      (id: Luid) => on.client.call(addDatasourceToSchedule, { scheduleId: id, datasourceId }, { auth }),
      (id: Luid) => on.client.call(getExtractRefreshTask, { taskId: id }, { auth }),
      (id: Luid) => on.client.call(runExtractRefreshTask, { taskId: id }, { auth }),
      (id: Luid) => on.client.call(deleteExtractRefreshTask, { taskId: id }, { auth }),
      (id: Luid) => on.client.call(createWorkbookExtract, { workbookId: id }, { auth }),
      (id: Luid) => on.client.call(deleteDatasourceExtract, { datasourceId: id }, { auth }),
      (id: Luid) => on.client.call(queryWorkbookConnections, { workbookId: id }, { auth }),
      (id: Luid) => on.client.call(queryProjectPermissions, { projectId: id }, { auth }),
      (id: Luid) => on.client.call(encryptExtracts, {}, { auth: { ...auth, siteId: id } }),
      (id: Luid) => on.client.call(querySite, {}, { auth: { ...auth, siteId: id } }),
    ]
    let refused = 0
    const batch: Promise<unknown>[] = []
    for (const [index, id] of fc.sample(fuzzedId, { numRuns: runs, seed: Number(process.env['FC_SEED'] ?? 20) }).entries()) {
      const call = calls[index % calls.length]
      if (call === undefined) continue
      batch.push(rejectionOf(call(smuggledId(id))))
      if (batch.length < 200) continue
      for (const error of await Promise.all(batch.splice(0))) if (error instanceof everything.TableauInputError) refused += 1
    }
    for (const error of await Promise.all(batch)) if (error instanceof everything.TableauInputError) refused += 1
    const luid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    const below = [`/(jobs|users|workbooks|datasources)/${luid}`, `/(workbooks|datasources)/${luid}/(createExtract|deleteExtract|connections)`, `/projects/${luid}/permissions`, '/encrypt-extracts', `/schedules/${luid}/(extracts|workbooks|datasources)`, `/tasks/extractRefreshes/${luid}(/runNow)?`]
    const templates = new RegExp(`^(GET|PUT|POST|DELETE) /api/3\\.24/(schedules/${luid}|sites/${luid}(${below.join('|')})?)$`)
    const lines = on.sim.ledger.entries.map(({ method, path }) => `${method} ${path}`)
    expect(lines.filter((line) => !templates.test(line))).toStrictEqual([])
    expect(on.sim.ledger.entries.filter(({ operation }) => operation === null)).toStrictEqual([])
    expect(lines.length).toBeGreaterThan(runs / 50)
    expect(refused + lines.length).toBe(runs)
  })
})

import { describe, expect, it } from 'vitest'
import { errorCodes, errorStatus, problemSchema } from '@refreshboard/api-types'
import { TableauApiError, TableauInputError, TableauProtocolError, TableauUnreachableError, TableauUnsupportedError } from '@refreshboard/tableau-client'
import { StorageError } from '../storage/storage-error.ts'
import { toProblem, toProblemError } from './error-mapper.ts'
import { ProblemError } from './problem-error.ts'
import { titles } from './titles.ts'

const now = Date.parse('2026-03-04T10:35:00Z')

const api = (code: string, httpStatus: number, more: { operation?: string; retryAfterMs?: number; detail?: string } = {}): TableauApiError =>
  new TableauApiError(more.operation ?? 'queryJobs', {
    code,
    summary: 'Summary',
    detail: more.detail ?? 'The detail.',
    httpStatus,
    retryAfterMs: more.retryAfterMs,
  })

const http = (status: number): Error => Object.assign(new Error('from Express'), { status })

describe('every throwable becomes a problem', () => {
  it.each([
    ['401001 at sign-in', api('401001', 401, { operation: 'signIn' }), 'sign_in_refused'],
    ['401001 at a site switch', api('401001', 401, { operation: 'switchSite' }), 'sign_in_refused'],
    ['401001 elsewhere', api('401001', 401), 'upstream_refused'],
    ['401000', api('401000', 401), 'upstream_refused'],
    ['403004', api('403004', 403), 'forbidden'],
    ['403032', api('403032', 403), 'forbidden'],
    ['403069', api('403069', 403), 'unsupported_here'],
    ['403070', api('403070', 403), 'conflict'],
    ['403091', api('403091', 403), 'already_finished'],
    ['404000', api('404000', 404), 'not_found'],
    ['404003', api('404003', 404), 'unsupported_here'],
    ['404018', api('404018', 404), 'not_found'],
    ['405000 with a 404', api('405000', 404), 'unsupported_here'],
    ['40500 as some references print it', api('40500', 405), 'unsupported_here'],
    ['400008', api('400008', 400, { operation: 'updateServerSchedule' }), 'validation'],
    ['400047', api('400047', 400, { operation: 'listScheduleExtracts' }), 'upstream_refused'],
    ['400059', api('400059', 400, { operation: 'deleteServerSchedule' }), 'upstream_refused'],
    ['400064', api('400064', 400, { operation: 'createServerSchedule' }), 'upstream_refused'],
    ['400071', api('400071', 400, { operation: 'updateServerSchedule' }), 'upstream_refused'],
    ['403004 of a run', api('403004', 403, { operation: 'runExtractRefreshTask' }), 'forbidden'],
    ['403047', api('403047', 403, { operation: 'runExtractRefreshTask' }), 'unsupported_here'],
    ['404023', api('404023', 404, { operation: 'getServerSchedule' }), 'not_found'],
    ['404026', api('404026', 404, { operation: 'getExtractRefreshTask' }), 'not_found'],
    ['404027', api('404027', 404, { operation: 'getServerSchedule' }), 'not_found'],
    ['409004 with a 400', api('409004', 400), 'validation'],
    ['409004 with a 409', api('409004', 409), 'validation'],
    ['409021', api('409021', 409), 'conflict'],
    ['409087 with a 403', api('409087', 403), 'forbidden'],
    ['409093', api('409093', 409), 'already_queued'],
    ['429000', api('429000', 429), 'throttled'],
    ['503 with a wait', api('503000', 503, { retryAfterMs: 1000 }), 'throttled'],
    ['503 without a wait', api('503000', 503), 'upstream_refused'],
    ['500000', api('500000', 500), 'upstream_refused'],
    ['500000 when a workbook is added to a schedule', api('500000', 500, { operation: 'addWorkbookToSchedule' }), 'not_found'],
    ['500000 when a data source is added to a schedule', api('500000', 500, { operation: 'addDatasourceToSchedule' }), 'not_found'],
    ['400031', api('400031', 400), 'upstream_refused'],
    ['a code of no family', api('404', 404), 'not_found'],
    ['no code at all', api('', 500), 'upstream_refused'],
    ['a reply that is none', new TableauProtocolError('queryJobs', 'this is HTML'), 'upstream_unreadable'],
    ['a page of a proxy that asks to wait', new TableauProtocolError('queryJobs', 'HTML', { httpStatus: 503, retryAfterMs: 1000 }), 'throttled'],
    ['a refused connection', new TableauUnreachableError('queryJobs', { kind: 'refused', sent: false, reason: 'ECONNREFUSED' }), 'upstream_unreachable'],
    ['an unknown name', new TableauUnreachableError('queryJobs', { kind: 'dns', sent: false, reason: 'ENOTFOUND' }), 'upstream_unreachable'],
    ['a bad certificate', new TableauUnreachableError('queryJobs', { kind: 'tls', sent: false, reason: 'CERT_HAS_EXPIRED' }), 'upstream_unreachable'],
    ['a reset', new TableauUnreachableError('queryJobs', { kind: 'reset', sent: true, reason: 'ECONNRESET' }), 'upstream_unreachable'],
    ['a redirect', new TableauUnreachableError('queryJobs', { kind: 'redirect', sent: true, reason: 'evil.example' }), 'upstream_unreachable'],
    ['a timeout', new TableauUnreachableError('queryJobs', { kind: 'timeout', sent: true, reason: 'deadline' }), 'upstream_timeout'],
    ['a server that is too old', new TableauUnsupportedError('queryJobs', { apiVersion: '3.0', since: '3.1' }), 'unsupported_here'],
    ['an input that cannot be sent', new TableauInputError('signIn', 'credentials@password', 'holds a character that XML cannot hold'), 'validation'],
    ['a store that fails', new StorageError('SQLITE_FULL'), 'storage_unavailable'],
    ['a path that cannot be decoded', new URIError('malformed'), 'bad_request'],
    ['Express: 400', http(400), 'bad_request'],
    ['Express: 413', http(413), 'too_large'],
    ['Express: 415', http(415), 'validation'],
    ['Express: 404', http(404), 'not_found'],
    ['Express: 500', http(500), 'internal'],
    ['a bug', new TypeError('secret canary'), 'internal'],
    ['a text', 'secret canary', 'internal'],
    ['nothing', undefined, 'internal'],
  ])('%s', (_name, error, code) => {
    const problemError = toProblemError(error, now)
    const problem = problemSchema.parse(toProblem(problemError, 'id'))
    expect([problem.code, problem.status, problem.title]).toEqual([code, errorStatus[problem.code], titles[problem.code]])
    expect(problem.detail).toMatch(/^[A-Z“].*[.]$/)
    expect(JSON.stringify(problem)).not.toContain('canary')
    expect(problem.tableau).toEqual(error instanceof TableauApiError ? { code: error.code, summary: 'Summary', detail: 'The detail.' } : undefined)
  })

  it('says until when to wait', () => {
    const wait = (error: unknown) => toProblem(toProblemError(error, now), 'id').retryAt
    expect(wait(api('429000', 429, { retryAfterMs: 29 * 60_000 }))).toBe('2026-03-04T11:04:00.000Z')
    expect(wait(api('429000', 429))).toBe('2026-03-04T10:36:00.000Z')
    expect(toProblemError(api('429000', 429, { retryAfterMs: 29 * 60_000 }), now).detail).toContain('until 11:04 UTC')
  })

  it('says what to do about a schedule or a task', () => {
    const detail = (code: string, httpStatus: number, operation: string) => toProblemError(api(code, httpStatus, { operation }), now).detail
    expect(detail('409021', 409, 'createServerSchedule')).toBe('Tableau says: The detail. All sites of the server share its schedules, and each has a name of its own: choose another name.')
    expect(detail('500000', 500, 'addWorkbookToSchedule')).toContain('the schedule may have been deleted')
    expect(detail('404026', 404, 'runExtractRefreshTask')).toContain('virtual connection')
    expect(detail('403004', 403, 'runExtractRefreshTask')).toContain('“Run now” is switched off')
    expect(detail('403004', 403, 'deleteServerSchedule')).not.toContain('Run now')
    expect(detail('400064', 400, 'createServerSchedule')).toContain('was not made')
  })

  it('puts Tableau’s own words about times and name where the form has them', () => {
    const fields = (code: string, operation: string) => toProblemError(api(code, 400, { operation, detail: 'Valid intervals are 1, 2, 4.' }), now).facts.fields
    expect(fields('409004', 'createServerSchedule')).toEqual({ recurrence: 'Valid intervals are 1, 2, 4.' })
    expect(fields('409004', 'updateServerSchedule')).toEqual({ 'changes.recurrence': 'Valid intervals are 1, 2, 4.' })
    expect([fields('409021', 'createServerSchedule'), fields('409021', 'updateServerSchedule')]).toEqual([{ name: 'Valid intervals are 1, 2, 4.' }, { 'changes.name': 'Valid intervals are 1, 2, 4.' }])
    expect([fields('409004', 'queryJobs'), fields('400008', 'updateServerSchedule')]).toEqual([undefined, undefined])
  })

  it('says whether anything was sent', () => {
    const detail = (sent: boolean) => toProblemError(new TableauUnreachableError('cancelJob', { kind: 'refused', sent, reason: 'x' }), now).detail
    expect(detail(false)).toContain('Nothing was sent.')
    expect(detail(true)).not.toContain('Nothing was sent.')
  })

  it('passes a problem through', () => {
    const problem = new ProblemError('conflict', 'Because.')
    expect(toProblemError(problem, now)).toBe(problem)
  })

  it('has a sentence for every code', () => {
    expect(Object.keys(titles)).toEqual([...errorCodes])
    expect(new Set(Object.values(titles)).size).toBe(errorCodes.length)
  })
})

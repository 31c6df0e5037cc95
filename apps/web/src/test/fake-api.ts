import { errorStatus, type ErrorCode, type Job, type Problem } from '@refreshboard/api-types'
import { vi } from 'vitest'

/** One request as it left the page. */
export interface Sent {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: unknown
}

type Answer = (sent: Sent) => Response | Promise<Response>

const parsed = (body: BodyInit | null | undefined): unknown => {
  if (typeof body !== 'string') return undefined
  const value: unknown = JSON.parse(body)
  return value
}

/** Answers `fetch` by `METHOD path`, else by `otherwise`, else fails the test loudly. Everything sent is kept. */
export const fakeApi = (answers: Record<string, Answer>, otherwise?: Answer): { sent: Sent[]; of: (route: string) => Sent[] } => {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const url = new URL(address, 'http://refreshboard.test')
    const request: Sent = { method: init.method ?? 'GET', path: url.pathname, query: url.searchParams, headers: new Headers(init.headers), body: parsed(init.body) }
    sent.push(request)
    const answer = answers[`${request.method} ${request.path}`] ?? otherwise
    if (answer === undefined) throw new Error(`nothing answers ${request.method} ${request.path}`)
    return await answer(request)
  })
  return { sent, of: (route) => sent.filter(({ method, path }) => `${method} ${path}` === route) }
}

export const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })

export const problem = (code: ErrorCode, more: Partial<Problem> = {}): Response => {
  const body: Problem = { code, title: code, detail: `what happened: ${code}`, status: errorStatus[code], requestId: 'request-1', ...more }
  return new Response(JSON.stringify(body), { status: body.status, headers: { 'content-type': 'application/problem+json; charset=utf-8', 'x-request-id': body.requestId } })
}

export const luid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const refused = (reason: string) => ({ allowed: false, reason })

const noSchedules = refused('Tableau Cloud has no server schedules: each of its tasks has times of its own.')

/** The session as the BFF tells it; parse it with the contract where ids matter. */
export const aSession = (more: { user?: string; site?: string; can?: boolean; timeZone?: { name: string; inferred: boolean }; cloud?: boolean; cans?: Record<string, { allowed: boolean; reason?: string }> } = {}): Record<string, unknown> => ({
  server: {
    id: 'main',
    host: 'tableau.example.com',
    flavor: more.cloud === true ? 'cloud' : 'server',
    productVersion: '2024.2.2',
    apiVersion: '3.24',
    ...(more.timeZone === undefined ? {} : { timeZone: more.timeZone }),
  },
  site: { id: luid(1), name: more.site ?? 'Default', contentUrl: more.site ?? '' },
  user: { id: more.user === undefined ? luid(2) : luid(more.user.length + 100), name: more.user ?? 'admin', siteRole: 'ServerAdministrator' },
  can: {
    ...(more.can === false
      ? {
          listJobs: refused('Only administrators may list jobs.'),
          cancelJobs: refused('Only administrators may cancel jobs.'),
          writeSchedules: refused('Only server administrators may change schedules.'),
          siteEncryption: refused('Only server administrators may change how a site encrypts its extracts.'),
          dataAcceleration: refused('Only administrators may see data acceleration tasks.'),
        }
      : { listJobs: { allowed: true }, cancelJobs: { allowed: true }, writeSchedules: { allowed: true }, siteEncryption: { allowed: true }, dataAcceleration: { allowed: true } }),
    listTasks: { allowed: true },
    deleteTasks: { allowed: true },
    manageExtracts: { allowed: true },
    ...(more.cloud === true
      ? {
          readSchedules: noSchedules,
          writeSchedules: noSchedules,
          addToSchedules: noSchedules,
          siteEncryption: refused('Tableau Cloud encrypts every extract by itself.'),
          dataAcceleration: refused('Tableau Cloud has no data acceleration tasks.'),
          createTasks: more.can === false ? refused('Only administrators and Creators make tasks.') : { allowed: true },
        }
      : { readSchedules: { allowed: true }, addToSchedules: { allowed: true }, createTasks: refused('On a Tableau Server content is added to a schedule.') }),
    ...more.cans,
  },
  idleExpiresAt: '2025-11-23T14:00:00Z',
  expiresAt: '2025-11-23T22:00:00Z',
  demo: false,
  principal: `${more.user ?? 'admin'} on ${more.site ?? 'Default'}`,
})

/** A job in the state asked for. */
export const aJob = {
  pending: (more: Partial<Job> = {}): Job => ({ id: luid(11), status: 'Pending', jobType: 'refresh_extracts', createdAt: '2025-11-23T10:00:00Z', title: 'Sales', ...more }),
  running: (more: Partial<Job> = {}): Job => aJob.pending({ status: 'InProgress', startedAt: '2025-11-23T10:00:12Z', ...more }),
  failed: (more: Partial<Job> = {}): Job => aJob.running({ status: 'Failed', endedAt: '2025-11-23T10:04:24Z', ...more }),
}

export const anEmptyWindow = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  rows: [],
  total: 0,
  counts: { Pending: 0, InProgress: 0, Success: 0, Failed: 0, Cancelled: 0, Other: 0 },
  types: [],
  all: 0,
  newer: 0,
  age: { ageMs: 100, readAt: '2025-11-23T10:05:00Z', tableauNow: '2025-11-23T10:05:00Z', everyMs: 30_000, complete: true, read: 0 },
  ...more,
})


import type { Job, JobContent, JobDetail, Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import {
  childrenOf,
  optionalInt,
  optionalInstant,
  optionalText,
  requiredChild,
  requiredInstant,
  requiredWord,
  type XmlElement,
} from '../xml/element.ts'
import { type JobsFilterClause, writeJobsFilter } from './jobs-filter.ts'

/**
 * The official table of sortable fields is not public; clients pass these. A server that refuses one answers a 400, and
 * the caller sorts by itself.
 */
export const jobsSortFields = ['createdAt', 'startedAt', 'completedAt', 'priority', 'status', 'jobType'] as const

export interface QueryJobsInput extends PageRequest {
  /** All of them must hold. Some values cannot be sent exactly: see `jobsFilterRedo`. */
  readonly filter?: readonly JobsFilterClause[]
  readonly sort?: { readonly field: (typeof jobsSortFields)[number]; readonly direction: 'asc' | 'desc' }
}

const decodeRow = (row: XmlElement): Job => {
  const job: Job = {
    id: requiredWord(row, 'id'),
    status: requiredWord(row, 'status'),
    jobType: requiredWord(row, 'jobType'),
    createdAt: requiredInstant(row, 'createdAt'),
  }
  const priority = optionalInt(row, 'priority')
  const startedAt = optionalInstant(row, 'startedAt')
  const endedAt = optionalInstant(row, 'endedAt')
  const { title, subtitle } = row.attributes
  if (priority !== undefined) job.priority = priority
  if (startedAt !== undefined) job.startedAt = startedAt
  if (endedAt !== undefined) job.endedAt = endedAt
  if (title !== undefined) job.title = title
  if (subtitle !== undefined) job.subtitle = subtitle
  return job
}

/** Query Jobs: all retained jobs of the site, a page at a time. Server and site administrators only. */
export const queryJobs = defineEndpoint({
  name: 'queryJobs',
  method: 'GET',
  path: '/sites/{siteId}/jobs',
  since: '3.1',
  scope: 'tableau:jobs:read',
  reference: 'jobs-tasks-schedules reference, § Query Jobs',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ filter = [], sort, ...page }: QueryJobsInput) => {
    const query = pageQuery(page)
    if (filter.length > 0) query.set('filter', writeJobsFilter(filter))
    if (sort !== undefined) query.set('sort', `${sort.field}:${sort.direction}`)
    return { query }
  },
  decode: (root): Page<Job> => decodePage(root, childrenOf(requiredChild(root, 'backgroundJobs'), 'backgroundJob').map(decodeRow)),
})

/**
 * What Query Job tells. `job` is made from it: `status` is derived, `jobType` holds `type` (`RefreshExtract`, where the
 * list says `refresh_extracts`), and priority, title and subtitle are only in the list.
 */
export type QueriedJob = Omit<JobDetail, 'source' | 'unavailable' | 'inFront'>

const isContentKind = (name: string): name is JobContent['kind'] =>
  ['workbook', 'datasource', 'view', 'flow', 'virtualConnection'].includes(name)

/** The element and everything below it, in document order: which wrapper holds what differs by kind and version. */
const all = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(all)]

/** finishCode of a job that is over. 3 is Bridge's (`tableau/server-client-python#1576`); another is counted as “other”. */
const finished: Readonly<Record<number, string>> = { 0: 'Success', 1: 'Failed', 2: 'Cancelled', 3: 'Success' }

/**
 * Query Job has no status. A job is over when it has `completedAt`, or a progress of 100 with a finishCode other than 1:
 * the reference says that finishCode is 1 while a publish is still running, so 1 alone is not a failure.
 */
const statusOf = (job: Pick<QueriedJob, 'completedAt' | 'progress' | 'finishCode'>, started: boolean): string => {
  const { completedAt, progress = 0, finishCode } = job
  const over = completedAt !== undefined || (progress >= 100 && finishCode !== 1)
  if (over) return finishCode === undefined ? 'Completed' : (finished[finishCode] ?? `finishCode ${finishCode}`)
  return started ? 'InProgress' : 'Pending'
}

const decodeDetail = (job: XmlElement): QueriedJob => {
  const below = all(job).slice(1)
  const progress = optionalInt(job, 'progress')
  const finishCode = optionalInt(job, 'finishCode')
  const startedAt = optionalInstant(job, 'startedAt')
  const updatedAt = optionalInstant(job, 'updatedAt')
  const completedAt = optionalInstant(job, 'completedAt')
  const type = requiredWord(job, 'type')
  const content = below.flatMap((item): JobContent[] => {
    const { id } = item.attributes
    return isContentKind(item.name) && id !== undefined ? [{ kind: item.name, id, ...optionalText(item, 'name') }] : []
  })[0]
  const notes = below
    .filter((item) => item.name === 'notes' && item.text.trim() !== '')
    .map((item) => item.text.trim())
    .join('\n\n')
  const state = {
    ...(progress === undefined ? {} : { progress }),
    ...(finishCode === undefined ? {} : { finishCode }),
    ...(completedAt === undefined ? {} : { completedAt }),
  }
  return {
    job: {
      id: requiredWord(job, 'id'),
      status: statusOf(state, startedAt !== undefined),
      jobType: type,
      createdAt: requiredInstant(job, 'createdAt'),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(completedAt === undefined ? {} : { endedAt: completedAt }),
    },
    type,
    ...optionalText(job, 'mode'),
    ...state,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(content === undefined ? {} : { content }),
    ...(notes === '' ? {} : { notes }),
    statusNotes: below
      .filter((item) => item.name === 'statusNote')
      .map((item) => ({ type: item.attributes['type'] ?? '', ...optionalText(item, 'value'), ...optionalText(item, 'text') })),
  }
}

/**
 * Query Job. Administrators only. 404018 for a job that is gone; 400031 for one that is listed but cannot be queried
 * (made by Create Extract, `tableau/server-client-python#1093`): the list's row is then all there is.
 */
export const queryJob = defineEndpoint({
  name: 'queryJob',
  method: 'GET',
  path: '/sites/{siteId}/jobs/{jobId}',
  since: '2.0',
  scope: 'tableau:jobs:read',
  reference: 'jobs-tasks-schedules reference, § Query Job',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ jobId }: { readonly jobId: Luid }) => ({ params: { jobId } }),
  decode: (root): QueriedJob => decodeDetail(requiredChild(root, 'job')),
})

/**
 * Cancel Job. Administrators only (403032). 403091 when it has ended. A waiting job is cancelled at once, a running one
 * shortly after. The reference says 200, Tableau's Python client is tested with 204: any 2xx is a success.
 */
export const cancelJob = defineEndpoint({
  name: 'cancelJob',
  method: 'PUT',
  path: '/sites/{siteId}/jobs/{jobId}',
  since: '3.1',
  reference: 'jobs-tasks-schedules reference, § Cancel Job',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: ({ jobId }: { readonly jobId: Luid }) => ({ params: { jobId } }),
  decode: () => undefined,
})

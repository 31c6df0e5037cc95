import type { AddToSchedule, Content } from '@refreshboard/api-types'
import type { AuditSearch } from '../features/audit/audit.search.ts'
import { usualAudit } from '../features/audit/audit.usual.ts'
import type { ExtractsSearch } from '../features/extracts/extracts.search.ts'
import { usualExtracts } from '../features/extracts/extracts.usual.ts'
import { formatJobsSearch, type JobsSearch } from '../features/jobs/jobs.search.ts'
import type { SchedulesSearch } from '../features/schedules/schedules.search.ts'
import { usualSchedules } from '../features/schedules/schedules.usual.ts'
import type { TasksSearch } from '../features/tasks/tasks.search.ts'
import { usualTasks } from '../features/tasks/tasks.usual.ts'
import { formatSearch } from '../lib/search-params.ts'

const withSearch = (path: string, search: string): string => (search === '' ? path : `${path}?${search}`)

/** The address of every page, built, never written by hand. */
export const paths = {
  root: () => '/',
  jobs: (search: Partial<JobsSearch> = {}) => withSearch('/jobs', formatJobsSearch(search)),
  tasks: (search: Partial<TasksSearch> = {}) => withSearch('/tasks', formatSearch(search, usualTasks, 'parts')),
  /** Adds content to a schedule, to refresh it or to accelerate it; whatever is known already is chosen. */
  addTask: ({ scheduleId, content, kind }: { scheduleId?: string; content?: Pick<Content, 'kind' | 'id'>; kind?: AddToSchedule['kind'] } = {}) => {
    const params = new URLSearchParams()
    if (kind === 'dataAcceleration') params.set('kind', kind)
    if (scheduleId !== undefined) params.set('schedule', scheduleId)
    if (content !== undefined) params.set(content.kind, content.id)
    return withSearch('/tasks/add', params.toString())
  },
  /** Makes a task of Tableau Cloud; what it refreshes may be chosen already. */
  newTask: ({ content }: { content?: Pick<Content, 'kind' | 'id'> } = {}) => withSearch('/tasks/new', content === undefined ? '' : `${content.kind}=${content.id}`),
  editTask: ({ id }: { id: string }) => `/tasks/${encodeURIComponent(id)}/edit`,
  dataAcceleration: () => '/tasks/data-acceleration',
  extracts: (search: Partial<ExtractsSearch> = {}) => withSearch('/extracts', formatSearch(search, usualExtracts)),
  schedules: (search: Partial<SchedulesSearch> = {}) => withSearch('/schedules', formatSearch(search, usualSchedules)),
  newSchedule: () => '/schedules/new',
  schedule: ({ id }: { id: string }) => `/schedules/${encodeURIComponent(id)}`,
  editSchedule: ({ id }: { id: string }) => `/schedules/${encodeURIComponent(id)}/edit`,
  /** Runs of what is done to many, and one of them. */
  runs: () => '/bulk',
  run: ({ id, state }: { id: string; state?: string }) => withSearch(`/bulk/${encodeURIComponent(id)}`, state === undefined ? '' : `state=${state}`),
  schedulesAsCode: () => '/schedules/code',
  audit: (search: Partial<AuditSearch> = {}) => withSearch('/audit', formatSearch(search, usualAudit)),
  signIn: ({ returnTo, another }: { returnTo?: string; another?: boolean } = {}) => {
    const params = new URLSearchParams()
    if (returnTo !== undefined && returnTo !== '/jobs' && returnTo !== '/') params.set('returnTo', returnTo)
    if (another === true) params.set('another', '1')
    return withSearch('/sign-in', params.toString())
  },
} as const

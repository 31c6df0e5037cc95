import type { Content } from '@refreshboard/api-types'
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
  /** Adds content to a schedule; whatever is known already is chosen. */
  addTask: ({ scheduleId, content }: { scheduleId?: string; content?: Pick<Content, 'kind' | 'id'> } = {}) => {
    const params = new URLSearchParams()
    if (scheduleId !== undefined) params.set('schedule', scheduleId)
    if (content !== undefined) params.set(content.kind, content.id)
    return withSearch('/tasks/add', params.toString())
  },
  /** Makes a task of Tableau Cloud; what it refreshes may be chosen already. */
  newTask: ({ content }: { content?: Pick<Content, 'kind' | 'id'> } = {}) => withSearch('/tasks/new', content === undefined ? '' : `${content.kind}=${content.id}`),
  editTask: ({ id }: { id: string }) => `/tasks/${encodeURIComponent(id)}/edit`,
  schedules: (search: Partial<SchedulesSearch> = {}) => withSearch('/schedules', formatSearch(search, usualSchedules)),
  newSchedule: () => '/schedules/new',
  schedule: ({ id }: { id: string }) => `/schedules/${encodeURIComponent(id)}`,
  editSchedule: ({ id }: { id: string }) => `/schedules/${encodeURIComponent(id)}/edit`,
  signIn: ({ returnTo, another }: { returnTo?: string; another?: boolean } = {}) => {
    const params = new URLSearchParams()
    if (returnTo !== undefined && returnTo !== '/jobs' && returnTo !== '/') params.set('returnTo', returnTo)
    if (another === true) params.set('another', '1')
    return withSearch('/sign-in', params.toString())
  },
} as const

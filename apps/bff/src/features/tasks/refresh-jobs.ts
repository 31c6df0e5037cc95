import type { Content, Job } from '@refreshboard/api-types'
import type { JobKind } from '../../live/jobs-made.ts'

/** The names that the list of jobs has for a refresh. */
const refreshTypes = new Set(['refresh_extracts', 'increment_extracts', 'refresh_extracts_via_bridge', 'increment_extracts_via_bridge'])

const isRefresh = ({ jobType }: Job): boolean => refreshTypes.has(jobType)

/** What running a task makes. */
export const refreshJobs: JobKind = { fits: isRefresh, queryable: true }

/** Whether a job can be of this content. Its subtitle is the kind on some servers, the project on others. */
const canBeOf = (job: Job, { kind, name }: Pick<Content, 'kind' | 'name'>): boolean => {
  const subtitle = (job.subtitle ?? '').toLowerCase().replaceAll(' ', '')
  const otherKind = kind === 'workbook' ? 'datasource' : 'workbook'
  return isRefresh(job) && job.title === name && subtitle !== otherKind
}

/** Whether a job waits or runs. */
export const isActive = ({ status }: Job): boolean => status === 'Pending' || status === 'InProgress'

/** The latest refresh of a content among the jobs, one that waits or runs before others. */
export const latestRefreshOf = (jobs: readonly Job[], content: Pick<Content, 'kind'> & { name: string }): Job | undefined =>
  jobs.filter((job) => canBeOf(job, content)).toSorted((a, b) => Number(isActive(b)) - Number(isActive(a)) || Date.parse(b.createdAt) - Date.parse(a.createdAt))[0]

import type { FilterTable } from './filter.ts'
import { choice, oneOf, textual, time, whole, wholeSeconds } from './filter-fields.ts'
import { jobStatuses, notesOf, progressOf } from './jobs.ts'
import type { Job } from './jobs.ts'
import type { Order, SortKeys } from './sort.ts'

/**
 * The filter table of Query Jobs. The field for the end is `completedAt` although the attribute is `endedAt`; `progress`,
 * `notes` and `args` can be filtered but are not in the rows.
 */
export const jobFilters: FilterTable<Job> = {
  createdAt: time('createdAt', (job) => job.createdAt),
  startedAt: time('startedAt', (job) => job.startedAt),
  completedAt: time('completedAt', (job) => job.endedAt),
  priority: whole('priority', (job) => job.priority),
  progress: whole('progress', progressOf),
  status: choice('status', jobStatuses, (job) => job.status),
  jobType: oneOf('jobType', (job) => [job.jobType]),
  title: textual(['eq', 'has'], (job) => job.title ?? ''),
  subtitle: textual(['eq', 'has'], (job) => job.subtitle ?? ''),
  notes: textual(['has'], notesOf),
  args: textual(['has'], (job) => job.args),
}

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : wholeSeconds(ms))

/** What Query Jobs can be sorted by. */
export const jobSortKeys: SortKeys<Job> = {
  createdAt: (job) => seconds(job.createdAt),
  startedAt: (job) => seconds(job.startedAt),
  completedAt: (job) => seconds(job.endedAt),
  priority: (job) => job.priority,
  status: (job) => job.status,
  jobType: (job) => job.jobType,
}

/** The order without a sort, and between equals: newest first. */
export const newestJobFirst: Order<Job> = (a, b) => b.createdAt - a.createdAt || b.order - a.order

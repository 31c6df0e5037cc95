import { refusals } from './errors.ts'
import type { Job } from './jobs.ts'
import type { QueryParameter } from './query-string.ts'
import { wholeSeconds } from './filter.ts'

export type JobOrder = (a: Job, b: Job) => number

type SortKey = string | number | undefined

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : wholeSeconds(ms))

const keys: Readonly<Record<string, (job: Job) => SortKey>> = {
  createdAt: (job) => seconds(job.createdAt),
  startedAt: (job) => seconds(job.startedAt),
  completedAt: (job) => seconds(job.endedAt),
  priority: (job) => job.priority,
  status: (job) => job.status,
  jobType: (job) => job.jobType,
}

/** As PostgreSQL orders, on which Tableau Server keeps its jobs: what is absent counts as the greatest. */
const compareKeys = (a: SortKey, b: SortKey): number => {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -1 : 1
}

/** The order without a sort, and between equals: newest first. */
const newestFirst: JobOrder = (a, b) => b.createdAt - a.createdAt || b.order - a.order

/** `sort=field:asc|desc[,…]`; undefined without one. A field that cannot be sorted by is refused with 400. */
export const parseSort = (parameter: QueryParameter | undefined): JobOrder | undefined => {
  if (parameter === undefined) return undefined
  const orders = parameter.value.split(',').map((part): JobOrder => {
    const [, name, direction] = /^([^:]+):(asc|desc)$/.exec(part) ?? []
    const read = name !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined
    if (read === undefined) throw refusals.filter(`The sort query contains '${part}', which is not recognized for this api version.`)
    const sign = direction === 'desc' ? -1 : 1
    return (a, b) => sign * compareKeys(read(a), read(b))
  })
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b)
      if (result !== 0) return result
    }
    return newestFirst(a, b)
  }
}

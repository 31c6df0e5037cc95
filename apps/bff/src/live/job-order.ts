import { jobSortFields, jobStatusGroup, type Job, type JobSortField, type JobsQuery } from '@refreshboard/api-types'

/** What a sort compares: `NaN` for a missing value. */
type Keys = Float64Array

/**
 * Texts as numbers in the order of their code units: what people read as alphabetical for Tableau's own words, and the
 * same on every machine. There are few different ones, so that sorting them is cheap, and comparing numbers is.
 */
const ranksOf = (texts: readonly (string | undefined)[]): Keys => {
  const different = [...new Set(texts)].filter((text) => text !== undefined).toSorted((a, b) => (a < b ? -1 : 1))
  const rankOf = new Map(different.map((text, rank) => [text, rank]))
  return Float64Array.from(texts, (text) => (text === undefined ? Number.NaN : (rankOf.get(text) ?? Number.NaN)))
}

/** `NaN` for a missing time. */
const ms = (text: string | undefined): number => (text === undefined ? Number.NaN : Date.parse(text))

/** From creation to the start; to the end of one that never started; to `readAt` while it waits. */
const waited = (job: Job, readAt: number): number => {
  const until = job.startedAt ?? job.endedAt
  if (until !== undefined) return Date.parse(until) - Date.parse(job.createdAt)
  return jobStatusGroup(job.status) === 'Pending' ? readAt - Date.parse(job.createdAt) : Number.NaN
}

/** From the start to the end, or to `readAt` while it runs. */
const ran = (job: Job, readAt: number): number => {
  if (job.endedAt !== undefined) return Date.parse(job.endedAt) - ms(job.startedAt)
  return jobStatusGroup(job.status) === 'InProgress' ? readAt - ms(job.startedAt) : Number.NaN
}

const keysOf = (jobs: readonly Job[], field: JobSortField, readAt: number): Keys => {
  const numbers = (of: (job: Job) => number): Keys => Float64Array.from(jobs, of)
  const texts = (of: (job: Job) => string | undefined): Keys => ranksOf(jobs.map(of))
  switch (field) {
    case 'createdAt':
      return numbers((job) => ms(job.createdAt))
    case 'startedAt':
      return numbers((job) => ms(job.startedAt))
    case 'endedAt':
      return numbers((job) => ms(job.endedAt))
    case 'waited':
      return numbers((job) => waited(job, readAt))
    case 'ran':
      return numbers((job) => ran(job, readAt))
    case 'priority':
      return numbers((job) => job.priority ?? Number.NaN)
    case 'status':
      return texts((job) => job.status)
    case 'jobType':
      return texts((job) => job.jobType)
    case 'title':
    default:
      return texts((job) => job.title?.toLowerCase())
  }
}

const fieldOf = (sort: JobsQuery['sort']): JobSortField => jobSortFields.find((field) => sort.startsWith(`${field}:`)) ?? 'createdAt'

type Compare = (a: number, b: number) => number

/** Fields in which thousands of jobs are equal. */
const manyEquals: ReadonlySet<JobSortField> = new Set(['priority', 'status', 'jobType', 'title'])

const positionsOf = (jobs: readonly Job[]): Int32Array => Int32Array.from(jobs, (_job, at) => at)

/** The orders of one list of jobs, each worked out once. */
export class JobOrders {
  readonly #jobs: readonly Job[]
  readonly #readAt: number
  readonly #orders = new Map<string, Int32Array>()
  #idRanks: Int32Array | undefined

  constructor(jobs: readonly Job[], readAt: number) {
    this.#jobs = jobs
    this.#readAt = readAt
  }

  /** Positions in the order of `sort`: what lacks the value comes last either way, equals follow by id. */
  by(sort: JobsQuery['sort']): Int32Array {
    const known = this.#orders.get(sort)
    if (known) return known
    const field = fieldOf(sort)
    const sign = sort.endsWith(':desc') ? -1 : 1
    const keys = keysOf(this.#jobs, field, this.#readAt).map((key) => (Number.isNaN(key) ? Number.POSITIVE_INFINITY : key * sign))
    const byId = this.#byId(manyEquals.has(field))
    // Equal keys differ by 0 and two missing ones by NaN: both go by id.
    const order = positionsOf(this.#jobs).toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || byId(a, b))
    this.#orders.set(sort, order)
    return order
  }

  /** Comparing ids is slow when it is done often: then they are ranked first, once for all sorts. */
  #byId(often: boolean): Compare {
    const ids = this.#jobs.map(({ id }) => id)
    const compare: Compare = (a, b) => ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1)
    if (!often) return compare
    if (this.#idRanks === undefined) {
      const ranks = new Int32Array(ids.length)
      for (const [rank, at] of positionsOf(this.#jobs).toSorted(compare).entries()) ranks[at] = rank
      this.#idRanks = ranks
    }
    const ranks = this.#idRanks
    return (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0)
  }
}

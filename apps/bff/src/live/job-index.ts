import { jobSortFields, jobStatusGroup, type Job, type JobSortField, type JobsQuery, type JobStatusGroup } from '@refreshboard/api-types'

/** Which jobs a window or a histogram is about. Instants in milliseconds; `q` in lower case. */
export interface JobFilter {
  status: ReadonlySet<JobStatusGroup> | undefined
  type: ReadonlySet<string> | undefined
  q: string
  from: number
  to: number
  upTo: number
}

/** An empty list asks for nothing in particular, as an absent one does. */
const setOf = <T>(items: readonly T[] | undefined): ReadonlySet<T> | undefined =>
  items === undefined || items.length === 0 ? undefined : new Set(items)

const msOr = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Date.parse(text))

export const jobFilterOf = (query: Partial<Pick<JobsQuery, 'status' | 'type' | 'q' | 'from' | 'to' | 'upTo'>>): JobFilter => ({
  status: setOf(query.status),
  type: setOf(query.type),
  q: (query.q ?? '').toLowerCase(),
  from: msOr(query.from, Number.NEGATIVE_INFINITY),
  to: msOr(query.to, Number.POSITIVE_INFINITY),
  upTo: msOr(query.upTo, Number.POSITIVE_INFINITY),
})

export interface IndexWindow {
  rows: Job[]
  total: number
  counts: Record<JobStatusGroup, number>
  types: { jobType: string; count: number }[]
  newer: number
}

const zeroCounts = (): Record<JobStatusGroup, number> => ({ Pending: 0, InProgress: 0, Success: 0, Failed: 0, Cancelled: 0, Other: 0 })

/** `NaN` for a missing time. */
const ms = (text: string | undefined): number => (text === undefined ? Number.NaN : Date.parse(text))

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Keys = { kind: 'number'; of: Float64Array } | { kind: 'text'; of: (string | undefined)[] }

/** Jobs of one principal at one moment, with what windows need worked out once. Immutable: a change makes a new index. */
export class JobIndex {
  readonly jobs: readonly Job[]
  /** Tableau's clock when these were read: what is still waiting or running is measured up to it. */
  readonly readAt: number
  /** Whether any job waits or runs, so that something is about to change. */
  readonly busy: boolean
  readonly #createdAt: Float64Array
  readonly #groups: JobStatusGroup[]
  readonly #orders = new Map<string, Int32Array>()
  #texts: string[] | undefined
  #byId: Map<string, Job> | undefined

  constructor(jobs: readonly Job[], readAt: number) {
    this.jobs = jobs
    this.readAt = readAt
    this.#createdAt = Float64Array.from(jobs, (job) => Date.parse(job.createdAt))
    this.#groups = jobs.map((job) => jobStatusGroup(job.status))
    this.busy = this.#groups.some((group) => group === 'Pending' || group === 'InProgress')
  }

  find(id: string): Job | undefined {
    this.#byId ??= new Map(this.jobs.map((job) => [job.id, job]))
    return this.#byId.get(id)
  }

  /** The latest `createdAt`, as Tableau wrote it. */
  newest(): string | undefined {
    let latest = -1
    for (let at = 0; at < this.jobs.length; at += 1) {
      if (latest < 0 || (this.#createdAt[at] ?? 0) > (this.#createdAt[latest] ?? 0)) latest = at
    }
    return this.jobs[latest]?.createdAt
  }

  /** How many waiting jobs the backgrounder takes before this one: by priority, then by age. */
  inFront(job: Job): number {
    const created = Date.parse(job.createdAt)
    const priority = job.priority ?? defaultPriority
    let count = 0
    for (const other of this.jobs) {
      if (other.status !== 'Pending' || other.id === job.id) continue
      const otherPriority = other.priority ?? defaultPriority
      const otherCreated = Date.parse(other.createdAt)
      if (otherPriority < priority || (otherPriority === priority && otherCreated < created)) count += 1
    }
    return count
  }

  /** A window of what matches, with its counts: each leaves its own filter out. */
  window(filter: JobFilter, sort: JobsQuery['sort'], offset: number, limit: number): IndexWindow {
    const counts = zeroCounts()
    const types = new Map<string, number>()
    const rows: Job[] = []
    let total = 0
    let newer = 0
    for (const at of this.#order(sort)) {
      const job = this.jobs[at]
      const group = this.#groups[at]
      if (!job || !group || !this.#matchesBase(at, filter)) continue
      const ofStatus = filter.status === undefined || filter.status.has(group)
      const ofType = filter.type === undefined || filter.type.has(job.jobType)
      if ((this.#createdAt[at] ?? 0) > filter.upTo) {
        if (ofStatus && ofType) newer += 1
        continue
      }
      if (ofType) counts[group] += 1
      if (ofStatus) types.set(job.jobType, (types.get(job.jobType) ?? 0) + 1)
      if (!ofStatus || !ofType) continue
      if (total >= offset && rows.length < limit) rows.push(job)
      total += 1
    }
    const byCount = [...types].map(([jobType, count]) => ({ jobType, count }))
    byCount.sort((a, b) => b.count - a.count || compareText(a.jobType, b.jobType))
    return { rows, total, counts, types: byCount, newer }
  }

  /** Calls `each` with every match, in no particular order. */
  forEachMatch(filter: JobFilter, each: (createdAt: number, group: JobStatusGroup) => void): void {
    for (let at = 0; at < this.jobs.length; at += 1) {
      const job = this.jobs[at]
      const group = this.#groups[at]
      if (!job || !group || !this.#matchesBase(at, filter)) continue
      if (filter.status !== undefined && !filter.status.has(group)) continue
      if (filter.type !== undefined && !filter.type.has(job.jobType)) continue
      each(this.#createdAt[at] ?? 0, group)
    }
  }

  /** The filters that all counts share. */
  #matchesBase(at: number, filter: JobFilter): boolean {
    const created = this.#createdAt[at] ?? 0
    if (created < filter.from || created >= filter.to) return false
    return filter.q === '' || (this.#searched()[at] ?? '').includes(filter.q)
  }

  /** What `q` is looked for in, one text a job; NUL keeps a match from reaching over two fields. */
  #searched(): string[] {
    this.#texts ??= this.jobs.map((job) => `${job.title ?? ''}\0${job.subtitle ?? ''}\0${job.jobType}\0${job.id}`.toLowerCase())
    return this.#texts
  }

  /** Positions in the order of `sort`: what lacks the value comes last either way, equals follow by id. */
  #order(sort: JobsQuery['sort']): Int32Array {
    const known = this.#orders.get(sort)
    if (known) return known
    const order = Int32Array.from(this.jobs, (_job, at) => at)
    order.sort(this.#comparator(sort))
    this.#orders.set(sort, order)
    return order
  }

  #comparator(sort: JobsQuery['sort']): (a: number, b: number) => number {
    const sign = sort.endsWith(':desc') ? -1 : 1
    const keys = this.#keys(sort)
    const byId = (a: number, b: number): number => compareText(this.jobs[a]?.id ?? '', this.jobs[b]?.id ?? '')
    if (keys.kind === 'number') {
      return (a, b) => {
        const x = keys.of[a] ?? Number.NaN
        const y = keys.of[b] ?? Number.NaN
        if (x === y) return byId(a, b)
        if (Number.isNaN(x)) return Number.isNaN(y) ? byId(a, b) : 1
        return Number.isNaN(y) ? -1 : (x - y) * sign
      }
    }
    return (a, b) => {
      const x = keys.of[a]
      const y = keys.of[b]
      if (x === y) return byId(a, b)
      if (x === undefined) return 1
      return y === undefined ? -1 : compareText(x, y) * sign
    }
  }

  #keys(sort: JobsQuery['sort']): Keys {
    const number = (of: (job: Job) => number): Keys => ({ kind: 'number', of: Float64Array.from(this.jobs, of) })
    const text = (of: (job: Job) => string | undefined): Keys => ({ kind: 'text', of: this.jobs.map(of) })
    switch (sortFieldOf(sort)) {
      case 'createdAt':
        return { kind: 'number', of: this.#createdAt }
      case 'startedAt':
        return number((job) => ms(job.startedAt))
      case 'endedAt':
        return number((job) => ms(job.endedAt))
      case 'waited':
        return number((job) => this.#waited(job))
      case 'ran':
        return number((job) => this.#ran(job))
      case 'priority':
        return number((job) => job.priority ?? Number.NaN)
      case 'status':
        return text((job) => job.status)
      case 'jobType':
        return text((job) => job.jobType)
      case 'title':
      default:
        return text((job) => job.title?.toLowerCase())
    }
  }

  /** From creation to the start; to the end of one that never started; to `readAt` while it waits. */
  #waited(job: Job): number {
    const until = job.startedAt ?? job.endedAt
    if (until === undefined && jobStatusGroup(job.status) !== 'Pending') return Number.NaN
    return (until === undefined ? this.readAt : Date.parse(until)) - Date.parse(job.createdAt)
  }

  /** From the start to the end, or to `readAt` while it runs. */
  #ran(job: Job): number {
    if (job.startedAt === undefined) return Number.NaN
    if (job.endedAt === undefined && jobStatusGroup(job.status) !== 'InProgress') return Number.NaN
    return (job.endedAt === undefined ? this.readAt : Date.parse(job.endedAt)) - Date.parse(job.startedAt)
  }
}

/** Tableau's own default, for servers that leave it out. */
const defaultPriority = 50

const sortFieldOf = (sort: JobsQuery['sort']): JobSortField => jobSortFields.find((field) => sort.startsWith(`${field}:`)) ?? 'createdAt'

import { jobStatusGroup, jobStatusGroups, type Job, type JobsQuery, type JobStatusGroup } from '@refreshboard/api-types'
import { JobOrders } from './job-order.ts'

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

/** What matches a filter, in order, with its counts: each leaves its own filter out. */
interface View {
  positions: Int32Array
  counts: Record<JobStatusGroup, number>
  types: { jobType: string; count: number }[]
  newer: number
}

export interface IndexWindow extends Omit<View, 'positions'> {
  rows: Job[]
  total: number
}

/** How many views are kept: scrolling asks for window after window of the same one. */
const maxViews = 16

const viewKey = (filter: JobFilter, sort: string): string =>
  JSON.stringify([sort, filter.q, String(filter.from), String(filter.to), String(filter.upTo), [...(filter.status ?? [])], [...(filter.type ?? [])]])

/** Tableau's own default, for servers that leave it out. */
const defaultPriority = 50

const groupIndex = new Map(jobStatusGroups.map((group, at) => [group, at]))

/** Jobs of one principal at one moment, with what windows need worked out once. Immutable: a change makes a new index. */
export class JobIndex {
  readonly jobs: readonly Job[]
  /** Tableau's clock when these were read: what is still waiting or running is measured up to it. */
  readonly readAt: number
  /** Whether any job waits or runs, so that something is about to change. */
  readonly busy: boolean
  readonly #createdAt: Float64Array
  readonly #groups: Uint8Array
  readonly #typeNames: string[]
  readonly #types: Int32Array
  readonly #orders: JobOrders
  readonly #views = new Map<string, View>()
  #texts: string[] | undefined
  #found: { q: string; rows: Uint8Array } | undefined
  #positions: ReadonlyMap<string, number> | undefined

  /** `positions`: of the ids, where they are known. */
  constructor(jobs: readonly Job[], readAt: number, positions?: ReadonlyMap<string, number>) {
    this.jobs = jobs
    this.#positions = positions
    this.readAt = readAt
    this.#createdAt = Float64Array.from(jobs, (job) => Date.parse(job.createdAt))
    this.#groups = Uint8Array.from(jobs, (job) => groupIndex.get(jobStatusGroup(job.status)) ?? 0)
    this.#typeNames = [...new Set(jobs.map(({ jobType }) => jobType))]
    const typeIndex = new Map(this.#typeNames.map((name, at) => [name, at]))
    this.#types = Int32Array.from(jobs, ({ jobType }) => typeIndex.get(jobType) ?? 0)
    this.#orders = new JobOrders(jobs, readAt)
    this.busy = jobs.some(({ status }) => status === 'Pending' || status === 'InProgress')
  }

  find(id: string): Job | undefined {
    const at = this.#byId().get(id)
    return at === undefined ? undefined : this.jobs[at]
  }

  /** The same jobs in the same places, those of `newer` (by id) as they are there; what it has besides is left out. */
  with(newer: ReadonlyMap<string, Job>): JobIndex {
    const positions = this.#byId()
    const jobs = [...this.jobs]
    for (const [id, job] of newer) {
      const at = positions.get(id)
      if (at !== undefined) jobs[at] = job
    }
    return new JobIndex(jobs, this.readAt, positions)
  }

  #byId(): ReadonlyMap<string, number> {
    this.#positions ??= new Map(this.jobs.map(({ id }, at) => [id, at]))
    return this.#positions
  }

  /** The latest `createdAt`, as Tableau wrote it. */
  newest(): string | undefined {
    let latest = 0
    for (let at = 1; at < this.#createdAt.length; at += 1) {
      if ((this.#createdAt[at] ?? 0) > (this.#createdAt[latest] ?? 0)) latest = at
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
      if (otherPriority < priority || (otherPriority === priority && Date.parse(other.createdAt) < created)) count += 1
    }
    return count
  }

  window(filter: JobFilter, sort: JobsQuery['sort'], offset: number, limit: number): IndexWindow {
    const { positions, ...view } = this.#view(filter, sort)
    const rows: Job[] = []
    for (const at of positions.subarray(offset, offset + limit)) {
      const job = this.jobs[at]
      if (job) rows.push(job)
    }
    return { ...view, rows, total: positions.length }
  }

  /** Calls `each` with every match, in no particular order. */
  forEachMatch(filter: JobFilter, each: (createdAt: number, group: JobStatusGroup) => void): void {
    const { isBase, isStatus, isType } = this.#tests(filter)
    for (let at = 0; at < this.jobs.length; at += 1) {
      const group = jobStatusGroups[this.#groups[at] ?? 0]
      if (group !== undefined && isBase(at) && isStatus(at) && isType(at)) each(this.#createdAt[at] ?? 0, group)
    }
  }

  #view(filter: JobFilter, sort: JobsQuery['sort']): View {
    const key = viewKey(filter, sort)
    const known = this.#views.get(key)
    if (known) return known
    const made = this.#makeView(filter, sort)
    const [oldest] = this.#views.keys()
    if (this.#views.size >= maxViews && oldest !== undefined) this.#views.delete(oldest)
    this.#views.set(key, made)
    return made
  }

  #makeView(filter: JobFilter, sort: JobsQuery['sort']): View {
    const { isBase, isStatus, isType } = this.#tests(filter)
    const byGroup = new Int32Array(jobStatusGroups.length)
    const byType = new Int32Array(this.#typeNames.length)
    const positions = new Int32Array(this.jobs.length)
    let total = 0
    let newer = 0
    for (const at of this.#orders.by(sort)) {
      if (!isBase(at)) continue
      const ofStatus = isStatus(at)
      const ofType = isType(at)
      if ((this.#createdAt[at] ?? 0) > filter.upTo) {
        if (ofStatus && ofType) newer += 1
        continue
      }
      if (ofType) addOne(byGroup, this.#groups[at] ?? 0)
      if (ofStatus) addOne(byType, this.#types[at] ?? 0)
      if (!ofStatus || !ofType) continue
      positions[total] = at
      total += 1
    }
    return { positions: positions.slice(0, total), counts: countsOf(byGroup), types: this.#typesOf(byType), newer }
  }

  #typesOf(byType: Int32Array): View['types'] {
    return this.#typeNames
      .map((jobType, at) => ({ jobType, count: byType[at] ?? 0 }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count || (a.jobType < b.jobType ? -1 : 1))
  }

  /** The filter as three tests of a position: what all counts share, the status and the type. */
  #tests({ status, type, q, from, to }: JobFilter): Record<'isBase' | 'isStatus' | 'isType', (at: number) => boolean> {
    const groups = Uint8Array.from(jobStatusGroups, (group) => (status === undefined || status.has(group) ? 1 : 0))
    const types = Uint8Array.from(this.#typeNames, (name) => (type === undefined || type.has(name) ? 1 : 0))
    const found = q === '' ? undefined : this.#search(q)
    return {
      isBase: (at) => {
        const created = this.#createdAt[at] ?? 0
        return created >= from && created < to && (found === undefined || found[at] === 1)
      },
      isStatus: (at) => groups[this.#groups[at] ?? 0] === 1,
      isType: (at) => types[this.#types[at] ?? 0] === 1,
    }
  }

  /** 1 for every job that holds `q`; kept for the last one, which is asked for under other filters and sorts, too. */
  #search(q: string): Uint8Array {
    if (this.#found?.q === q) return this.#found.rows
    // One text a job; NUL, which no field has, keeps a match from reaching over two of them.
    this.#texts ??= this.jobs.map((job) => `${job.title ?? ''}\0${job.subtitle ?? ''}\0${job.jobType}\0${job.id}`.toLowerCase())
    const rows = Uint8Array.from(this.#texts, (text) => (text.includes(q) ? 1 : 0))
    this.#found = { q, rows }
    return rows
  }
}

const addOne = (counts: Int32Array, at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1
}

const countsOf = (byGroup: Int32Array): Record<JobStatusGroup, number> => {
  const counts: Record<JobStatusGroup, number> = { Pending: 0, InProgress: 0, Success: 0, Failed: 0, Cancelled: 0, Other: 0 }
  for (const [at, group] of jobStatusGroups.entries()) counts[group] = byGroup[at] ?? 0
  return counts
}

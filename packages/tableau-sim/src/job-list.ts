import { parseFilter } from './filter.ts'
import { jobFilters, jobSortKeys, newestJobFirst } from './job-fields.ts'
import type { Job } from './jobs.ts'
import type { QueryParameter } from './query-string.ts'
import type { Site } from './site.ts'
import { parseSort } from './sort.ts'

/** The jobs that a query selects, in its order. */
export interface Selection {
  readonly total: number
  /** From (included) to (excluded). */
  slice(from: number, to: number): readonly Job[]
}

interface Cached {
  readonly version: number
  readonly jobs: readonly Job[]
}

const maxCached = 20
const cache = new WeakMap<Site, Map<string, Cached>>()

/**
 * Filters and sorts the jobs of a site. A result is kept until any job of the site changes, so that the later pages of a
 * sweep cost a slice; without filter and sort nothing is computed at all.
 */
export const selectJobs = (site: Site, query: ReadonlyMap<string, QueryParameter>, version: string): Selection => {
  const filter = parseFilter(jobFilters, query.get('filter'), version)
  const order = parseSort(jobSortKeys, newestJobFirst, query.get('sort'))
  if (filter === undefined && order === undefined) return backwards(site.jobs)
  const key = JSON.stringify([query.get('filter')?.value, query.get('sort')?.value])
  const ofSite = cache.get(site) ?? new Map<string, Cached>()
  cache.set(site, ofSite)
  const known = ofSite.get(key)
  if (known?.version === site.version) return selection(known.jobs)
  const matching = filter === undefined ? site.jobs.toReversed() : site.jobs.filter(filter).toReversed()
  const jobs = order === undefined ? matching : matching.toSorted(order)
  ofSite.delete(key)
  ofSite.set(key, { version: site.version, jobs })
  const oldest = ofSite.keys().next()
  if (ofSite.size > maxCached && oldest.done !== true) ofSite.delete(oldest.value)
  return selection(jobs)
}

const selection = (jobs: readonly Job[]): Selection => ({ total: jobs.length, slice: (from, to) => jobs.slice(from, to) })

/** The site keeps its jobs oldest first; the list shows them newest first. */
const backwards = (jobs: readonly Job[]): Selection => ({
  total: jobs.length,
  slice: (from, to) => jobs.slice(jobs.length - to, jobs.length - from).toReversed(),
})

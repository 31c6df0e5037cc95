import { getJob, jobsHistogram, listJobs, type JobsWindow } from '@refreshboard/api-types'
import type { Query } from '@tanstack/react-query'
import { ApiError } from '../../lib/api-error.ts'
import { call } from '../../lib/api.ts'
import { pollDelay, receiptNow, sinceReceipt, type Receipt } from '../../lib/live.ts'
import { queryKeyOf, readOf } from '../../lib/query.ts'
import { filterQuery, type JobsFilter, type JobsSearch } from './jobs.search.ts'

/** Rows of one window; the table asks for those that are in sight. */
export const windowSize = 100

/** One window as the cache holds it: with its place, and when it came. */
export type HeldWindow = JobsWindow & { offset: number; receipt: Receipt }

const retryAtOf = (error: unknown, data: HeldWindow | undefined): number | undefined => {
  const problem = (error instanceof ApiError ? error.problem : undefined) ?? data?.age.failure
  return problem?.retryAt === undefined ? undefined : Date.parse(problem.retryAt)
}

const nextRead = (query: Query<HeldWindow>, paused: boolean): number | false => {
  const { data, error } = query.state
  const failed = error !== null && query.state.status === 'error'
  return pollDelay({
    paused,
    everyMs: data?.age.everyMs,
    complete: data?.age.complete ?? true,
    failed,
    retryAt: failed ? retryAtOf(error, undefined) : undefined,
    sinceGoodMs: data === undefined ? 0 : sinceReceipt(data.receipt),
    now: Date.now(),
  })
}

interface WindowInput {
  filter: JobsFilter
  sort: JobsSearch['sort']
  upTo: string | undefined
  offset: number
}

const inputOf = ({ filter, sort, upTo, offset }: WindowInput) => ({
  query: { ...filterQuery(filter), sort, offset: String(offset), limit: String(windowSize), ...(upTo === undefined ? {} : { upTo }) },
})

/** So many jobs from one row on, also those out of sight. */
export const manyJobs = (input: WindowInput, limit: number) => ({ ...inputOf(input).query, limit: String(limit) })

export const jobIds = async (input: WindowInput, limit: number): Promise<string[]> => (await call(listJobs, { query: manyJobs(input, limit) })).rows.map(({ id }) => id)

/** A window of jobs, read again as often as the last answer said. */
export const jobsWindow = (input: WindowInput, paused: boolean) => ({
  ...readOf(listJobs, inputOf(input), {
    keep: (window, client): HeldWindow => {
      const held = { ...window, offset: input.offset, receipt: receiptNow() }
      // The list stands still from its first complete answer on: the same answer serves under that name.
      if (input.upTo === undefined && window.age.complete && window.newest !== undefined) {
        client.setQueryData(queryKeyOf(listJobs, inputOf({ ...input, upTo: window.newest })), held)
      }
      return held
    },
  }),
  // A window that came a moment ago under its other name is not read twice.
  staleTime: 1000,
  refetchInterval: (query: Query<HeldWindow>) => nextRead(query, paused),
  refetchOnWindowFocus: paused ? false : ('always' as const),
  refetchOnReconnect: paused ? false : ('always' as const),
})

/** Jobs per slot of time, for the strip. */
export const histogramOf = (filter: JobsFilter) => {
  const { from: _from, to: _to, ...rest } = filter
  return readOf(jobsHistogram, { query: filterQuery({ ...rest, from: undefined, to: undefined }) })
}

/** One job with its notes. */
export const jobOf = (id: string) => readOf(getJob, { params: { id } })

import { instantSchema, jobSortFields, jobStatusGroups, type InputOf, type listJobs } from '@refreshboard/api-types'
import { z } from 'zod'
import { listOf } from '../../lib/search-lists.ts'
import { formatSearch } from '../../lib/search-params.ts'

const defaultSort = 'createdAt:desc'

const sortSchema = z.templateLiteral([z.enum(jobSortFields), ':', z.enum(['asc', 'desc'])])
export type JobsSort = z.infer<typeof sortSchema>

/**
 * What the address of the jobs page holds. Anything that breaks a rule is left out, so an old or mangled link still
 * opens the page. `row` is the first visible row and `upTo` the instant at which the list stands still, so that a
 * reload shows the same rows; `job` is the open drawer. `selected` is `all`, or ids.
 */
const searchSchema = z.object({
  status: listOf(z.enum(jobStatusGroups)),
  type: listOf(z.string().min(1).max(100)),
  q: z.string().trim().max(200).catch(''),
  from: instantSchema.optional().catch(undefined),
  to: instantSchema.optional().catch(undefined),
  sort: sortSchema.catch(defaultSort),
  row: z.coerce.number().int().min(0).max(999_999_999).catch(0),
  upTo: instantSchema.optional().catch(undefined),
  job: z.string().min(1).max(100).optional().catch(undefined),
  selected: z.string().max(1200).catch(''),
})
export type JobsSearch = z.output<typeof searchSchema>

export const emptySearch: JobsSearch = searchSchema.parse({})

export const parseJobsSearch = (params: URLSearchParams): JobsSearch => searchSchema.parse(Object.fromEntries(params))

/** The search parameters of the page. The instant at which the list stands still belongs to a row in the middle of it. */
export const formatJobsSearch = (search: Partial<JobsSearch>): string => formatSearch((search.row ?? 0) > 0 ? search : { ...search, upTo: undefined }, { sort: defaultSort, row: '0' })

/** What decides which jobs are shown. */
export type JobsFilter = Pick<JobsSearch, 'status' | 'type' | 'q' | 'from' | 'to'>

export const hasFilter = ({ status, type, q, from, to }: JobsFilter): boolean =>
  status.length > 0 || type.length > 0 || q !== '' || from !== undefined || to !== undefined

type ListQuery = NonNullable<InputOf<typeof listJobs>['query']>

/** The filter as the contract wants it. */
export const filterQuery = ({ status, type, q, from, to }: JobsFilter): ListQuery => ({
  ...(status.length > 0 ? { status: status.toSorted().join(',') } : {}),
  ...(type.length > 0 ? { type: type.toSorted().join(',') } : {}),
  ...(q === '' ? {} : { q }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})

/** The filter as a plan for many wants it. */
export const matchingOf = ({ status, type, q, from, to }: JobsFilter, upTo: string | undefined) => ({
  ...(status.length > 0 ? { status: [...status] } : {}),
  ...(type.length > 0 ? { type: [...type] } : {}),
  ...(q === '' ? {} : { q }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(upTo === undefined ? {} : { upTo }),
})

import { z } from 'zod'

const listOf = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== '' && part.length <= 100))
  .catch([])

export const scheduleSortFields = ['name', 'repeats', 'next', 'tasks', 'type', 'priority', 'state'] as const
export type ScheduleSortField = (typeof scheduleSortFields)[number]

const defaultSort = 'name:asc'

const sortSchema = z.templateLiteral([z.enum(scheduleSortFields), ':', z.enum(['asc', 'desc'])])
export type SchedulesSort = z.infer<typeof sortSchema>

/**
 * What the address of the schedules page holds. Anything that breaks a rule is left out, so an old or mangled link still
 * opens the page. `day` is a date of the week that is shown (`2026-11-23`; absent: this week), on a narrow screen that day.
 */
const searchSchema = z.object({
  view: z.enum(['table', 'week']).catch('table'),
  q: z.string().trim().max(200).catch(''),
  type: listOf,
  state: listOf,
  sort: sortSchema.catch(defaultSort),
  day: z.iso.date().optional().catch(undefined),
  /** Whether the week shows suspended schedules. */
  suspended: z
    .enum(['hide', 'show'])
    .catch('show'),
})
export type SchedulesSearch = z.output<typeof searchSchema>

export const emptySearch: SchedulesSearch = searchSchema.parse({})

export const parseSchedulesSearch = (params: URLSearchParams): SchedulesSearch => searchSchema.parse(Object.fromEntries(params))

/** The search parameters of the page, defaults left out; without a leading `?`. */
export const formatSchedulesSearch = (search: Partial<SchedulesSearch>): string => {
  const full = { ...emptySearch, ...search }
  const params = new URLSearchParams()
  if (full.view !== emptySearch.view) params.set('view', full.view)
  if (full.q !== '') params.set('q', full.q)
  if (full.type.length > 0) params.set('type', full.type.join(','))
  if (full.state.length > 0) params.set('state', full.state.join(','))
  if (full.sort !== defaultSort) params.set('sort', full.sort)
  if (full.day !== undefined) params.set('day', full.day)
  if (full.suspended !== emptySearch.suspended) params.set('suspended', full.suspended)
  // Commas and colons need no escape in a query, and a readable address is worth sharing.
  return params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
}

/** What decides which schedules are shown. */
export type SchedulesFilter = Pick<SchedulesSearch, 'q' | 'type' | 'state'>

export const hasFilter = ({ q, type, state }: SchedulesFilter): boolean => q !== '' || type.length > 0 || state.length > 0

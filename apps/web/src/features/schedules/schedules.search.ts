import { z } from 'zod'

/** What the address of the schedules page holds. Anything that breaks a rule is left out. */
const searchSchema = z.object({
  view: z.enum(['table', 'week']).catch('table'),
  q: z.string().trim().max(200).catch(''),
})
export type SchedulesSearch = z.output<typeof searchSchema>

const emptySearch: SchedulesSearch = searchSchema.parse({})

export const parseSchedulesSearch = (params: URLSearchParams): SchedulesSearch => searchSchema.parse(Object.fromEntries(params))

/** The search parameters of the page, defaults left out; without a leading `?`. */
export const formatSchedulesSearch = (search: Partial<SchedulesSearch>): string => {
  const full = { ...emptySearch, ...search }
  const params = new URLSearchParams()
  if (full.view !== emptySearch.view) params.set('view', full.view)
  if (full.q !== '') params.set('q', full.q)
  return params.toString()
}

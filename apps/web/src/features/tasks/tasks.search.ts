import { z } from 'zod'

/** What the address of the tasks page holds. Anything that breaks a rule is left out. */
const searchSchema = z.object({
  q: z.string().trim().max(200).catch(''),
  group: z.enum(['schedule', 'project', 'owner', 'none']).catch('schedule'),
})
export type TasksSearch = z.output<typeof searchSchema>

const emptySearch: TasksSearch = searchSchema.parse({})

export const parseTasksSearch = (params: URLSearchParams): TasksSearch => searchSchema.parse(Object.fromEntries(params))

/** The search parameters of the page, defaults left out; without a leading `?`. */
export const formatTasksSearch = (search: Partial<TasksSearch>): string => {
  const full = { ...emptySearch, ...search }
  const params = new URLSearchParams()
  if (full.q !== '') params.set('q', full.q)
  if (full.group !== emptySearch.group) params.set('group', full.group)
  return params.toString()
}

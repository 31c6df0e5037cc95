import { z } from 'zod'

export const taskGroups = ['schedule', 'project', 'owner', 'none'] as const
export type TaskGroup = (typeof taskGroups)[number]

export const taskSortFields = ['name', 'project', 'owner', 'schedule', 'nextRun', 'priority', 'failures'] as const
export type TaskSortField = (typeof taskSortFields)[number]

const defaultSort = 'name:asc'

const sortSchema = z.templateLiteral([z.enum(taskSortFields), ':', z.enum(['asc', 'desc'])])
export type TasksSort = z.infer<typeof sortSchema>

const keySchema = z.string().min(1).max(200)
const keys = z
  .array(z.string())
  .transform((list) => [...new Set(list.filter((key) => keySchema.safeParse(key).success))])
  .catch([])

/**
 * What the address of the tasks page holds. Anything that breaks a rule is left out, so an old or mangled link still
 * opens the page. `project`, `owner` and `schedule` are ids (any of them), `content` is one workbook's or data source's,
 * `task` is the open drawer.
 */
const searchSchema = z.object({
  q: z.string().trim().max(200).catch(''),
  group: z.enum(taskGroups).catch('schedule'),
  project: keys,
  owner: keys,
  schedule: keys,
  content: keySchema.optional().catch(undefined),
  trouble: z
    .literal('1')
    .transform(() => true)
    .catch(false),
  sort: sortSchema.catch(defaultSort),
  task: z.string().min(1).max(100).optional().catch(undefined),
})
export type TasksSearch = z.output<typeof searchSchema>

const lists = ['project', 'owner', 'schedule'] as const

export const parseTasksSearch = (params: URLSearchParams): TasksSearch =>
  searchSchema.parse({ ...Object.fromEntries(params), ...Object.fromEntries(lists.map((name) => [name, params.getAll(name)])) })

export const emptyTasksSearch: TasksSearch = parseTasksSearch(new URLSearchParams())

/** The search parameters of the page, defaults left out; without a leading `?`. */
export const formatTasksSearch = (search: Partial<TasksSearch>): string => {
  const full = { ...emptyTasksSearch, ...search }
  const params = new URLSearchParams()
  if (full.q !== '') params.set('q', full.q)
  if (full.group !== emptyTasksSearch.group) params.set('group', full.group)
  for (const name of lists) for (const key of full[name]) params.append(name, key)
  if (full.content !== undefined) params.set('content', full.content)
  if (full.trouble) params.set('trouble', '1')
  if (full.sort !== defaultSort) params.set('sort', full.sort)
  if (full.task !== undefined) params.set('task', full.task)
  // A colon needs no escape in a query, and a readable address is worth sharing.
  return params.toString().replaceAll('%3A', ':')
}

/** What decides which tasks are shown. */
export type TasksFilter = Pick<TasksSearch, 'q' | 'project' | 'owner' | 'schedule' | 'content' | 'trouble'>

export const noFilter: TasksFilter = { q: '', project: [], owner: [], schedule: [], content: undefined, trouble: false }

export const hasFilter = ({ q, project, owner, schedule, content, trouble }: TasksFilter): boolean =>
  q !== '' || project.length > 0 || owner.length > 0 || schedule.length > 0 || content !== undefined || trouble

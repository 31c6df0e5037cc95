import { z } from 'zod'
import { usualTasks } from './tasks.usual.ts'

export const taskGroups = ['schedule', 'project', 'owner', 'none'] as const
export type TaskGroup = (typeof taskGroups)[number]

const taskSortFields = ['name', 'project', 'owner', 'schedule', 'nextRun', 'priority', 'failures'] as const
export type TaskSortField = (typeof taskSortFields)[number]

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
 * `task` is the open drawer. `view` and `day` (a date of the week that is shown; absent: this week) are of Tableau Cloud, where tasks have times of
 * their own.
 */
const searchSchema = z.object({
  view: z.enum(['table', 'week']).catch(usualTasks.view),
  q: z.string().trim().max(200).catch(''),
  group: z.enum(taskGroups).catch(usualTasks.group),
  project: keys,
  owner: keys,
  schedule: keys,
  content: keySchema.optional().catch(undefined),
  trouble: z
    .literal('1')
    .transform(() => true)
    .catch(false),
  sort: sortSchema.catch(usualTasks.sort),
  task: z.string().min(1).max(100).optional().catch(undefined),
  day: z.iso.date().optional().catch(undefined),
  /** The ids of what is selected, as many as fit. */
  selected: z.string().max(1200).catch(''),
})
export type TasksSearch = z.output<typeof searchSchema>

const lists = ['project', 'owner', 'schedule'] as const

export const parseTasksSearch = (params: URLSearchParams): TasksSearch =>
  searchSchema.parse({ ...Object.fromEntries(params), ...Object.fromEntries(lists.map((name) => [name, params.getAll(name)])) })

/** What decides which tasks are shown. */
export type TasksFilter = Pick<TasksSearch, 'q' | 'project' | 'owner' | 'schedule' | 'content' | 'trouble'>

export const noFilter: TasksFilter = { q: '', project: [], owner: [], schedule: [], content: undefined, trouble: false }

export const hasFilter = ({ q, project, owner, schedule, content, trouble }: TasksFilter): boolean =>
  q !== '' || project.length > 0 || owner.length > 0 || schedule.length > 0 || content !== undefined || trouble

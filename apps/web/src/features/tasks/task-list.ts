import type { Task } from '@refreshboard/api-types'
import { cadenceOf, failuresOf, isOwnSchedule, nextRunOf, scheduleName, taskName } from '../../lib/task-words.ts'
import type { TaskGroup, TasksFilter, TasksSort, TaskSortField } from './tasks.search.ts'

export type Facet = 'project' | 'owner' | 'schedule'

/** The key of what has none, in the address and among the groups. */
export const noneKey = '-'

interface Named {
  key: string
  label: string
}

const named = (value: { id?: string | undefined; name?: string | undefined } | undefined, none: string, unnamed: string): Named => {
  const key = value?.id ?? value?.name
  return value === undefined || key === undefined ? { key: noneKey, label: none } : { key, label: value.name ?? unnamed }
}

const facets: Record<Facet, (task: Pick<Task, 'content' | 'schedule'>) => Named> = {
  project: ({ content }) => named(content?.project, 'No project told', 'Project without a name'),
  owner: ({ content }) => named(content?.owner, 'No owner told', 'Owner without a name'),
  schedule: ({ schedule }) => {
    if (schedule === undefined) return { key: noneKey, label: 'No schedule' }
    // Tasks of Tableau Cloud have no schedule in common: they are told apart by how often they run.
    const label = isOwnSchedule(schedule) ? cadenceOf(schedule) : scheduleName(schedule)
    return { key: schedule.id ?? label, label }
  },
}

/** What a task belongs to, by each of the three ways to group and filter. */
const facetOf = (task: Pick<Task, 'content' | 'schedule'>, facet: Facet): Named => facets[facet](task)

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const matchesText = (task: Task, text: string): boolean =>
  [taskName(task), task.content?.project?.name, task.content?.owner?.name, task.schedule === undefined ? undefined : scheduleName(task.schedule), task.id, task.content?.id].some(
    (value) => value?.toLowerCase().includes(text) === true,
  )

/** The tasks that match. `except` leaves one filter out, for the counts beside its choices. */
export const filterTasks = (tasks: readonly Task[], filter: TasksFilter, except?: Facet | 'trouble'): Task[] => {
  const text = filter.q.toLowerCase()
  const asked = (['project', 'owner', 'schedule'] as const).filter((facet) => facet !== except && filter[facet].length > 0)
  return tasks.filter(
    (task) =>
      (filter.content === undefined || task.content?.id === filter.content) &&
      (!filter.trouble || except === 'trouble' || failuresOf(task) > 0) &&
      asked.every((facet) => filter[facet].includes(facetOf(task, facet).key)) &&
      (text === '' || matchesText(task, text)),
  )
}

export interface FacetChoice extends Named {
  count: number
}

/** How often Tableau Cloud runs a task, the most often first. Such a key is no id, and where there are schedules none of them is called by it. */
const cadences = ['Hourly', 'Daily', 'Weekly', 'Monthly']
const rank = ({ key }: Named): number => (key === noneKey ? cadences.length + 1 : cadences.includes(key) ? cadences.indexOf(key) : cadences.length)

const byLabel = (a: Named, b: Named): number => rank(a) - rank(b) || collator.compare(a.label, b.label) || collator.compare(a.key, b.key)

/** What can be chosen in one filter, with how many tasks the other filters leave of it. */
export const choicesOf = (tasks: readonly Task[], filter: TasksFilter, facet: Facet): FacetChoice[] => {
  const choices = new Map<string, FacetChoice>()
  for (const task of filterTasks(tasks, filter, facet)) {
    const { key, label } = facetOf(task, facet)
    const choice = choices.get(key)
    if (choice === undefined) choices.set(key, { key, label, count: 1 })
    else choice.count += 1
  }
  // What is chosen keeps its name where nothing of it is left.
  for (const task of filter[facet].length === 0 ? [] : tasks) {
    const { key, label } = facetOf(task, facet)
    if (filter[facet].includes(key) && !choices.has(key)) choices.set(key, { key, label, count: 0 })
  }
  return [...choices.values()].toSorted(byLabel)
}

const texts: Record<'name' | Facet, (task: Task) => string | undefined> = {
  name: taskName,
  project: ({ content }) => content?.project?.name,
  owner: ({ content }) => content?.owner?.name,
  schedule: ({ schedule }) => {
    if (schedule === undefined) return undefined
    if (!isOwnSchedule(schedule)) return scheduleName(schedule)
    // By how often it runs, then by the time of the day.
    const cadence = cadenceOf(schedule)
    return `${rank({ key: cadence, label: cadence })} ${schedule.recurrence?.start ?? ''} ${scheduleName(schedule)}`
  },
}
const numbers: Record<Exclude<TaskSortField, keyof typeof texts>, (task: Task) => number | undefined> = {
  nextRun: (task) => {
    const next = nextRunOf(task)
    return next === undefined ? undefined : Date.parse(next)
  },
  priority: ({ priority }) => priority,
  failures: failuresOf,
}

/** What has nothing to sort by comes last, whichever way. */
const compareBy = <T>(of: (task: Task) => T | undefined, compare: (a: T, b: T) => number) => (a: Task, b: Task): number => {
  const [left, right] = [of(a), of(b)]
  if (left === undefined || right === undefined) return (left === undefined ? 1 : 0) - (right === undefined ? 1 : 0)
  return compare(left, right)
}

const byNumber = (a: number, b: number) => a - b
const byName = (a: Task, b: Task): number => collator.compare(taskName(a), taskName(b)) || collator.compare(a.id, b.id)

const isText = (field: TaskSortField): field is keyof typeof texts => Object.hasOwn(texts, field)

export const sortTasks = (tasks: readonly Task[], sort: TasksSort): Task[] => {
  const turn = sort.endsWith(':desc') ? -1 : 1
  // The address was parsed: what stands before the colon is a field.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const field = sort.slice(0, sort.indexOf(':')) as TaskSortField
  const compare = isText(field) ? compareBy(texts[field], (a, b) => turn * collator.compare(a, b)) : compareBy(numbers[field], (a, b) => turn * byNumber(a, b))
  return tasks.toSorted((a, b) => compare(a, b) || byName(a, b))
}

/** The key of the group on top: what failed in its last run. */
export const troubleKey = 'trouble'

export interface TaskGroupHead {
  kind: 'group'
  key: string
  label: string
  count: number
  open: boolean
  /** One of its tasks: all have the same schedule when grouped by it. */
  sample: Task
}

/** One row of the list: the head of a group, or a task. */
export type TaskItem = TaskGroupHead | { kind: 'task'; key: string; task: Task }

const worstFirst = (a: Task, b: Task): number => failuresOf(b) - failuresOf(a) || byName(a, b)

interface Arrangement {
  group: TaskGroup
  sort: TasksSort
  closed: ReadonlySet<string>
}

/** The rows of the list: trouble on top with the worst first, the rest in groups. `closed` groups show their head only. */
export const arrangeTasks = (tasks: readonly Task[], { group, sort, closed }: Arrangement): TaskItem[] => {
  const items: TaskItem[] = []
  const add = ({ key, label }: Named, members: readonly Task[]) => {
    const [sample] = members
    if (sample === undefined) return
    const open = !closed.has(key)
    items.push({ kind: 'group', key, label, count: members.length, open, sample })
    if (open) for (const task of members) items.push({ kind: 'task', key: task.id, task })
  }
  const trouble = tasks.filter((task) => failuresOf(task) > 0).toSorted(worstFirst)
  add({ key: troubleKey, label: 'Trouble' }, trouble)
  const rest = sortTasks(
    tasks.filter((task) => failuresOf(task) === 0),
    sort,
  )
  if (group === 'none') {
    add({ key: 'rest', label: trouble.length > 0 ? 'Without failures' : 'All tasks' }, rest)
    return items
  }
  const groups = new Map<string, { head: Named; members: Task[] }>()
  for (const task of rest) {
    const head = facetOf(task, group)
    const known = groups.get(head.key)
    if (known === undefined) groups.set(head.key, { head, members: [task] })
    else known.members.push(task)
  }
  for (const { head, members } of [...groups.values()].toSorted((a, b) => byLabel(a.head, b.head))) add({ ...head, key: `${group} ${head.key}` }, members)
  return items
}

/** The ids of the tasks from one to another as they stand in the list, in either direction; those in folded groups are not seen. */
export const taskIdsBetween = (items: readonly TaskItem[], from: string, to: string): string[] => {
  const ids = items.flatMap((item) => (item.kind === 'task' ? [item.task.id] : []))
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)].toSorted((x, y) => x - y)
  return a === undefined || b === undefined || a < 0 ? [to] : ids.slice(a, b + 1)
}

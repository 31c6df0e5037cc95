import type { Schedule } from '@refreshboard/api-types'
import type { ScheduleDocument } from './document.ts'
import { contentBook } from './content-book.ts'
import { byText, recurrenceInOneOrder } from './in-one-order.ts'
import { lookalikes } from './lookalikes.ts'
import { nearGuard } from './near-names.ts'
import { contentSteps, tasksBySchedule } from './plan-content.ts'
import { changesOf, creation } from './plan-schedule.ts'
import { idle, type Current, type CurrentTask, type Step } from './steps.ts'

/** What a text of schedules would do, in the order of work. */
export interface Plan {
  readonly steps: readonly Step[]
  readonly warnings: readonly string[]
}

/** Never deleted: what Tableau made for itself, and what cannot be made again. */
const prunedTypes = new Set(['Extract', 'Subscription', 'Flow'])

const countWords = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

const deletion = ({ id, name, type, state, priority, executionOrder, frequency, recurrence, endScheduleAt }: Schedule, tasks: readonly CurrentTask[]): Step => ({
  id,
  name,
  about: type,
  step: 'delete',
  will: `Is deleted for all sites${type === 'Extract' ? `, with ${countWords(tasks.length, 'task')} of this site on it` : ', with all that is on it'}`,
  input: {
    do: 'deleteSchedule',
    id,
    seen: { state, priority, executionOrder, frequency, recurrence: recurrence && recurrenceInOneOrder(recurrence), endScheduleAt, taskIds: tasks.map((task) => task.id).toSorted(byText) },
  },
})

const warningsFor = (deletedSchedules: readonly Step[], deletedTasks: readonly Step[], creates: readonly Step[]): string[] => [
  ...(deletedSchedules.length === 0 ? [] : [`${countWords(deletedSchedules.length, 'schedule')} will be deleted for all sites of the server, with the tasks, subscriptions and flows on them. This cannot be undone.`]),
  ...(deletedTasks.length === 0 ? [] : [`${countWords(deletedTasks.length, 'task')} will be deleted. One that is added again is a new task, and always a full refresh.`]),
  ...(creates.some(({ input }) => input.do === 'createSchedule' && input.suspended) ? ['Tableau makes every schedule Active: one that shall be Suspended is suspended right after, before anything is put on it.'] : []),
]

/**
 * What must be done so that Tableau has what the text says: creates, changes, adds of content, deletes of tasks, deletes of
 * schedules; then what cannot be done, and what is as it should be. Nothing is deleted without `prune`.
 */
export const planOf = (current: Current, document: ScheduleDocument, { prune }: { prune: boolean }): Plan => {
  const { schedules } = document
  const byName = new Map(current.schedules.map((schedule) => [schedule.name, schedule]))
  const wantedNames = new Set(schedules.map(({ name }) => name))
  const alike = lookalikes(current.schedules, document)
  const tasksOf = tasksBySchedule(current)
  const site = { ...current, book: contentBook(current.contents), near: nearGuard() }
  const creates: Step[] = []
  const changes: Step[] = []
  const adds: Step[] = []
  const taskDeletes: Step[] = []
  const cannot: Step[] = []
  const unchanged: Step[] = []
  for (const wanted of schedules) {
    const now = byName.get(wanted.name)
    if (now === undefined) {
      const { made, left } = creation(wanted, current, alike.of(wanted.name))
      cannot.push(...left)
      if (made === undefined) continue
      const content = contentSteps(wanted.content ?? [], { name: wanted.name, madeBy: creates.length }, [], site, prune)
      creates.push(made)
      adds.push(...content.adds)
      cannot.push(...content.left)
      continue
    }
    const steps = changesOf(wanted, now, current)
    const tasks = tasksOf.get(now.id) ?? []
    const content = wanted.content === undefined || wanted.type !== now.type ? { adds: [], deletes: [], left: [] } : contentSteps(wanted.content, { name: now.name, id: now.id }, tasks, site, prune)
    changes.push(...steps.filter(({ step }) => step !== 'cannot'))
    cannot.push(...steps.filter(({ step }) => step === 'cannot'), ...content.left)
    adds.push(...content.adds)
    taskDeletes.push(...content.deletes)
    if (steps.length + content.adds.length + content.deletes.length + content.left.length === 0) unchanged.push(idle('unchanged', { id: now.id, name: now.name, about: now.type }, 'It is as the text says.'))
  }
  const scheduleDeletes = prune ? current.schedules.filter((schedule) => !wantedNames.has(schedule.name) && !alike.isMeant(schedule) && prunedTypes.has(schedule.type)).map((schedule) => deletion(schedule, tasksOf.get(schedule.id) ?? [])) : []
  return { steps: [...creates, ...changes, ...adds, ...taskDeletes, ...scheduleDeletes, ...cannot, ...unchanged], warnings: warningsFor(scheduleDeletes, taskDeletes, creates) }
}

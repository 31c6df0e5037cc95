import { addToSchedule, createTask, createTaskSchema, luidSchema, updateTask, updateTaskSchema, type Resource, type Session, type Task, type TaskChanges, type UpdateTask } from '@refreshboard/api-types'
import { fromCloudRecurrence, sameCloudTimes } from '@refreshboard/recurrence'
import { undoBy, type UndoOffer } from '../../components/undo.ts'
import { isOwnSchedule, taskName } from '../../lib/task-words.ts'
import { writableTimes } from './task-values.ts'
import type { ToldRefreshType } from './use-refresh-type.ts'

/** What undoes a write, or why nothing does. */
type Undo = { offer: () => UndoOffer; note?: string } | { why: string }

const notExactly = 'What was there before cannot be written back exactly.'

const bodyOf = (before: Task, changes: TaskChanges): { body: UpdateTask } | { why: string } => {
  const times = changes.recurrence === undefined ? undefined : writableTimes(before)
  if (times?.writable === false) return { why: `The times before cannot be written back. ${times.reason}` }
  if (changes.refreshType !== undefined && before.refreshType === undefined) return { why: 'Tableau does not tell whether it was a full or an incremental refresh.' }
  if (times !== undefined && !sameCloudTimes(fromCloudRecurrence(times.value), before.schedule?.recurrence)) return { why: notExactly }
  const parsed = updateTaskSchema.safeParse({
    changes: { ...(changes.refreshType === undefined ? {} : { refreshType: before.refreshType }), ...(times === undefined ? {} : { recurrence: times.value }) },
    seen: {
      ...(changes.refreshType === undefined ? {} : { refreshType: changes.refreshType }),
      ...(changes.recurrence === undefined ? {} : { frequency: changes.recurrence.frequency, recurrence: fromCloudRecurrence(changes.recurrence) }),
    },
  })
  return parsed.success ? { body: parsed.data } : { why: notExactly }
}

/**
 * Puts a changed task of Tableau Cloud back to what was read before, on the condition that nobody has changed it since. `alike`: what
 * somebody else had set to the same before, which is theirs and stays.
 */
export const undoOfEdit = (before: Task, changes: TaskChanges, alike: readonly string[] = []): Undo => {
  const mine: TaskChanges = Object.fromEntries(Object.entries(changes).filter(([field]) => !alike.includes(field)))
  const opposite = Object.keys(mine).length === 0 ? { why: 'Nothing was sent.' } : bodyOf(before, mine)
  if ('why' in opposite) return opposite
  const what = `the change of the task of “${taskName(before)}”`
  return { offer: () => undoBy({ endpoint: updateTask, input: { params: { id: before.id }, body: opposite.body }, invalidates: ['tasks'], what }) }
}

const touched: Resource[] = ['tasks', 'schedules', 'jobs']
const usualPriority = 50

/** What undoes a deletion; why nothing does, with the reading that failed where that is why; or what has to be read before that can be said. */
export type UndoOfDelete = Undo | { why: string; unread: Extract<ToldRefreshType, { state: 'failed' }> } | { waits: string }

const stillRead: UndoOfDelete = { waits: 'Whether this can be undone depends on whether it is a full or an incremental refresh. That is still being read.' }

/** Makes a deleted task again, as a new one, where that is the same task but for its id and its history. */
export const undoOfDelete = (task: Task, told: ToldRefreshType, { can, server }: Pick<Session, 'can' | 'server'>): UndoOfDelete => {
  const { content, schedule, priority } = task
  if (content === undefined) return { why: 'REST cannot make the task of a virtual connection.' }
  const what = `the deletion of the task of “${taskName(task)}”, as a new task`
  const contentIds = { [`${content.kind}Id`]: content.id }
  if (server.flavor === 'cloud') {
    if (!can.createTasks.allowed) return { why: can.createTasks.reason }
    if (schedule !== undefined && !isOwnSchedule(schedule)) return { why: notExactly }
    const times = writableTimes(task)
    if (!times.writable) return { why: `Its times cannot be written again. ${times.reason}` }
    if (priority !== undefined && priority !== usualPriority) return { why: `Its priority is ${priority}, and REST gives a new task ${usualPriority}.` }
    if (told.state === 'reading') return stillRead
    const parsed = createTaskSchema.safeParse({ refreshType: told.state === 'told' ? told.refreshType : 'FullRefresh', ...contentIds, recurrence: times.value })
    if (!parsed.success) return { why: notExactly }
    const unknown = told.state === 'failed' ? 'it could not be read which this one is' : 'Tableau does not tell which this one is'
    const note = told.state === 'told' ? {} : { note: `It is made as a full refresh, since ${unknown}.` }
    return { offer: () => undoBy({ endpoint: createTask, input: { body: parsed.data }, invalidates: touched, what }), ...note }
  }
  if (!can.addToSchedules.allowed) return { why: can.addToSchedules.reason }
  const scheduleId = luidSchema.safeParse(schedule?.id)
  if (!scheduleId.success) return { why: 'Tableau does not tell which schedule it is on.' }
  const given = schedule?.priority ?? usualPriority
  if (priority !== undefined && priority !== given) return { why: `Its priority is ${priority}, and REST gives a new task that of its schedule (${given}).` }
  // Last: what forbids an undo in any case need not wait for this.
  if (told.state === 'reading') return stillRead
  if (told.state === 'failed') return { why: 'It could not be read whether it is a full or an incremental refresh, and REST can make a full one only.', unread: told }
  if (told.state === 'untold') return { why: 'Tableau does not tell you whether it is a full or an incremental refresh, and REST can make a full one only.' }
  if (told.refreshType !== 'FullRefresh') return { why: 'It is an incremental refresh, which REST cannot create again on Tableau Server: added again here, it would be a full refresh.' }
  return { offer: () => undoBy({ endpoint: addToSchedule, input: { params: { id: scheduleId.data }, body: { kind: 'extractRefresh', ...contentIds } }, invalidates: touched, what }) }
}

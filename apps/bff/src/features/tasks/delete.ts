import { luidSchema, type Luid } from '@refreshboard/api-types'
import { deleteExtractRefreshTask, getExtractRefreshTask, isRefusal } from '@refreshboard/tableau-client'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { Intention, IntentionRequest, ReadBack, Seen } from '../../writes/intention.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { saysGone, seenGone, unseenOf } from '../../writes/write-laws.ts'
import { removal } from './removal.ts'

const write = 'deleteTask'

/** Get is never behind, but answers 404026 also for the task of a virtual connection, which only the list shows. */
const isGone = async (tasks: TaskShelf, tableau: TableauSession, id: Luid): Promise<boolean> => {
  try {
    await tableau.call(getExtractRefreshTask, { taskId: id })
    return false
  } catch (error) {
    // Who leads a project may delete its tasks without being allowed to read them.
    if (isRefusal(error)) return false
    if (!saysGone(write, error)) throw error
    const row = (await tasks.readNow(tableau)).value.find((task) => task.id === id)
    return row === undefined || row.content !== undefined
  }
}

const readBack =
  (tasks: TaskShelf, id: Luid): ReadBack =>
  async (tableau): Promise<Seen> => {
    if (!(await isGone(tasks, tableau, id))) return { state: 'checking', evidence: `Tableau still has the task, so ${unseenOf(write)}` }
    tasks.deleted(id)
    return seenGone(write, 'Tableau no longer knows the task.', { taskId: id })
  }

/** Deletes a task; its content stays. */
export const deleteIntention = (tasks: TaskShelf, id: Luid, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: id,
  input: { id },
  send: removal(tasks, id, (tableau) => tableau.call(deleteExtractRefreshTask, { taskId: id }), 'Tableau has deleted the task. Its content stays.'),
  readBack: readBack(tasks, id),
})

export const deleteResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => readBack(shelves.of(principal).tasks, luidSchema.parse(record.target)),
})

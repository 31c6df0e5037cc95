import type { Task, TaskChanges } from '@refreshboard/api-types'
import { keepTold, toastChange } from '../../components/toast-change.ts'
import { taskName } from '../../lib/task-words.ts'
import type { Done } from '../../lib/writes.ts'
import { undoOfEdit } from './task-undo.ts'

/** Says that a task of Tableau Cloud was saved, offers the undo, and keeps what there is to know of it: the page that follows tells nothing of it. */
export const tellEdit = (before: Task, changes: TaskChanges, done: Done): void => {
  const name = taskName(before)
  const undo = undoOfEdit(before, changes, done.result?.alike)
  toastChange(`Saved the task of “${name}”`, done, 'offer' in undo ? undo.offer() : undefined)
  keepTold(`the task of “${name}”`, done)
}

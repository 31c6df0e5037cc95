import type { Luid } from '@refreshboard/api-types'
import { TableauApiError } from '@refreshboard/tableau-client'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import type { Intention } from '../../writes/intention.ts'

/** Sends what deletes a task, by `call`. The shelf has it no more then; one that Tableau refuses to delete may be another's already, so the list is read again. `evidence` is a sentence. */
export const removal =
  (shelf: Pick<TaskShelf, 'expire' | 'deleted'>, id: Luid, call: (tableau: TableauSession) => Promise<unknown>, evidence: string): Intention['send'] =>
  async (tableau) => {
    try {
      await call(tableau)
    } catch (error) {
      if (error instanceof TableauApiError) shelf.expire()
      throw error
    }
    shelf.deleted(id)
    return { evidence, result: { taskId: id } }
  }

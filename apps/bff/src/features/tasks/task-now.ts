import type { Luid } from '@refreshboard/api-types'
import { getExtractRefreshTask, isRefusal, type RefreshTask } from '@refreshboard/tableau-client'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import { saysGone } from '../../writes/write-laws.ts'

/**
 * A task of a workbook or a data source as it is at this moment; undefined when there is none. Who leads a project may work with its
 * tasks without being allowed to get one by itself: the list tells it then, read anew.
 */
export const taskNow = async (tasks: TaskShelf, tableau: TableauSession, id: Luid): Promise<RefreshTask | undefined> => {
  try {
    return (await tableau.call(getExtractRefreshTask, { taskId: id })).value
  } catch (error) {
    if (saysGone('deleteTask', error)) return undefined
    if (!isRefusal(error)) throw error
    return (await tasks.readNow(tableau)).value.find((task) => task.id === id)
  }
}

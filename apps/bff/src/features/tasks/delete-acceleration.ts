import { luidSchema, type Luid } from '@refreshboard/api-types'
import { deleteDataAccelerationTask } from '@refreshboard/tableau-client'
import type { AccelerationShelf } from '../../shelves/acceleration-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { Intention, IntentionRequest, ReadBack, Seen } from '../../writes/intention.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { unseenOf } from '../../writes/write-laws.ts'
import { removal } from './removal.ts'

const write = 'deleteDataAccelerationTask'

/** There is no Get for one of them: the list tells. */
const readBack =
  (accelerations: AccelerationShelf, id: Luid): ReadBack =>
  async (tableau): Promise<Seen> => {
    const { value } = await accelerations.readNow(tableau)
    if (value.some((task) => task.id === id)) return { state: 'checking', evidence: `Tableau still lists the task: ${unseenOf(write)}` }
    accelerations.deleted(id)
    return { state: 'done', evidence: 'Tableau no longer lists the task.', result: { taskId: id } }
  }

/** Deletes a data acceleration task; its workbook stays. */
export const deleteAccelerationIntention = (accelerations: AccelerationShelf, id: Luid, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: id,
  input: { id },
  send: removal(accelerations, id, (tableau) => tableau.call(deleteDataAccelerationTask, { taskId: id }), 'Tableau has deleted the data acceleration task. Its workbook stays.'),
  readBack: readBack(accelerations, id),
})

export const deleteAccelerationResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => readBack(shelves.of(principal).accelerations, luidSchema.parse(record.target)),
})

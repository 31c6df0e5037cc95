import { luidSchema, type Luid } from '@refreshboard/api-types'
import { deleteServerSchedule, TableauApiError } from '@refreshboard/tableau-client'
import { isScheduleGone } from '../../shelves/schedule-shelf.ts'
import type { Shelf, Shelves } from '../../shelves/shelves.ts'
import type { Intention, IntentionRequest, ReadBack, Seen } from '../../writes/intention.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { saysGone, seenGone, unseenOf } from '../../writes/write-laws.ts'

const write = 'deleteSchedule'

/** Its tasks go with it. */
const forget = ({ schedules, tasks }: Shelf, id: Luid): void => {
  schedules.deleted(id)
  tasks.expire()
}

const readBack =
  (shelf: Shelf, id: Luid): ReadBack =>
  async (tableau): Promise<Seen> => {
    try {
      await shelf.schedules.readOne(tableau, id)
      return { state: 'checking', evidence: `Tableau still has the schedule, so ${unseenOf(write)}` }
    } catch (error) {
      if (!saysGone(write, error)) throw error
      forget(shelf, id)
      return seenGone(write, `Tableau no longer knows the schedule (${error.code}).`, { scheduleId: id })
    }
  }

/** Deletes a schedule for all sites, with the tasks on it. */
export const deleteIntention = (shelf: Shelf, id: Luid, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: id,
  input: { id },
  send: async (tableau) => {
    try {
      await tableau.call(deleteServerSchedule, { scheduleId: id })
    } catch (error) {
      if (isScheduleGone(error)) forget(shelf, id)
      else if (error instanceof TableauApiError) shelf.schedules.expire()
      throw error
    }
    forget(shelf, id)
    return { evidence: 'Tableau has deleted the schedule and the tasks on it.', result: { scheduleId: id } }
  },
  readBack: readBack(shelf, id),
})

export const deleteResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => readBack(shelves.of(principal), luidSchema.parse(record.target)),
})

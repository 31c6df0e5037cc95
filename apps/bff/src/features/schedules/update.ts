import { luidSchema, scheduleChangesSchema, scheduleSchema, updateScheduleSchema, type Luid, type Schedule, type ScheduleChanges, type UpdateSchedule } from '@refreshboard/api-types'
import { sameServerTimes } from '@refreshboard/recurrence'
import { TableauApiError, updateServerSchedule } from '@refreshboard/tableau-client'
import { z } from 'zod'
import type { TableauSession } from '../../session/tableau-session.ts'
import { isScheduleGone, type ScheduleShelf } from '../../shelves/schedule-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import { asSentences, editNotesOf, editNotesSchema, editResult, noDifferences, sentOnly } from '../../writes/edit-result.ts'
import { fromStoredText, type Intention, type IntentionRequest, type ReadBack, type Seen } from '../../writes/intention.ts'
import type { Locks } from '../../writes/locks.ts'
import { unreadableRecord, type Resumable } from '../../writes/read-backs.ts'
import { saysGone, seenGone, unseenOf } from '../../writes/write-laws.ts'
import { differencesAfter, mergeEdit } from './merge-edit.ts'
import { requestFor } from './schedule-request.ts'
import { missingOf, nameOf, wordsOf } from './schedule-values.ts'

const write = 'updateSchedule'

/** Looking at the schedule after it was saved must not hold up the answer. */
const lookMs = 2000

/** The schedule as it was before sending, what somebody else had changed of it, and what was sent; older records hold the schedule alone. */
const beforeSchema = editNotesSchema.extend({ schedule: scheduleSchema, sent: scheduleChangesSchema.optional() })
const storedInputSchema = z.object({ body: updateScheduleSchema })

const fieldsOf = (changes: ScheduleChanges): (keyof ScheduleChanges)[] => (['name', 'state', 'priority', 'executionOrder', 'recurrence'] as const).filter((field) => changes[field] !== undefined)

const isAsBefore = (field: keyof ScheduleChanges, now: Schedule, before: Schedule): boolean =>
  field === 'recurrence' ? sameServerTimes(now.recurrence, before.recurrence) && now.frequency === before.frequency : now[field] === before[field]

const told = (fields: readonly (keyof ScheduleChanges)[], now: Schedule): string => fields.map((field) => `the ${nameOf(field)} as ${wordsOf(field, now)}`).join(', ')

/** What is there now says whether an update whose reply was lost was applied. Only what was sent is judged. */
const readBack =
  (shelf: ScheduleShelf, id: Luid, wanted: ScheduleChanges): ReadBack =>
  async (tableau, remembered): Promise<Seen> => {
    const { schedule: before, sent, ...notes } = beforeSchema.safeParse(remembered).data ?? {}
    const changes = sentOnly(wanted, notes)
    try {
      const { schedule, timesAreTold } = await shelf.readOne(tableau, id)
      const missing = missingOf(changes, schedule, timesAreTold)
      if (missing.length === 0 && (timesAreTold || changes.recurrence === undefined)) {
        shelf.changed(schedule)
        const differences = before === undefined ? noDifferences : differencesAfter(sent ?? changes, before, schedule, timesAreTold)
        return { state: 'done', evidence: [`Tableau reports ${told(fieldsOf(changes), schedule)}, as it was sent.`, ...asSentences(differences)].join(' '), result: { scheduleId: id, ...editResult(notes, differences) } }
      }
      if (missing.length === 0) return { state: 'unconfirmed', evidence: 'This server does not tell the times of a schedule (its REST API is older than 3.8). What it tells is as it was sent.' }
      const unchanged = before !== undefined && missing.every((field) => isAsBefore(field, schedule, before))
      return {
        state: 'checking',
        evidence: unchanged
          ? `Tableau still reports ${told(missing, schedule)}, so ${unseenOf(write)}`
          : `Tableau reports ${told(missing, schedule)}, which is not what was sent: somebody else may have changed it since.`,
      }
    } catch (error) {
      if (!saysGone(write, error)) throw error
      shelf.deleted(id)
      return seenGone(write, `Tableau no longer knows this schedule (${error.code}): it was deleted, and nobody can tell whether the change came first.`, {})
    }
  }

/** The schedule after it was saved: as it is read again, or else as Tableau's reply has it. */
const lookOnce = async (shelf: ScheduleShelf, tableau: TableauSession, id: Luid, reply: Schedule): Promise<Schedule> => {
  try {
    return (await shelf.readOne(tableau, id, lookMs)).schedule
  } catch {
    return reply
  }
}

/**
 * Changes a schedule. It is read first and the edit laid on what is there; nothing is sent when both changed one field. It is read once
 * more afterwards. Two changes of one schedule take turns, so that the second reads what the first has written.
 */
export const updateIntention = (shelf: ScheduleShelf, locks: Locks, id: Luid, input: UpdateSchedule, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: id,
  input: { id, body: input },
  send: (tableau, remember) =>
    locks.run(id, async () => {
      const { schedule: now, timesAreTold } = await shelf.readOne(tableau, id)
      const { changes, merged } = mergeEdit(input, now, timesAreTold)
      const notes = editNotesOf(input.changes, changes, merged)
      if (Object.keys(changes).length === 0) return { evidence: 'The schedule is already as it was wanted: nothing was sent to Tableau.', result: { scheduleId: id, ...notes } }
      const sent = requestFor(now, changes, timesAreTold)
      await remember({ schedule: now, sent, ...notes })
      try {
        const { value, warnings } = await tableau.call(updateServerSchedule, { scheduleId: id, ...sent })
        shelf.changed(value)
        // Monthly times that were sent have come back changed (its Python client's users report it), and between reading and sending
        // somebody else can have changed something: what is there now tells.
        const differences = differencesAfter(sent, now, await lookOnce(shelf, tableau, id, value), timesAreTold)
        return {
          evidence: ['Tableau has saved the schedule.', ...asSentences(differences)].join(' '),
          result: { scheduleId: id, ...(warnings.length === 0 ? {} : { warnings }), ...editResult(notes, differences) },
        }
      } catch (error) {
        if (isScheduleGone(error)) shelf.deleted(id)
        else if (error instanceof TableauApiError) shelf.expire()
        throw error
      }
    }),
  readBack: readBack(shelf, id, input.changes),
})

export const updateResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => {
    const input = storedInputSchema.safeParse(fromStoredText(record.input)).data
    return input === undefined ? unreadableRecord : readBack(shelves.of(principal).schedules, luidSchema.parse(record.target), input.body.changes)
  },
})

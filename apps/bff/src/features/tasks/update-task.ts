import { luidSchema, recurrenceSchema, taskChangesSchema, updateTaskSchema, type Luid, type TaskChanges, type UpdateTask } from '@refreshboard/api-types'
import { sameCloudTimes } from '@refreshboard/recurrence'
import { getExtractRefreshTask, TableauApiError, updateCloudExtractRefreshTask, type RefreshTask } from '@refreshboard/tableau-client'
import { z } from 'zod'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import { asSentences, editNotesOf, editNotesSchema, editResult, noDifferences, sentOnly } from '../../writes/edit-result.ts'
import { fromStoredText, type Intention, type IntentionRequest, type ReadBack, type Seen } from '../../writes/intention.ts'
import type { Locks } from '../../writes/locks.ts'
import { unreadableRecord, type Resumable } from '../../writes/read-backs.ts'
import { againOf, saysGone, seenGone, unseenOf } from '../../writes/write-laws.ts'
import { arrived, differencesAfter, mergeEdit, missingOf, nameOf, sentOf, tellsRefreshType, valuesOf, wordsOf, type Values } from './task-values.ts'

const write = 'updateTask'

/** The task as it was before sending, what somebody else had changed of it, and what was sent; older records hold the task alone. */
const beforeSchema = editNotesSchema.extend({
  task: z.object({ refreshType: z.string().optional(), frequency: z.string().optional(), recurrence: recurrenceSchema.optional() }),
  sent: taskChangesSchema.optional(),
})
const storedInputSchema = z.object({ body: updateTaskSchema })

const fieldsOf = (changes: TaskChanges): (keyof TaskChanges)[] => (['refreshType', 'recurrence'] as const).filter((field) => changes[field] !== undefined)

const isAsBefore = (field: keyof TaskChanges, now: Values, before: Values): boolean =>
  field === 'recurrence' ? sameCloudTimes(now.recurrence, before.recurrence) && (now.recurrence !== undefined || now.frequency === before.frequency) : now.refreshType === before.refreshType

const told = (fields: readonly (keyof TaskChanges)[], now: Values): string => fields.map((field) => `the ${nameOf(field)} as ${wordsOf(field, now)}`).join(', ')

/** Whether the times changed into what was sent: both parts of an update arrive together, so they then speak for a type that is not told. */
const timesChanged = ({ recurrence }: TaskChanges, before: Values | undefined): boolean => recurrence !== undefined && before !== undefined && !arrived(recurrence, before.recurrence)

/** What is there now says whether an update whose reply was lost was applied. Only what was sent is judged. */
const readBack =
  (tasks: TaskShelf, id: Luid, wanted: TaskChanges): ReadBack =>
  async (tableau, remembered): Promise<Seen> => {
    const { task: before, sent, ...notes } = beforeSchema.safeParse(remembered).data ?? {}
    const changes = sent ?? sentOnly(wanted, notes)
    try {
      const { value } = await tableau.call(getExtractRefreshTask, { taskId: id })
      const now = valuesOf(value)
      const missing = missingOf(changes, now)
      if (missing.length > 0) {
        const unchanged = before !== undefined && missing.every((field) => isAsBefore(field, now, before))
        return {
          state: 'checking',
          evidence: unchanged ? `Tableau still reports ${told(missing, now)}, so ${unseenOf(write)}` : `Tableau reports ${told(missing, now)}, which is not what was sent: somebody else may have changed it since.`,
        }
      }
      tasks.expire()
      tasks.seen(value)
      if (changes.recurrence !== undefined && now.recurrence === undefined) {
        return { state: 'unconfirmed', evidence: `Tableau does not tell the times of this task, so this change cannot be seen; ${againOf(write)}.` }
      }
      const typeIsTold = changes.refreshType === undefined || tellsRefreshType(now)
      if (!typeIsTold && !timesChanged(changes, before)) {
        return { state: 'unconfirmed', evidence: `Tableau does not tell whether a task is a full or an incremental refresh, so this change cannot be seen; ${againOf(write)}.` }
      }
      const differences = before === undefined ? noDifferences : differencesAfter(changes, before, now)
      const evidence = `Tableau reports ${told(fieldsOf(changes).filter((field) => field === 'recurrence' || tellsRefreshType(now)), now)}, as it was sent.`
      return { state: 'done', evidence: [evidence, ...asSentences(differences)].join(' '), result: { taskId: id, ...editResult(notes, differences) } }
    } catch (error) {
      if (!saysGone(write, error)) throw error
      tasks.deleted(id)
      return seenGone(write, `Tableau no longer knows this task (${error.code}): it was deleted, and nobody can tell whether the change came first.`, {})
    }
  }

const readNow = async (tasks: TaskShelf, tableau: TableauSession, id: Luid): Promise<RefreshTask> => {
  try {
    const { value } = await tableau.call(getExtractRefreshTask, { taskId: id })
    tasks.seen(value)
    return value
  } catch (error) {
    if (saysGone(write, error)) tasks.expire()
    throw error
  }
}

/** The edit on what is there now; who is refused looks at the list next, which must not be the one of before. */
const laidOn = (tasks: TaskShelf, input: UpdateTask, now: Values): ReturnType<typeof mergeEdit> => {
  try {
    return mergeEdit(input, now)
  } catch (error) {
    tasks.expire()
    throw error
  }
}

/** Looking at the task after it was saved must not hold up the answer. */
const lookMs = 2000

/** The task after it was saved, where it can be read. */
const lookOnce = async (tableau: TableauSession, id: Luid): Promise<RefreshTask | undefined> => {
  try {
    return (await tableau.call(getExtractRefreshTask, { taskId: id }, { deadlineMs: lookMs })).value
  } catch {
    return undefined
  }
}

/** The task of which only what Tableau has told since it was saved is known: as it is read again, or else as the reply has it. */
const savedTask = ({ content }: RefreshTask, reply: RefreshTask, read: RefreshTask | undefined): RefreshTask => {
  const { refreshType } = reply
  return { ...(refreshType === undefined ? {} : { refreshType }), ...(content === undefined ? {} : { content }), ...(read ?? { id: reply.id, ...(reply.schedule === undefined ? {} : { schedule: reply.schedule }) }) }
}

/**
 * Changes a task of Tableau Cloud; its times are replaced as a whole. It is read first and the edit laid on what is
 * there; nothing is sent when both changed one field. It is read once more afterwards. Two changes of one task take turns, so that the second reads what the first has written.
 */
export const updateIntention = (tasks: TaskShelf, locks: Locks, id: Luid, input: UpdateTask, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: id,
  input: { id, body: input },
  send: (tableau, remember) =>
    locks.run(id, async () => {
      const task = await readNow(tasks, tableau, id)
      const now = valuesOf(task)
      const { changes, merged } = laidOn(tasks, input, now)
      const notes = editNotesOf(input.changes, changes, merged)
      if (Object.keys(changes).length === 0) return { evidence: 'The task is already as it was wanted: nothing was sent to Tableau.', result: { taskId: id, ...notes } }
      await remember({ task: now, sent: changes, ...notes })
      const { refreshType, recurrence } = changes
      const sent = recurrence && sentOf(recurrence)
      try {
        const { value, warnings } = await tableau.call(updateCloudExtractRefreshTask, { taskId: id, refreshType, recurrence: sent })
        tasks.expire()
        const reply = valuesOf(value)
        // A reply without times says nothing of them.
        const told = { refreshType: reply.refreshType ?? now.refreshType, recurrence: reply.recurrence ?? sent ?? now.recurrence }
        const read = await lookOnce(tableau, id)
        tasks.seen(savedTask(task, { ...value, id }, read))
        const differences = differencesAfter(changes, now, read === undefined ? told : valuesOf(read))
        return {
          evidence: ['Tableau has saved the task.', ...asSentences(differences)].join(' '),
          result: { taskId: id, ...(warnings.length === 0 ? {} : { warnings }), ...editResult(notes, differences) },
        }
      } catch (error) {
        if (error instanceof TableauApiError) tasks.expire()
        throw error
      }
    }),
  readBack: readBack(tasks, id, input.changes),
})

export const updateResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => {
    const input = storedInputSchema.safeParse(fromStoredText(record.input)).data
    return input === undefined ? unreadableRecord : readBack(shelves.of(principal).tasks, luidSchema.parse(record.target), input.body.changes)
  },
})

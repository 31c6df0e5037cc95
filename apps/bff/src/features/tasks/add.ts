import { addToScheduleSchema, luidSchema, type AddToSchedule, type Content, type Luid } from '@refreshboard/api-types'
import { addDatasourceToSchedule, addWorkbookToSchedule, TableauApiError, type AddedTask, type RefreshTask } from '@refreshboard/tableau-client'
import { z } from 'zod'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { AccelerationShelf } from '../../shelves/acceleration-shelf.ts'
import type { Shelf, Shelves } from '../../shelves/shelves.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import { fromStoredText, type Intention, type IntentionRequest, type ReadBack, type Seen } from '../../writes/intention.ts'
import { unreadableRecord, type Resumable } from '../../writes/read-backs.ts'
import { unseenOf } from '../../writes/write-laws.ts'
import { contentTargetOf, type ContentTarget } from './content-target.ts'

const write = 'addToSchedule'

/** The content's tasks on the schedule that were there before sending. */
const beforeSchema = z.object({ tasks: z.array(z.string()) })
const storedInputSchema = z.object({ body: addToScheduleSchema })

interface Target {
  readonly scheduleId: Luid
  readonly kind: Content['kind']
  readonly contentId: Luid
  /** What the schedule is to do with it. */
  readonly added: AddToSchedule['kind']
}

export const addTargetOf = (scheduleId: Luid, { kind, id }: ContentTarget, added: AddToSchedule['kind']): Target => ({ scheduleId, kind, contentId: id, added })

/** Where the new task is listed. */
const listOf = ({ tasks, accelerations }: Shelf, { added }: Target): TaskShelf | AccelerationShelf => (added === 'dataAcceleration' ? accelerations : tasks)

const tasksOf = (tasks: readonly RefreshTask[], { scheduleId, kind, contentId }: Target): RefreshTask[] =>
  tasks.filter(({ schedule, content }) => schedule?.id === scheduleId && content?.kind === kind && content.id === contentId)

/** A task of the content on the schedule that was not there before says that an add whose reply was lost was applied. */
const readBack =
  (shelf: Shelf, target: Target): ReadBack =>
  async (tableau, remembered): Promise<Seen> => {
    const before = beforeSchema.safeParse(remembered).data
    const list = listOf(shelf, target)
    const there = tasksOf((await list.readNow(tableau)).value, target)
    if (before === undefined) {
      return { state: 'unconfirmed', evidence: `The content has ${there.length === 0 ? 'no task' : there.length === 1 ? 'one task' : `${there.length} tasks`} on the schedule; nothing tells since when. Look at it before adding it again.` }
    }
    const made = there.find(({ id }) => !before.tasks.includes(id))
    if (made === undefined) return { state: 'checking', evidence: `Tableau lists no new task of the content on the schedule yet; ${unseenOf(write)}` }
    list.made(made)
    return { state: 'done', evidence: 'Tableau lists a new task of the content on the schedule.', result: { scheduleId: target.scheduleId, taskId: made.id } }
  }

const add = async (tableau: TableauSession, { scheduleId, kind, contentId, added }: Target): Promise<{ value: AddedTask; warnings: string[] }> =>
  kind === 'workbook'
    ? tableau.call(addWorkbookToSchedule, { scheduleId, workbookId: contentId, kind: added })
    : tableau.call(addDatasourceToSchedule, { scheduleId, datasourceId: contentId })

/** The task as the list will show it; without an id only the list can tell it. */
const wholeTask = (added: AddedTask, { scheduleId, kind, contentId }: Target): AddedTask => ({
  ...added,
  schedule: { ...added.schedule, id: scheduleId },
  content: { kind, id: contentId },
})

/** Adds content to a schedule: a task of its own each time, so it is never sent twice. */
export const addIntention = (shelf: Shelf, target: Target, input: AddToSchedule, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: target.scheduleId,
  input: { scheduleId: target.scheduleId, body: input },
  send: async (tableau, remember) => {
    const list = listOf(shelf, target)
    const before = tasksOf((await list.readNow(tableau)).value, target)
    await remember({ tasks: before.map(({ id }) => id) })
    try {
      const { value, warnings } = await add(tableau, target)
      list.made(wholeTask(value, target))
      const result = { scheduleId: target.scheduleId, ...(value.id === undefined ? {} : { taskId: value.id }), ...(warnings.length === 0 ? {} : { warnings }) }
      return { evidence: `Tableau has added the content to the schedule, ${target.added === 'dataAcceleration' ? 'for data acceleration' : 'as a full refresh'}.`, result }
    } catch (error) {
      // 500000: the schedule is unknown, and the list that offered it is behind.
      if (error instanceof TableauApiError) shelf.schedules.expire()
      throw error
    }
  },
  readBack: readBack(shelf, target),
})

export const addResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => {
    const input = storedInputSchema.safeParse(fromStoredText(record.input)).data
    const content = input && contentTargetOf(input.body)
    return content === undefined ? unreadableRecord : readBack(shelves.of(principal), addTargetOf(luidSchema.parse(record.target), content, input?.body.kind ?? 'extractRefresh'))
  },
})

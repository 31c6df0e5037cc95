import { createTaskSchema, type CreateTask, type Luid } from '@refreshboard/api-types'
import { createCloudExtractRefreshTask, TableauApiError, type RefreshTask } from '@refreshboard/tableau-client'
import { z } from 'zod'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import { fromStoredText, type Intention, type IntentionRequest, type ReadBack, type Seen } from '../../writes/intention.ts'
import { unreadableRecord, type Resumable } from '../../writes/read-backs.ts'
import { unseenOf } from '../../writes/write-laws.ts'
import { contentTargetOf, type ContentTarget } from './content-target.ts'
import { arrived, missingOf, nameOf, sentOf, valuesOf, wordsOf } from './task-values.ts'

const write = 'createTask'

/** The content’s tasks that were there before sending. */
const beforeSchema = z.object({ tasks: z.array(z.string()) })

/** What was asked for, and of which content. */
interface Wanted {
  readonly input: CreateTask
  readonly content: ContentTarget
}

const tasksOf = (tasks: readonly RefreshTask[], { kind, id }: ContentTarget): RefreshTask[] => tasks.filter(({ content }) => content?.kind === kind && content.id === id)

/** A task of the content that was not there before, with the times that were sent, says that a create whose reply was lost was applied. */
const readBack =
  (tasks: TaskShelf, { input, content }: Wanted): ReadBack =>
  async (tableau, remembered): Promise<Seen> => {
    const before = beforeSchema.safeParse(remembered).data
    const there = tasksOf((await tasks.readNow(tableau)).value, content)
    if (before === undefined) {
      return { state: 'unconfirmed', evidence: `The content has ${there.length === 0 ? 'no task' : there.length === 1 ? 'one task' : `${there.length} tasks`}; nothing tells since when. Look at it before making another.` }
    }
    const made = there.find((task) => !before.tasks.includes(task.id) && arrived(input.recurrence, task.schedule?.recurrence))
    if (made === undefined) return { state: 'checking', evidence: `Tableau lists no new task of the content with these times yet; ${unseenOf(write)}` }
    tasks.made(made)
    return { state: 'done', evidence: `Tableau lists a new task of the content: ${wordsOf('recurrence', valuesOf(made))}.`, result: { taskId: made.id } }
  }

const targetOf = ({ kind, id }: ContentTarget): { workbookId: Luid } | { datasourceId: Luid } => (kind === 'workbook' ? { workbookId: id } : { datasourceId: id })

/** Makes a task with a schedule of its own: another one each time, so it is never sent twice. */
export const createIntention = (tasks: TaskShelf, content: ContentTarget, input: CreateTask, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: content.id,
  input,
  send: async (tableau, remember) => {
    const before = tasksOf((await tasks.readNow(tableau)).value, content)
    await remember({ tasks: before.map(({ id }) => id) })
    const recurrence = sentOf(input.recurrence)
    try {
      const { value, warnings } = await tableau.call(createCloudExtractRefreshTask, { refreshType: input.refreshType, content: targetOf(content), recurrence })
      // A sample of the reference tells another content than was asked for; the list will tell the one that was.
      const made = { ...value, content, schedule: { ...value.schedule, recurrence: value.schedule?.recurrence ?? recurrence } }
      tasks.made(made)
      const [missing] = missingOf(input, valuesOf(made))
      const but = missing === undefined ? '' : ` It reports its ${nameOf(missing)} as ${wordsOf(missing, valuesOf(made))}, which is not what was sent.`
      return { evidence: `Tableau has made the task.${but}`, result: { taskId: value.id, ...(warnings.length === 0 ? {} : { warnings }) } }
    } catch (error) {
      if (error instanceof TableauApiError) tasks.expire()
      throw error
    }
  },
  readBack: readBack(tasks, { input, content }),
})

export const createResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => {
    const input = createTaskSchema.safeParse(fromStoredText(record.input)).data
    const content = input && contentTargetOf(input)
    return input === undefined || content === undefined ? unreadableRecord : readBack(shelves.of(principal).tasks, { input, content })
  },
})

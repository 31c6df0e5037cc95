import { luidSchema, type Luid, type PlanBulk, type Schedule } from '@refreshboard/api-types'
import type { RefreshTask, ScheduleExtract } from '@refreshboard/tableau-client'
import { z } from 'zod'
import type { BulkAction, BulkContext, BulkOutcome, BulkWork, Carry, PlannedItem } from '../../bulk/bulk-action.ts'
import { countOf } from '../../bulk/words.ts'
import type { Clock } from '../../clock.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { isScheduleGone } from '../../shelves/schedule-shelf.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import { isAdministrator } from '../../session/roles.ts'
import { addsToSchedules, assertOffered, assertServerSchedules, deletesTasks } from '../../session/server-features.ts'
import { addIntention, addTargetOf } from './add.ts'
import { planTasks, type BulkTasksDeps } from './bulk-tasks.ts'
import { deleteIntention } from './delete.ts'
import { extractsOf } from './schedule-tasks.ts'

type Wanted = Extract<PlanBulk, { action: 'tasks.move' }>

interface MoveDeps extends BulkTasksDeps {
  clock: Clock
  /** Aborted when the process stops. */
  stop: AbortSignal
}

const inputSchema = z.object({
  id: luidSchema,
  content: z.object({ kind: z.enum(['workbook', 'datasource']), id: luidSchema }),
  from: z.string(),
  to: z.object({ id: luidSchema, name: z.string() }),
})
type Input = z.infer<typeof inputSchema>

/** What is made can be missing from Tableau's list for up to half a minute. */
const seenWithinMs = 45_000
const lookEveryMs = 1000

const wrong = (detail: string): ProblemError => new ProblemError('validation', detail, { fields: { scheduleId: detail } })

const targetOf = async (deps: MoveDeps, { principal, tableau }: BulkContext, id: Luid): Promise<Schedule> => {
  try {
    const { schedule } = await deps.shelves.of(principal).schedules.readOne(tableau, id)
    if (schedule.type === 'Extract') return schedule
    throw wrong(`“${schedule.name}” is a schedule of the type ${schedule.type}. Choose one for extract refreshes.`)
  } catch (error) {
    if (isScheduleGone(error)) throw wrong('Tableau does not know the schedule any more. Choose another one.')
    throw error
  }
}

/** The extracts of each schedule that a task is on, read once each; undefined where they are not told. */
const extractsReader = (context: BulkContext): ((scheduleId: string | undefined) => Promise<ReadonlyMap<string, ScheduleExtract> | undefined>) => {
  const read = new Map<string, ReturnType<typeof extractsOf>>()
  return async (scheduleId) => {
    const id = luidSchema.safeParse(scheduleId).data
    if (id === undefined || !isAdministrator(context.facts.user.siteRole)) return undefined
    const known = read.get(id) ?? extractsOf(context.tableau, id)
    read.set(id, known)
    return known
  }
}

/** REST makes full refreshes alone, so what is none would become something else on its way. */
const typeReason = (type: string | undefined): string | undefined => {
  if (type === 'FullRefresh') return undefined
  if (type === undefined) return 'Tableau does not tell whether it is a full or an incremental refresh, and REST can only make full ones. Move it in Tableau itself.'
  return 'It is an incremental refresh, and REST can only make full ones. Move it in Tableau itself.'
}

const placeOf = ({ schedule }: RefreshTask): string => {
  if (schedule === undefined) return 'no schedule'
  return schedule.name === undefined ? 'a schedule whose name is not told' : `“${schedule.name}”`
}

/** Waits until Tableau's list shows the task that was added. */
const isListed = async ({ clock, stop }: MoveDeps, tasks: TaskShelf, context: BulkContext, { id, content, to }: Input, made: string | undefined): Promise<boolean> => {
  const startedAt = clock.monotonic()
  for (;;) {
    const { value } = await tasks.readNow(context.tableau)
    const isThere = value.some((task) => (made === undefined ? task.id !== id && task.schedule?.id === to.id && task.content?.id === content.id : task.id === made))
    if (isThere) return true
    if (clock.monotonic() - startedAt >= seenWithinMs) return false
    await clock.delay(lookEveryMs, stop)
  }
}

const twoTasks = ({ to, from }: Input, why: string): Pick<BulkOutcome, 'state' | 'reason'> => ({
  state: 'half_done',
  reason: `${why} There are two tasks now, on ${from} and on “${to.name}”: delete the old one by hand, or the new one to have it as it was.`,
})

/** After these the same is tried again, under the same keys. */
const triedAgain = new Set(['throttled', 'storage_unavailable', 'upstream_unreachable', 'upstream_timeout', 'overloaded'])

const deleteOld = async (deps: MoveDeps, context: BulkContext, work: BulkWork, carry: Carry, input: Input): Promise<{ state: 'done' | 'unconfirmed'; evidence: string }> => {
  const { tasks } = deps.shelves.of(context.principal)
  try {
    return await carry(context, deleteIntention(tasks, input.id, work.requestOf(1)))
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not_found') return { state: 'done', evidence: 'The old task was gone already.' }
    throw error
  }
}

const move = async (deps: MoveDeps, context: BulkContext, work: BulkWork, carry: Carry, input: Input): Promise<BulkOutcome> => {
  const shelf = deps.shelves.of(context.principal)
  const { content, to, from } = input
  const target = addTargetOf(to.id, content, 'extractRefresh')
  const body = { kind: 'extractRefresh', ...(content.kind === 'workbook' ? { workbookId: content.id } : { datasourceId: content.id }) } as const
  const added = await carry(context, addIntention(shelf, target, body, work.requestOf(0)))
  if (added.state === 'unconfirmed') return { state: 'unconfirmed', evidence: `${added.evidence} The old task on ${from} was not touched.` }
  const made = added.result?.taskId
  const result = { scheduleId: to.id, ...(made === undefined ? {} : { taskId: made }) }
  const pair = `New: ${made ?? 'a task whose id Tableau does not tell'} on “${to.name}”. Old: ${input.id} on ${from}.`
  if (!(await isListed(deps, shelf.tasks, context, input, made))) return { ...twoTasks(input, 'Tableau has added it, but does not list it yet, so the old one was not deleted.'), evidence: pair, result }
  try {
    const { state, evidence } = await deleteOld(deps, context, work, carry, input)
    if (state === 'done') return { state: 'done', evidence: `It was added to “${to.name}” and seen there. ${evidence}`, result }
    return { ...twoTasks(input, `It was added, and it could not be confirmed that the old one was deleted. ${evidence}`), evidence: pair, result }
  } catch (error) {
    if (!(error instanceof ProblemError) || triedAgain.has(error.code)) throw error
    return { ...twoTasks(input, `It was added, and the old one could not be deleted. ${error.detail}`), evidence: pair, result }
  }
}

/** Moves many tasks to another schedule: each is added there, seen there, and only then deleted where it was. */
export const bulkMove = (deps: MoveDeps): BulkAction<Wanted> => ({
  action: 'tasks.move',
  intentions: 2,
  // Two tasks of one content that are added at the same time could not be told from each other.
  atOnce: 1,
  firstErrorHalts: false,
  plan: async (context, { select, scheduleId }) => {
    assertServerSchedules(context.facts)
    assertOffered(addsToSchedules(context.facts))
    assertOffered(deletesTasks(context.facts))
    const to = await targetOf(deps, context, scheduleId)
    const extracts = extractsReader(context)
    const will = `It will be added to “${to.name}” as a full refresh, and deleted where it is.`
    const items = await planTasks(deps, context, select.ids, will, async (task): Promise<Pick<PlannedItem, 'input' | 'reason'>> => {
      const { id, content, schedule } = task
      const contentId = luidSchema.safeParse(content?.id).data
      const input = { id, content: content && { kind: content.kind, id: content.id }, from: placeOf(task), to: { id: scheduleId, name: to.name } }
      if (content === undefined || contentId === undefined) return { input, reason: 'It belongs to a virtual connection, whose tasks REST cannot make.' }
      if (schedule?.id === scheduleId) return { input, reason: `It is on “${to.name}” already.` }
      const reason = typeReason((await extracts(schedule?.id))?.get(id)?.refreshType)
      return reason === undefined ? { input } : { input, reason }
    })
    return {
      title: `Move ${countOf(items, 'task')} to “${to.name}”`,
      warnings: ['Each gets another id, and the priority of the schedule; how often it failed in a row is counted anew.', 'For a moment there are two tasks of a content: both run if both are due in that moment.'],
      items,
    }
  },
  perform: (context, work, carry) => move(deps, context, work, carry, inputSchema.parse(work.input)),
})

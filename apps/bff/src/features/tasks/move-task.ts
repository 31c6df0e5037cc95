import { luidSchema } from '@refreshboard/api-types'
import { TableauError, type RefreshTask } from '@refreshboard/tableau-client'
import { z } from 'zod'
import type { BulkContext, BulkOutcome, BulkWork, Carry, HalfDone } from '../../bulk/bulk-action.ts'
import { isPassing } from '../../bulk/passing.ts'
import type { Clock } from '../../clock.ts'
import { toProblemError } from '../../http/error-mapper.ts'
import { ProblemError } from '../../http/problem-error.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import type { Intention } from '../../writes/intention.ts'
import type { Locks } from '../../writes/locks.ts'
import { addIntention, addTargetOf } from './add.ts'
import type { BulkTasksDeps } from './bulk-tasks.ts'
import { deleteIntention } from './delete.ts'
import { taskNow } from './task-now.ts'

/** What a move needs beside what is read: it waits for Tableau between its two writes. */
export interface MoveDeps extends BulkTasksDeps {
  clock: Clock
  /** Aborted when the process stops. */
  stop: AbortSignal
  /** Moves of one content take turns, in whichever runs they are. */
  locks: Locks
}

/** A move as it was planned. */
export const moveInputSchema = z.object({
  id: luidSchema,
  content: z.object({ kind: z.enum(['workbook', 'datasource']), id: luidSchema }),
  /** The schedule that it is moved from, in words. */
  from: z.string(),
  fromId: z.string().optional(),
  to: z.object({ id: luidSchema, name: z.string() }),
})
type MoveInput = z.infer<typeof moveInputSchema>

/** What is made can be missing from Tableau's list for up to half a minute. */
const seenWithinMs = 45_000
const lookEveryMs = 1000

/** The schedule of a task, in words. */
export const placeOf = ({ schedule }: RefreshTask): string => {
  if (schedule === undefined) return 'no schedule'
  return schedule.name === undefined ? 'a schedule whose name is not told' : `“${schedule.name}”`
}

/** What there is when the new task was added and the old one was not deleted, after `why`; `made`: the id of the new one. */
export const halfMoved = ({ id, to, from }: MoveInput, made: string | undefined, why: string): HalfDone => ({
  evidence: `New: ${made ?? 'a task whose id Tableau does not tell'} on “${to.name}”. Old: ${id} on ${from}.`,
  reason: `${why} There are two tasks now, on ${from} and on “${to.name}”: delete the old one by hand, or the new one to have it as it was.`,
})

/** Throws unless the task is where it was when its move was planned, and nobody else is moving it. */
const assertThere = async (tasks: TaskShelf, tableau: TableauSession, work: BulkWork, { id, from, fromId }: MoveInput): Promise<void> => {
  if (await work.isBegunElsewhere()) throw new ProblemError('conflict', 'Another run has added it to another schedule already and is not through with it. Nothing was sent to Tableau.')
  const task = await taskNow(tasks, tableau, id)
  if (task === undefined) throw new ProblemError('not_found', 'The task is not there any more: it was deleted or moved since this was planned. Nothing was sent to Tableau.')
  if (fromId === undefined || task.schedule === undefined || task.schedule.id === fromId) return
  throw new ProblemError('changed_elsewhere', `The task is no longer on ${from} but on ${placeOf(task)}: somebody has moved it since this was planned. Nothing was sent to Tableau.`)
}

/** The two writes of a move, in order. */
export const moveIntentions = (deps: MoveDeps, { principal }: BulkContext, work: BulkWork): readonly [Intention, Intention] => {
  const shelf = deps.shelves.of(principal)
  const { id, content, to } = moveInputSchema.parse(work.input)
  const body = { kind: 'extractRefresh', ...(content.kind === 'workbook' ? { workbookId: content.id } : { datasourceId: content.id }) } as const
  return [addIntention(shelf, addTargetOf(to.id, content, 'extractRefresh'), body, work.requestOf(0)), deleteIntention(shelf.tasks, id, work.requestOf(1))]
}

/** Waits until Tableau's list shows the task that was added. */
const isListed = async ({ clock, stop }: MoveDeps, tasks: TaskShelf, context: BulkContext, { id, content, to }: MoveInput, made: string | undefined): Promise<boolean> => {
  const startedAt = clock.monotonic()
  for (;;) {
    const { value } = await tasks.readNow(context.tableau)
    const isThere = value.some((task) => (made === undefined ? task.id !== id && task.schedule?.id === to.id && task.content?.id === content.id : task.id === made))
    if (isThere) return true
    if (clock.monotonic() - startedAt >= seenWithinMs) return false
    await clock.delay(lookEveryMs, stop)
  }
}

/** Why the old task stays, or undefined for what is tried again or ends the run. */
const problemIn = (error: unknown, now: number): ProblemError | undefined => {
  const problem = error instanceof ProblemError ? error : error instanceof TableauError ? toProblemError(error, now) : undefined
  return problem === undefined || isPassing(problem.code) ? undefined : problem
}

const deleteOld = async (context: BulkContext, carry: Carry, remove: Intention): Promise<{ state: 'done' | 'unconfirmed'; evidence: string }> => {
  try {
    return await carry(context, remove)
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not_found') return { state: 'done', evidence: 'The old task was gone already: somebody else has deleted it meanwhile.' }
    throw error
  }
}

const move = async (deps: MoveDeps, context: BulkContext, work: BulkWork, carry: Carry, input: MoveInput): Promise<BulkOutcome> => {
  const { tasks } = deps.shelves.of(context.principal)
  const { to, from } = input
  const [add, remove] = moveIntentions(deps, context, work)
  const send: Intention['send'] = async (tableau, remember) => {
    // Not before: a restart, or a second try of the rest, finds the record of what was added and goes on with that.
    await assertThere(tasks, tableau, work, input)
    return add.send(tableau, remember)
  }
  const added = await carry(context, { ...add, send })
  if (added.state === 'unconfirmed') return { state: 'unconfirmed', evidence: `${added.evidence} The old task on ${from} was not touched.` }
  const made = added.result?.taskId
  const result = { scheduleId: to.id, ...(made === undefined ? {} : { taskId: made }) }
  const half = (why: string, problem?: ProblemError): BulkOutcome => ({ state: 'half_done', ...halfMoved(input, made, why), result, ...(problem === undefined ? {} : { problem }) })
  try {
    if (!(await isListed(deps, tasks, context, input, made))) return half('Tableau has added it, but does not list it yet, so the old one was not deleted.')
    const { state, evidence } = await deleteOld(context, carry, remove)
    if (state === 'done') return { state: 'done', evidence: `It was added to “${to.name}” and seen there. ${evidence}`, result }
    return half(`It was added, and it could not be confirmed that the old one was deleted. ${evidence}`)
  } catch (error) {
    const problem = problemIn(error, deps.clock.now())
    if (problem === undefined) throw error
    return half('It was added, and the old one was not deleted.', problem)
  }
}

/** Moves one task: it is added to the other schedule, seen there, and only then deleted where it was. */
export const moveTask = (deps: MoveDeps, context: BulkContext, work: BulkWork, carry: Carry): Promise<BulkOutcome> => {
  const input = moveInputSchema.parse(work.input)
  // Not under the id alone, which is that of an edit of the content: it would wait for as long as Tableau's list runs behind.
  return deps.locks.run(`move ${input.content.id}`, () => {
    work.assertWanted()
    return move(deps, context, work, carry, input)
  })
}

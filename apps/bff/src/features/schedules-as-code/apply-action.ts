import { maxBulkItems, type CreateSchedule, type Luid, type UpdateSchedule, type WriteResult, luidSchema } from '@refreshboard/api-types'
import { planOf, stepInputSchema } from '@refreshboard/schedules-as-code'
import { z } from 'zod'
import type { BulkAction, BulkContext, BulkOutcome, BulkPlan, BulkWork, Carry, PlannedItem } from '../../bulk/bulk-action.ts'
import { isPassing } from '../../bulk/passing.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { mayWriteSchedules } from '../../session/roles.ts'
import { assertServerSchedules } from '../../session/server-features.ts'
import type { Intention, IntentionRequest } from '../../writes/intention.ts'
import { readCurrent, type CurrentDeps } from './read-current.ts'
import { inParts, type ReadText } from './read-text.ts'

interface Added {
  readonly kind: 'workbook' | 'datasource'
  readonly id: Luid
}

/** The single writes that a text is carried out with: the same as those of the pages. */
interface ScheduleIntentions {
  createSchedule(context: BulkContext, input: CreateSchedule, request: IntentionRequest): Intention
  updateSchedule(context: BulkContext, id: Luid, input: UpdateSchedule, request: IntentionRequest): Intention
  deleteSchedule(context: BulkContext, id: Luid, request: IntentionRequest): Intention
  addContent(context: BulkContext, scheduleId: Luid, content: Added, request: IntentionRequest): Intention
  deleteTask(context: BulkContext, id: Luid, request: IntentionRequest): Intention
}

/** What a text is planned with, and carried out by the writes that schedules and tasks have already. */
export interface ApplyDeps extends CurrentDeps {
  readonly readText: ReadText
  readonly intentions: ScheduleIntentions
}

/** What a run of `schedules.apply` was planned from, as the store has it; `prune` deletes what the text does not name. */
export const wantedSchema = z.object({ yaml: z.string(), prune: z.boolean() })
type Wanted = z.output<typeof wantedSchema>

/** Refuses who could not carry it out, before anything is read. */
export const assertMayApply = ({ facts }: BulkContext): void => {
  assertServerSchedules(facts)
  const may = mayWriteSchedules(facts)
  if (!may.allowed) throw new ProblemError('forbidden', `${may.reason} You can export the schedules that you see.`)
}

const counted = (items: readonly PlannedItem[]): string => {
  const words = (
    [
      ['create', 'to make'],
      ['change', 'to change'],
      ['delete', 'to delete'],
      ['cannot', 'that cannot be done'],
    ] as const
  ).flatMap(([step, what]) => {
    const count = items.filter((item) => item.step === step).length
    return count === 0 ? [] : [`${count} ${what}`]
  })
  return words.length === 0 ? 'nothing to do' : words.join(', ')
}

const isIdle = ({ step }: PlannedItem): boolean => step === 'unchanged' || step === 'cannot'

/** What is done, then as much of what is not done as a run holds: what cannot be done has a row at the least. */
const bounded = (steps: readonly PlannedItem[]): { items: readonly PlannedItem[]; warnings: string[] } => {
  const toDo = steps.filter((step) => !isIdle(step)).length
  const needed = toDo + (steps.some(({ step }) => step === 'cannot') ? 1 : 0)
  if (needed > maxBulkItems) {
    const detail = `The text would do ${toDo} things; at most ${maxBulkItems - (needed - toDo)} are done in one go${needed === toDo ? '' : ' beside what cannot be done'}. ${inParts('Apply')}`
    throw new ProblemError('validation', detail, { fields: { yaml: detail } })
  }
  if (steps.length <= maxBulkItems) return { items: steps, warnings: [] }
  const rest = steps.slice(maxBulkItems)
  const impossible = rest.filter(({ step }) => step === 'cannot').length
  return {
    items: steps.slice(0, maxBulkItems),
    warnings: [`Not listed, since a run holds ${maxBulkItems} rows: ${rest.length - impossible} that stay as they are${impossible === 0 ? '' : `, ${impossible} that cannot be done`}.`],
  }
}

const planApply = async (deps: ApplyDeps, context: BulkContext, { yaml, prune }: Wanted): Promise<BulkPlan> => {
  assertMayApply(context)
  const reading = await deps.readText(yaml)
  if (!reading.ok) throw new ProblemError('validation', 'The text of the schedules is not read any more as it was. Plan it again.', { fields: { yaml: reading.faults[0]?.message ?? 'cannot be read' } })
  const current = await readCurrent(deps, context, reading.document)
  const plan = planOf(current, reading.document, { prune })
  const { items, warnings } = bounded(plan.steps)
  return { title: `Apply schedules: ${counted(plan.steps)}`, warnings: [...plan.warnings, ...warnings, ...(current.olderThanNow === undefined ? [] : [current.olderThanNow])], items }
}

/** Tableau makes every schedule Active. */
const suspendAfter = async ({ intentions }: ApplyDeps, context: BulkContext, work: BulkWork, carry: Carry, made: BulkOutcome): Promise<BulkOutcome> => {
  const id = luidSchema.parse(made.result?.scheduleId)
  const half = (evidence: string, reason: string, problem?: ProblemError): BulkOutcome => ({
    ...made,
    state: 'half_done',
    evidence: `${made.evidence} ${evidence}`,
    reason: `${reason} Apply the text again, or suspend it by hand.`,
    ...(problem === undefined ? {} : { problem }),
  })
  try {
    const { state, evidence } = await carry(context, intentions.updateSchedule(context, id, { changes: { state: 'Suspended' }, seen: { state: 'Active' } }, work.requestOf(1)))
    return state === 'done' ? { ...made, evidence: `${made.evidence} It was suspended then.` } : half(evidence, 'It was made, and whether it was suspended could not be confirmed.')
  } catch (error) {
    if (!(error instanceof ProblemError) || isPassing(error.code)) throw error
    return half('It was not suspended.', 'It was made and is still Active.', error)
  }
}

const scheduleOf = (target: { id: Luid } | { madeBy: number }, resultOf: (n: number) => WriteResult | undefined): Luid => {
  if ('id' in target) return target.id
  const made = luidSchema.safeParse(resultOf(target.madeBy)?.scheduleId).data
  if (made === undefined) throw new ProblemError('conflict', 'The schedule that this belongs on was not made, as far as is known, so nothing was put on it. Apply the text again.')
  return made
}

const perform = async (deps: ApplyDeps, context: BulkContext, work: BulkWork, carry: Carry): Promise<BulkOutcome> => {
  const { intentions } = deps
  const request = work.requestOf(0)
  const input = stepInputSchema.parse(work.input)
  switch (input.do) {
    case 'createSchedule': {
      const made = await carry(context, intentions.createSchedule(context, input.schedule, request))
      return input.suspended && made.state === 'done' ? suspendAfter(deps, context, work, carry, made) : made
    }
    case 'changeSchedule':
      return carry(context, intentions.updateSchedule(context, input.id, { changes: input.changes, seen: input.seen }, request))
    case 'addContent':
      return carry(context, intentions.addContent(context, scheduleOf(input.schedule, work.resultOf), { kind: input.kind, id: input.contentId }, request))
    case 'deleteTask':
      return carry(context, intentions.deleteTask(context, input.id, request))
    case 'deleteSchedule':
      return carry(context, intentions.deleteSchedule(context, input.id, request))
    case 'nothing':
    default:
      throw new ProblemError('internal', 'A step that does nothing was to be carried out.')
  }
}

/** Makes the server's schedules what a text says, in order, one thing at a time: what comes later may need what came before. */
export const applyAction = (deps: ApplyDeps): BulkAction<Wanted> => ({
  action: 'schedules.apply',
  intentions: 2,
  atOnce: 1,
  firstErrorHalts: true,
  plan: (context, wanted) => planApply(deps, context, wanted),
  perform: (context, work, carry) => perform(deps, context, work, carry),
})

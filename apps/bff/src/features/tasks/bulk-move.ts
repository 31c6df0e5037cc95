import { luidSchema, type Luid, type PlanBulk, type Schedule } from '@refreshboard/api-types'
import type { RefreshTask, ScheduleExtract } from '@refreshboard/tableau-client'
import type { BulkAction, BulkContext, PlannedItem } from '../../bulk/bulk-action.ts'
import { countOf } from '../../bulk/words.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { isScheduleGone } from '../../shelves/schedule-shelf.ts'
import { isAdministrator } from '../../session/roles.ts'
import { addsToSchedules, assertOffered, assertServerSchedules, deletesTasks } from '../../session/server-features.ts'
import { planTasks } from './bulk-tasks.ts'
import { halfMoved, moveInputSchema, moveIntentions, moveTask, placeOf, type MoveDeps } from './move-task.ts'
import { extractsOf } from './schedule-tasks.ts'

type Wanted = Extract<PlanBulk, { action: 'tasks.move' }>

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

/** The contents that are refreshed on a schedule. */
const contentsOn = (scheduleId: Luid, tasks: readonly RefreshTask[]): Set<string> => new Set(tasks.flatMap(({ schedule, content }) => (schedule?.id === scheduleId && content !== undefined ? [content.id] : [])))

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
    let there: Set<string> | undefined
    const brought = new Set<string>()
    const items = await planTasks(deps, context, select.ids, will, async (task, _names, all): Promise<Pick<PlannedItem, 'input' | 'reason'>> => {
      const { id, content, schedule } = task
      const contentId = luidSchema.safeParse(content?.id).data
      const from = { from: placeOf(task), ...(schedule?.id === undefined ? {} : { fromId: schedule.id }) }
      const input = { id, content: content && { kind: content.kind, id: content.id }, ...from, to: { id: scheduleId, name: to.name } }
      if (content === undefined || contentId === undefined) return { input, reason: 'It belongs to a virtual connection, whose tasks REST cannot make.' }
      if (schedule?.id === scheduleId) return { input, reason: `It is on “${to.name}” already.` }
      there ??= contentsOn(scheduleId, all)
      if (there.has(contentId)) return { input, reason: `Its content is on “${to.name}” already, by another task: moved, it would be there twice. Delete this one instead.` }
      const reason = typeReason((await extracts(schedule?.id))?.get(id)?.refreshType)
      if (reason !== undefined) return { input, reason }
      if (brought.has(contentId)) return { input, reason: `Another of the chosen tasks brings the same content to “${to.name}”.` }
      brought.add(contentId)
      return { input }
    })
    return {
      title: `Move ${countOf(items, 'task')} to “${to.name}”`,
      warnings: ['Each gets another id, and the priority of the schedule; how often it failed in a row is counted anew.', 'For a moment there are two tasks of a content: both run if both are due in that moment.'],
      items,
    }
  },
  perform: (context, work, carry) => moveTask(deps, context, work, carry),
  intentionsOf: (context, work) => moveIntentions(deps, context, work),
  halfDone: (input, result, why) => halfMoved(moveInputSchema.parse(input), result?.taskId, why),
})

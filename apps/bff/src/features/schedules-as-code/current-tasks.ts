import { luidSchema, type Luid, type Schedule, type Task } from '@refreshboard/api-types'
import type { CurrentTask } from '@refreshboard/schedules-as-code'
import type { RefreshTask } from '@refreshboard/tableau-client'
import type { BulkContext } from '../../bulk/bulk-action.ts'
import type { DirectoryView } from '../../directory/content-directory.ts'
import { isAdministrator } from '../../session/roles.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { Asked, Extracts, ExtractsQuestion } from './kept-extracts.ts'
import { longestMs } from './not-yet.ts'

/** The list of this site's tasks, looked up by their schedule. */
interface SiteTasks {
  readonly listedOn: (scheduleId: string) => readonly { readonly id: string }[]
  readonly on: (scheduleId: Luid, extracts: Extracts, names: DirectoryView) => readonly Task[]
}

/** What tells which tasks are on the schedules of a site. */
export interface TasksDeps {
  readonly shelves: Shelves
  readonly siteTasks: (tasks: { hides(id: string): boolean }, listed: readonly RefreshTask[]) => SiteTasks
  /** Full or incremental by task id; undefined for who may not see it. */
  readonly extractsOn: (context: BulkContext, scheduleId: Luid) => Promise<Extracts>
}

interface TasksNow {
  readonly tasks: readonly CurrentTask[]
  readonly withoutContent: number
  /** When the oldest of what tells full from incremental was read, by the monotonic clock. */
  readonly since: number
}

const refreshes: Readonly<Record<string, NonNullable<CurrentTask['refresh']>>> = { FullRefresh: 'full', IncrementalRefresh: 'incremental' }

const currentTask = (scheduleId: string, { id, content, priority, refreshType = '' }: Task): CurrentTask[] => {
  const refresh = refreshes[refreshType]
  return content === undefined ? [] : [{ id, scheduleId, kind: content.kind, contentId: content.id, ...(refresh === undefined ? {} : { refresh }), ...(priority === undefined ? {} : { priority }) }]
}

const askedOf = (schedules: readonly Luid[], site: SiteTasks): Asked =>
  new Map(
    schedules.map((id) => [
      id,
      site
        .listedOn(id)
        .map((task) => task.id)
        .toSorted()
        .join(),
    ]),
  )

/**
 * The tasks of a list that is read now. Full or incremental stands nowhere but with the schedule, so every schedule with tasks is asked
 * by itself; that can be too much for one request, which is told so after `longestMs`, and the next one goes on.
 */
export const tasksNow = async (deps: TasksDeps, context: BulkContext, question: ExtractsQuestion, { schedules, names, askedAt }: { schedules: readonly Schedule[]; names: DirectoryView; askedAt: number }): Promise<TasksNow> => {
  const { tasks } = deps.shelves.of(context.principal)
  await tasks.readNow(context.tableau)
  const site = deps.siteTasks(tasks, (await tasks.read(context.tableau)).value)
  const used = schedules.flatMap(({ id }) => (site.listedOn(id).length === 0 ? [] : (luidSchema.safeParse(id).data ?? [])))
  const { extracts, since } = await question.answer(askedOf(isAdministrator(context.facts.user.siteRole) ? used : [], site), {
    sessionId: context.tableau.sessionId,
    read: (id) => deps.extractsOn(context, id),
    until: askedAt + longestMs,
  })
  const rows = used.flatMap((id) => site.on(id, extracts.get(id), names).map((task) => ({ id, task })))
  return { tasks: rows.flatMap(({ id, task }) => currentTask(id, task)), withoutContent: rows.filter(({ task }) => task.content === undefined).length, since }
}

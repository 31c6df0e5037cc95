import type { Luid, listScheduleTasks, OutputOf, Task } from '@refreshboard/api-types'
import { isRefusal, listScheduleExtracts, sweepPages, TableauApiError, type RefreshTask, type ScheduleExtract } from '@refreshboard/tableau-client'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { DirectoryView } from '../../directory/content-directory.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import { areNamed, taskRow } from './task-rows.ts'

type ScheduleTasks = Omit<OutputOf<typeof listScheduleTasks>, 'age'>

interface Read {
  readonly list: ScheduleTasks
  readonly age: { readonly ageMs: number; readonly tableauNow: number; readonly failure: unknown }
}

/** A Subscription or a Flow schedule has no extract refresh tasks, which Tableau says with an error (400047). */
const isForSomethingElse = (error: unknown): boolean => error instanceof TableauApiError && error.code === '400047'

/** Full or incremental by task id; undefined for who may not see it. */
export const extractsOf = async (tableau: TableauSession, scheduleId: Luid): Promise<ReadonlyMap<string, ScheduleExtract> | undefined> => {
  try {
    const { rows } = await sweepPages((page, signal) => tableau.call(listScheduleExtracts, { ...page, scheduleId }, { signal }))
    return new Map(rows.map((row) => [row.id, row]))
  } catch (error) {
    if (isForSomethingElse(error)) return new Map()
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** The tasks of a site, looked up by their schedule. */
interface SiteTasks {
  /** What the site's list has on it. */
  readonly listedOn: (scheduleId: string) => readonly RefreshTask[]
  /**
   * The rows of the site's list, which tell failures, with full or incremental from the schedule's own. That one can hold tasks of other
   * sites for a server administrator, so a row of its own counts only where this site has its content.
   */
  readonly on: (scheduleId: Luid, extracts: ReadonlyMap<string, ScheduleExtract> | undefined, names: DirectoryView) => Task[]
}

/** Indexed once for all schedules: `listed` is the whole list of the site. */
export const siteTasks = (tasks: Pick<TaskShelf, 'hides'>, listed: readonly RefreshTask[]): SiteTasks => {
  const known = new Set(listed.map(({ id }) => id))
  const bySchedule = new Map<string | undefined, RefreshTask[]>()
  for (const task of listed) {
    const rows = bySchedule.get(task.schedule?.id)
    if (rows === undefined) bySchedule.set(task.schedule?.id, [task])
    else rows.push(task)
  }
  const listedOn = (scheduleId: string): readonly RefreshTask[] => bySchedule.get(scheduleId) ?? []
  return {
    listedOn,
    on: (scheduleId, extracts, names) => {
      const rows = listedOn(scheduleId).map((task) => taskRow(task, names, extracts?.get(task.id)?.refreshType))
      const more = [...(extracts?.values() ?? [])].filter(({ id, content }) => !known.has(id) && !tasks.hides(id) && content !== undefined && names.contentOf(content.kind, content.id) !== undefined)
      return [...rows, ...more.map(({ refreshType, ...task }) => taskRow({ ...task, schedule: { id: scheduleId } }, names, refreshType))]
    },
  }
}

/** The tasks of this site on a schedule; for administrators with full or incremental. */
export const readScheduleTasks = async (tasks: TaskShelf, directories: ContentDirectories, tableau: TableauSession, scheduleId: Luid, administrator: boolean): Promise<Read> => {
  const [extracts, view, names] = await Promise.all([administrator ? extractsOf(tableau, scheduleId) : undefined, tasks.read(tableau), directories.of(tableau.principal).read(tableau)])
  return {
    list: {
      tasks: siteTasks(tasks, view.value).on(scheduleId, extracts, names),
      scope: administrator ? 'site' : 'own',
      refreshTypes: extracts !== undefined,
      named: areNamed(names),
    },
    age: view,
  }
}

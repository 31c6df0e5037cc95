import type { Luid, listScheduleTasks, OutputOf } from '@refreshboard/api-types'
import { isRefusal, listScheduleExtracts, sweepPages, TableauApiError, type ScheduleExtract } from '@refreshboard/tableau-client'
import type { ContentDirectories } from '../../directory/content-directories.ts'
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

/**
 * The tasks of this site on a schedule: the rows of the site's list, which tell failures, and for administrators full or
 * incremental from the schedule's. That one can hold tasks of other sites for a server administrator, so a row of its own
 * counts only where this site has its content.
 */
export const readScheduleTasks = async (tasks: TaskShelf, directories: ContentDirectories, tableau: TableauSession, scheduleId: Luid, administrator: boolean): Promise<Read> => {
  const [extracts, view, names] = await Promise.all([administrator ? extractsOf(tableau, scheduleId) : undefined, tasks.read(tableau), directories.of(tableau.principal).read(tableau)])
  const listed = view.value.filter(({ schedule }) => schedule?.id === scheduleId)
  const rows = listed.map((task) => taskRow(task, names, extracts?.get(task.id)?.refreshType))
  const known = new Set(view.value.map(({ id }) => id))
  const more = [...(extracts?.values() ?? [])].filter(({ id, content }) => !known.has(id) && !tasks.hides(id) && content !== undefined && names.contentOf(content.kind, content.id) !== undefined)
  return {
    list: {
      tasks: [...rows, ...more.map(({ refreshType, ...task }) => taskRow({ ...task, schedule: { id: scheduleId } }, names, refreshType))],
      scope: administrator ? 'site' : 'own',
      refreshTypes: extracts !== undefined,
      named: areNamed(names),
    },
    age: view,
  }
}

import type { Content, ExtractsQuery, listExtracts, OutputOf, Task } from '@refreshboard/api-types'
import type { RefreshTask } from '@refreshboard/tableau-client'
import type { Clock } from '../../clock.ts'
import type { ContentDirectory, DirectoryView } from '../../directory/content-directory.ts'
import { findContent } from '../../directory/content-search.ts'
import { dataAgeOf } from '../../http/data-age.ts'
import { isAdministrator } from '../../session/roles.ts'
import { hasTasks } from '../../session/server-features.ts'
import { SessionEnded } from '../../session/session-ended.ts'
import type { SessionFacts } from '../../session/sessions.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import { within } from '../../shelves/patience.ts'
import type { TaskShelf, TaskView } from '../../shelves/task-shelf.ts'
import { filterRows, sortRows, type Row } from './extract-rows.ts'

type ExtractList = OutputOf<typeof listExtracts>

/** The tasks of a large site come in one reply; the content does not wait longer for it. */
const tasksMs = 2000

/** Here the content is what is looked at, and not only its names: as often as a page asks. */
const freshMs = 30_000

/** Both kinds in one list, made once for each listing of the directory. */
const merged = new WeakMap<readonly Content[], readonly Content[]>()

const allOf = (view: DirectoryView): readonly Content[] => {
  const workbooks = view.contents('workbook')
  const known = merged.get(workbooks)
  if (known) return known
  const made = [...workbooks, ...view.contents('datasource')]
  merged.set(workbooks, made)
  return made
}

/** `waiting`: they are still on their way. Without either, they cannot be read. */
interface Tasks {
  readonly view?: TaskView
  readonly waiting: boolean
}

const readTasks = async (clock: Clock, shelf: TaskShelf, tableau: TableauSession, facts: SessionFacts): Promise<Tasks> => {
  if (!hasTasks(facts).allowed) return { waiting: false }
  const reading = shelf.read(tableau).then(
    (view): Tasks => ({ view, waiting: false }),
    (error: unknown): Tasks => {
      if (error instanceof SessionEnded) throw error
      return { waiting: false }
    },
  )
  return (await within(clock, reading, tasksMs)) ?? { waiting: true }
}

const keyOf = ({ kind, id }: Pick<Content, 'kind' | 'id'>): string => `${kind} ${id}`

const tasksByContent = (tasks: readonly RefreshTask[]): ReadonlyMap<string, Omit<Task, 'content'>[]> => {
  const byContent = new Map<string, Omit<Task, 'content'>[]>()
  for (const { content, ...task } of tasks) {
    if (content === undefined) continue
    const key = keyOf(content)
    byContent.set(key, [...(byContent.get(key) ?? []), task])
  }
  return byContent
}

interface ExtractListDeps {
  readonly clock: Clock
  readonly directory: ContentDirectory
  readonly shelf: TaskShelf
}

/** The content of the site with the tasks on it: Tableau's lists of the one know nothing of the other. */
export const readExtractList = async (
  { clock, directory, shelf }: ExtractListDeps,
  { facts, tableau, requestId }: { facts: SessionFacts; tableau: TableauSession; requestId: string },
  query: ExtractsQuery,
): Promise<ExtractList> => {
  const [names, tasks] = await Promise.all([directory.read(tableau, { freshMs }), readTasks(clock, shelf, tableau, facts)])
  const all = allOf(names)
  // Nothing was ever read: an empty list would say that there is nothing.
  if (!names.complete && names.failure !== undefined && all.length === 0) throw names.failure
  const byContent = tasks.view === undefined ? undefined : tasksByContent(tasks.view.value)
  const rowOf = (content: Content): Row => {
    const own = byContent?.get(keyOf(content)) ?? []
    return { content, tasks: own, scheduled: byContent === undefined ? undefined : own.length > 0 }
  }
  const { found, counts } = filterRows(findContent(all, query.q).map(rowOf), query)
  const window = sortRows(found, query.sort).slice(query.offset, query.offset + query.limit)
  const known = isAdministrator(facts.user.siteRole) ? 'site' : 'own'
  return {
    rows: window.map(({ content, tasks: own }) => ({ content, tasks: [...own] })),
    total: found.length,
    counts,
    all: all.length,
    tasksOf: byContent === undefined ? 'none' : known,
    complete: names.complete && !tasks.waiting,
    age: dataAgeOf({ ...names, failure: names.failure ?? tasks.view?.failure }, requestId, clock.now()),
  }
}

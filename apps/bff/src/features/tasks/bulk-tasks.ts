import type { Luid } from '@refreshboard/api-types'
import type { RefreshTask } from '@refreshboard/tableau-client'
import type { BulkContext, PlannedItem } from '../../bulk/bulk-action.ts'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { DirectoryView } from '../../directory/content-directory.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import { readUntil } from '../../shelves/read-until.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import { areNamed } from './task-rows.ts'

/** What the runs over tasks read from. */
export interface BulkTasksDeps {
  shelves: Shelves
  directories: ContentDirectories
  feeds: JobFeeds
}

/** The names of contents, waited for if this is the first time that they are asked for. */
const namesFor = (directories: ContentDirectories, { tableau }: BulkContext): Promise<DirectoryView> => readUntil(() => directories.of(tableau.principal).read(tableau), areNamed)

const describe = ({ content, schedule }: RefreshTask, names: DirectoryView): Pick<PlannedItem, 'name' | 'about'> => {
  const known = content && names.contentOf(content.kind, content.id)
  const about = [known?.project?.name, schedule?.name].filter((text) => text !== undefined && text !== '').join(' · ')
  return { name: known?.name ?? (content === undefined ? 'Virtual connection' : content.id), ...(about === '' ? {} : { about }) }
}

/** The tasks of a plan: one row each, in the order in which they were chosen. `plan` says what would become of one; `all`: every task that is seen. */
export const planTasks = async (
  { shelves, directories }: BulkTasksDeps,
  context: BulkContext,
  ids: readonly Luid[],
  will: string,
  plan: (task: RefreshTask, names: DirectoryView, all: readonly RefreshTask[]) => Promise<Pick<PlannedItem, 'input' | 'reason'>> | Pick<PlannedItem, 'input' | 'reason'>,
): Promise<PlannedItem[]> => {
  const { tasks } = shelves.of(context.principal)
  const [{ value }, names] = await Promise.all([tasks.readNow(context.tableau), namesFor(directories, context)])
  const all = value.filter(({ id }) => !tasks.hides(id))
  const byId = new Map(all.map((task) => [task.id, task]))
  const items: PlannedItem[] = []
  for (const id of ids) {
    const task = byId.get(id)
    const common = { id, step: 'act', will } as const
    if (task === undefined) items.push({ ...common, name: id, reason: 'Tableau’s list of tasks does not have it: it was deleted, or you may not see it.', input: { id } })
    else items.push({ ...common, ...describe(task, names), ...(await plan(task, names, all)) })
  }
  return items
}

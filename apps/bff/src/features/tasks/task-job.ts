import type { getTaskJob, Job, Luid, OutputOf, Permission } from '@refreshboard/api-types'
import { getExtractRefreshTask, isRefusal, type ContentRef } from '@refreshboard/tableau-client'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { ContentDirectory } from '../../directory/content-directory.ts'
import type { FeedView, JobFeed } from '../../live/job-feed.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import { readUntil } from '../../shelves/read-until.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import { latestRefreshOf } from './refresh-jobs.ts'
import { areNamed } from './task-rows.ts'

type TaskJob = OutputOf<typeof getTaskJob>

interface TaskJobDeps {
  tasks: TaskShelf
  feed: JobFeed
  directories: ContentDirectories
  mayListJobs: Permission
}

const unknown = (reason: string): TaskJob => ({ known: false, reason })

/** Reads the jobs until one fits or all are there. */
const search = async (feed: JobFeed, tableau: TableauSession, find: (view: FeedView) => Job | undefined): Promise<TaskJob> => {
  const view = await readUntil(() => feed.read(tableau), (seen) => seen.age.complete || find(seen) !== undefined)
  const job = find(view)
  if (job === undefined && !view.age.complete) return unknown('The jobs of this site are still being read. Ask again.')
  return { known: true, ...(job === undefined ? {} : { job }) }
}

/** Waits for the first reading of the names, if need be. */
const nameOf = async (directory: ContentDirectory, tableau: TableauSession, { kind, id }: ContentRef): Promise<string | undefined> => {
  const names = await readUntil(() => directory.read(tableau), (seen) => areNamed(seen) || seen.contentOf(kind, id)?.name !== undefined)
  return names.contentOf(kind, id)?.name
}

/** The latest refresh of a task's content. Tableau's list of jobs names no task, so the content's name decides. */
export const readTaskJob = async ({ tasks, feed, directories, mayListJobs }: TaskJobDeps, tableau: TableauSession, id: Luid): Promise<TaskJob> => {
  if (!mayListJobs.allowed) return unknown(mayListJobs.reason)
  const listed = await tasks.read(tableau)
  const task = listed.value.find((row) => row.id === id) ?? (await tableau.call(getExtractRefreshTask, { taskId: id })).value
  const { content } = task
  if (content === undefined) return unknown('The task belongs to a virtual connection, whose refreshes Tableau does not tell.')
  const name = await nameOf(directories.of(tableau.principal), tableau, content)
  if (name === undefined) return unknown('The name of the task’s content is not known, and jobs are found by that name.')
  try {
    return await search(feed, tableau, ({ index }) => latestRefreshOf(index.jobs, { kind: content.kind, name }))
  } catch (error) {
    if (isRefusal(error)) return unknown('Tableau does not let this user see the jobs of the site.')
    throw error
  }
}

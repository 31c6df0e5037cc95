import type { getTaskJob, Luid, OutputOf, Permission } from '@refreshboard/api-types'
import { getExtractRefreshTask, isRefusal, type ContentRef } from '@refreshboard/tableau-client'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { ContentDirectory } from '../../directory/content-directory.ts'
import type { FeedView, JobFeed } from '../../live/job-feed.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
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

/** More than a full sweep needs; each attempt waits a while by itself. */
const attempts = 20

const unknown = (reason: string): TaskJob => ({ known: false, reason })

/** Reads the jobs until one fits or all are there. */
const search = async (feed: JobFeed, tableau: TableauSession, find: (view: FeedView) => TaskJob): Promise<TaskJob> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const view = await feed.read(tableau)
    const found = find(view)
    if (view.age.complete || (found.known && found.job !== undefined)) return found
  }
  return unknown('The jobs of this site are still being read. Ask again.')
}

/** Waits for the first reading of the names, if need be. */
const nameOf = async (directory: ContentDirectory, tableau: TableauSession, { kind, id }: ContentRef): Promise<string | undefined> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const names = await directory.read(tableau)
    const name = names.contentOf(kind, id)?.name
    if (name !== undefined || areNamed(names)) return name
  }
  return undefined
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
    return await search(feed, tableau, ({ index }) => {
      const job = latestRefreshOf(index.jobs, { kind: content.kind, name })
      return { known: true, ...(job === undefined ? {} : { job }) }
    })
  } catch (error) {
    if (isRefusal(error)) return unknown('Tableau does not let this user see the jobs of the site.')
    throw error
  }
}

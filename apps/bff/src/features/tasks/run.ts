import { luidSchema, type Luid } from '@refreshboard/api-types'
import { getExtractRefreshTask, runExtractRefreshTask, TableauApiError } from '@refreshboard/tableau-client'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { JobFeed } from '../../live/job-feed.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import { beforeJobSchema, jobsNow, newJob, type BeforeJob } from '../../live/jobs-made.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { Shelf } from '../../shelves/shelves.ts'
import type { Intention, IntentionRequest, ReadBack, Seen, Sent } from '../../writes/intention.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { againOf, isCertain, unseenOf } from '../../writes/write-laws.ts'
import { refreshJobs } from './refresh-jobs.ts'

const write = 'runTask'

/** A new refresh of the task's content says that a run whose reply was lost was applied. */
const readBack =
  (feed: JobFeed, id: Luid): ReadBack =>
  async (tableau, remembered): Promise<Seen> => {
    const before = beforeJobSchema.safeParse(remembered).data
    if (before?.content === undefined || before.jobs === undefined) {
      return { state: 'unconfirmed', evidence: `The jobs cannot be listed as this user, so nothing tells whether the refresh was queued; ${againOf(write)}.` }
    }
    const job = await newJob(tableau, before, refreshJobs)
    if (job === undefined) return { state: 'checking', evidence: `Tableau lists no new refresh of the content, so ${unseenOf(write)}` }
    feed.expire()
    return { state: 'done', evidence: `Tableau lists a new refresh of the content, made at ${job.createdAt}.`, result: { taskId: id, jobId: job.id } }
  }

/** What there is before the run. An error here means that nothing is sent. */
const lookBefore = async (shelf: Shelf, directories: ContentDirectories, tableau: TableauSession, id: Luid, mayListJobs: boolean): Promise<BeforeJob> => {
  const task = shelf.tasks.peek(id) ?? (await tableau.call(getExtractRefreshTask, { taskId: id })).value
  const { content } = task
  const [jobs, names] = await Promise.all([mayListJobs ? jobsNow(tableau, refreshJobs) : undefined, directories.of(tableau.principal).read(tableau)])
  const name = content && names.contentOf(content.kind, content.id)?.name
  return {
    ...(content === undefined ? {} : { content: { kind: content.kind, id: content.id, ...(name === undefined ? {} : { name }) } }),
    ...(jobs === undefined ? {} : { jobs }),
  }
}

/** Where a refusal does not say for certain that no job was queued, the jobs decide. */
const queuedAllTheSame = async (tableau: TableauSession, before: BeforeJob, error: unknown): Promise<string | undefined> => {
  if (!(error instanceof TableauApiError) || isCertain(write, error)) return undefined
  try {
    return (await newJob(tableau, before, refreshJobs))?.id
  } catch {
    return undefined
  }
}

interface RunDeps {
  shelf: Shelf
  feed: JobFeed
  directories: ContentDirectories
  mayListJobs: boolean
}

/** Runs a task now. Sent once; the job is the one that Tableau names, or that its list shows. */
export const runIntention = ({ shelf, feed, directories, mayListJobs }: RunDeps, id: Luid, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: id,
  input: { id },
  send: async (tableau, remember): Promise<Sent> => {
    const before = await lookBefore(shelf, directories, tableau, id, mayListJobs)
    await remember(before)
    try {
      const { value } = await tableau.call(runExtractRefreshTask, { taskId: id })
      return { evidence: 'Tableau has queued the refresh.', result: { taskId: id, jobId: value.jobId } }
    } catch (error) {
      if (error instanceof TableauApiError) shelf.tasks.expire()
      const jobId = await queuedAllTheSame(tableau, before, error)
      if (jobId === undefined || !(error instanceof TableauApiError)) throw error
      return { evidence: `Tableau answered with an error (${error.code}), but its list of jobs shows a new refresh of the content: it was queued.`, result: { taskId: id, jobId } }
    } finally {
      feed.expire()
    }
  },
  readBack: readBack(feed, id),
})

export const runResumable = (feeds: JobFeeds): Resumable => ({
  write,
  readBack: (principal, record) => readBack(feeds.of(principal), luidSchema.parse(record.target)),
})


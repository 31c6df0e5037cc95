import { jobStatuses, type Job, type JobDetail, type Luid } from '@refreshboard/api-types'
import { queryJob, TableauApiError, type QueriedJob } from '@refreshboard/tableau-client'
import { ProblemError } from '../../http/problem-error.ts'
import type { JobFeed } from '../../live/job-feed.ts'
import type { TableauSession } from '../../session/tableau-session.ts'

/** Listed, but Query Job refuses it: made by Create Extract (`tableau/server-client-python#1093`). */
export const isNotQueryable = (error: unknown): error is TableauApiError => error instanceof TableauApiError && error.code === '400031'

const isKnownStatus = (status: string): boolean => jobStatuses.some((known) => known === status)

/**
 * What Query Job tells, with what only the list has. Query Job was read last, so it wins, but for a status that could not
 * be derived from it, and for the kind, which it names in other words.
 */
export const mergeJob = (row: Job | undefined, told: QueriedJob): Job => {
  const title = row?.title ?? told.content?.name
  const status = !isKnownStatus(told.job.status) && row !== undefined && isKnownStatus(row.status) ? row.status : told.job.status
  return {
    ...row,
    ...told.job,
    jobType: row?.jobType ?? told.job.jobType,
    status,
    ...(title === undefined ? {} : { title }),
  }
}

/** The list's row of a job, waiting for the first sweep if need be; throws `overloaded` where that takes too long. */
const findRow = async (feed: JobFeed, tableau: TableauSession, id: Luid): Promise<Job | undefined> => {
  const view = await feed.readUntil(tableau, ({ age, index }) => age.complete || index.find(id) !== undefined)
  if (view === undefined) throw new ProblemError('overloaded', 'Tableau does not let this job be queried, and the jobs of this site are still being read. That goes on in the background: try again in a moment.')
  return view.index.find(id)
}

const fromList = async (feed: JobFeed, tableau: TableauSession, id: Luid, refusal: TableauApiError): Promise<JobDetail> => {
  const job = await findRow(feed, tableau, id)
  if (!job) throw new ProblemError('not_found', 'Tableau neither lists this job nor lets it be queried: it may have been purged. Load the list again.')
  const { code, summary, detail } = refusal
  return { job, source: 'list', unavailable: { code, summary, detail }, statusNotes: [] }
}

const withPlace = (feed: JobFeed, detail: JobDetail): JobDetail => {
  const inFront = detail.job.status === 'Pending' ? feed.index?.inFront(detail.job) : undefined
  return inFront === undefined ? detail : { ...detail, inFront }
}

/** One job as it is now; the list's row takes over what was read. */
export const readJobDetail = async (feed: JobFeed, tableau: TableauSession, id: Luid): Promise<JobDetail> => {
  const known = feed.peek(id)
  // Opened by its address, the list has not been read yet; without it title and place in the queue are missing, no more.
  const listed = known ? Promise.resolve(known) : feed.read(tableau).then(({ index }) => index.find(id), () => undefined)
  try {
    const [{ value: told }, row] = await Promise.all([tableau.call(queryJob, { jobId: id }), listed])
    const job = mergeJob(row, told)
    feed.patch(job)
    return withPlace(feed, { ...told, job, source: 'query' })
  } catch (error) {
    if (!isNotQueryable(error)) throw error
    return withPlace(feed, await fromList(feed, tableau, id, error))
  }
}

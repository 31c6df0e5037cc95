import { luidSchema, type Job, type Luid } from '@refreshboard/api-types'
import { cancelJob, queryJob, TableauApiError } from '@refreshboard/tableau-client'
import { ProblemError } from '../../http/problem-error.ts'
import type { JobFeed } from '../../live/job-feed.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { Intention, IntentionRequest, ReadBack, Seen } from '../../writes/intention.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { againOf, saysGone, seenGone, unseenOf } from '../../writes/write-laws.ts'
import { isNotQueryable, mergeJob } from './job-detail.ts'

const write = 'cancelJob'

/** Looking at the job after its cancel was accepted must not hold up the answer. */
const lookMs = 2000

/** The job as it is now: by Query Job, or by reading the list again where Tableau does not let it be queried. */
const readNow = async (feed: JobFeed, tableau: TableauSession, id: Luid, deadlineMs?: number): Promise<Job | undefined> => {
  try {
    const { value } = await tableau.call(queryJob, { jobId: id }, deadlineMs === undefined ? {} : { deadlineMs })
    const job = mergeJob(feed.peek(id), value)
    feed.patch(job)
    return job
  } catch (error) {
    if (!isNotQueryable(error)) throw error
    feed.expire()
    return (await feed.read(tableau)).index.find(id)
  }
}

/** What a job's state says about a cancel whose reply was lost (faults: a cancelled job has finishCode 2). */
const seenOf = (job: Job | undefined): Seen => {
  switch (job?.status) {
    case 'Cancelled':
      return { state: 'done', evidence: `Tableau reports the job as cancelled${job.endedAt === undefined ? '' : ` at ${job.endedAt}`}.` }
    case 'Success':
    case 'Failed': {
      const evidence = `The job ended by itself (${job.status === 'Success' ? 'success' : 'failed'}${job.endedAt === undefined ? '' : ` at ${job.endedAt}`}) and was not cancelled.`
      return { state: 'not_done', evidence, problem: new ProblemError('already_finished', `${evidence} There is nothing left to cancel.`) }
    }
    case 'Pending':
      return { state: 'checking', evidence: `Tableau reports the job as still waiting. A waiting job is cancelled at once, so the request most likely never arrived; ${againOf(write)}.` }
    case 'InProgress':
      return { state: 'checking', evidence: `Tableau reports the job as still running; ${unseenOf(write)}` }
    case undefined:
    default:
      return { state: 'checking', evidence: `Tableau reports a state that settles nothing${job ? ` (${job.status})` : ''}.` }
  }
}

/** Reads a job back after its cancel was sent and no reply came. */
const cancelReadBack =
  (feed: JobFeed, id: Luid): ReadBack =>
  async (tableau) => {
    try {
      return seenOf(await readNow(feed, tableau, id))
    } catch (error) {
      if (!saysGone(write, error)) throw error
      return seenGone(write, `Tableau no longer knows this job (${error.code}), so nobody can tell how it ended.`, {})
    }
  }

/** After an accepted cancel; without an answer the list is read again. */
const lookOnce = async (feed: JobFeed, tableau: TableauSession, id: Luid): Promise<Job | undefined> => {
  try {
    return await readNow(feed, tableau, id, lookMs)
  } catch {
    feed.expire()
    return undefined
  }
}

const acceptedEvidence = (job: Job | undefined): string => {
  if (job?.status === 'Cancelled') return 'Tableau has cancelled the job.'
  return 'Tableau has accepted the cancel. A running job ends as cancelled shortly after.'
}

/** Cancels a job. Sent once; the row in the list then tells the truth. */
export const cancelIntention = (feed: JobFeed, id: Luid, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: id,
  input: { id },
  send: async (tableau) => {
    try {
      await tableau.call(cancelJob, { jobId: id })
    } catch (error) {
      // Refused because it is over: the row that offered the cancel is behind.
      if (error instanceof TableauApiError) feed.expire()
      throw error
    }
    return { evidence: acceptedEvidence(await lookOnce(feed, tableau, id)) }
  },
  readBack: cancelReadBack(feed, id),
})

export const cancelResumable = (feeds: JobFeeds): Resumable => ({
  write,
  readBack: (principal, record) => cancelReadBack(feeds.of(principal), luidSchema.parse(record.target)),
})

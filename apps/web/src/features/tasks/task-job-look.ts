import { getTaskJob, type Job } from '@refreshboard/api-types'
import { call } from '../../lib/api.ts'
import { ApiError } from '../../lib/api-error.ts'
import { noticeEnd } from '../../lib/follow-job.ts'
import { wait } from '../../lib/wait.ts'

/** `none`: it is not there. `failed`: nobody could be asked. `hidden`: why this person may not see the jobs. */
export type Found = { kind: 'job'; job: Job } | { kind: 'none' } | { kind: 'hidden'; why: string } | { kind: 'failed' }

const lookAfterMs = [0, 2000, 3000]

/** Looks for the task's job, a few times: a list of jobs may be seconds behind. Only reads. */
export const lookForJob = async (taskId: string, wanted: (job: Job) => boolean): Promise<Found> => {
  let found: Found = { kind: 'failed' }
  for (const ms of lookAfterMs) {
    await wait(ms)
    try {
      const answer = await call(getTaskJob, { params: { id: taskId } }, { background: true })
      if (!answer.known) return { kind: 'hidden', why: answer.reason }
      if (answer.job !== undefined && wanted(answer.job)) return { kind: 'job', job: answer.job }
      found = { kind: 'none' }
    } catch (error) {
      noticeEnd(error)
      if (error instanceof ApiError && error.code === 'forbidden') return { kind: 'hidden', why: error.message }
    }
  }
  return found
}

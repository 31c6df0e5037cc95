import { luidSchema, type Job, type Session } from '@refreshboard/api-types'
import { isOver, statusInWords } from '../../lib/job-words.ts'

/** `true`, or why not, in a sentence for people. It only shapes the page: Tableau decides again on every call. */
export type Can = true | string

export const canListJobs = ({ can }: Pick<Session, 'can'>): Can => (can.listJobs.allowed ? true : can.listJobs.reason)

export const canCancel = (job: Pick<Job, 'id' | 'status'>, { can }: Pick<Session, 'can'>): Can => {
  if (isOver(job)) return `The job is over (${statusInWords(job.status).toLowerCase()}): there is nothing to cancel.`
  if (!can.cancelJobs.allowed) return can.cancelJobs.reason
  if (!luidSchema.safeParse(job.id).success) return 'Tableau gave this job an id that it does not accept back.'
  return true
}

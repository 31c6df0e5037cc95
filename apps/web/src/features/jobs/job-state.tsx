import { JobStatus, JobUnderWay } from '../../components/job-status.tsx'
import { isOver } from '../../lib/job-words.ts'
import { useCancelState } from './cancel-store.ts'

const cancelWords = { sending: 'Cancelling …', checking: 'Checking …', done: 'Being cancelled', unconfirmed: 'Not confirmed' } as const

/** A job's state. A cancelling that is under way is told here too. */
export const JobState = ({ job }: { job: { id: string; status: string } }) => {
  const cancel = useCancelState(job.id)
  if (cancel !== undefined && cancel.phase !== 'not-done' && !isOver(job)) return <JobUnderWay>{cancelWords[cancel.phase]}</JobUnderWay>
  return <JobStatus status={job.status} />
}

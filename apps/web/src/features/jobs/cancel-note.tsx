import type { Job } from '@refreshboard/api-types'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useCancelState } from './cancel-store.ts'
import { isOver } from '../../lib/job-words.ts'
import classes from './job-drawer.module.css'

/** What became of the cancelling, in the drawer. The dialog shows a refusal itself, while it is open. */
export const CancelNote = ({ job, confirming }: { job: Job; confirming: boolean }) => {
  const cancel = useCancelState(job.id)
  if (cancel === undefined) return null
  switch (cancel.phase) {
    case 'checking':
      return (
        <output className={classes['note']}>
          <strong>Checking …</strong> The reply to the cancelling was lost. Refreshboard reads the job back; nothing is sent again.
        </output>
      )
    case 'done':
      return isOver(job) ? null : (
        <output className={classes['note']}>
          <strong>Tableau took the cancelling.</strong> {cancel.evidence}
        </output>
      )
    case 'not-done':
      return confirming ? null : <FailureNotice failure={cancel.failure} />
    case 'unconfirmed':
      return (
        <output className={classes['note']} data-late>
          <strong>It could not be confirmed whether the job was cancelled.</strong> {cancel.evidence}
        </output>
      )
    case 'sending':
      break
  }
  return null
}

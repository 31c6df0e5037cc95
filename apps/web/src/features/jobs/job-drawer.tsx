import type { Job } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useId } from 'react'
import { Drawer } from '../../components/drawer.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { ApiError, failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { useCancelState, type CancelState } from './cancel-store.ts'
import { CancelNote } from './cancel-note.tsx'
import type { TableauClock } from '../../components/job-cells.tsx'
import { JobFacts } from './job-facts.tsx'
import { isOver, jobName } from '../../lib/job-words.ts'
import { canCancel } from './jobs-can.ts'
import { jobOf } from './jobs.queries.ts'
import classes from './job-drawer.module.css'

const CancelDialog = lazy(async () => ({ default: (await import('./cancel-dialog.tsx')).CancelDialog }))

interface JobDrawerProps {
  jobId: string
  /** The row, where it is in sight: shown while the rest is being read. */
  row: Job | undefined
  clock: TableauClock | undefined
  zone: string
  confirming: boolean
  onConfirm: (confirming: boolean) => void
  onClose: () => void
}

const again = 5000

const busyReason = (cancel: CancelState | undefined): string | undefined => {
  if (cancel?.phase === 'checking') return 'What became of it is being found out.'
  return cancel?.phase === 'sending' || cancel?.phase === 'done' ? 'It is being cancelled.' : undefined
}

const Actions = ({ job, onCancel }: { job: Job; onCancel: () => void }) => {
  const session = useSession()
  const cancel = useCancelState(job.id)
  const reasonId = useId()
  const can = canCancel(job, session)
  const busy = cancel?.phase === 'sending' || cancel?.phase === 'checking'
  const reason = can === true ? busyReason(cancel) : can
  return (
    <>
      <Button
        color="red"
        variant="outline"
        className={classes['cancel'] ?? ''}
        // Still reachable by keyboard, so that the reason can be read.
        aria-disabled={reason !== undefined}
        aria-describedby={reason === undefined ? undefined : reasonId}
        {...(reason === undefined ? {} : { 'data-disabled': true })}
        loading={busy}
        onClick={(event) => {
          if (reason === undefined) onCancel()
          else event.preventDefault()
        }}
      >
        Cancel job
      </Button>
      {reason !== undefined && (
        <span id={reasonId} className={classes['dim']}>
          {reason}
        </span>
      )}
    </>
  )
}

/** One job beside the list, which stays usable. */
export const JobDrawer = ({ jobId, row, clock, zone, confirming, onConfirm, onClose }: JobDrawerProps) => {
  const live = useIsLive()
  const { data, error, isFetching, refetch } = useQuery({
    ...jobOf(jobId),
    enabled: live,
    refetchInterval: (query) => (query.state.status === 'error' || (query.state.data !== undefined && isOver(query.state.data.job)) ? false : again),
  })

  // A row that is newer than the detail tells the newer state.
  const job = row !== undefined && (data === undefined || (isOver(row) && !isOver(data.job))) ? row : data?.job
  const gone = error instanceof ApiError && (error.code === 'not_found' || error.code === 'bad_id')
  const failure = error === null || isSessionEnd(error) ? undefined : failureOf(error)
  return (
    <Drawer
      label="Job"
      title={job === undefined ? (gone ? 'Job' : 'Reading the job …') : jobName(job)}
      actions={job === undefined ? undefined : <Actions job={job} onCancel={() => onConfirm(true)} />}
      onClose={onClose}
    >
      {gone && job === undefined && (
        <p>
          <strong>This job is not there any more.</strong> Tableau keeps finished jobs for a while only, and deletes the oldest. Its id is <code>{jobId}</code>.
        </p>
      )}
      {failure !== undefined && !(gone && job === undefined) && <FailureNotice failure={failure} onRetry={() => void refetch()} retrying={isFetching} />}
      {job !== undefined && data === undefined && error === null && <output className={classes['dim']}>Reading the details …</output>}
      {job !== undefined && <CancelNote job={job} confirming={confirming} />}
      {job === undefined ? (
        !gone && error === null && <div className={classes['bones']} aria-hidden />
      ) : (
        <JobFacts job={job} detail={data} clock={clock} zone={zone} />
      )}
      {confirming && job !== undefined && (
        <Suspense fallback={null}>
          <CancelDialog job={job} clock={clock} onClose={() => onConfirm(false)} />
        </Suspense>
      )}
    </Drawer>
  )
}

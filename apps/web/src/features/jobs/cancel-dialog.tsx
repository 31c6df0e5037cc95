import { cancelJob, type Job } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { Dialog } from '../../components/dialog.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { meant, WouldSend } from '../../components/would-send.tsx'
import { WriteButton } from '../../components/write-button.tsx'
import { useOnline } from '../../lib/online.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { dismissCancel, useCancelJob, useCancelState } from './cancel-store.ts'
import { Ran, Waited, type TableauClock } from '../../components/job-cells.tsx'
import { isOver, jobName, statusInWords } from '../../lib/job-words.ts'
import classes from './cancel-dialog.module.css'

interface CancelDialogProps {
  job: Job
  clock: TableauClock | undefined
  onClose: () => void
}

const Consequence = ({ job, clock }: Omit<CancelDialogProps, 'onClose'>) => {
  if (isOver(job)) return <p>The job is over by now ({statusInWords(job.status).toLowerCase()}). There is nothing left to cancel.</p>
  if (job.status === 'Pending') {
    return (
      <p>
        It has waited for <Waited job={job} clock={clock} />. Tableau takes it out of the queue and it does not start. If it belongs to a schedule, it comes again at the next time.
      </p>
    )
  }
  return (
    <p>
      It has run for <Ran job={job} clock={clock} />. Tableau stops it and that work is lost; the content keeps its last good data. If it belongs to a schedule, it comes again at the next time.
    </p>
  )
}

/** Says what will happen, sends it once, and shows a refusal itself. */
export const CancelDialog = ({ job, clock, onClose }: CancelDialogProps) => {
  const cancel = useCancelState(job.id)
  const online = useOnline()
  const live = useIsLive()
  const { mutateAsync } = useCancelJob()
  const sending = cancel?.phase === 'sending'
  const refusal = cancel?.phase === 'not-done' ? cancel.failure : undefined
  const finished = refusal?.code === 'already_finished'
  const close = () => {
    dismissCancel(job.id)
    onClose()
  }
  const send = async () => {
    if (sending) return
    const state = await mutateAsync(job.id)
    if (state !== undefined && state.phase !== 'not-done') onClose()
  }
  return (
    <Dialog title={`Cancel “${jobName(job)}”`} onClose={close} active={live}>
      <Consequence job={job} clock={clock} />
      {!finished && !isOver(job) && (
        <>
          <p>This cannot be undone: a cancelled job does not go on. The same refresh can be run again.</p>
          <div className={classes['notice']}>
            <WouldSend write={meant(cancelJob, { params: { id: job.id } })} />
          </div>
        </>
      )}
      <div className={classes['notice']}>
        {refusal !== undefined ? (
          <FailureNotice failure={refusal}>{finished && 'Nothing was cancelled; the list is read again.'}</FailureNotice>
        ) : (
          !online && <output>This computer is offline: it cannot be sent now.</output>
        )}
      </div>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={close} data-autofocus>
          {finished || isOver(job) ? 'Close' : 'Keep it'}
        </Button>
        {!finished && !isOver(job) && (
          <WriteButton color="red" busy={sending} failure={refusal} onClick={() => void send()}>
            Cancel job
          </WriteButton>
        )}
      </div>
    </Dialog>
  )
}

import type { Task } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import type { TableauClock } from '../../components/job-cells.tsx'
import { JobFollowed } from '../../components/job-followed.tsx'
import { dismissRun, type RunState } from './task-run.ts'
import classes from './task-drawer.module.css'

const heads = { sending: 'Sending it to Tableau …', checking: 'Checking …', looking: 'Looking at the jobs …' } as const
const texts = {
  sending: '',
  checking: 'The reply to “Run now” was lost. Refreshboard reads back what became of it; nothing is sent again.',
  looking: 'Before anything is offered again, Refreshboard looks whether a job of it is there.',
} as const

/** Where to look when nobody can say what became of it. */
const Ways = ({ task, onDismiss }: { task: Task; onDismiss: () => void }) => (
  <div className={classes['ways']}>
    {task.content?.name !== undefined && <Link to={paths.jobs({ q: task.content.name })}>Look at the jobs</Link>}
    <Button size="compact-sm" variant="default" onClick={onDismiss}>
      Dismiss
    </Button>
  </div>
)

/** What has become of “Run now”, in full. */
export const RunNote = ({ task, run, clock }: { task: Task; run: RunState | undefined; clock: TableauClock | undefined }) => {
  const dismiss = () => dismissRun(task.id)
  switch (run?.phase) {
    case 'sending':
    case 'checking':
    case 'looking':
      return (
        <output className={classes['note']}>
          <strong>{heads[run.phase]}</strong> {texts[run.phase]}
        </output>
      )
    case 'watching':
    case 'over':
      return (
        <JobFollowed to={paths.jobs({ job: run.jobId })} job={run.job} clock={clock} unheardSince={run.phase === 'watching' ? run.unheardSince : undefined}>
          {run.already && <p>It was already queued or running, so nothing was added. This is that job.</p>}
        </JobFollowed>
      )
    case 'queued':
      return (
        <output className={classes['note']}>
          <strong>{run.already ? 'It was already queued or running.' : 'Queued.'}</strong> Its job cannot be followed here: {run.why} The task itself is read again for a minute.
        </output>
      )
    case 'refused':
      return (
        <FailureNotice failure={run.failure}>
          <div>{run.looked ? 'No job of it is there: it was not run.' : 'The jobs could not be looked at, so it may be queued all the same. Look before you run it again.'}</div>
          <Ways task={task} onDismiss={dismiss} />
        </FailureNotice>
      )
    case 'unconfirmed':
      return (
        <div className={classes['note']} data-late>
          <output>
            <strong>It could not be confirmed whether it was queued.</strong> {run.evidence}
            {run.looked && ' No job of it has been seen since.'}
          </output>
          <Ways task={task} onDismiss={dismiss} />
        </div>
      )
    case undefined:
      break
  }
  return null
}

import type { MouseEvent } from 'react'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Ran, Waited, type TableauClock } from '../../components/job-cells.tsx'
import { JobStatus } from '../../components/job-status.tsx'
import { IconAlertTriangle, IconClock, IconQuestionMark } from '../../components/icons.ts'
import { useNow } from '../../lib/now.ts'
import { unheardWords } from '../../lib/unheard-words.ts'
import { shortWords } from './run-words.ts'
import type { RunState } from './task-run.ts'
import classes from './run-state.module.css'

interface RunStateProps {
  run: RunState
  clock: TableauClock | undefined
  /** Opens what there is to read about a refusal. */
  onMore: () => void
}

type Followed = Extract<RunState, { phase: 'watching' | 'over' }>

/** A job that was just queued waits, until Tableau says otherwise. */
const statusOf = ({ job }: Followed): string => job?.status ?? 'Pending'

const Span = ({ run, clock }: { run: Followed; clock: TableauClock | undefined }) => {
  const { job } = run
  if (job === undefined || run.phase === 'over') return null
  return <span className={classes['span']}>{job.startedAt === undefined ? <Waited job={job} clock={clock} /> : <Ran job={job} clock={clock} />}</span>
}

const Unheard = ({ since }: { since: number }) => {
  const words = unheardWords(since, useNow())
  return (
    <span className={classes['late']} title={words}>
      <IconAlertTriangle size={14} aria-label={words ?? ''} />
    </span>
  )
}

/** The second half of a double click on “Run now” falls on what has taken its place. */
const halfOfDoubleClick = (event: MouseEvent) => {
  if (event.detail > 1) event.preventDefault()
}

const Job = ({ run, clock }: { run: Followed; clock: TableauClock | undefined }) => (
  <span className={classes['state']}>
    <Link className={classes['job']} to={paths.jobs({ job: run.jobId })} title={run.already ? 'It was queued before: this is that job' : 'Open its job'} onClick={halfOfDoubleClick}>
      {run.already && run.phase === 'watching' && <span className={classes['already']}>already</span>}
      <output>
        <JobStatus status={statusOf(run)} />
      </output>
    </Link>
    {run.phase === 'watching' && run.unheardSince !== undefined ? <Unheard since={run.unheardSince} /> : <Span run={run} clock={clock} />}
  </span>
)

/** What has become of “Run now”, short, in place of the button. The words are read out; the seconds beside them are not. */
export const RunStateShort = ({ run, clock, onMore }: RunStateProps) => {
  if (run.phase === 'watching' || run.phase === 'over') return <Job run={run} clock={clock} />
  if (run.phase === 'refused' || run.phase === 'unconfirmed') {
    return (
      <button
        type="button"
        className={classes['more']}
        data-late={run.phase === 'unconfirmed' || undefined}
        title="Open what is known about it"
        onClick={(event) => (event.detail > 1 ? undefined : onMore())}
      >
        {run.phase === 'refused' ? <IconAlertTriangle size={16} aria-hidden /> : <IconQuestionMark size={16} aria-hidden />}
        <output>{shortWords[run.phase]}</output>
      </button>
    )
  }
  return (
    <output className={classes['waiting']} data-late={run.phase === 'checking' || undefined} title={run.phase === 'queued' ? run.why : undefined}>
      <IconClock size={16} aria-hidden />
      {run.phase === 'queued' && run.already ? 'Already queued' : shortWords[run.phase]}
    </output>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Instant, Ran, tableauNow, Waited, type TableauClock } from '../../components/job-cells.tsx'
import { JobStatus } from '../../components/job-status.tsx'
import { isOver } from '../../lib/job-words.ts'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { jobOfTask } from './tasks.queries.ts'
import classes from './task-drawer.module.css'

/** The latest refresh of the task's content among the jobs, live. */
export const TaskJob = ({ taskId, clock, zone }: { taskId: string; clock: TableauClock | undefined; zone: string }) => {
  const live = useIsLive()
  const { data, error, isFetching, refetch } = useQuery({ ...jobOfTask(taskId), enabled: live })
  const job = data?.known === true ? data.job : undefined
  return (
    <section>
      <h3>Latest job</h3>
      {error !== null && !isSessionEnd(error) && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} retrying={isFetching} />}
      {data === undefined && error === null && <output className={classes['dim']}>Looking …</output>}
      {data?.known === false && <div className={classes['dim']}>{data.reason}</div>}
      {data?.known === true && job === undefined && <div className={classes['dim']}>None among the jobs that Tableau still keeps.</div>}
      {job !== undefined && (
        <div className={classes['line']}>
          <Link to={paths.jobs({ job: job.id })}>
            <JobStatus status={job.status} />
          </Link>
          <Instant at={job.createdAt} zone={zone} now={tableauNow(clock)} />
          <span className={classes['dim']}>
            {job.startedAt === undefined && !isOver(job) ? 'waiting' : 'waited'} <Waited job={job} clock={clock} />
          </span>
          {job.startedAt !== undefined && (
            <span className={classes['dim']}>
              {isOver(job) ? 'ran' : 'running'} <Ran job={job} clock={clock} />
            </span>
          )}
        </div>
      )}
    </section>
  )
}

import type { Job } from '@refreshboard/api-types'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { isOver } from '../lib/job-words.ts'
import { useNow } from '../lib/now.ts'
import { unheardWords } from '../lib/unheard-words.ts'
import { Ran, Waited, type TableauClock } from './job-cells.tsx'
import { JobStatus } from './job-status.tsx'
import classes from './job-followed.module.css'

interface JobFollowedProps {
  /** Its page. */
  to: string
  /** Absent until it was read: a job that was just queued waits. */
  job: Job | undefined
  clock: TableauClock | undefined
  /** The last good answer, while the reads fail. */
  unheardSince: number | undefined
  /** What else there is to say, above it. */
  children?: ReactNode
}

/** A job that was started here, followed to its end: its state, how long it has been at it, and the way to it. */
export const JobFollowed = ({ to, job, clock, unheardSince, children }: JobFollowedProps) => {
  const unheard = unheardWords(unheardSince, useNow())
  return (
    <div className={classes['note']} data-late={unheard === undefined ? undefined : true}>
      {children}
      <div className={classes['line']}>
        <output>
          <JobStatus status={job?.status ?? 'Pending'} />
        </output>
        {job !== undefined && (
          <span className={classes['dim']}>
            {job.startedAt === undefined && !isOver(job) ? 'waiting' : 'waited'} <Waited job={job} clock={clock} />
          </span>
        )}
        {job?.startedAt !== undefined && (
          <span className={classes['dim']}>
            {isOver(job) ? 'ran' : 'running'} <Ran job={job} clock={clock} />
          </span>
        )}
        <Link to={to}>Open the job</Link>
      </div>
      {unheard !== undefined && <p>Its job cannot be read at the moment: {unheard}. It goes on by itself.</p>}
    </div>
  )
}

import type { Job, JobSortField } from '@refreshboard/api-types'
import type { ReactNode } from 'react'
import { Instant, Ran, Waited, type TableauClock } from '../../components/job-cells.tsx'
import { JobState } from './job-state.tsx'
import { typeInWords } from '../../lib/job-words.ts'

export interface CellContext {
  clock: TableauClock | undefined
  zone: string
  now: number
}

export interface JobColumn {
  /** Decides place and room in the style sheet. */
  id: string
  label: string
  sort?: JobSortField
  /** Which way the first click sorts. */
  first?: 'asc' | 'desc'
  render: (job: Job, context: CellContext) => ReactNode
}

/** Every column but the name, which is the link; which of them are shown is a matter of room. */
export const jobColumns: readonly JobColumn[] = [
  { id: 'state', label: 'State', sort: 'status', first: 'asc', render: (job) => <JobState job={job} /> },
  {
    id: 'type',
    label: 'Type',
    sort: 'jobType',
    first: 'asc',
    render: (job) => (
      <span title={job.jobType} data-ellipsis>
        {typeInWords(job.jobType)}
      </span>
    ),
  },
  { id: 'waited', label: 'Waited', sort: 'waited', first: 'desc', render: (job, { clock }) => <Waited job={job} clock={clock} /> },
  { id: 'ran', label: 'Ran', sort: 'ran', first: 'desc', render: (job, { clock }) => <Ran job={job} clock={clock} /> },
  { id: 'created', label: 'Created', sort: 'createdAt', first: 'desc', render: (job, { zone, now }) => <Instant at={job.createdAt} zone={zone} now={now} /> },
  { id: 'started', label: 'Started', sort: 'startedAt', first: 'desc', render: (job, { zone, now }) => <Instant at={job.startedAt} zone={zone} now={now} /> },
  { id: 'ended', label: 'Ended', sort: 'endedAt', first: 'desc', render: (job, { zone, now }) => <Instant at={job.endedAt} zone={zone} now={now} /> },
  { id: 'priority', label: 'Priority', sort: 'priority', first: 'asc', render: (job) => job.priority },
  { id: 'project', label: 'Project or kind', render: (job) => <span data-ellipsis>{job.subtitle}</span> },
  { id: 'raw', label: 'Tableau’s type', render: (job) => <span data-ellipsis>{job.jobType}</span> },
  { id: 'id', label: 'Job id', render: (job) => <span data-ellipsis>{job.id}</span> },
]

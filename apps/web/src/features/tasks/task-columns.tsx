import type { Task } from '@refreshboard/api-types'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { IconAlertTriangle, IconBan, IconPlayerPause } from '../../components/icons.ts'
import type { TableauClock } from '../../components/job-cells.tsx'
import { NextRun } from '../../components/next-run.tsx'
import { failuresOf, failureWords, isLikelySuspended, isSuspendedSchedule, kindWords, scheduleName } from '../../lib/task-words.ts'
import type { TaskSortField } from './tasks.search.ts'
import classes from './task-columns.module.css'

export interface CellContext {
  clock: TableauClock | undefined
  zone: string
}

export interface TaskColumn {
  /** Decides place and room in the style sheet. */
  id: string
  label: string
  sort?: TaskSortField
  /** Which way the first click sorts. */
  first?: 'asc' | 'desc'
  render: (task: Task, context: CellContext) => ReactNode
}

/** How the last runs went, where there is something to say: icon, words and colour. */
export const Failures = ({ task }: { task: Task }) => {
  const words = failureWords(task)
  if (words === undefined) return null
  const suspended = isLikelySuspended(task)
  const Icon = suspended ? IconBan : IconAlertTriangle
  return (
    <span className={classes['failures']} data-suspended={suspended || undefined} title={`${failuresOf(task)} failures in a row`}>
      <Icon size={14} aria-hidden />
      {words}
      {suspended && <span className={classes['times']}>· {failuresOf(task)}</span>}
    </span>
  )
}

/** The schedule of a task, which leads to it; what is the matter with it is told. */
export const ScheduleLink = ({ schedule }: Pick<Task, 'schedule'>) => {
  if (schedule === undefined) return <span className={classes['dim']}>no schedule</span>
  const name = scheduleName(schedule)
  return (
    <span className={classes['schedule']}>
      {schedule.id === undefined ? (
        <span data-ellipsis title={name}>
          {name}
        </span>
      ) : (
        <Link to={paths.schedule({ id: schedule.id })} title={name} data-ellipsis className={classes['link']}>
          {name}
        </Link>
      )}
      {isSuspendedSchedule(schedule) && (
        <span className={classes['off']}>
          <IconPlayerPause size={13} aria-hidden />
          suspended
        </span>
      )}
    </span>
  )
}

const TaskNextRun = ({ task, context }: { task: Task; context: CellContext }) =>
  task.schedule === undefined ? null : <NextRun at={task.schedule.nextRunAt} zone={context.zone} clock={context.clock} suspended={isSuspendedSchedule(task.schedule)} />

const columns: readonly TaskColumn[] = [
  { id: 'project', label: 'Project', sort: 'project', render: ({ content }) => <span data-ellipsis>{content?.project?.name}</span> },
  { id: 'kind', label: 'Kind', render: ({ content }) => (content === undefined ? 'Virtual connection' : kindWords[content.kind]) },
  { id: 'owner', label: 'Owner', sort: 'owner', render: ({ content }) => <span data-ellipsis>{content?.owner?.name}</span> },
  { id: 'schedule', label: 'Schedule', sort: 'schedule', render: ({ schedule }) => <ScheduleLink schedule={schedule} /> },
  { id: 'next', label: 'Next run', sort: 'nextRun', render: (task, context) => <TaskNextRun task={task} context={context} /> },
  { id: 'priority', label: 'Priority', sort: 'priority', render: ({ priority }) => priority },
  { id: 'failures', label: 'Last runs', sort: 'failures', first: 'desc', render: (task) => <Failures task={task} /> },
  { id: 'id', label: 'Task id', render: ({ id }) => <span data-ellipsis>{id}</span> },
]

/** A task of Tableau Cloud has times of its own where a Server's has a schedule. */
const cloudColumns = columns.map((column) => (column.id === 'schedule' ? { ...column, label: 'Repeats' } : column))

/** Every column between the name, which is the link, and the run; which of them are shown is a matter of room. */
export const taskColumns = { server: columns, cloud: cloudColumns } as const

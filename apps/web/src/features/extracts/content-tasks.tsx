import type { ContentDetail, Task } from '@refreshboard/api-types'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import type { TableauClock } from '../../components/job-cells.tsx'
import { NextRun } from '../../components/next-run.tsx'
import { useSession } from '../../lib/session-store.ts'
import { failureWords, isSuspendedSchedule } from '../../lib/task-words.ts'
import { runsByWords } from './extract-words.ts'
import classes from './content-drawer.module.css'

/** What is known of the refresh tasks on it. */
export interface TasksOnIt {
  tasks: readonly Task[]
  /** Absent while they are not known. */
  scope: 'site' | 'own' | undefined
  /** Why they are not known. */
  why: string | undefined
}

const Nothing = ({ content, scope }: { content: ContentDetail; scope: 'site' | 'own' }) => {
  const { createTasks, addToSchedules } = useSession().can
  return (
    <p className={classes['dim']}>
      {scope === 'own' ? 'None of your tasks refreshes it.' : 'Nothing refreshes it by itself.'}{' '}
      {content.hasExtracts !== false && addToSchedules.allowed && <Link to={paths.addTask({ content })}>Add it to a schedule</Link>}
      {content.hasExtracts !== false && createTasks.allowed && <Link to={paths.newTask({ content })}>Make a task</Link>}
    </p>
  )
}

/** The refresh tasks on one workbook or data source, each leading to itself. */
export const ContentTasks = ({ content, on: { tasks, scope, why }, clock, zone }: { content: ContentDetail; on: TasksOnIt; clock: TableauClock | undefined; zone: string }) => (
  <section>
    <h3>Refreshed by</h3>
    {scope === undefined ? <p className={classes['dim']}>{why ?? 'Reading the tasks …'}</p> : tasks.length === 0 ? <Nothing content={content} scope={scope} /> : null}
    <ul className={classes['tasks']}>
      {tasks.map((task) => (
        <li key={task.id}>
          <span>
            <Link to={paths.tasks({ task: task.id })}>{runsByWords(task)}</Link> {failureWords(task) !== undefined && <span className={classes['off']}>{failureWords(task)}</span>}
          </span>
          {task.schedule !== undefined && <NextRun at={task.schedule.nextRunAt} zone={zone} clock={clock} suspended={isSuspendedSchedule(task.schedule)} />}
        </li>
      ))}
    </ul>
    {scope === 'own' && tasks.length > 0 && <p className={classes['dim']}>Tableau shows you your own tasks only.</p>}
  </section>
)

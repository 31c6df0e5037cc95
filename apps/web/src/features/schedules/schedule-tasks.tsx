import { suspensionThreshold, type Schedule, type Task } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { DataAge } from '../../components/data-age.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { failureOf, failureOfProblem, isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { ReadAgo } from '../../components/read-ago.tsx'
import { formatCount, typeInWords } from './schedule-words.ts'
import { scheduleTasksOf, type HeldScheduleTasks } from './schedules.queries.ts'
import classes from './schedule-tasks.module.css'

const refreshTypes: Readonly<Record<string, string>> = { FullRefresh: 'Full', IncrementalRefresh: 'Incremental' }

const kinds = { workbook: 'Workbook', datasource: 'Data source' } as const

/** While names are still on their way nothing is said of what this person may see. */
const ContentName = ({ content, named }: Pick<Task, 'content'> & { named: boolean }) => {
  if (content === undefined) return <span className={classes['dim']}>Virtual connection: Tableau’s REST API does not tell which</span>
  if (content.name === undefined) return <span className={classes['dim']}>{named ? `${kinds[content.kind]} whose name could not be read` : 'Reading its name …'}</span>
  return <Link to={paths.tasks({ q: content.name })}>{content.name}</Link>
}

const Failures = ({ failed }: { failed: number }) => {
  if (failed === 0) return null
  return <span className={classes['failed']}>{failed >= suspensionThreshold ? `failed ${formatCount(failed)} times, likely suspended` : `failed ${failed === 1 ? 'once' : `${failed} times`}`}</span>
}

const TaskRow = ({ task, types, named }: { task: Task; types: boolean; named: boolean }) => (
  <tr>
    <td>
      <ContentName content={task.content} named={named} />
    </td>
    <td className={classes['dim']}>{task.content === undefined ? '' : kinds[task.content.kind]}</td>
    <td>{task.content?.project?.name}</td>
    <td>{task.content?.owner?.name}</td>
    {types && <td>{task.refreshType === undefined ? '–' : (refreshTypes[task.refreshType] ?? task.refreshType)}</td>}
    <td>
      <Failures failed={task.consecutiveFailedCount ?? 0} />
    </td>
  </tr>
)

const Rows = ({ data }: { data: HeldScheduleTasks }) => (
  <table className={classes['table']}>
    <thead>
      <tr>
        <th scope="col">Content</th>
        <th scope="col">Kind</th>
        <th scope="col">Project</th>
        <th scope="col">Owner</th>
        {data.refreshTypes && <th scope="col">Refresh</th>}
        <th scope="col">Failures in a row</th>
      </tr>
    </thead>
    <tbody>
      {data.tasks.map((task) => (
        <TaskRow key={task.id} task={task} types={data.refreshTypes} named={data.named} />
      ))}
    </tbody>
  </table>
)

const emptyWords = ({ type }: Schedule, { scope }: HeldScheduleTasks): string => {
  if (type !== 'Extract') return `It is a schedule of the type ${typeInWords(type)}. What runs on it is shown in Tableau: only extract refresh tasks are told here.`
  return scope === 'own' ? 'None of your content is refreshed by it. Tasks of others are told to administrators only.' : 'No content of this site is refreshed by it. “Add content” puts a workbook or a data source on it.'
}

/** The extract refresh tasks of this site on a schedule, as far as this person may see them. */
export const ScheduleTasks = ({ schedule }: { schedule: Schedule }) => {
  const live = useIsLive()
  const { data, error, isFetching, refetch } = useQuery({ ...scheduleTasksOf(schedule.id), enabled: live })
  const failure = error !== null && !isSessionEnd(error) ? failureOf(error) : data?.age.failure === undefined ? undefined : failureOfProblem(data.age.failure)
  return (
    <section className={classes['tasks']} aria-busy={data === undefined && error === null}>
      <div className={classes['head']}>
        <h2>
          {data?.scope === 'own' ? 'Your tasks' : 'Tasks of this site'} <span className={classes['count']}>{data === undefined ? '' : formatCount(data.tasks.length)}</span>
        </h2>
        <DataAge held={data} />
      </div>
      {data === undefined ? (
        error === null && <span className={classes['bone']} />
      ) : data.tasks.length === 0 ? (
        <p className={classes['note']}>{emptyWords(schedule, data)}</p>
      ) : (
        <div className={classes['room']}>
          <Rows data={data} />
          {!data.refreshTypes && <p className={classes['note']}>Whether a refresh is full or incremental Tableau tells to administrators only.</p>}
          {data.scope === 'own' && <p className={classes['note']}>Tasks of others are told to administrators only.</p>}
        </div>
      )}
      {failure !== undefined && (
        <FailureNotice failure={failure} onRetry={() => void refetch()} retrying={isFetching}>
          {data !== undefined && <ReadAgo held={data} />}
        </FailureNotice>
      )}
    </section>
  )
}

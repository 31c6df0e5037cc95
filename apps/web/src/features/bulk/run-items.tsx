import type { BulkActionName, BulkItem, BulkRun } from '@refreshboard/api-types'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { halfWayWords, isHalfWay } from '../../components/bulk/bulk-words.ts'
import { inZone } from '../../components/bulk/told-times.ts'
import { VirtualList } from '../../components/bulk/virtual-list.tsx'
import { FailureDetails } from '../../components/failure-notice.tsx'
import { failureOfProblem } from '../../lib/api-error.ts'
import { useZone } from '../../lib/zone.ts'
import { ItemState } from './item-state.tsx'
import classes from './run.module.css'

/** Where an item is looked at, unless it is gone. */
const pageOf = (action: BulkActionName, { id, state, result }: BulkItem): string | undefined => {
  const gone = state === 'done' && (action === 'tasks.delete' || action === 'tasks.move')
  if (action === 'jobs.cancel') return paths.jobs({ job: id })
  if (action.startsWith('tasks.')) return gone ? (result?.taskId === undefined ? undefined : paths.tasks({ task: result.taskId })) : paths.tasks({ task: id })
  if (action === 'schedules.apply') return result?.scheduleId === undefined ? undefined : paths.schedule({ id: result.scheduleId })
  return paths.schedule({ id })
}

const Refusal = ({ problem }: { problem: NonNullable<BulkItem['problem']> }) => {
  const failure = failureOfProblem(problem)
  return (
    <div>
      <div>
        <strong>{failure.title}</strong> {failure.detail ?? failure.next}
      </div>
      <FailureDetails failure={failure} />
    </div>
  )
}

type Told = Pick<BulkRun, 'action' | 'state'>

/** A task that was added where it was to go, and may still be where it was: both can be gone to. */
const mayBeTwo = ({ action }: Told, { state, result }: BulkItem): boolean => action === 'tasks.move' && state !== 'done' && (state === 'half_done' || result?.taskId !== undefined)

/** Either of the two can be deleted there. */
const TwoTasks = ({ item }: { item: BulkItem }) => (
  <div className={classes['two']}>
    <Link to={paths.tasks({ task: item.id })}>Open the old task, to delete it</Link>
    {item.result?.taskId !== undefined && <Link to={paths.tasks({ task: item.result.taskId })}>Open the new task</Link>}
  </div>
)

const Item = ({ run, item }: { run: Told; item: BulkItem }) => {
  const page = pageOf(run.action, item)
  const zone = useZone().name
  return (
    <div className={classes['item']} data-state={item.state}>
      <div>
        <ItemState run={run} state={item.state} />
      </div>
      <div>
        {page === undefined ? item.name : <Link to={page}>{item.name}</Link>}
        {item.about !== undefined && <span className={classes['dim']}> {item.about}</span>}
      </div>
      <div className={classes['itemWords']}>
        {item.problem === undefined && (item.state === 'planned' || item.state === 'sending') && <div className={classes['dim']}>{item.will}</div>}
        {isHalfWay(run, item) && <div>{halfWayWords(run)}</div>}
        {item.evidence !== undefined && (item.problem === undefined || item.state === 'half_done') && <div>{inZone(item.evidence, zone)}</div>}
        {item.problem !== undefined && <Refusal problem={item.problem} />}
        {item.reason !== undefined && <div>{inZone(item.reason, zone)}</div>}
        {mayBeTwo(run, item) && <TwoTasks item={item} />}
        {item.result?.jobId !== undefined && <Link to={paths.jobs({ job: item.result.jobId })}>Open the job</Link>}
        {item.result?.warnings?.map((words) => (
          <div key={words}>Tableau warns: {words}</div>
        ))}
      </div>
    </div>
  )
}

/** What became of each item, with Tableau's own words where it refused. */
export const RunItems = ({ run, items }: { run: Told; items: readonly BulkItem[] }) => (
  <VirtualList label="Items" rows={items} keyOf={({ n }) => String(n)} estimate={44} className={classes['items']}>
    {(item) => <Item run={run} item={item} />}
  </VirtualList>
)

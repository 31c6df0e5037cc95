import { bulkItemStates, type BulkItemState, type BulkRunWithItems } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { itemWord } from '../../components/bulk/bulk-words.ts'
import { runOf } from '../../components/bulk/bulk.queries.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconAlertTriangle } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import { ApiError, failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { formatCount } from '../../lib/count.ts'
import { useOnline } from '../../lib/online.ts'
import { reread } from '../../lib/query-client.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { formatFull } from '../../lib/time.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { parseRunSearch } from './bulk.search.ts'
import { ItemStateIcon, RunState } from './item-state.tsx'
import { RunActions } from './run-actions.tsx'
import { downloadRun } from './run-csv.ts'
import { RunItems } from './run-items.tsx'
import { RunProgress } from './run-progress.tsx'
import { RunWhy } from './run-why.tsx'
import classes from './run.module.css'

const Counts = ({ run, shown }: { run: BulkRunWithItems; shown: BulkItemState | undefined }) => {
  const chip = (state: BulkItemState | undefined, words: string, count: number) => (
    <Link key={state} to={paths.run({ id: run.id, ...(state === undefined ? {} : { state }) })} replace className={classes['chip']} aria-current={state === shown ? 'true' : undefined}>
      {state !== undefined && <ItemStateIcon state={state} />}
      {words} <span className={classes['dim']}>{formatCount(count)}</span>
    </Link>
  )
  return (
    <nav aria-label="Items by state" className={classes['chips']}>
      {chip(undefined, 'All', run.items.length)}
      {bulkItemStates.map((state) => ((run.counts[state] ?? 0) > 0 || state === shown) && chip(state, itemWord(run, state), run.counts[state] ?? 0))}
    </nav>
  )
}

const When = ({ run }: { run: BulkRunWithItems }) => {
  const zone = useZone().name
  const at = (instant: string): string => formatFull(Date.parse(instant), zone)
  return (
    <span className={classes['dim']}>
      {run.startedAt === undefined ? `planned ${at(run.plannedAt)}` : `started ${at(run.startedAt)}`}
      {run.endedAt !== undefined && `, ended ${at(run.endedAt)}`}
    </span>
  )
}

/** What was read before it is stale by what the run did. */
const useRereadAtEnd = (run: BulkRunWithItems | undefined): void => {
  const known = run === undefined ? 0 : (run.counts.done ?? 0) + (run.counts.half_done ?? 0)
  const before = useRef(known)
  useEffect(() => {
    if (known > before.current) void reread('jobs', 'tasks', 'schedules')
    before.current = known
  }, [known])
}

const NoRun = () => (
  <Message icon={IconAlertTriangle} title="There is no such run" page action={<Link to={paths.runs()}>All runs</Link>}>
    It is another person’s or another site’s, or it was planned and not started within an hour. The last 50 runs are kept for 30 days.
  </Message>
)

const OneRun = ({ id }: { id: string }) => {
  const [params] = useSearchParams()
  const { state } = parseRunSearch(params)
  const live = useIsLive()
  const online = useOnline()
  const { data: run, error, refetch, isFetching } = useQuery({ ...runOf(id), enabled: live })
  useTitle(run === undefined ? 'Run' : run.title)
  useRereadAtEnd(run)
  if (error instanceof ApiError && (error.code === 'not_found' || error.code === 'bad_id' || error.code === 'bad_request')) return <NoRun />
  const failure = error === null || isSessionEnd(error) || !online ? undefined : failureOf(error)
  const items = run === undefined || state === undefined ? (run?.items ?? []) : run.items.filter((item) => item.state === state)
  return (
    <div className={classes['page']}>
      <div className={classes['frame']}>
        <h1 className={classes['title']}>{run?.title ?? 'Run'}</h1>
        {run !== undefined && (
          <>
            <output>
              <RunState run={run} />
            </output>
            <When run={run} />
            <div className={classes['tools']}>
              <RunActions run={run} />
              <Button size="compact-sm" variant="default" onClick={() => downloadRun(run)}>
                Export as CSV
              </Button>
              <Link to={paths.runs()}>All runs</Link>
            </div>
          </>
        )}
      </div>
      {run !== undefined && (
        <>
          <RunProgress run={run} />
          <RunWhy run={run} />
          <Counts run={run} shown={state} />
          {items.length === 0 ? <p className={classes['none']}>No item is in this state.</p> : <RunItems run={run} items={items} />}
        </>
      )}
      {run === undefined && failure === undefined && <output className={classes['none']}>Reading the run …</output>}
      {failure !== undefined && (
        <FailureNotice failure={failure} look="bar" onRetry={() => void refetch()} retrying={isFetching}>
          {run !== undefined && 'What you see is the last that arrived; the run itself goes on without this page.'}
        </FailureNotice>
      )}
    </div>
  )
}

/** One run: how far it is, and what became of each item. */
export const RunPage = () => {
  const { id = '' } = useParams()
  return <OneRun key={id} id={id} />
}

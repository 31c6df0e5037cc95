import type { BulkRun } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { itemWords } from '../../components/bulk/bulk-words.ts'
import { runsOf } from '../../components/bulk/bulk.queries.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconListCheck } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { formatCount } from '../../lib/count.ts'
import { useOnline } from '../../lib/online.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { formatFull } from '../../lib/time.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { RunState } from './item-state.tsx'
import { RunProgress } from './run-progress.tsx'
import classes from './run.module.css'

const trouble = ['refused', 'half_done', 'unconfirmed'] as const

const Row = ({ run, zone }: { run: BulkRun; zone: string }) => {
  const words = trouble.flatMap((state) => ((run.counts[state] ?? 0) > 0 ? [`${formatCount(run.counts[state] ?? 0)} ${itemWords[state].toLowerCase()}`] : []))
  return (
    <li className={classes['run']}>
      <Link to={paths.run({ id: run.id })} className={classes['runLink']}>
        {run.title}
      </Link>
      <RunState run={run} />
      <RunProgress run={run} />
      <span className={classes['dim']}>
        {words.length > 0 && <strong className={classes['bad']}>{words.join(', ')} · </strong>}
        {formatFull(Date.parse(run.startedAt ?? run.plannedAt), zone)}
      </span>
    </li>
  )
}

/** What was done to many: this person's runs on this site, the newest first. */
export const RunsPage = () => {
  const live = useIsLive()
  const online = useOnline()
  const zone = useZone().name
  const { data, error, refetch, isFetching } = useQuery({ ...runsOf(), enabled: live })
  useTitle('Runs')
  const failure = error === null || isSessionEnd(error) || !online ? undefined : failureOf(error)
  return (
    <div className={classes['page']}>
      <div className={classes['frame']}>
        <h1 className={classes['title']}>Runs</h1>
        <span className={classes['dim']}>What you have done to many at once on this site. Nobody else sees it here.</span>
      </div>
      {data !== undefined && data.runs.length > 0 && (
        <ul className={classes['runs']} aria-label="Runs">
          {data.runs.map((run) => (
            <Row key={run.id} run={run} zone={zone} />
          ))}
        </ul>
      )}
      {data !== undefined && data.runs.length === 0 && (
        <Message icon={IconListCheck} title="No runs yet">
          Select jobs, tasks or schedules in their lists (with the box at the start of a row, or the key x), and choose what to do at the foot of the list.
        </Message>
      )}
      {data === undefined && failure === undefined && <output className={classes['none']}>Reading the runs …</output>}
      {failure !== undefined && <FailureNotice failure={failure} look="bar" onRetry={() => void refetch()} retrying={isFetching} />}
    </div>
  )
}

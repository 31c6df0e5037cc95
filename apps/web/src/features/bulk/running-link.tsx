import type { BulkRun } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { actionWords, doneWords, isOver, isUnderWay, progressOf, runWords, troubleOf } from '../../components/bulk/bulk-words.ts'
import { runOf, runsOf } from '../../components/bulk/bulk.queries.ts'
import { IconAlertTriangle, IconCircleDot } from '../../components/icons.ts'
import { formatCount } from '../../lib/count.ts'
import { useIsLive } from '../../lib/session-store.ts'
import classes from './running-link.module.css'

/** The run that is worth telling of: one that goes on, or else one that waits for somebody. */
const runToTell = (runs: readonly BulkRun[]): BulkRun | undefined => {
  const open = runs.filter(({ state }) => state !== 'planned' && !isOver(state))
  return open.find(({ state }) => isUnderWay(state)) ?? open[0]
}

/** “Cancelling 300 · 87 done, 3 to look at”, on every page while a run is not over. Its asking is also what lets an interrupted one go on. */
export const RunningLink = () => {
  const live = useIsLive()
  const { data, dataUpdatedAt } = useQuery({ ...runsOf(), enabled: live })
  const listed = runToTell(data?.runs ?? [])
  // What the page of the run has read since; it is not asked for here.
  const page = useQuery({ ...runOf(listed?.id ?? ''), enabled: false })
  const run = page.data !== undefined && page.dataUpdatedAt > dataUpdatedAt ? page.data : listed
  if (run === undefined || isOver(run.state)) return null
  const { total } = progressOf(run)
  const trouble = troubleOf(run)
  const stands = !isUnderWay(run.state) || run.state === 'waiting'
  const words = [`${actionWords[run.action].doing} ${formatCount(total)}`, doneWords(run), ...(stands ? [runWords[run.state].toLowerCase()] : [])]
  const Icon = stands ? IconAlertTriangle : IconCircleDot
  return (
    <Link to={paths.run({ id: run.id })} className={classes['link']} data-stands={stands || undefined} aria-label={words.join(' · ')} title={words.join(' · ')}>
      <Icon size={14} aria-hidden />
      <span className={classes['what']}>{words.join(' · ')}</span>
      <span className={classes['short']}>{doneWords(run)}</span>
      <span className={classes['shortest']}>
        {formatCount(run.counts.done ?? 0)} done
        {trouble > 0 && (
          <>
            , {formatCount(trouble)} <IconAlertTriangle size={12} aria-hidden />
          </>
        )}
      </span>
    </Link>
  )
}

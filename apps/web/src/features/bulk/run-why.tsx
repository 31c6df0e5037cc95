import type { BulkRun } from '@refreshboard/api-types'
import { inZone } from '../../components/bulk/told-times.ts'
import { IconAlertTriangle, IconClock } from '../../components/icons.ts'
import { useNow } from '../../lib/now.ts'
import { formatInstant } from '../../lib/time.ts'
import { formatUntil } from '../../lib/until.ts'
import { useZone } from '../../lib/zone.ts'
import classes from './run.module.css'

const Until = ({ retryAt }: { retryAt: string }) => {
  const now = useNow()
  const zone = useZone()
  const at = Date.parse(retryAt)
  return (
    <>
      Tableau asked to wait until {formatInstant(at, zone.name, now)} ({formatUntil(at - now)}). It goes on by itself then; nothing is sent before.
    </>
  )
}

const meaning: Partial<Record<BulkRun['state'], string>> = {
  planned: 'It was planned and not started: nothing was sent. It is forgotten an hour after it was planned.',
  pausing: 'What is under way is finished first.',
  paused: 'Nothing is sent until somebody goes on with it.',
  interrupted: 'It goes on by itself as soon as Refreshboard can; what was sent is not sent again.',
  // Why it is has a sentence of its own: not always was something refused.
  halted: 'Nothing more is sent until somebody goes on with it, or stops it for good.',
  stopping: 'What is under way is finished first.',
  stopped: 'It was stopped for good; the rest stays as it was.',
}

/** Why a run does not go on, and what comes next. */
export const RunWhy = ({ run }: { run: BulkRun }) => {
  const zone = useZone().name
  const words = run.state === 'waiting' && run.retryAt !== undefined ? <Until retryAt={run.retryAt} /> : meaning[run.state]
  if (words === undefined && run.why === undefined) return null
  const Icon = run.state === 'waiting' ? IconClock : IconAlertTriangle
  return (
    <div className={classes['why']} data-state={run.state}>
      <Icon size={16} aria-hidden />
      <div>
        {run.why !== undefined && <strong>{inZone(run.why, zone)} </strong>}
        {words}
      </div>
    </div>
  )
}

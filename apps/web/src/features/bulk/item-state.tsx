import type { BulkItemState, BulkRun, BulkRunState } from '@refreshboard/api-types'
import type { Icon } from '@tabler/icons-react'
import { itemWord, runWords, troubleOf } from '../../components/bulk/bulk-words.ts'
import { IconAlertTriangle, IconBan, IconCheck, IconCircle, IconCircleDot, IconCircleX, IconClock, IconPlayerPause, IconQuestionMark } from '../../components/icons.ts'
import { formatCount } from '../../lib/count.ts'
import classes from './state.module.css'

const itemIcons: Record<BulkItemState, Icon> = {
  left_out: IconBan,
  planned: IconCircle,
  sending: IconCircleDot,
  checking: IconClock,
  done: IconCheck,
  refused: IconCircleX,
  unconfirmed: IconQuestionMark,
  half_done: IconAlertTriangle,
}

const runIcons: Record<BulkRunState, Icon> = {
  planned: IconCircle,
  running: IconCircleDot,
  waiting: IconClock,
  pausing: IconPlayerPause,
  paused: IconPlayerPause,
  interrupted: IconAlertTriangle,
  halted: IconAlertTriangle,
  stopping: IconBan,
  stopped: IconBan,
  done: IconCheck,
}

export const ItemStateIcon = ({ state }: { state: BulkItemState }) => {
  const Icon = itemIcons[state]
  return <Icon size={16} aria-hidden className={classes['icon']} data-state={state} />
}

/** How far one item is: icon, word and colour. */
export const ItemState = ({ run, state }: { run: Pick<BulkRun, 'action' | 'state'>; state: BulkItemState }) => (
  <span className={classes['state']} data-state={state}>
    <ItemStateIcon state={state} />
    {itemWord(run, state)}
  </span>
)

/** How far a run is: icon, word and colour. One that is finished and has refusals is no plain success. */
export const RunState = ({ run }: { run: Pick<BulkRun, 'state' | 'counts'> }) => {
  const trouble = run.state === 'done' ? troubleOf(run) : 0
  const Icon = trouble === 0 ? runIcons[run.state] : IconAlertTriangle
  return (
    <span className={classes['state']} data-run={trouble === 0 ? run.state : 'trouble'}>
      <Icon size={16} aria-hidden className={classes['icon']} />
      {runWords[run.state]}
      {trouble > 0 && `, ${formatCount(trouble)} to look at`}
    </span>
  )
}

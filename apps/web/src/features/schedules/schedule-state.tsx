import { IconCircleDot, IconPlayerPause, IconQuestionMark } from '../../components/icons.ts'
import classes from './schedule-state.module.css'

/** The mark of a state. */
export const ScheduleStateIcon = ({ state, size = 16 }: { state: string; size?: number }) => {
  const Icon = state === 'Active' ? IconCircleDot : state === 'Suspended' ? IconPlayerPause : IconQuestionMark
  return <Icon size={size} aria-hidden className={classes['icon']} />
}

/** A schedule's state as Tableau tells it: icon and word; an unknown one raw. */
export const ScheduleState = ({ state }: { state: string }) => (
  <span className={classes['state']} data-state={state}>
    <ScheduleStateIcon state={state} />
    {state}
  </span>
)

import type { Schedule } from '@refreshboard/api-types'
import { useId } from 'react'
import { paths } from '../../app/paths.ts'
import { GatedButton } from '../../components/gated-button.tsx'
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconPlus, IconTrash } from '../../components/icons.ts'
import { useSession } from '../../lib/session-store.ts'
import { dismissWrite } from '../../lib/writes.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { isSuspended, type TaskCount } from './schedule-rows.ts'
import { targets, useBusyReason } from './schedule-writes.ts'
import { canAddContent, canEdit, type Can } from './schedules-can.ts'
import { StateDialog } from './state-dialog.tsx'
import classes from './schedule-page.module.css'

/** The dialog that is open. */
export type Asking = 'state' | 'delete' | undefined

interface ScheduleActionsProps {
  schedule: Schedule
  tasks: TaskCount
  /** False where only this person's own tasks are told. */
  everyTask: boolean
  zone: string
  asking: Asking
  onAsk: (asking: Asking) => void
}

const reasonOf = (can: Can): string | undefined => (can === true ? undefined : can)

/** What can be done with a schedule; what cannot says why. */
export const ScheduleActions = ({ schedule, tasks, everyTask, zone, asking, onAsk }: ScheduleActionsProps) => {
  const session = useSession()
  const reasonId = useId()
  const addReasonId = useId()
  const busy = useBusyReason(schedule.id)
  const reason = reasonOf(canEdit(schedule, session)) ?? busy
  const addReason = reasonOf(canAddContent(schedule, session))
  const suspended = isSuspended(schedule)
  const ask = (what: 'state' | 'delete') => {
    // What became of an earlier one was read; a write that is still under way stays.
    dismissWrite(what === 'state' ? targets.state(schedule.id) : targets.remove(schedule.id))
    onAsk(what)
  }
  const shared = { size: 'compact-sm', variant: 'default', reason, reasonId } as const
  return (
    <div className={classes['actions']}>
      <GatedButton size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} reason={addReason} reasonId={addReasonId} to={paths.addTask({ scheduleId: schedule.id, ...(schedule.type === 'DataAcceleration' ? { kind: 'dataAcceleration' } : {}) })}>
        Add content
      </GatedButton>
      <GatedButton {...shared} leftSection={<IconPencil size={14} aria-hidden />} to={paths.editSchedule({ id: schedule.id })}>
        Edit
      </GatedButton>
      <GatedButton {...shared} leftSection={suspended ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />} onClick={() => ask('state')}>
        {suspended ? 'Resume' : 'Suspend'}
      </GatedButton>
      <GatedButton {...shared} leftSection={<IconTrash size={14} aria-hidden />} onClick={() => ask('delete')}>
        Delete
      </GatedButton>
      {reason !== undefined && (
        <span id={reasonId} className={classes['reason']}>
          {reason}
        </span>
      )}
      {addReason !== undefined && (
        <span id={addReasonId} className={classes['reason']}>
          {addReason}
        </span>
      )}
      {asking === 'state' && <StateDialog schedule={schedule} tasks={tasks} zone={zone} onClose={() => onAsk(undefined)} />}
      {asking === 'delete' && <DeleteDialog schedule={schedule} tasks={tasks} everyTask={everyTask} onClose={() => onAsk(undefined)} />}
    </div>
  )
}

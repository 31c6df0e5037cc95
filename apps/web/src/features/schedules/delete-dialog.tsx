import { deleteSchedule, type Schedule } from '@refreshboard/api-types'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { meant } from '../../components/would-send.tsx'
import type { TaskCount } from './schedule-rows.ts'
import { plural } from './schedule-words.ts'
import { targets, useDeleteSchedule } from './schedule-writes.ts'

interface DeleteDialogProps {
  schedule: Schedule
  tasks: TaskCount
  /** False where only this person's own tasks are told. */
  everyTask: boolean
  onClose: () => void
}

const carried = ({ count }: TaskCount, everyTask: boolean): string => {
  if (count === undefined) return 'How many tasks are on it is not known here.'
  if (count === 0) return `No extract refresh task ${everyTask ? 'of this site' : 'of yours on this site'} is on it.`
  return `${plural(count, 'extract refresh task')} ${everyTask ? 'of this site' : 'of yours on this site'} ${count === 1 ? 'goes' : 'go'} with it: the content stays, and is no longer refreshed by this schedule.`
}

/** Deletes a schedule, after saying what goes with it. */
export const DeleteDialog = ({ schedule, tasks, everyTask, onClose }: DeleteDialogProps) => {
  const { mutateAsync } = useDeleteSchedule()
  const navigate = useNavigate()
  const target = targets.remove(schedule.id)
  const input = { params: { id: schedule.id } }
  return (
    <ConfirmDialog
      title={`Delete “${schedule.name}”`}
      action="Delete schedule"
      danger
      keep="Keep it"
      target={target}
      what="the schedule was deleted"
      write={meant(deleteSchedule, input)}
      final="the schedule and the tasks on it would have to be made again, with new ids, and Tableau does not tell all that was on it."
      onSend={(known) => mutateAsync({ target, input, ...known })}
      told={`Deleted “${schedule.name}”`}
      onDone={() => void navigate(paths.schedules(), { replace: true })}
      onClose={onClose}
    >
      <p>{carried(tasks, everyTask)}</p>
      <p>
        The schedule is deleted for every site of the server. Extract refreshes of other sites, flows and subscriptions on it are not counted here: Tableau does not tell them.
      </p>
    </ConfirmDialog>
  )
}

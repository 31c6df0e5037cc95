import { deleteDataAccelerationTask, type Task } from '@refreshboard/api-types'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { meant } from '../../components/would-send.tsx'
import { scheduleName, taskName } from '../../lib/task-words.ts'
import { useWrite } from '../../lib/writes.ts'
import { accelerationTargetOf } from './acceleration-delete.ts'

/** Deletes a data acceleration task, after saying what happens. */
export const DeleteAccelerationDialog = ({ task, onClose }: { task: Task; onClose: () => void }) => {
  const { mutateAsync } = useWrite(deleteDataAccelerationTask, ['tasks', 'schedules'])
  const name = taskName(task)
  const target = accelerationTargetOf(task.id)
  const input = { params: { id: task.id } }
  return (
    <ConfirmDialog
      title={`Stop accelerating “${name}”`}
      action="Delete task"
      danger
      keep="Keep it"
      target={target}
      what="the task was deleted"
      write={meant(deleteDataAccelerationTask, input)}
      final="the workbook would have to be added to its schedule again, as a new task."
      onSend={(known) => mutateAsync({ target, input, ...known })}
      told={`“${name}” is no longer accelerated by it`}
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        “{name}” is no longer accelerated by {task.schedule === undefined ? 'this task' : `“${scheduleName(task.schedule)}”`}: its data is not prepared in advance any more. The workbook and its data stay.
      </p>
    </ConfirmDialog>
  )
}

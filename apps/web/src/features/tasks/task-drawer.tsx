import { runTask, type Session, type Task } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { lazy, Suspense, useId, useState } from 'react'
import { paths } from '../../app/paths.ts'
import { Drawer } from '../../components/drawer.tsx'
import { GatedButton } from '../../components/gated-button.tsx'
import { IconPencil, IconPlayerPlay } from '../../components/icons.ts'
import type { TableauClock } from '../../components/job-cells.tsx'
import { meant, WouldSend } from '../../components/would-send.tsx'
import { useSession } from '../../lib/session-store.ts'
import { useWriteState } from '../../lib/writes.ts'
import { formatFull } from '../../lib/time.ts'
import { DeleteNote } from './delete-note.tsx'
import { RunNote } from './run-note.tsx'
import { deleteTargetOf } from './task-delete.ts'
import { TaskFacts } from './task-facts.tsx'
import { TaskJob } from './task-job.tsx'
import { taskName } from '../../lib/task-words.ts'
import { canAdd, canDelete, canEdit } from './tasks-can.ts'
import type { HeldTasks } from './tasks.queries.ts'
import type { Gone } from './use-gone.ts'
import { refreshTypeOf, useRefreshType } from './use-refresh-type.ts'
import { useRunNow } from './use-run-now.ts'
import classes from './task-drawer.module.css'

const DeleteTaskDialog = lazy(async () => ({ default: (await import('./delete-task-dialog.tsx')).DeleteTaskDialog }))

interface DrawerOfTaskProps {
  task: Task
  data: HeldTasks
  clock: TableauClock | undefined
  zone: string
  onClose: () => void
}

const deletionReason = (task: Task, session: Pick<Session, 'can'>, phase: string | undefined): string | undefined => {
  const can = canDelete(task, session)
  if (can !== true) return can
  if (phase === 'sending' || phase === 'checking') return 'It is being deleted.'
  return phase === 'done' ? 'It was deleted; the list needs a moment.' : undefined
}

const DrawerOfTask = ({ task, data, clock, zone, onClose }: DrawerOfTaskProps) => {
  const [deleting, setDeleting] = useState(false)
  const { run, reason, hold, label, start } = useRunNow(task, data.runNow, clock, zone)
  const session = useSession()
  const { flavor } = session.server
  const deletion = useWriteState(deleteTargetOf(task.id))
  const refreshType = useRefreshType(task, data.scope)
  const reasonId = useId()
  const notDeleted = deletionReason(task, session, deletion?.phase)
  const notRun = reason ?? (deletion?.phase === 'done' ? 'It was deleted.' : undefined)
  const moved = flavor === 'cloud' ? canEdit(task, data.edit) : canAdd(task, session)
  const notMoved = moved === true ? undefined : moved
  // The same reason for all of them is said once.
  const reasons = [...new Set([notRun, notDeleted, notMoved].filter((text) => text !== undefined))]
  return (
    <Drawer
      label="Task"
      title={taskName(task)}
      onClose={onClose}
      actions={
        <>
          <GatedButton reason={notRun} reasonId={reasonId} hold={hold} leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={start}>
            {label}
          </GatedButton>
          {flavor === 'cloud' ? (
            <GatedButton variant="default" reason={notMoved} reasonId={reasonId} leftSection={<IconPencil size={16} aria-hidden />} to={paths.editTask({ id: task.id })}>
              Edit
            </GatedButton>
          ) : (
            <GatedButton variant="default" reason={notMoved} reasonId={reasonId} to={paths.addTask(task.content === undefined ? {} : { content: task.content })}>
              Add to another schedule
            </GatedButton>
          )}
          <GatedButton variant="outline" color="red" reason={notDeleted} reasonId={reasonId} onClick={() => setDeleting(true)}>
            Delete
          </GatedButton>
          {reasons.length > 0 && (
            <div id={reasonId} className={classes['reasons']}>
              {reasons.join(' ')}
            </div>
          )}
        </>
      }
    >
      <RunNote task={task} run={run} clock={clock} />
      <DeleteNote task={task} deletion={deletion} dialogOpen={deleting} />
      <TaskFacts task={task} refreshType={refreshTypeOf(refreshType)} clock={clock} zone={zone} />
      {task.content !== undefined && <TaskJob taskId={task.id} clock={clock} zone={zone} />}
      {notRun === undefined && <WouldSend title="What “Run now” would send" write={meant(runTask, { params: { id: task.id } })} />}
      {deleting && (
        <Suspense fallback={null}>
          <DeleteTaskDialog task={task} refreshType={refreshType} onClose={() => setDeleting(false)} onDeleted={onClose} />
        </Suspense>
      )}
    </Drawer>
  )
}

interface TaskDrawerProps extends Omit<DrawerOfTaskProps, 'task' | 'data'> {
  taskId: string
  task: Task | undefined
  gone: Gone | undefined
  data: HeldTasks | undefined
}

/** One task beside the list: what it refreshes and when, how it goes, and what can be done. */
export const TaskDrawer = ({ taskId, task, gone, data, clock, zone, onClose }: TaskDrawerProps) => {
  const deletion = useWriteState(deleteTargetOf(taskId))
  // Its own deletion tells what became of it, which may be why the task is gone.
  const shown = task ?? (deletion === undefined || deletion.phase === 'unconfirmed' ? undefined : gone?.last)
  if (shown !== undefined && data !== undefined) return <DrawerOfTask task={shown} data={data} clock={clock} zone={zone} onClose={onClose} />
  if (gone === undefined) {
    return (
      <Drawer label="Task" title="Reading the task …" onClose={onClose}>
        <div className={classes['bones']} aria-hidden />
      </Drawer>
    )
  }
  return (
    <Drawer label="Task" title={gone.last === undefined ? 'Task' : taskName(gone.last)} onClose={onClose}>
      <p>
        <strong>This task is not there any more.</strong>{' '}
        {gone.last === undefined
          ? `It was not among the tasks when they were read on ${formatFull(gone.since, zone)}.`
          : `It has been gone since the tasks were read on ${formatFull(gone.since, zone)}.`}{' '}
        It may have been deleted, or you may not see it any more. Its id is <code>{taskId}</code>.
      </p>
      <div>
        <Button variant="default" onClick={onClose}>
          Back to the tasks
        </Button>
      </div>
    </Drawer>
  )
}

import { deleteTask, type Task } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useEffect, useId } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { meant, WouldSend } from '../../components/would-send.tsx'
import { WriteButton } from '../../components/write-button.tsx'
import { toast } from '../../components/toasts.tsx'
import { useOnline } from '../../lib/online.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { dismissWrite, useWrite, useWriteState } from '../../lib/writes.ts'
import { deleteTargetOf } from './task-delete.ts'
import { undoOfDelete, type UndoOfDelete } from './task-undo.ts'
import type { ToldRefreshType } from './use-refresh-type.ts'
import { isOwnSchedule, kindWords, scheduleName, taskName } from '../../lib/task-words.ts'
import classes from './delete-task-dialog.module.css'

interface DeleteTaskDialogProps {
  task: Task
  /** Full or incremental: on Tableau Server only a full one can be made again. */
  refreshType: ToldRefreshType
  onClose: () => void
  onDeleted: () => void
}

const undoneWords = (undo: UndoOfDelete): string => {
  if ('waits' in undo) return undo.waits
  return 'why' in undo
    ? `This cannot be undone: ${undo.why}`
    : ['It can be undone for 30 seconds: a new task is made, with another id and without the history of this one.', undo.note].filter((words) => words !== undefined).join(' ')
}

const refreshedBy = (schedule: Task['schedule']): string => {
  if (schedule === undefined) return 'by this task'
  return isOwnSchedule(schedule) ? `by this task (${scheduleName(schedule)})` : `by “${scheduleName(schedule)}”`
}

const Consequence = ({ task, undone, undoneId }: Pick<DeleteTaskDialogProps, 'task'> & { undone: string; undoneId: string }) => {
  const { content, schedule } = task
  const kind = content === undefined ? 'content' : kindWords[content.kind].toLowerCase()
  return (
    <>
      <p>
        “{taskName(task)}” is no longer refreshed {refreshedBy(schedule)}; the {kind} and its data stay.
      </p>
      <p id={undoneId}>{undone}</p>
    </>
  )
}

/** Says what will happen, sends it once, and shows a refusal itself. */
export const DeleteTaskDialog = ({ task, refreshType, onClose, onDeleted }: DeleteTaskDialogProps) => {
  const session = useSession()
  const target = deleteTargetOf(task.id)
  const undoneId = useId()
  const undo = undoOfDelete(task, refreshType, session)
  const input = { params: { id: task.id } }
  const deletion = useWriteState(target)
  const online = useOnline()
  const live = useIsLive()
  const { mutate } = useWrite(deleteTask, ['tasks', 'schedules', 'jobs'])
  const phase = deletion?.phase
  const busy = phase === 'sending' || phase === 'checking'
  const close = () => {
    if (phase === 'not-done') dismissWrite(target)
    onClose()
  }
  const send = () => {
    // What was promised holds when the dialog is closed before it is known, and when the task is gone from the lists by then.
    const again = 'offer' in undo ? [' Undone, it is a new task with another id.', undo.note].filter((words) => words !== undefined).join(' ') : ''
    mutate({ target, input, onDone: () => toast('Task deleted', `“${taskName(task)}” is no longer refreshed by it.${again}`, 'offer' in undo ? undo.offer() : undefined) })
  }
  useEffect(() => {
    if (phase === 'done') onDeleted()
    // Once, when it is done: what it is called then does not matter.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [phase])
  return (
    <Dialog title={`Delete the refresh task of “${taskName(task)}”`} onClose={close} active={live}>
      <Consequence task={task} undone={undoneWords(undo)} undoneId={undoneId} />
      {!busy && (
        <div className={classes['notice']}>
          <WouldSend write={meant(deleteTask, input)} />
        </div>
      )}
      <div className={classes['notice']}>
        {'unread' in undo && !busy && <FailureNotice failure={undo.unread.failure} onRetry={undo.unread.retry} />}
        {deletion?.phase === 'not-done' && <FailureNotice failure={deletion.failure} />}
        {deletion?.phase === 'checking' && (
          <output>
            <strong>Checking …</strong> The reply was lost. Refreshboard reads the tasks back; nothing is sent again.
          </output>
        )}
        {deletion?.phase === 'unconfirmed' && (
          <output>
            <strong>It could not be confirmed whether the task was deleted.</strong> {deletion.evidence}
          </output>
        )}
        {deletion === undefined && !online && <output>This computer is offline: it cannot be sent now.</output>}
      </div>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={close} data-autofocus>
          {busy ? 'Close' : 'Keep it'}
        </Button>
        <WriteButton
          color="red"
          busy={busy}
          failure={deletion?.phase === 'not-done' ? deletion.failure : undefined}
          reason={'waits' in undo ? undo.waits : undefined}
          reasonId={'waits' in undo ? undoneId : undefined}
          onClick={send}
        >
          {phase === 'unconfirmed' ? 'Delete again' : 'Delete task'}
        </WriteButton>
      </div>
    </Dialog>
  )
}

import type { Task } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { dismissWrite, type WriteState } from '../../lib/writes.ts'
import { deleteTargetOf } from './task-delete.ts'
import classes from './task-drawer.module.css'

interface DeleteNoteProps {
  task: Task
  deletion: WriteState | undefined
  /** The dialog shows everything itself while it is open. */
  dialogOpen: boolean
}

/** What became of the deletion, in the drawer. */
export const DeleteNote = ({ task, deletion, dialogOpen }: DeleteNoteProps) => {
  if (dialogOpen) return null
  switch (deletion?.phase) {
    case 'checking':
      return (
        <output className={classes['note']}>
          <strong>Checking …</strong> The reply to the deletion was lost. Refreshboard reads the tasks back; nothing is sent again.
        </output>
      )
    case 'done':
      return (
        <output className={classes['note']}>
          <strong>The task was deleted.</strong> {deletion.evidence}
        </output>
      )
    case 'unconfirmed':
      return (
        <div className={classes['note']} data-late>
          <output>
            <strong>It could not be confirmed whether the task was deleted.</strong> {deletion.evidence}
          </output>
          <div className={classes['ways']}>
            <Button size="compact-sm" variant="default" onClick={() => dismissWrite(deleteTargetOf(task.id))}>
              Dismiss
            </Button>
          </div>
        </div>
      )
    case 'not-done':
      return <FailureNotice failure={deletion.failure} />
    case 'sending':
    case undefined:
      break
  }
  return null
}

import type { Permission, Task } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useId } from 'react'
import type { TableauClock } from '../../components/job-cells.tsx'
import { IconClock, IconPlayerPlay } from '../../components/icons.ts'
import { useWriteState } from '../../lib/writes.ts'
import { JobUnderWay } from '../../components/job-status.tsx'
import { RunStateShort } from './run-state.tsx'
import { deleteTargetOf, deleteWords } from './task-delete.ts'
import { isUnderWay } from './task-run.ts'
import { taskName } from '../../lib/task-words.ts'
import { useRunNow } from './use-run-now.ts'
import classes from './run-cell.module.css'

interface RunCellProps {
  task: Task
  runNow: Permission
  clock: TableauClock | undefined
  zone: string
  /** Keeps the focus in the row: the button that had it becomes the state. */
  onStarted: () => void
  onMore: () => void
}

/** “Run now”, or in its place what has become of it. */
export const RunCell = ({ task, runNow, clock, zone, onStarted, onMore }: RunCellProps) => {
  const { run, reason, hold, label, start } = useRunNow(task, runNow, clock, zone)
  const deletion = useWriteState(deleteTargetOf(task.id))
  const reasonId = useId()
  if (deletion !== undefined && deletion.phase !== 'not-done') return <JobUnderWay>{deleteWords[deletion.phase]}</JobUnderWay>
  return (
    <span className={classes['run']}>
      {/* The button says it, with its time. */}
      {run !== undefined && hold === undefined && <RunStateShort run={run} clock={clock} onMore={onMore} />}
      {!isUnderWay(run) && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          className={classes['button'] ?? ''}
          leftSection={hold === undefined ? <IconPlayerPlay size={14} aria-hidden /> : <IconClock size={14} aria-hidden />}
          aria-label={hold === undefined ? `${label}: ${taskName(task)}` : `${hold.words}: ${label}, ${taskName(task)}`}
          // Still reachable by keyboard, so that the reason can be read.
          aria-disabled={reason !== undefined}
          aria-describedby={reason === undefined ? undefined : reasonId}
          {...(reason === undefined ? {} : { 'data-disabled': true, title: reason })}
          onKeyDown={(event) => {
            // A key that is held down is no second intention.
            if (event.repeat) event.preventDefault()
          }}
          onClick={(event) => {
            // The second half of a double click neither.
            if (event.detail <= 1 && start()) onStarted()
          }}
        >
          {hold?.words ?? (run?.phase === 'over' ? 'Again' : label)}
        </Button>
      )}
      {reason !== undefined && !isUnderWay(run) && (
        <span id={reasonId} hidden>
          {reason}
        </span>
      )}
    </span>
  )
}

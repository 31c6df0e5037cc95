import type { Permission, Task } from '@refreshboard/api-types'
import { tableauNow, type TableauClock } from '../../components/job-cells.tsx'
import { useHold, type Hold } from '../../components/hold.ts'
import { useOnline } from '../../lib/online.ts'
import { useWriteState } from '../../lib/writes.ts'
import { busyReason } from './run-words.ts'
import { runTargetOf, startRun, useRun, type RunState } from './task-run.ts'
import { canRun } from './tasks-can.ts'

interface RunNow {
  run: RunState | undefined
  /** Why it cannot be run now. */
  reason: string | undefined
  /** The same button, after a refusal or an outcome that is not known. */
  label: 'Run now' | 'Run again'
  /** Tableau asked to wait: the button says until when. */
  hold: Hold | undefined
  /** Sends it, once; false where there is a reason, and then nothing is sent. */
  start: () => boolean
}

/** Running one task by hand: what has become of it, and whether it can be run. */
export const useRunNow = (task: Task, runNow: Permission, clock: TableauClock | undefined, zone: string): RunNow => {
  const run = useRun(task.id)
  const online = useOnline()
  const can = canRun(task, runNow)
  const write = useWriteState(runTargetOf(task.id))
  const hold = useHold(write?.phase === 'not-done' ? write.failure : undefined, zone)
  const reason = can !== true ? can : (busyReason(run) ?? hold?.reason ?? (online ? undefined : 'This computer is offline: it cannot be sent now.'))
  return {
    run,
    reason,
    hold,
    label: run?.phase === 'refused' || run?.phase === 'unconfirmed' ? 'Run again' : 'Run now',
    start: () => {
      if (reason !== undefined) return false
      void startRun(task.id, tableauNow(clock))
      return true
    },
  }
}

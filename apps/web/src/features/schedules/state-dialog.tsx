import { updateSchedule, type Schedule } from '@refreshboard/api-types'
import { useState } from 'react'
import { formatFull } from '../../lib/time.ts'
import { useWriteState, type Done } from '../../lib/writes.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepTold, toastChange } from '../../components/toast-change.ts'
import { meant } from '../../components/would-send.tsx'
import { isEnded, isSuspended, type TaskCount } from './schedule-rows.ts'
import { plural, workOf } from './schedule-words.ts'
import { finalOf, undoOf } from './schedule-undo.ts'
import { targets, useUpdateSchedule } from './schedule-writes.ts'

interface StateDialogProps {
  schedule: Schedule
  tasks: TaskCount
  zone: string
  onClose: () => void
}

const tasksSentence = ({ count }: TaskCount, verb: string, type: string): string => {
  if (count === undefined) return `Its ${workOf(type)} ${verb}.`
  if (count === 0) return 'No extract refresh task of this site is on it.'
  return `${plural(count, 'extract refresh task')} of this site ${verb}.`
}

/** Suspends or resumes a schedule, after saying what that means. */
export const StateDialog = ({ schedule: now, tasks, zone, onClose }: StateDialogProps) => {
  const { mutateAsync } = useUpdateSchedule()
  const target = targets.state(now.id)
  const phase = useWriteState(target)?.phase
  const [sent, setSent] = useState<Schedule>()
  // From the sending on it is what was sent: the page may read its result before it is told here.
  const schedule = phase === undefined || phase === 'not-done' ? now : (sent ?? now)
  const resume = isSuspended(schedule)
  const next = schedule.nextRunAt === undefined || isEnded(schedule) ? undefined : formatFull(Date.parse(schedule.nextRunAt), zone)
  const changes = { state: resume ? 'Active' : 'Suspended' } as const
  const input = { params: { id: schedule.id }, body: { changes, seen: { state: schedule.state } } }
  const send = () => {
    setSent(schedule)
    const { name } = schedule
    const onDone = (done: Done) => {
      toastChange(`${resume ? 'Resumed' : 'Suspended'} “${name}”`, done, undoOf(schedule, changes, name, done.result?.alike))
      keepTold(`“${name}”`, done)
    }
    return mutateAsync({ target, input, onDone })
  }
  return (
    <ConfirmDialog
      title={`${resume ? 'Resume' : 'Suspend'} “${schedule.name}”`}
      action={resume ? 'Resume' : 'Suspend'}
      keep={resume ? 'Leave it suspended' : 'Let it run'}
      target={target}
      what={resume ? 'the schedule was resumed' : 'the schedule was suspended'}
      write={meant(updateSchedule, input)}
      final={finalOf(schedule, changes)}
      onSend={send}
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        {tasksSentence(tasks, resume ? 'run on it again' : 'no longer run on it', schedule.type)}
        {next !== undefined && ` The next run ${resume ? 'is' : 'would have been'} ${next}.`}
      </p>
      <p>Every site of the server shares the schedule: what other sites have on it {resume ? 'runs again' : 'stops'} too.</p>
    </ConfirmDialog>
  )
}

import type { Schedule } from '@refreshboard/api-types'
import { toast } from '../../components/toasts.tsx'
import { formatFull } from '../../lib/time.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { isEnded, isSuspended, type TaskCount } from './schedule-rows.ts'
import { plural, workOf } from './schedule-words.ts'
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
export const StateDialog = ({ schedule, tasks, zone, onClose }: StateDialogProps) => {
  const { mutateAsync } = useUpdateSchedule()
  const resume = isSuspended(schedule)
  const target = targets.state(schedule.id)
  const next = schedule.nextRunAt === undefined || isEnded(schedule) ? undefined : formatFull(Date.parse(schedule.nextRunAt), zone)
  const send = () =>
    mutateAsync({ target, input: { params: { id: schedule.id }, body: { changes: { state: resume ? 'Active' : 'Suspended' }, seen: { state: schedule.state } } } })
  return (
    <ConfirmDialog
      title={`${resume ? 'Resume' : 'Suspend'} “${schedule.name}”`}
      action={resume ? 'Resume' : 'Suspend'}
      keep={resume ? 'Leave it suspended' : 'Let it run'}
      target={target}
      what={resume ? 'the schedule was resumed' : 'the schedule was suspended'}
      onSend={send}
      onDone={({ evidence }) => {
        toast(`${resume ? 'Resumed' : 'Suspended'} “${schedule.name}”`, evidence)
        onClose()
      }}
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

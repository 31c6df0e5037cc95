import { jobStatusGroup, type JobStatusGroup } from '@refreshboard/api-types'
import type { Icon } from '@tabler/icons-react'
import { IconBan, IconCheck, IconCircle, IconCircleDot, IconCircleX, IconClock, IconQuestionMark } from '../../components/icons.ts'
import { useCancelState } from './cancel-store.ts'
import { isOver, statusInWords } from './job-words.ts'
import classes from './job-state.module.css'

const icons: Record<JobStatusGroup, Icon> = {
  Pending: IconCircle,
  InProgress: IconCircleDot,
  Success: IconCheck,
  Failed: IconCircleX,
  Cancelled: IconBan,
  Other: IconQuestionMark,
}

export const StatusIcon = ({ group, size = 16 }: { group: JobStatusGroup; size?: number }) => {
  const Icon = icons[group]
  return <Icon size={size} stroke={2} aria-hidden className={classes['icon']} data-state={group} />
}

const cancelWords = { sending: 'Cancelling …', checking: 'Checking …', done: 'Being cancelled', unconfirmed: 'Not confirmed' } as const

/** A job's state: icon, word and colour. A cancelling that is under way is told here too. */
export const JobState = ({ job }: { job: { id: string; status: string } }) => {
  const cancel = useCancelState(job.id)
  if (cancel !== undefined && cancel.phase !== 'not-done' && !isOver(job)) {
    return (
      <span className={classes['state']} data-state="cancelling">
        <IconClock size={16} aria-hidden className={classes['icon']} />
        {cancelWords[cancel.phase]}
      </span>
    )
  }
  const group = jobStatusGroup(job.status)
  return (
    <span className={classes['state']} data-state={group} title={group === 'Other' ? job.status : undefined}>
      <StatusIcon group={group} />
      {statusInWords(job.status)}
    </span>
  )
}

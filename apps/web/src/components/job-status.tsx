import { jobStatusGroup, type JobStatusGroup } from '@refreshboard/api-types'
import type { Icon } from '@tabler/icons-react'
import { statusInWords } from '../lib/job-words.ts'
import { IconBan, IconCheck, IconCircle, IconCircleDot, IconCircleX, IconClock, IconQuestionMark } from './icons.ts'
import classes from './job-status.module.css'

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

/** A job's state as Tableau tells it: icon, word and colour. */
export const JobStatus = ({ status }: { status: string }) => {
  const group = jobStatusGroup(status)
  return (
    <span className={classes['state']} data-state={group} title={group === 'Other' ? status : undefined}>
      <StatusIcon group={group} />
      {statusInWords(status)}
    </span>
  )
}

/** Something that is under way at Tableau and not yet in the state that Tableau tells. */
export const JobUnderWay = ({ children }: { children: string }) => (
  <span className={classes['state']} data-state="cancelling">
    <IconClock size={16} aria-hidden className={classes['icon']} />
    {children}
  </span>
)

import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { IconCalendar } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import type { Failure } from '../../lib/api-error.ts'
import { FailureDetails } from '../../components/failure-notice.tsx'
import { partsIn } from '../../lib/wall-parts.ts'

interface ScheduleGoneProps {
  /** Its name, where it was seen here before. */
  name: string | undefined
  /** When it was seen here last, and first missed: milliseconds since 1970. */
  seenAt: number | undefined
  missedAt: number
  zone: string
  failure: Failure
}

const clock = (at: number, zone: string): string => {
  const { hour, minute } = partsIn(at, zone)
  return `${hour}:${minute}`
}

/** A schedule that is not there any more, or never was. */
export const ScheduleGone = ({ name, seenAt, missedAt, zone, failure }: ScheduleGoneProps) => (
  <Message
    page
    icon={IconCalendar}
    title={seenAt === undefined ? 'There is no such schedule' : `“${name ?? 'The schedule'}” is not there any more`}
    action={
      <Button component={Link} to={paths.schedules()}>
        Back to the schedules
      </Button>
    }
  >
    <p>
      {seenAt === undefined
        ? `At ${clock(missedAt, zone)} Tableau did not know it. It may have been deleted, or the address is not complete.`
        : `Gone since ${clock(missedAt, zone)}; at ${clock(seenAt, zone)} it was still there. Somebody deleted it, or you may not see it any more.`}
    </p>
    <FailureDetails failure={failure} />
  </Message>
)

/** One that Tableau has taken and does not show yet. */
export const ScheduleNotShownYet = () => (
  <Message page icon={IconCalendar} title="Tableau has made the schedule">
    <output>It does not show it yet, which takes a moment on some servers. This page looks again by itself.</output>
  </Message>
)

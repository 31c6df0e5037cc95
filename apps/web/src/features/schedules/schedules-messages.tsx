import { Button } from '@mantine/core'
import { FailureDetails } from '../../components/failure-notice.tsx'
import { IconCalendar, IconLock, IconSearch } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import type { Failure } from '../../lib/api-error.ts'
import { useSession } from '../../lib/session-store.ts'

/** Nothing to show, and why. */
export const SchedulesEmpty = ({ filtered, onClear }: { filtered: boolean; onClear: () => void }) =>
  filtered ? (
    <Message icon={IconSearch} title="No schedule matches" action={<Button onClick={onClear}>Clear filters</Button>}>
      Other schedules are there, but none with this text, type and state.
    </Message>
  ) : (
    <Message icon={IconCalendar} title="This server has no schedules yet">
      A schedule says when extracts are refreshed, subscriptions are sent and flows run. A server administrator makes the first one with “New schedule”.
    </Message>
  )

/** Why this person sees no schedules here. */
export const SchedulesNotAllowed = ({ failure }: { failure: Failure }) => {
  const { user, site } = useSession()
  const unsupported = failure.code === 'unsupported_here'
  return (
    <Message page icon={IconLock} title={unsupported ? 'There are no schedules here' : 'You may not see the schedules of this server'}>
      <p>{failure.detail ?? failure.title}</p>
      {!unsupported && (
        <p>
          You are signed in to {site.name} as {user.name}. Ask an administrator of the site for a role that may schedule, or switch to a site where you have it.
        </p>
      )}
      <FailureDetails failure={failure} />
    </Message>
  )
}

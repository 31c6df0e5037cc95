import { Button } from '@mantine/core'
import { FailureDetails } from '../../components/failure-notice.tsx'
import { IconActivity, IconLock, IconSearch } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import type { Failure } from '../../lib/api-error.ts'
import { useSession } from '../../lib/session-store.ts'

/** Nothing to show, and why. */
export const JobsEmpty = ({ filtered, newer, onClear }: { filtered: boolean; newer: number; onClear: () => void }) =>
  filtered ? (
    <Message icon={IconSearch} title="No job matches" action={<Button onClick={onClear}>Clear filters</Button>}>
      {newer > 0 ? `Of the jobs created since this list was opened, ${newer} match: “new” at the top shows them.` : 'Other jobs are there, but none with this state, type, time and text.'}
    </Message>
  ) : (
    <Message icon={IconActivity} title="This site has no jobs yet">
      Jobs appear here as soon as Tableau queues one: an extract refresh on its schedule, a flow, a subscription, or “Run now”.
    </Message>
  )

/** Who may list jobs, and why this person may not. */
export const JobsNotAllowed = ({ reason, failure }: { reason: string | undefined; failure: Failure | undefined }) => {
  const { user, site } = useSession()
  return (
    <Message page icon={IconLock} title="You may not see the jobs of this site">
      <p>{reason ?? failure?.detail ?? 'Tableau lets site administrators and server administrators list jobs, because jobs name the content of everybody.'}</p>
      <p>
        You are signed in to {site.name} as {user.name}. Ask an administrator of the site for the role, or switch to a site where you have it.
      </p>
      {failure !== undefined && <FailureDetails failure={failure} />}
    </Message>
  )
}

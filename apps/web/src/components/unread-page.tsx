import { Button } from '@mantine/core'
import type { Failure } from '../lib/api-error.ts'
import { FailureDetails } from './failure-notice.tsx'
import { IconAlertTriangle } from './icons.ts'
import { Message } from './message.tsx'

interface UnreadPageProps {
  /** What could not be read, such as `The schedule could not be read`. */
  title: string
  failure: Failure
  onRetry: () => void
  retrying: boolean
}

/** In the place of a page that has nothing to show yet, since its reading failed: why, and the reading again. */
export const UnreadPage = ({ title, failure, onRetry, retrying }: UnreadPageProps) => (
  <Message
    page
    icon={IconAlertTriangle}
    title={title}
    action={
      <Button onClick={onRetry} loading={retrying}>
        Try again
      </Button>
    }
  >
    <p>
      {failure.title} {failure.detail ?? failure.next}
    </p>
    <FailureDetails failure={failure} />
  </Message>
)

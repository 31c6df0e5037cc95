import { Button, Loader } from '@mantine/core'
import { useRouteError } from 'react-router'
import { IconAlertTriangle } from '../components/icons.ts'
import { FailureDetails } from '../components/failure-notice.tsx'
import { Message } from '../components/message.tsx'
import { failureOf, ApiError } from '../lib/api-error.ts'
import { isMissingChunk } from '../lib/new-version.ts'
import classes from './shell.module.css'

const reload = () => window.location.reload()

/** A page that could not be loaded or broke: never a blank one. */
export const RouteFailure = () => {
  const error = useRouteError()
  if (isMissingChunk(error)) {
    return (
      <Message page icon={IconAlertTriangle} title="This part of the page could not be loaded" action={<Button onClick={reload}>Load again</Button>}>
        Refreshboard may have been updated since this page was opened, or the network is away.
      </Message>
    )
  }
  const failure = failureOf(error)
  return (
    <Message page icon={IconAlertTriangle} title={failure.title} action={<Button onClick={reload}>Try again</Button>}>
      {error instanceof ApiError ? failure.next : 'Load the page again; what was typed here and not sent is lost.'}
      <FailureDetails failure={failure} />
    </Message>
  )
}

/** While it is not yet known who is signed in: the frame without anything in it. */
export const FirstPaint = () => (
  <div className={classes['shell']} aria-busy="true">
    <div className={classes['header']} />
    <div className={classes['first']}>
      <Loader size="sm" color="gray" aria-label="Loading" />
    </div>
  </div>
)

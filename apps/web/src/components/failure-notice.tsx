import type { TableauError } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Failure } from '../lib/api-error.ts'
import { useNow } from '../lib/now.ts'
import { formatDuration } from '../lib/time.ts'
import { IconAlertTriangle } from './icons.ts'
import classes from './failure-notice.module.css'

const TableauWords = ({ tableau, told }: { tableau: TableauError; told: string | undefined }) =>
  told?.includes(tableau.detail) === true ? (
    <div className={classes['dim']}>
      Tableau’s code {tableau.code}, {tableau.summary}
    </div>
  ) : (
    <div className={classes['tableau']}>
      Tableau says: “{tableau.summary}: {tableau.detail}” <span className={classes['dim']}>({tableau.code})</span>
    </div>
  )

const RequestId = ({ failure }: { failure: Failure }) =>
  failure.requestId === undefined ? null : (
    <div className={classes['dim']}>
      Request id <code>{failure.requestId}</code>
    </div>
  )

/** Tableau's own words and the request id, where they exist. */
export const FailureDetails = ({ failure }: { failure: Failure }) => (
  <>
    {failure.tableau !== undefined && <TableauWords tableau={failure.tableau} told={failure.detail} />}
    <RequestId failure={failure} />
  </>
)

/** Milliseconds until a repeat has a chance, going down every second; 0 when it may be tried now. */
const useWait = (failure: Failure): number => {
  const now = useNow()
  return failure.retryAt === undefined ? 0 : Math.max(0, failure.retryAt - now)
}

interface FailureNoticeProps {
  failure: Failure
  /** `inline` in a form or a drawer, `bar` along the edge of a page. */
  look?: 'inline' | 'bar'
  /** What it means for what is on the screen. */
  children?: ReactNode
  onRetry?: (() => void) | undefined
  retrying?: boolean
}

/** What failed, what happened this time, what to do next. */
export const FailureNotice = ({ failure, look = 'inline', children, onRetry, retrying = false }: FailureNoticeProps) => {
  const wait = useWait(failure)
  return (
    <div className={classes['notice']} data-look={look}>
      <IconAlertTriangle size={18} aria-hidden className={classes['icon']} />
      <div className={classes['body']}>
        {/* Only what stays the same is announced: ages, waits and request ids change with every attempt. */}
        <div role="alert">
          <strong>{failure.title}</strong> {failure.detail ?? failure.next}
          {failure.tableau !== undefined && <TableauWords tableau={failure.tableau} told={failure.detail} />}
        </div>
        {children}
        <RequestId failure={failure} />
      </div>
      {onRetry !== undefined && (
        <Button size="compact-sm" variant="default" onClick={onRetry} loading={retrying} disabled={wait > 0} className={classes['retry'] ?? ''}>
          {wait > 0 ? `Try again in ${formatDuration(wait + 999)}` : 'Try again'}
        </Button>
      )}
    </div>
  )
}

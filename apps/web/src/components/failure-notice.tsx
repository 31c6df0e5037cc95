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

/** Tableau's own words and the request id, where they exist. */
export const FailureDetails = ({ failure }: { failure: Failure }) => (
  <>
    {failure.tableau !== undefined && <TableauWords tableau={failure.tableau} told={failure.detail} />}
    {failure.requestId !== undefined && (
      <div className={classes['dim']}>
        Request id <code>{failure.requestId}</code>
      </div>
    )}
  </>
)

const Wait = ({ until }: { until: number }) => {
  const left = until - useNow()
  return left > 0 ? <> It can go on in {formatDuration(left + 999)}.</> : null
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
export const FailureNotice = ({ failure, look = 'inline', children, onRetry, retrying = false }: FailureNoticeProps) => (
  <div className={classes['notice']} data-look={look} role="alert">
    <IconAlertTriangle size={18} aria-hidden className={classes['icon']} />
    <div className={classes['body']}>
      <div>
        <strong>{failure.title}</strong> {failure.detail ?? failure.next}
        {failure.retryAt !== undefined && <Wait until={failure.retryAt} />} {children}
      </div>
      <FailureDetails failure={failure} />
    </div>
    {onRetry !== undefined && (
      <Button size="compact-sm" variant="default" onClick={onRetry} loading={retrying}>
        Try again
      </Button>
    )}
  </div>
)

import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { isMissingChunk } from '../lib/new-version.ts'
import { IconAlertTriangle } from './icons.ts'
import { Message } from './message.tsx'

interface BrokenPartProps {
  /** What is broken, at the start of a sentence: `This page`. */
  what: string
  /** Starts over when it changes. */
  resetKey?: string
  children: ReactNode
}

/** Keeps a mistake in one part from blanking the rest. */
export const BrokenPart = ({ what, resetKey, children }: BrokenPartProps) => (
  <ErrorBoundary
    resetKeys={[resetKey]}
    fallbackRender={({ error, resetErrorBoundary }) => (
      <Message
        icon={IconAlertTriangle}
        title={isMissingChunk(error) ? `${what} could not be loaded` : `${what} made a mistake`}
        action={<Button onClick={isMissingChunk(error) ? () => window.location.reload() : resetErrorBoundary}>{isMissingChunk(error) ? 'Load again' : 'Try again'}</Button>}
      >
        {isMissingChunk(error) ? 'Refreshboard may have been updated since this page was opened, or the network is away.' : 'The rest of the page goes on.'}
      </Message>
    )}
  >
    {children}
  </ErrorBoundary>
)

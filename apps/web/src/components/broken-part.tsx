import { Button } from '@mantine/core'
import { createContext, useContext, type ReactNode } from 'react'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
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

const What = createContext('This part')

const Fallback = ({ error, resetErrorBoundary }: FallbackProps) => {
  const what = useContext(What)
  const missing = isMissingChunk(error)
  return (
    <Message
      icon={IconAlertTriangle}
      title={missing ? `${what} could not be loaded` : `${what} made a mistake`}
      action={<Button onClick={missing ? () => window.location.reload() : resetErrorBoundary}>{missing ? 'Load again' : 'Try again'}</Button>}
    >
      {missing ? 'Refreshboard may have been updated since this page was opened, or the network is away.' : 'The rest of the page goes on.'}
    </Message>
  )
}

/** Keeps a mistake in one part from blanking the rest. */
export const BrokenPart = ({ what, resetKey, children }: BrokenPartProps) => (
  <What value={what}>
    <ErrorBoundary resetKeys={[resetKey]} FallbackComponent={Fallback}>
      {children}
    </ErrorBoundary>
  </What>
)

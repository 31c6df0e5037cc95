import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { styleNonce } from '../lib/csp-nonce.ts'
import { reloadSession } from '../lib/load-session.ts'
import { queryClient } from '../lib/query-client.ts'
import { followOtherTabs, sessionState } from '../lib/session-store.ts'
import { Toasts } from '../components/toasts.tsx'
import { cssVariables, theme } from './theme.ts'

/** Everything that pages stand on, and that no page is needed for. */
export const Providers = ({ children }: { children: ReactNode }) => {
  useEffect(() => {
    // When it cannot be told who is signed in, the next call of the page finds out.
    const reload = () => void reloadSession().catch(() => undefined)
    // A tab may come back to another session than it left, in a browser whose tabs cannot tell each other.
    const returned = () => {
      if (document.visibilityState === 'visible' && sessionState().status === 'live') reload()
    }
    document.addEventListener('visibilitychange', returned)
    const stop = followOtherTabs(reload)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', returned)
    }
  }, [])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        {children}
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  )
}

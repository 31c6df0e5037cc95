import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { styleNonce } from '../lib/csp-nonce.ts'
import { reloadSession } from '../lib/load-session.ts'
import { queryClient } from '../lib/query-client.ts'
import { followOtherTabs } from '../lib/session-store.ts'
import { Toasts } from '../components/toasts.tsx'
import { cssVariables, theme } from './theme.ts'

/** Everything that pages stand on, and that no page is needed for. */
export const Providers = ({ children }: { children: ReactNode }) => {
  useEffect(
    () =>
      followOtherTabs(() => {
        // When it cannot be told, the next call of the page finds out.
        reloadSession().catch(() => undefined)
      }),
    [],
  )
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        {children}
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  )
}

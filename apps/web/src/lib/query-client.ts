import type { Resource } from '@refreshboard/api-types'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { sessionEndOf } from './api-error.ts'
import { identity, onIdentityChange, sessionDied } from './session-store.ts'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Error
    mutationMeta: {
      /** What the write makes stale. A resource that does not exist does not compile. */
      invalidates?: Resource[]
    }
  }
}

const noticeSessionEnd = (error: unknown): void => {
  const code = sessionEndOf(error)
  if (code !== undefined) sessionDied(code)
}

const createQueryClient = (): QueryClient => {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeSessionEnd }),
    mutationCache: new MutationCache({
      onError: noticeSessionEnd,
      // A refused write makes things stale too: it was refused because they were not as they seemed.
      onSettled: async (_data, _error, _input, _context, mutation) => {
        const invalidates = mutation.meta?.invalidates ?? []
        await Promise.all(invalidates.map((resource) => client.invalidateQueries({ queryKey: [identity(), resource] })))
      },
    }),
    defaultOptions: {
      // The BFF repeats reads against Tableau; a second layer would multiply them.
      queries: { retry: false, staleTime: 0, gcTime: 60_000 },
      // 'online' would keep a write that was clicked offline and send it later by itself.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  onIdentityChange(() => {
    void client.cancelQueries()
    client.clear()
  })
  return client
}

export const queryClient = createQueryClient()

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

const rereadIn = async (client: QueryClient, resources: readonly Resource[]): Promise<void> => {
  await Promise.all(resources.map((resource) => client.invalidateQueries({ queryKey: [identity(), resource] })))
}

const createQueryClient = (): QueryClient => {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeSessionEnd }),
    mutationCache: new MutationCache({
      onError: noticeSessionEnd,
      // A refused write makes things stale too: it was refused because they were not as they seemed.
      onSettled: async (_data, _error, _input, _context, mutation) => {
        await rereadIn(client, mutation.meta?.invalidates ?? [])
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

/** Reads again whatever is in sight of these. */
export const reread = async (...resources: readonly Resource[]): Promise<void> => {
  await rereadIn(queryClient, resources)
}

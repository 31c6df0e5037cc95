import { endSession, endSessions, listSessions, type SessionEntry } from '@refreshboard/api-types'
import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryClient } from '../../lib/query-client.ts'
import { readOf } from '../../lib/query.ts'
import { sessionEnded, useIsLive } from '../../lib/session-store.ts'

/** Where this person is signed in on this site. */
export const useSessions = () => useQuery({ ...readOf(listSessions, undefined), enabled: useIsLive() })

/** Signs out in another browser. */
export const useEndSession = () =>
  useMutation({
    mutationFn: async ({ id }: SessionEntry) => await call(endSession, { params: { id } }),
    meta: { invalidates: ['sessions'] },
  })

/** Signs out everywhere; this page forgets everything. */
export const useEndSessions = () =>
  useMutation({
    mutationFn: async () => {
      await queryClient.cancelQueries()
      return await call(endSessions, undefined)
    },
    onSuccess: () => sessionEnded('here'),
  })

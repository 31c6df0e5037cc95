import { signIn, signOut, switchSite, type SignIn } from '@refreshboard/api-types'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { toastFailure } from '../../components/toasts.tsx'
import { call } from '../../lib/api.ts'
import { methodPreference } from '../../lib/preferences.ts'
import { queryClient } from '../../lib/query-client.ts'
import { sessionEnded, sessionStarted } from '../../lib/session-store.ts'

/** Signs in; sent once. The form shows what goes wrong. */
export const useSignIn = () =>
  useMutation({
    mutationFn: async (body: SignIn) => {
      // An answer to the previous session must not be taken for one to the new session.
      await queryClient.cancelQueries()
      return await call(signIn, { body })
    },
    onSuccess: (session, { method }) => {
      methodPreference.set(method)
      sessionStarted(session)
    },
  })

/** Signs out; this page forgets everything, also when the BFF cannot be reached. */
export const useSignOut = () =>
  useMutation({
    mutationFn: async () => {
      await queryClient.cancelQueries()
      return await call(signOut, undefined)
    },
    onSuccess: () => sessionEnded('here'),
    onError: (error) => toastFailure('You are still signed in', error),
  })

/** Moves to another site of the same server; the cache of the old one goes. */
export const useSwitchSite = () => {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: async (site: string) => {
      await queryClient.cancelQueries()
      return await call(switchSite, { body: { site } })
    },
    onSuccess: async (session) => {
      sessionStarted(session)
      await navigate(paths.root())
    },
    onError: (error) => toastFailure('The site was not switched', error),
  })
}

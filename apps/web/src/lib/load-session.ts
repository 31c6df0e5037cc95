import { getSession } from '@refreshboard/api-types'
import { call } from './api.ts'
import { isSessionEnd } from './api-error.ts'
import { sessionEnded, sessionStarted, sessionState, type SessionState } from './session-store.ts'

/** Asks the BFF who is signed in, whatever this page believes. */
export const reloadSession = async (): Promise<SessionState> => {
  try {
    sessionStarted(await call(getSession, undefined, { background: true }), { tell: false })
  } catch (error) {
    if (!isSessionEnd(error)) throw error
    if (sessionState().status !== 'signed-out') sessionEnded()
  }
  return sessionState()
}

/** Who is signed in; asks the BFF only once per page load. Rejects with an ApiError when that cannot be told. */
export const loadSession = async (): Promise<SessionState> => {
  const state = sessionState()
  return state.status === 'unknown' ? await reloadSession() : state
}

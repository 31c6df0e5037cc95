import { getSession } from '@refreshboard/api-types'
import { call } from './api.ts'
import { sessionEndOf } from './api-error.ts'
import { sessionDied, sessionEnded, sessionStarted, sessionState, type SessionState } from './session-store.ts'

/** Asks the BFF who is signed in, whatever this page believes. */
export const reloadSession = async (): Promise<SessionState> => {
  try {
    sessionStarted(await call(getSession, undefined, { background: true }), { tell: false })
  } catch (error) {
    const ended = sessionEndOf(error)
    if (ended === undefined) throw error
    // A page in mid-work stays: its dialog asks to sign in again.
    if (sessionState().status === 'unknown') sessionEnded()
    else sessionDied(ended)
  }
  return sessionState()
}

/** Who is signed in; asks the BFF only once per page load. Rejects with an ApiError when that cannot be told. */
export const loadSession = async (): Promise<SessionState> => {
  const state = sessionState()
  return state.status === 'unknown' ? await reloadSession() : state
}

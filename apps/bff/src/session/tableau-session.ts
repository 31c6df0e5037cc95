import { TableauApiError, type TableauAuth, type TableauClient, type TableauEndpoint, type TableauReply } from '@refreshboard/tableau-client'
import type { PrincipalKey } from './principal.ts'
import { SessionEnded } from './session-ended.ts'
import type { SessionFacts } from './sessions.ts'

interface CallOptions {
  signal?: AbortSignal
  deadlineMs?: number
}

/** The Tableau side of one session: calls that carry its token. */
export interface TableauSession {
  readonly sessionId: string
  /** Whose eyes it reads with. */
  readonly principal: PrincipalKey
  /** As Tableau told it at the sign-in. */
  readonly user: SessionFacts['user']
  /** As the client's `call`; throws {@link SessionEnded} when Tableau no longer accepts the token. */
  call<I, O>(endpoint: TableauEndpoint<I, O>, input: I, options?: CallOptions): Promise<TableauReply<O>>
}

/** No such token (any more): it expired, was signed out, or the same personal access token signed in elsewhere. */
const deadToken = '401002'

/**
 * What a call with the token of a session threw, as the rest of the application is told it: {@link SessionEnded} for a dead
 * token, after `onDead`; anything else as it is.
 */
export const orSessionEnded = async (error: unknown, sessionId: string, onDead: (sessionId: string) => Promise<void>): Promise<unknown> => {
  if (!(error instanceof TableauApiError) || error.code !== deadToken) return error
  await onDead(sessionId)
  return new SessionEnded(sessionId, { cause: error })
}

/**
 * `onDead` is called before {@link SessionEnded} is thrown. No other 401 ends a session: a proxy's, a missing permission's
 * and a refused sign-in's say nothing about the token.
 */
export const createTableauSession = (options: {
  client: TableauClient
  auth: TableauAuth
  sessionId: string
  principal: PrincipalKey
  user: SessionFacts['user']
  onDead: (sessionId: string) => Promise<void>
}): TableauSession => ({
  sessionId: options.sessionId,
  principal: options.principal,
  user: options.user,
  call: async (endpoint, input, callOptions = {}) => {
    try {
      return await options.client.call(endpoint, input, { ...callOptions, auth: options.auth })
    } catch (error) {
      throw await orSessionEnded(error, options.sessionId, options.onDead)
    }
  },
})

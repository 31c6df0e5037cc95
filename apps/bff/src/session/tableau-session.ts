import { TableauApiError, type TableauAuth, type TableauClient, type TableauEndpoint, type TableauReply } from '@refreshboard/tableau-client'
import type { PrincipalKey } from './principal.ts'
import { SessionEnded } from './session-ended.ts'

interface CallOptions {
  signal?: AbortSignal
  deadlineMs?: number
}

/** The Tableau side of one session: calls that carry its token. */
export interface TableauSession {
  readonly sessionId: string
  /** Whose eyes it reads with. */
  readonly principal: PrincipalKey
  /** As the client's `call`; throws {@link SessionEnded} when Tableau no longer accepts the token. */
  call<I, O>(endpoint: TableauEndpoint<I, O>, input: I, options?: CallOptions): Promise<TableauReply<O>>
}

/** No such token (any more): it expired, was signed out, or the same personal access token signed in elsewhere. */
const deadToken = '401002'

/**
 * `onDead` is called before {@link SessionEnded} is thrown. No other 401 ends a session: a proxy's, a missing permission's
 * and a refused sign-in's say nothing about the token.
 */
export const createTableauSession = (options: {
  client: TableauClient
  auth: TableauAuth
  sessionId: string
  principal: PrincipalKey
  onDead: (sessionId: string) => Promise<void>
}): TableauSession => ({
  sessionId: options.sessionId,
  principal: options.principal,
  call: async (endpoint, input, callOptions = {}) => {
    try {
      return await options.client.call(endpoint, input, { ...callOptions, auth: options.auth })
    } catch (error) {
      if (!(error instanceof TableauApiError) || error.code !== deadToken) throw error
      await options.onDead(options.sessionId)
      throw new SessionEnded(options.sessionId, { cause: error })
    }
  },
})

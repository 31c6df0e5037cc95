import { currentSession, TableauApiError, TableauUnsupportedError, type TableauAuth, type TableauClient, type TableauEndpoint, type TableauReply, type TableauRequestLine } from '@refreshboard/tableau-client'
import { ProblemError } from '../http/problem-error.ts'
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
  readonly flavor: SessionFacts['flavor']
  readonly serverId: SessionFacts['serverId']
  readonly site: SessionFacts['site']
  /** True where a write is only worked out: whatever would be sent is thrown as {@link WouldSend}. */
  readonly rehearsal: boolean
  /** What `call` would send; sends nothing. */
  requestOf<I, O>(endpoint: TableauEndpoint<I, O>, input: I): Promise<TableauRequestLine>
  /** As the client's `call`; throws {@link SessionEnded} when Tableau no longer accepts the token. */
  call<I, O>(endpoint: TableauEndpoint<I, O>, input: I, options?: CallOptions): Promise<TableauReply<O>>
}

/** No such token (any more): it expired, was signed out, or the same personal access token signed in elsewhere. */
const deadToken = '401002'

/**
 * What a call to the server's schedules threw, after asking whether the token lives where it says that it does not: Tableau Cloud
 * says so with a good one (`tableau/tableau-mcp#379`), and not every Cloud can be told by its host. Throws what that question throws.
 */
const doubted = async (error: unknown, client: TableauClient, options: CallOptions & { auth: TableauAuth }): Promise<unknown> => {
  if (!(error instanceof TableauApiError && error.code === deadToken)) return error
  try {
    await client.call(currentSession, {}, options)
    return new ProblemError('unsupported_here', 'Tableau refuses its schedules to this session, which is good for everything else: so does Tableau Cloud, which has no server schedules.', {}, { cause: error })
  } catch (checked) {
    // A server without that method (before API 3.1) is no Cloud.
    return checked instanceof TableauUnsupportedError ? error : checked
  }
}

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
  flavor: SessionFacts['flavor']
  serverId: SessionFacts['serverId']
  site: SessionFacts['site']
  onDead: (sessionId: string) => Promise<void>
  /** Before each call that is made for the session. */
  onCall: (operation: string) => void
}): TableauSession => ({
  sessionId: options.sessionId,
  principal: options.principal,
  user: options.user,
  flavor: options.flavor,
  serverId: options.serverId,
  site: options.site,
  rehearsal: false,
  requestOf: (endpoint, input) => options.client.requestOf(endpoint, input, { auth: options.auth }),
  call: async (endpoint, input, callOptions = {}) => {
    const { auth, client } = options
    options.onCall(endpoint.name)
    try {
      return await client.call(endpoint, input, { ...callOptions, auth })
    } catch (error) {
      const told = endpoint.path.startsWith('/schedules') ? await doubted(error, client, { ...callOptions, auth }) : error
      throw await orSessionEnded(told, options.sessionId, options.onDead)
    }
  },
})

import type { Contract, EndpointName, IntentionKey, ParsedInputOf, ReplyOf } from '@refreshboard/api-types'
import type { OpenSession } from '../session/sessions.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { ProblemError } from './problem-error.ts'

/** What a handler of a signed-in person works with. */
export interface SignedIn {
  readonly session: OpenSession
  /** Calls Tableau as this person. */
  readonly tableau: TableauSession
}

/** What every handler is given. */
export interface Context<E> {
  /** Parsed by the contract. */
  readonly input: ParsedInputOf<E>
  /** The value of the session cookie, for the handlers of the session itself. */
  readonly cookie: string | undefined
  /** `Idempotency-Key`, on endpoints that write to Tableau. */
  readonly key: IntentionKey | undefined
  readonly requestId: string
  /** The address that the request came from, as far as `TRUST_PROXY` lets it be known. */
  readonly network: string
  /** What the browser calls itself, in a few words. */
  readonly browser: string
  readonly signedIn: SignedIn | undefined
}

/** What a handler returns: the contract's reply, and what else belongs to the answer. */
export interface Reply<E> {
  readonly body: ReplyOf<E>
  /** 202 for a write whose outcome is still being found out. */
  readonly status?: 202
  /** A `Set-Cookie` header. */
  readonly cookie?: string
  /** A `Clear-Site-Data` header. */
  readonly clearSiteData?: string
}

export type Handler<E> = (context: Context<E>) => Promise<Reply<E>>

/** One handler for each endpoint of the contract. */
export type Handlers = { readonly [Name in EndpointName]: Handler<Contract[Name]> }

/** A handler that only signed-in people reach. */
export const signedIn =
  <E>(run: (context: Context<E> & SignedIn) => Promise<Reply<E>>): Handler<E> =>
  (context) => {
    if (!context.signedIn) throw new ProblemError('unauthenticated', 'Sign in to go on.')
    return run({ ...context, ...context.signedIn })
  }

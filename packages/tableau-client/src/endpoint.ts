import type { Luid } from '@refreshboard/api-types'
import type { ApiVersion } from './version.ts'
import type { XmlElement } from './xml/element.ts'

/** The `{names}` of a path template. */
type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamsOf<Rest> : never

/** What `encode` fills in; `siteId` comes from the session, never from the input. */
type ParamsField<Path extends string> = string extends Path
  ? { readonly params?: Readonly<Record<string, Luid>> }
  : [Exclude<ParamsOf<Path>, 'siteId'>] extends [never]
    ? { readonly params?: never }
    : { readonly params: Readonly<Record<Exclude<ParamsOf<Path>, 'siteId'>, Luid>> }

/** An input as HTTP; `query` and `body` are absent when there is none. */
export type EncodedRequest<Path extends string = string> = ParamsField<Path> & {
  readonly query?: URLSearchParams
  /** A complete `<tsRequest>`, from `xml/writer.ts`. */
  readonly body?: string
}

/**
 * What a call does at Tableau; repeating is decided by it, never by the HTTP verb. Only a `read` is ever sent again.
 */
export type OperationKind = 'read' | 'write' | 'sign-in' | 'sign-out'

/** The input of an endpoint that needs none: `{}`. */
export type NoInput = Readonly<Record<string, never>>

/**
 * One method of Tableau's REST API, as data.
 *
 * `path` stands after `/api/{version}`. `auth: 'session'` sends the token. `since` and `until` are the first and last API
 * version that have the method. `reply: 'none'` means that any 2xx without a body is a success, and
 * `decode` gets an empty root.
 */
export interface TableauEndpoint<I, O, Path extends string = string> {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: Path
  readonly since: ApiVersion
  readonly until?: ApiVersion
  /** Sent with this version whatever the server has (Server Info, which tells the version). */
  readonly fixedVersion?: ApiVersion
  /** The JWT scope that a connected app needs. */
  readonly scope?: string
  /** Where the method is described. */
  readonly reference: string
  readonly auth: 'none' | 'session'
  readonly operation: OperationKind
  readonly reply: 'body' | 'none'
  /** A later first version for some inputs only. */
  readonly sinceFor?: (input: I) => ApiVersion
  /** A last version for some inputs only. */
  readonly untilFor?: (input: I) => ApiVersion | undefined
  readonly encode: (input: I) => EncodedRequest<Path>
  /** From the root `tsResponse` to the contract's type. */
  readonly decode: (root: XmlElement) => O
}

/** Declares a {@link TableauEndpoint}; the parameters that `encode` must fill in are read from the path. */
export const defineEndpoint = <I, O, const Path extends string>(endpoint: TableauEndpoint<I, O, Path>): TableauEndpoint<I, O> => endpoint

import type { Flavor } from './flavor.ts'
import type { Session } from './sessions.ts'
import type { ApiVersion } from './versions.ts'
import type { World } from './world.ts'
import type { Xml } from './xml-out.ts'
import type { OperationName } from './operations.ts'
import type { RequestElement } from './xml-in.ts'

/** How this server was set up. */
export interface ServerFacts {
  readonly apiVersion: ApiVersion
  readonly flavor: Flavor
  readonly timeZone: string
}

/** One request, as a handler sees it. */
export interface Call {
  readonly world: World
  readonly server: ServerFacts
  /** The API version in the path. */
  readonly version: string
  /** The variable segments of the path, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** The query as received. */
  readonly query: string
  /** Where the client reached this server, such as `http://127.0.0.1:8850`: the beginning of every `webpageUrl`. */
  readonly origin: string
  /** Reads the body; refuses with 400000 where it is not a right `tsRequest`. */
  body(): RequestElement
  /** The same for a method that can do without: undefined where no byte was sent. */
  optionalBody(): RequestElement | undefined
}

/** A call with a living session. */
export interface SignedInCall extends Call {
  readonly session: Session
}

/** What a handler answers. */
export interface HandlerReply {
  readonly status: number
  /** The children of `tsResponse`; none means an empty body. */
  readonly content?: Xml
  /** A PNG in place of a `tsResponse`. */
  readonly image?: Uint8Array
  /** Whether the world changed. */
  readonly applied?: boolean
  /** The session that was opened, for the ledger. */
  readonly opened?: Session
}

interface RouteBase {
  readonly operation: OperationName
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api/{version}`; `:name` is variable, the rest is compared without regard to case. */
  readonly path: string
  /** The first API version that has it. */
  readonly since: string
  /** Where it exists; on both unless given. */
  readonly on?: Flavor
  /** What its error table prints for another verb; 405000 unless given. */
  readonly wrongVerb?: '40500'
}

/** One method of the API. Methods below `/sites/:siteId` are only reached with a session on that site. */
export type Route =
  | (RouteBase & { readonly access: 'anyone'; readonly handle: (call: Call) => HandlerReply })
  | (RouteBase & { readonly access: 'session' | 'site'; readonly handle: (call: SignedInCall) => HandlerReply })

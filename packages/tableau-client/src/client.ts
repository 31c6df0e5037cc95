import type { Luid } from '@refreshboard/api-types'
import type { TableauEndpoint } from './endpoint.ts'
import { TableauApiError, TableauInputError, TableauProtocolError, TableauUnreachableError, TableauUnsupportedError } from './errors.ts'
import { decodeReply, type TableauReply } from './reply.ts'
import { serverInfo, type ServerInfo } from './resources/server-info.ts'
import { createRetryBudget, type Pace, realPace, withRepeats } from './retry.ts'
import { createTransport, type HttpRequest } from './transport.ts'
import { isToken } from './token.ts'
import { buildPath } from './url.ts'
import { type ApiVersion, compareVersions } from './version.ts'
import { defaultLimits } from './xml/reader.ts'
import { XmlWriteError } from './xml/writer.ts'

/** What a signed-in call needs: the reply of a sign-in has both. */
export interface TableauAuth {
  readonly token: string
  readonly siteId: Luid
}

export interface CallOptions {
  readonly auth?: TableauAuth
  readonly signal?: AbortSignal
  /** For the whole call, repeats and body included, in milliseconds. */
  readonly deadlineMs?: number
}

/** One request as it goes out, without its headers. */
export interface TableauRequestLine {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From `/api/` on, with the query. */
  readonly path: string
  readonly body: string | undefined
}

export interface TableauClient {
  /**
   * One call of one endpoint. A read is tried up to two more times inside the deadline; anything else is sent exactly
   * once, whatever happens.
   *
   * @throws {TableauError} one of its classes; the signal's reason when the signal is aborted.
   */
  call: <I, O>(endpoint: TableauEndpoint<I, O>, input: I, options?: CallOptions) => Promise<TableauReply<O>>
  /** What `call` would send, from the same encoder and with the same refusals; sends nothing but the question for the version. */
  requestOf: <I, O>(endpoint: TableauEndpoint<I, O>, input: I, options?: CallOptions) => Promise<TableauRequestLine>
  /** Product and API version, asked for once and then remembered; a failed attempt is not. */
  negotiate: (signal?: AbortSignal) => Promise<ServerInfo>
  /** Ends all connections; calls under way fail. */
  close: () => Promise<void>
}

export interface TableauClientOptions {
  /** Scheme, host and port; a path is refused. */
  readonly serverUrl: string
  /** For one whole call (10,000). */
  readonly deadlineMs?: number
  /** Decoded bytes of one reply (16 MiB). */
  readonly maxReplyBytes?: number
  /** At most this many connections (10). */
  readonly connections?: number
  readonly now?: () => number
  readonly pace?: Pace
}

const originOf = (serverUrl: string): string => {
  const url = new URL(serverUrl)
  if (!/^https?:$/.test(url.protocol)) throw new TypeError('serverUrl must be http or https')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') {
    throw new TypeError('serverUrl must be a scheme, a host and a port')
  }
  return url.origin
}

/**
 * `,` and `:` separate the parts of a filter and stay as they are, since servers before API 3.7 do not take a filter that
 * is percent-encoded as a whole; in a query string neither means anything.
 */
const writeQuery = (query: URLSearchParams): string => `?${query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`

/** What a failure of Server Info says about the host: too old a server (404003, 404001), or no Tableau at all. */
const explainServerInfo = (error: unknown, operation: string, since: ApiVersion): unknown => {
  if (error instanceof TableauApiError && (error.code === '404003' || error.code === '404001')) {
    return new TableauUnsupportedError(operation, { apiVersion: 'an older version', since })
  }
  // A 5xx page is a gateway in front of a Tableau that is down, as a rule.
  if (error instanceof TableauProtocolError && (error.httpStatus ?? 0) < 500) {
    return new TableauProtocolError(operation, 'this is not a Tableau server', { httpStatus: error.httpStatus, cause: error })
  }
  return error
}

/** A failure to learn the version, as a failure of the call that needed it: of that, nothing was sent. */
const asUnsent = (error: unknown, operation: string): unknown => {
  if (error instanceof TableauProtocolError) {
    const { httpStatus, retryAfterMs } = error
    return new TableauProtocolError(operation, error.reason, { httpStatus, retryAfterMs, sent: false, cause: error })
  }
  if (error instanceof TableauUnreachableError) {
    return new TableauUnreachableError(operation, { kind: error.kind, sent: false, reason: error.reason })
  }
  return error
}

/** Waits for shared work, but no longer than one's own signal and deadline allow. */
const waitFor = <T>(work: Promise<T>, signal: AbortSignal | undefined, deadlineMs: number, late: () => Error): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const settle = (settled: () => void) => (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      settled()
    }
    // An abort reason is whatever the caller chose it to be.
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    const onAbort = settle(() => reject(signal?.reason))
    const timer = setTimeout(settle(() => reject(late())), deadlineMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted === true) onAbort()
    work.then(
      (value) => settle(() => resolve(value))(),
      (error: unknown) => settle(() => reject(error))(),
    )
  })

/** A client for one Tableau Server or Tableau Cloud pod. It keeps no session: every call brings its own. */
export const createTableauClient = (options: TableauClientOptions): TableauClient => {
  const { deadlineMs: defaultDeadlineMs = 10_000, now = Date.now, pace = realPace } = options
  const transport = createTransport(originOf(options.serverUrl), {
    maxReplyBytes: options.maxReplyBytes ?? defaultLimits.bytes,
    connections: options.connections ?? 10,
    connectTimeoutMs: defaultDeadlineMs,
  })
  const budget = createRetryBudget()
  let negotiated: Promise<ServerInfo> | undefined

  /** Everything that can be wrong with an input is found here, before anything is sent. */
  const prepare = <I, O>(endpoint: TableauEndpoint<I, O>, input: I, version: ApiVersion, auth: TableauAuth | undefined): HttpRequest => {
    const { name: operation } = endpoint
    const since = endpoint.sinceFor?.(input) ?? endpoint.since
    const until = endpoint.untilFor?.(input) ?? endpoint.until
    const tooNew = until !== undefined && compareVersions(version, until) > 0
    if (compareVersions(version, since) < 0 || tooNew) {
      throw new TableauUnsupportedError(operation, { apiVersion: version, since, until })
    }
    const headers: Record<string, string> = {}
    if (endpoint.auth === 'session') {
      if (auth === undefined || !isToken(auth.token)) throw new TableauInputError(operation, 'token', 'is missing or has an unusable shape')
      headers['x-tableau-auth'] = auth.token
    }
    try {
      const { params, query, body } = endpoint.encode(input)
      const path = buildPath(operation, version, endpoint.path, { ...params, siteId: auth?.siteId })
      const search = query === undefined ? '' : writeQuery(query)
      if (body !== undefined) headers['content-type'] = 'application/xml'
      return { operation, method: endpoint.method, path: `${path}${search}`, headers, body }
    } catch (error) {
      if (error instanceof XmlWriteError) throw new TableauInputError(operation, error.field, 'holds a character that XML cannot hold')
      throw error
    }
  }

  const callVersion = async <I, O>(
    endpoint: TableauEndpoint<I, O>,
    input: I,
    version: ApiVersion,
    deadlineMs: number,
    { auth, signal }: CallOptions,
  ): Promise<TableauReply<O>> => {
    const request = prepare(endpoint, input, version, auth)
    const send = async (remainingMs: number): Promise<TableauReply<O>> =>
      decodeReply(endpoint, await transport.send(request, remainingMs, signal), now(), auth?.token)
    if (endpoint.operation !== 'read') return await send(deadlineMs)
    return await withRepeats(send, { deadlineMs, budget, pace, signal })
  }

  /** One attempt shared by everyone who waits: no one's signal ends it, and a failed one is forgotten. */
  const learnVersion = (): Promise<ServerInfo> => {
    if (negotiated === undefined) {
      const attempt = call(serverInfo, {}).then((reply) => reply.value)
      negotiated = attempt
      attempt.catch(() => {
        negotiated = undefined
      })
    }
    return negotiated
  }

  const negotiate: TableauClient['negotiate'] = (signal) => {
    const late = (): Error => new TableauUnreachableError(serverInfo.name, { kind: 'timeout', sent: true, reason: `no answer within ${defaultDeadlineMs} ms` })
    return waitFor(learnVersion(), signal, defaultDeadlineMs, late)
  }

  const call: TableauClient['call'] = async (endpoint, input, callOptions = {}) => {
    const { signal, deadlineMs = defaultDeadlineMs } = callOptions
    signal?.throwIfAborted()
    const start = performance.now()
    if (endpoint.fixedVersion !== undefined) {
      return await callVersion(endpoint, input, endpoint.fixedVersion, deadlineMs, callOptions).catch((error: unknown) => {
        throw explainServerInfo(error, endpoint.name, endpoint.since)
      })
    }
    const late = (): Error =>
      new TableauUnreachableError(endpoint.name, { kind: 'timeout', sent: false, reason: `no version within ${deadlineMs} ms` })
    const { apiVersion } = await waitFor(learnVersion(), signal, deadlineMs, late).catch((error: unknown) => {
      throw asUnsent(error, endpoint.name)
    })
    return await callVersion(endpoint, input, apiVersion, deadlineMs - (performance.now() - start), callOptions)
  }

  const requestOf: TableauClient['requestOf'] = async (endpoint, input, { auth, signal } = {}) => {
    const version = endpoint.fixedVersion ?? (await negotiate(signal)).apiVersion
    const { path, body } = prepare(endpoint, input, version, auth)
    return { method: endpoint.method, path, body }
  }

  return { call, requestOf, negotiate, close: transport.close }
}

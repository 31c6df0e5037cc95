import { createGunzip } from 'node:zlib'
import type { IncomingHttpHeaders } from 'node:http'
import { type Dispatcher, Pool } from 'undici'
import { TableauProtocolError, TableauUnreachableError, type UnreachableKind } from './errors.ts'
import { type XmlElement, XmlReadError } from './xml/element.ts'
import { createXmlReader, defaultLimits } from './xml/reader.ts'
import { waitFromHeader } from './wait.ts'

export interface HttpRequest {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

export interface HttpReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** `undefined`: an empty body. */
  readonly root: XmlElement | undefined
}

export interface Transport {
  /** Sends once, whatever happens. Ends within the deadline; rejects with the signal's reason when it is aborted. */
  send: (request: HttpRequest, deadlineMs: number, signal?: AbortSignal) => Promise<HttpReply>
  close: () => Promise<void>
}

/** A body that stops coming is given up after this long, well before the deadline, so that a read can be tried again. */
const bodyTimeoutMs = 5000

const systemKinds: Readonly<Record<string, UnreachableKind>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  HOSTNAME_MISMATCH: 'tls',
}

/** The replies that undici itself refuses: a broken status line or header, or fewer or more bytes than announced. */
const brokenReply = /^(?:HPE_|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$|UND_ERR_HEADERS_OVERFLOW$|UND_ERR_RESPONSE)/

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

export const kindOf = (code: string): UnreachableKind =>
  systemKinds[code] ?? (/^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_)/.test(code) ? 'tls' : 'network')

/** Where a redirect points to: the host alone, since the rest can hold anything. */
export const redirectHost = (headers: IncomingHttpHeaders, origin: string): string => {
  try {
    return new URL(headers.location ?? '', origin).host
  } catch {
    return 'an unreadable address'
  }
}

/**
 * HTTP to one Tableau. Redirects are not followed (Tableau's Python client re-posts a sign-in to wherever a 301 points),
 * replies are read as they arrive, and a reply over `maxReplyBytes`, decoded, costs the connection.
 */
export const createTransport = (origin: string, options: { maxReplyBytes: number; connections: number; connectTimeoutMs: number }): Transport => {
  // One request at a time on a connection: undici repeats what stands behind a failed request in its pipeline, never its head.
  const pool = new Pool(origin, {
    connections: options.connections,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: options.connectTimeoutMs },
  })

  const send: Transport['send'] = (request, deadlineMs, signal) =>
    new Promise<HttpReply>((resolve, reject) => {
      const { operation } = request
      const reader = createXmlReader({ ...defaultLimits, bytes: options.maxReplyBytes })
      let controller: Dispatcher.DispatchController | undefined
      let status: number | undefined
      let headers: IncomingHttpHeaders = {}
      let gunzip: ReturnType<typeof createGunzip> | undefined
      let bodyBytes = 0
      let settled = false

      const settle = (): boolean => {
        if (settled) return false
        settled = true
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        return true
      }
      /** Ends the call and, where it still runs, its connection. */
      const fail = (error: unknown): void => {
        if (!settle()) return
        gunzip?.destroy()
        controller?.abort(new Error('given up'))
        reject(error)
      }
      const unreachable = (kind: UnreachableKind, reason: string): TableauUnreachableError =>
        new TableauUnreachableError(operation, { kind, sent: controller !== undefined, reason })
      const protocol = (reason: string, tooLarge = false): TableauProtocolError =>
        new TableauProtocolError(operation, reason, { httpStatus: status, retryAfterMs: waitFromHeader(headers), tooLarge })
      const unreadable = (error: unknown): unknown =>
        error instanceof XmlReadError ? protocol(error.message, error.tooLarge) : error
      const succeed = (): void => {
        let root: XmlElement | undefined
        try {
          root = reader.end()
        } catch (error) {
          fail(unreadable(error))
          return
        }
        if (settle()) resolve({ status: status ?? 0, headers, root })
      }
      const read = (chunk: Buffer): void => {
        try {
          reader.write(chunk)
        } catch (error) {
          fail(unreadable(error))
        }
      }

      const onAbort = (): void => fail(signal?.reason)
      const timer = setTimeout(() => fail(unreachable('timeout', `no complete reply within ${deadlineMs} ms`)), deadlineMs)
      signal?.addEventListener('abort', onAbort, { once: true })
      if (signal?.aborted === true) {
        onAbort()
        return
      }

      const handler: Dispatcher.DispatchHandler = {
        onRequestStart: (started) => {
          // Called just before the first byte. A second time would be a repeat, which nobody but the caller decides on.
          if (settled || controller !== undefined) started.abort(new Error('given up'))
          controller ??= started
        },
        onResponseStart: (_controller, statusCode, received) => {
          if (statusCode < 200) return
          status = statusCode
          headers = received
          if (statusCode >= 300 && statusCode < 400) {
            fail(unreachable('redirect', redirectHost(received, origin)))
            return
          }
          const encoding = received['content-encoding'] ?? 'identity'
          if (encoding === 'gzip') {
            gunzip = createGunzip()
            gunzip.on('data', read)
            gunzip.on('end', succeed)
            gunzip.on('error', () => fail(protocol('the compressed reply is damaged')))
          } else if (encoding !== 'identity') {
            fail(protocol('the reply has a content encoding that was not asked for'))
          }
        },
        onResponseData: (_controller, chunk) => {
          if (settled) return
          bodyBytes += chunk.length
          if (gunzip === undefined) read(chunk)
          else if (bodyBytes > options.maxReplyBytes) fail(protocol('the reply is too large', true))
          // Not paused until it is unpacked: a connection that ends while its parser is paused ends undici, and with it the process.
          else gunzip.write(chunk)
        },
        onResponseEnd: () => {
          // Only bytes make a gzip stream: an empty body with the header is an empty body.
          if (gunzip === undefined || bodyBytes === 0) succeed()
          else gunzip.end()
        },
        onResponseError: (_controller, error) => {
          const code = codeOf(error)
          fail(
            brokenReply.test(code) ? protocol(`the reply breaks HTTP (${code})`) : unreachable(kindOf(code), code),
          )
        },
      }
      try {
        pool.dispatch(
          {
            method: request.method,
            path: request.path,
            headers: { ...request.headers, accept: 'application/xml', 'accept-encoding': 'gzip' },
            body: request.body ?? null,
            headersTimeout: 0,
            bodyTimeout: bodyTimeoutMs,
          },
          handler,
        )
      } catch (error) {
        fail(unreachable('network', codeOf(error)))
      }
    })

  return { send, close: () => pool.destroy() }
}

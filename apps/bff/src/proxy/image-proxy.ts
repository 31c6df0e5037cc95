import { Agent as HttpAgent, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Request, Response } from 'express'
import { createProxyMiddleware, type Plugin } from 'http-proxy-middleware'
import { streamedFailure, streamedRedirect, streamedRefusal, TableauProtocolError, TableauUnreachableError } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'

export const imageLimits = { bytes: 5 * 1024 * 1024, ms: 10_000 } as const

/** A refusal of Tableau's is small; of a page that is none no more is read than this. */
const refusalBytes = 64 * 1024

/** Of one server: a page full of previews leaves Tableau its breath. */
const connections = 8

const imageTypes = ['image/png', 'image/jpeg']

export interface ImageProxyOptions {
  /** For messages and the log, as an endpoint's name. */
  readonly operation: string
  /** Scheme, host and port of the one server that it reaches. */
  readonly serverUrl: string
  readonly clock: Clock
  /** Certificates to trust instead of the system's. */
  readonly ca?: string
}

/** Streams images of one Tableau server to browsers. */
export interface ImageProxy {
  /**
   * Asks for `path` with nothing but the token, and answers with the image. Resolves when it has left, or when the browser
   * has gone. Rejects with a TableauError: then either nothing was answered yet, or the connection has to be broken.
   */
  send(request: Request, response: Response, upstream: { readonly path: string; readonly token: string }): Promise<void>
  close(): void
}

interface Flight {
  readonly path: string
  onRequest(outgoing: ClientRequest): void
  onReply(incoming: IncomingMessage): void
  onError(error: unknown): void
}

const typeOf = (incoming: IncomingMessage): string | undefined => {
  const type = (incoming.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  return imageTypes.find((known) => known === type)
}

const isPlain = (incoming: IncomingMessage): boolean => ['', 'identity'].includes(incoming.headers['content-encoding'] ?? '')

/** Nothing of the upstream's own headers gets through, and what the browser gets can only be looked at. */
const sendHeaders = (response: Response, type: string, bytes: number | undefined): void => {
  response.status(200)
  response.setHeader('content-type', type)
  if (bytes !== undefined) response.setHeader('content-length', bytes)
  response.setHeader('content-disposition', 'inline')
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
  response.setHeader('x-content-type-options', 'nosniff')
  // Another person at the same browser has another cookie, and gets an image of their own.
  response.setHeader('cache-control', 'private, max-age=60')
  response.vary('Cookie')
}

export const createImageProxy = ({ operation, serverUrl, clock, ca }: ImageProxyOptions): ImageProxy => {
  const flights = new WeakMap<IncomingMessage, Flight>()
  const agentOptions = { keepAlive: true, maxSockets: connections }
  const agent = serverUrl.startsWith('https:') ? new HttpsAgent({ ...agentOptions, ...(ca === undefined ? {} : { ca }) }) : new HttpAgent(agentOptions)
  const protocol = (reason: string, status: number | undefined, tooLarge = false): TableauProtocolError =>
    new TableauProtocolError(operation, reason, { httpStatus: status, tooLarge })

  const listen: Plugin<Request, Response> = (proxy) => {
    proxy.on('proxyReq', (outgoing, request) => {
      const flight = flights.get(request)
      // It waited for a connection until nobody waited for it.
      if (flight === undefined) outgoing.destroy()
      else flight.onRequest(outgoing)
    })
    proxy.on('proxyRes', (incoming, request) => {
      const flight = flights.get(request)
      if (flight === undefined) incoming.destroy()
      else flight.onReply(incoming)
    })
    proxy.on('error', (error, request) => flights.get(request)?.onError(error))
    proxy.on('econnreset', (error, request) => flights.get(request)?.onError(error))
  }

  // The package's own plugins are left out: one of them answers errors with the address of the target.
  const proxy = createProxyMiddleware<Request, Response>({
    target: serverUrl,
    agent,
    secure: true,
    changeOrigin: true,
    method: 'GET',
    toProxy: true,
    followRedirects: false,
    selfHandleResponse: true,
    ejectPlugins: true,
    plugins: [listen],
    pathRewrite: (_path, request) => {
      const flight = flights.get(request)
      if (flight === undefined) throw new Error('a request came to the proxy by another way')
      return flight.path
    },
  })

  const send: ImageProxy['send'] = (request, response, { path, token }) =>
    new Promise((resolve, reject) => {
      const timer = new AbortController()
      let outgoing: ClientRequest | undefined
      let settled = false

      const settle = (failure?: { error: unknown }): void => {
        if (settled) return
        settled = true
        timer.abort()
        flights.delete(request)
        request.headers = {}
        if (failure === undefined) {
          resolve()
          return
        }
        outgoing?.destroy()
        // What the client throws or this proxy makes of a failure; both are errors.
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors
        reject(failure.error)
      }
      const fail = (error: unknown): void => settle({ error })

      const stream = (incoming: IncomingMessage, type: string): void => {
        const status = incoming.statusCode
        const announced = incoming.headers['content-length'] === undefined ? undefined : Number(incoming.headers['content-length'])
        const tooLarge = (): void => fail(protocol(`the image is larger than ${imageLimits.bytes} bytes`, status, true))
        if ((announced ?? 0) > imageLimits.bytes) {
          tooLarge()
          return
        }
        let read = 0
        incoming.on('data', (chunk: Buffer) => {
          if (settled) return
          read += chunk.byteLength
          if (read > imageLimits.bytes) {
            tooLarge()
            return
          }
          if (!response.headersSent) sendHeaders(response, type, announced)
          if (response.write(chunk)) return
          incoming.pause()
          response.once('drain', () => incoming.resume())
        })
        incoming.on('end', () => {
          if (settled) return
          if (read === 0) fail(protocol('the image is empty', status))
          else response.end()
        })
      }

      const readRefusal = (incoming: IncomingMessage): void => {
        const { statusCode: status = 0, headers } = incoming
        const chunks: Buffer[] = []
        let read = 0
        incoming.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          read += chunk.byteLength
          if (read > refusalBytes) fail(protocol('the reply is neither an image nor an error of Tableau’s', status, true))
        })
        incoming.on('end', () => fail(streamedRefusal(operation, { status, headers, body: Buffer.concat(chunks) })))
      }

      const onReply = (incoming: IncomingMessage): void => {
        const { statusCode: status = 0, headers } = incoming
        incoming.on('error', (error) => fail(streamedFailure(operation, error)))
        if (status >= 300 && status < 400) {
          fail(streamedRedirect(operation, headers, serverUrl))
          return
        }
        const type = typeOf(incoming)
        if (status === 200 && type !== undefined && isPlain(incoming)) stream(incoming, type)
        else readRefusal(incoming)
      }

      flights.set(request, {
        path,
        onRequest: (started) => {
          outgoing = started
        },
        onReply,
        onError: (error) => fail(streamedFailure(operation, error)),
      })
      response.once('close', () => {
        if (!response.writableFinished) outgoing?.destroy()
        settle()
      })
      clock.delay(imageLimits.ms, timer.signal).then(
        () => fail(new TableauUnreachableError(operation, { kind: 'timeout', sent: true, reason: `no complete image within ${imageLimits.ms} ms` })),
        () => undefined,
      )
      // The proxy copies the headers that it finds, whenever it opens its connection: these and no others.
      request.headers = { accept: 'image/png', 'x-tableau-auth': token }
      void proxy(request, response, (error: unknown) => fail(error))
    })

  return { send, close: () => agent.destroy() }
}

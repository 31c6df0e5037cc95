import { request as ask, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { testCertificate } from '../apps/bff/src/testing/certificate.ts'

/** Where the app is. Chromium finds every name in `.test` on this machine: see `playwright.config.ts`. */
const board = 'board.example.test'

/** A request that the app was asked, and what it answered. */
interface Passed {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly referer: string | undefined
  readonly status: number
  readonly allowOrigin: string | undefined
}

/** What the front does to requests and answers on their way. */
export interface Rewriting {
  request?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders
  answer?: (headers: OutgoingHttpHeaders) => OutgoingHttpHeaders
}

/** TLS before the BFF, as in a real deployment; every other host that it is asked for has an empty page of its own. */
export interface HttpsFront {
  /** The origin that people open. */
  readonly origin: string
  originOf(host: string): string
  /** Every request for the app that was answered. */
  readonly passed: Passed[]
  rewriting: Rewriting
  /** From now on the app is there. */
  leadTo(port: number): void
  close(): Promise<void>
}

export const startHttpsFront = async (): Promise<HttpsFront> => {
  let appPort = 0
  const passed: Passed[] = []

  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url: path = '' } = request
    const headers = front.rewriting.request?.({ ...request.headers }) ?? request.headers
    // A connection of its own: one that is used again may be closed by the app as the request leaves.
    const upstream = ask({ agent: false, host: '127.0.0.1', port: appPort, method, path, headers }, (answer) => {
      const status = answer.statusCode ?? 0
      passed.push({ method, path, referer: request.headers.referer, status, allowOrigin: answer.headers['access-control-allow-origin'] })
      response.writeHead(status, front.rewriting.answer?.({ ...answer.headers }) ?? answer.headers)
      answer.pipe(response)
    })
    upstream.on('error', () => response.destroy())
    response.on('close', () => upstream.destroy())
    request.pipe(upstream)
  }

  const server = createServer(testCertificate, (request, response) => {
    if (request.headers.host?.startsWith(`${board}:`) === true) pass(request, response)
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Elsewhere</title><body>')
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on a port has an address with one.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.address() as AddressInfo
  const front: HttpsFront = {
    origin: `https://${board}:${port}`,
    originOf: (host) => `https://${host}:${port}`,
    passed,
    rewriting: {},
    leadTo: (to) => {
      appPort = to
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return front
}

import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { randomUUID } from 'node:crypto'
import { errorStatus, requestIdHeader, type ErrorCode, type Problem } from '@refreshboard/api-types'
import { StartFault } from '../start-fault.ts'
import { bareHeaders } from './bare-answer.ts'
import { boundConnections } from './connections.ts'
import { titles } from './titles.ts'

/** Requests under way at a stop may finish within this time. */
const graceMs = 10_000

const limits = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 2000,
  // Node's own refusal lets what came behind it through: plain-requests.ts asks for the host.
  requireHostHeader: false,
  insecureHTTPParser: false,
} as const

const maxConnections = 2000

/** What Node says of a request that never became one: it is answered as everything else, and the connection ends. */
const answerClientError = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const code: ErrorCode = error.code === 'HPE_HEADER_OVERFLOW' ? 'too_large' : 'bad_request'
  const requestId = randomUUID()
  const problem: Problem = { code, title: titles[code], detail: 'The request is not HTTP as it is understood here, or came too slowly.', status: errorStatus[code], requestId }
  const body = JSON.stringify(problem)
  const headers = { ...bareHeaders, [requestIdHeader]: requestId, 'Content-Length': Buffer.byteLength(body), Connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${problem.status} Refused\r\n${lines.join('')}\r\n${body}`)
}

export interface Listening {
  port: number
  /** From now on requests are answered by it. */
  serve(listener: RequestListener): void
  /** Takes no new connection, lets what is under way finish, then cuts. */
  stop(): Promise<void>
}

const listen = (server: Server, host: string, port: number): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `PORT: ${port} is in use by another program: stop it, or set PORT to another one`,
        EACCES: `PORT: this account may not listen on ${port}: set PORT to one above 1023`,
        EADDRNOTAVAIL: `HOST: ${host} is not an address of this machine`,
        ENOTFOUND: `HOST: ${host} cannot be resolved`,
      }
      reject(new StartFault(reasons[error.code ?? ''] ?? `HOST, PORT: cannot listen on ${host}:${port} (${error.code ?? 'unknown'})`, { cause: error }))
    })
    server.listen(port, host, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'))
      else resolve(address)
    })
  })

/** Opens the port, before anything can answer there: what is answered can then depend on it. */
export const openPort = async (host: string, port: number): Promise<Listening> => {
  const server = createServer(limits)
  boundConnections(server, maxConnections)
  const latest = new WeakMap<Socket, ServerResponse>()
  server.on('clientError', (error, socket) => {
    // Node types the socket as a Duplex; for an HTTP server it is the connection.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const connection = socket as Socket
    const before = latest.get(connection)
    if (before === undefined || !before.headersSent || (before.writableFinished && before.getHeader('connection') !== 'close')) answerClientError(error, connection)
    // Another answer would stand in the middle of that one, or behind the last.
    else if (before.writableEnded) connection.end()
    else connection.destroy()
  })
  const address = await listen(server, host, port)
  let stopping = false
  return {
    port: address.port,
    serve: (listener) => {
      const answer: RequestListener = (request, response) => {
        latest.set(request.socket, response)
        if (stopping) response.setHeader('connection', 'close')
        // A connection whose last request was under way at the stop would otherwise stay open until its keep-alive ends.
        response.once('close', () => {
          if (stopping) setImmediate(() => server.closeIdleConnections())
        })
        listener(request, response)
      }
      server.on('request', answer)
      // Node itself would answer 417, and then what came behind it.
      server.on('checkExpectation', answer)
    },
    stop: () =>
      new Promise((resolve) => {
        stopping = true
        const cut = setTimeout(() => server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

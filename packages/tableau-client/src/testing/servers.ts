import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { fixture } from './answer.ts'

export interface TestServer extends AsyncDisposable {
  readonly url: string
  /** Method and path of each request, Server Info not counted. */
  readonly requests: string[]
  /** What Server Info tells (3.24). */
  apiVersion: string
}

const isServerInfo = (request: string): boolean => request.toLowerCase().includes('/serverinfo')

const infoOf = (apiVersion: string): Buffer => Buffer.from(fixture('server-info/current').toString().replace('<restApiVersion>3.24<', `<restApiVersion>${apiVersion}<`))

/** An HTTP server that answers Server Info and hands everything else over. */
export const serveHttp = async (handle: (request: IncomingMessage, response: ServerResponse, body: string) => void): Promise<TestServer> => {
  const requests: string[] = []
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const line = `${request.method ?? ''} ${request.url ?? ''}`
      if (isServerInfo(line)) {
        response.end(infoOf(served.apiVersion))
        return
      }
      requests.push(line)
      handle(request, response, Buffer.concat(chunks).toString())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const served: TestServer = {
    url: urlOf(server.address()),
    requests,
    apiVersion: '3.24',
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return served
}

/**
 * A server of bare sockets: Server Info is answered, and for any other request, once it has arrived completely, `handle`
 * gets the socket.
 */
export const serveSockets = async (handle: (socket: Socket, request: string) => void): Promise<TestServer> => {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      const end = received.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
      if (end === -1 || received.length < end + 4 + length) return
      const request = received
      received = ''
      if (isServerInfo(request)) {
        const body = infoOf(served.apiVersion)
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`)
        socket.write(body)
        return
      }
      requests.push(request.slice(0, request.indexOf(' HTTP/1.1')))
      handle(socket, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const served: TestServer = {
    url: urlOf(server.address()),
    requests,
    apiVersion: '3.24',
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return served
}

const urlOf = (address: AddressInfo | string | null): string => {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `http://127.0.0.1:${address.port}`
}

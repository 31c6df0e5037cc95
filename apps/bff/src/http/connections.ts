import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Bounds how many connections a server holds at once. At the bound a new one takes the place of the one that has waited
 * longest without a whole request: first of those that never sent one, then of those that rest between two. So sockets that
 * send a byte now and then keep nobody out.
 */
export const boundConnections = (server: Server, most: number): void => {
  // In the order in which they came.
  const open = new Set<Socket>()
  const latest = new WeakMap<Socket, IncomingMessage>()
  const answering = new WeakMap<Socket, number>()

  /** Whether a request has come whole and is still being answered. */
  const isAtWork = (socket: Socket): boolean => (answering.get(socket) ?? 0) > 0 && latest.get(socket)?.complete === true
  const longestWaiting = (): Socket | undefined => {
    const waiting = [...open].filter((socket) => !isAtWork(socket))
    return waiting.find((socket) => latest.get(socket)?.complete !== true) ?? waiting[0]
  }

  server.on('connection', (socket) => {
    if (open.size >= most) {
      const leaving = longestWaiting() ?? socket
      leaving.destroy()
      open.delete(leaving)
      if (leaving === socket) return
    }
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', (request, response) => {
    const { socket } = request
    latest.set(socket, request)
    answering.set(socket, (answering.get(socket) ?? 0) + 1)
    response.once('close', () => answering.set(socket, (answering.get(socket) ?? 1) - 1))
  })
}

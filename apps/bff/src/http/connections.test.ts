import { createServer, type RequestListener } from 'node:http'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../testing/harness.ts'
import { rawRequest, statusesIn } from '../testing/raw-socket.ts'
import { boundConnections } from './connections.ts'

const most = 6
const whole = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

const startServer = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener)
  boundConnections(server, most)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

const open = async (port: number, bytes: string): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  // One that is pushed out is reset.
  socket.on('error', () => undefined)
  socket.resume()
  ends.push(() => socket.destroy())
  await once(socket, 'connect')
  socket.write(bytes)
  return socket
}

describe('at the bound of connections', () => {
  it('who sends nothing whole makes place, the one first that waited longest', async () => {
    const port = await startServer((_request, response) => response.end('ok'))
    const slow: Socket[] = []
    for (const bytes of ['', 'GET / HT', 'GET / HTTP/1.1\r\nX-A: ', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{', '', '']) slow.push(await open(port, bytes))
    expect(statusesIn(await rawRequest(port, whole))).toEqual([200])
    await eventually(() => slow[0]?.closed === true, 'the end of the oldest')
    expect(slow.slice(1).map((socket) => socket.closed)).toEqual([false, false, false, false, false])
  })

  it('a request that is being answered stays, however many come', async () => {
    const waiting: (() => void)[] = []
    const port = await startServer((request, response) => {
      if (request.url === '/slow') waiting.push(() => response.end('ok'))
      else response.end('ok')
    })
    const answered = rawRequest(port, whole.replace('/', '/slow'))
    await eventually(() => waiting.length === 1, 'the request')
    for (let n = 0; n < 3 * most; n += 1) await open(port, 'GET /')
    for (const answer of waiting) answer()
    expect(statusesIn(await answered)).toEqual([200])
  })

  it('a connection between two requests outlives those that never sent one', async () => {
    const port = await startServer((_request, response) => response.end('ok'))
    const resting = await open(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(resting, 'data')
    for (let n = 0; n < 3 * most; n += 1) await open(port, 'GET /')
    let answer = ''
    resting.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
    resting.write(whole)
    await once(resting, 'close')
    expect(statusesIn(answer)).toEqual([200])
  })

  it('where all are at work, the new one is turned away', async () => {
    let count = 0
    const port = await startServer((_request, response) => {
      count += 1
      if (count > most) response.end('ok')
    })
    for (let n = 0; n < most; n += 1) await open(port, whole)
    await eventually(() => count === most, 'all requests')
    expect(await rawRequest(port, whole)).toBe('')
  })
})

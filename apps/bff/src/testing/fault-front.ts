import { Agent, createServer, request as httpRequest } from 'node:http'
import type { Socket } from 'node:net'

/** A reply of Tableau as it goes over the wire. */
export interface WireReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Bytes of a reply, and what follows them. */
export interface Delivery {
  readonly bytes: Buffer
  /** An orderly end of the connection, a reset, no more bytes, or the last bytes for ever. */
  readonly ending: 'close' | 'reset' | 'silence' | 'endless'
  /** Sizes of the pieces; in one piece unless given. */
  readonly piece?: () => number
  /** Real milliseconds before the first byte. */
  readonly afterMs?: number
}

/** What happens to one request on its way. */
export interface Interference {
  /** Happens before the request is passed on. */
  readonly before?: () => void | Promise<void>
  /** Whether it is passed on to Tableau; when not, the reply given to `deliver` is empty. */
  readonly reaches: boolean
  /** Without it the reply goes back as it is. */
  readonly deliver?: (reply: WireReply) => Delivery
}

/** A request to Tableau as the front sees it. */
export interface FrontRequest {
  readonly method: string
  readonly url: string
  readonly token: string
  /** Neither a read nor a sign-in or sign-out. */
  readonly isWrite: boolean
}

/** Stands in front of a simulator and does to requests and replies what `interfere` says. */
export interface FaultFront extends AsyncDisposable {
  readonly url: string
  readonly arrived: FrontRequest[]
  target: string
  interfere: (request: FrontRequest) => Interference | undefined
  /** Takes no more connections and breaks those there are. */
  stop(): Promise<void>
}

const nothing: WireReply = { status: 0, headers: {}, body: Buffer.alloc(0) }

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding'])

/** A reply as bytes, with the length of its body; a header without a value is left out, and `announced` is a length that is not true. */
export const wire = ({ status, headers, body }: WireReply, announced = body.length): Buffer => {
  const hasBody = status !== 204
  const lines = Object.entries({ ...headers, 'content-length': hasBody ? String(announced) : '', connection: 'close' }).filter(([, value]) => value !== '')
  const head = `HTTP/1.1 ${status} Whatever\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), hasBody ? body : Buffer.alloc(0)])
}

const written = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve()
    else socket.write(bytes, () => resolve())
  })

const send = async (socket: Socket, { bytes, ending, piece, afterMs }: Delivery): Promise<void> => {
  socket.on('error', () => undefined)
  socket.setNoDelay(true)
  if (afterMs !== undefined) await new Promise((resolve) => setTimeout(resolve, afterMs))
  for (let at = 0; at < bytes.length; ) {
    const size = piece?.() ?? bytes.length
    await written(socket, bytes.subarray(at, at + size))
    at += size
  }
  if (ending === 'close') socket.end()
  if (ending === 'reset') socket.resetAndDestroy()
  if (ending === 'endless') while (!socket.destroyed) await written(socket, bytes.subarray(-65_536))
}

export const startFaultFront = async (): Promise<FaultFront> => {
  const agent = new Agent({ keepAlive: true })
  const arrived: FrontRequest[] = []

  const passOn = (request: FrontRequest, headers: Record<string, string | string[] | undefined>, body: Buffer): Promise<WireReply> =>
    new Promise((resolve, reject) => {
      const onward = httpRequest(front.target + request.url, { method: request.method, headers, agent }, (reply) => {
        const chunks: Buffer[] = []
        reply.on('data', (chunk: Buffer) => chunks.push(chunk))
        reply.on('error', reject)
        reply.on('end', () => {
          const headers = Object.entries(reply.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !hopByHop.has(entry[0]))
          resolve({ status: reply.statusCode ?? 500, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) })
        })
      })
      onward.on('error', reject)
      onward.end(body)
    })

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const [method, url] = [request.method ?? '', request.url ?? '']
      const one = { method, url, token: String(request.headers['x-tableau-auth'] ?? ''), isWrite: method !== 'GET' && !url.includes('/auth/') }
      arrived.push(one)
      const given = front.interfere(one)
      const work = async (): Promise<void> => {
        await given?.before?.()
        const reply = given?.reaches === false ? nothing : await passOn(one, request.headers, Buffer.concat(chunks))
        if (given?.deliver !== undefined) {
          await send(request.socket, given.deliver(reply))
          return
        }
        response.writeHead(reply.status, reply.headers)
        response.end(reply.body)
      }
      work().catch(() => request.socket.destroy())
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  let stopped: Promise<void> | undefined
  const front: FaultFront = {
    url: `http://127.0.0.1:${address.port}`,
    arrived,
    target: '',
    interfere: () => undefined,
    stop: () =>
      (stopped ??= new Promise((resolve) => {
        agent.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      })),
    [Symbol.asyncDispose]: () => front.stop(),
  }
  return front
}

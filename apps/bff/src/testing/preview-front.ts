import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'

/** A request as it arrived. */
export interface Arrived {
  method: string
  url: string
  /** By name, in lower case. */
  headers: Record<string, string>
  body: string
  /** Whether its connection has ended. */
  gone: boolean
}

/** Stands in front of a simulator: passes everything on, but answers for preview images as a test says. */
export interface PreviewFront extends AsyncDisposable {
  readonly url: string
  /** The preview images that were asked for. */
  readonly previews: Arrived[]
  /** Where everything else goes. */
  target: string
  answer: (response: ServerResponse, request: IncomingMessage) => void
}

const passOn = (target: string, request: IncomingMessage, response: ServerResponse): void => {
  const onward = httpRequest(target + (request.url ?? ''), { method: request.method, headers: request.headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 500, reply.headers)
    reply.pipe(response)
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}

const headersOf = ({ rawHeaders }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : [])))

export const startPreviewFront = async (): Promise<PreviewFront> => {
  const previews: Arrived[] = []
  const server = createServer((request, response) => {
    if (!(request.url ?? '').endsWith('/previewImage')) {
      passOn(front.target, request, response)
      return
    }
    const arrived: Arrived = { method: request.method ?? '', url: request.url ?? '', headers: headersOf(request), body: '', gone: false }
    previews.push(arrived)
    request.on('data', (chunk: Buffer) => (arrived.body += chunk.toString('latin1')))
    response.on('close', () => (arrived.gone = true))
    front.answer(response, request)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const front: PreviewFront = {
    url: `http://127.0.0.1:${address.port}`,
    previews,
    target: '',
    answer: (response) => response.end(),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return front
}

import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'

/** A request to Tableau as it arrived. */
interface ArrivedUpstream {
  readonly method: string
  /** With the query. */
  readonly url: string
  /** By name, in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** Stands in front of a simulator, passes everything on, and notes what arrives with all its headers. */
export interface TableauFront extends AsyncDisposable {
  readonly url: string
  readonly arrived: ArrivedUpstream[]
  /** Where everything goes. */
  target: string
  /** What a reply to this request becomes; called when the request arrives. */
  rewriteFor: (request: ArrivedUpstream) => (body: Buffer) => Buffer
}

const headersOf = ({ rawHeaders }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : [])))

export const startTableauFront = async (): Promise<TableauFront> => {
  const arrived: ArrivedUpstream[] = []
  const server = createServer((request, response) => {
    const one = { method: request.method ?? '', url: request.url ?? '', headers: headersOf(request) }
    arrived.push(one)
    const rewrite = front.rewriteFor(one)
    const onward = httpRequest(front.target + one.url, { method: one.method, headers: request.headers, agent: false }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('error', () => response.destroy())
      reply.on('end', () => {
        const body = rewrite(Buffer.concat(chunks))
        response.writeHead(reply.statusCode ?? 500, { ...reply.headers, ...(body.length === 0 ? {} : { 'content-length': body.length }) })
        response.end(body)
      })
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  })
  // A connection that it closed at the moment of the next request would look like a fault of Tableau's.
  server.keepAliveTimeout = 600_000
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const front: TableauFront = {
    url: `http://127.0.0.1:${address.port}`,
    arrived,
    target: '',
    rewriteFor: () => (body) => body,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return front
}

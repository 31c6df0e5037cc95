import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { problemOf, type Browser, type Reply } from './browser.ts'
import { startHarness, type Harness } from './harness.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

/** A request as it arrived. */
interface Arrived {
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

export const previewId = '7f9c1a3e-0000-4000-8000-000000000001'
export const previewPath = `/api/workbooks/${previewId}/preview.png`
export const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

/** A BFF whose Tableau stands behind a front, which answers with an image unless told otherwise. */
export interface PreviewHarness extends AsyncDisposable {
  readonly front: PreviewFront
  readonly harness: Harness
  readonly clock: TestClock
  /** The token of the account's session at Tableau. */
  tokenOf(account: string): string
  /** As an `<img>` of our page asks. */
  image(browser: Browser, headers?: Record<string, string>): Promise<Response>
  /** The same, as a reply that is text. */
  reply(browser: Browser): Promise<Reply>
  /** The code of the problem that it is answered with. */
  codeOf(browser: Browser): Promise<string>
  /** Request lines as they are, up to the headers that every page sends; `onData` gets what comes back, as it comes. */
  raw(lines: string, onData?: (received: string) => void): { ended: Promise<string>; leave(): void }
}

export const cookieOf = (browser: Browser): string => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

export const startPreviewHarness = async (): Promise<PreviewHarness> => {
  const front = await startPreviewFront()
  const clock = createTestClock()
  const harness = await startHarness({ clock, env: { TABLEAU_SERVERS: `server=${front.url}` } })
  front.target = harness.sim.url
  front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(png)
  const reply = (browser: Browser): Promise<Reply> => browser.get(previewPath, { headers: { 'x-refreshboard': '' } })
  return {
    front,
    harness,
    clock,
    tokenOf: (account) => harness.sim.world.sessions.list().find((session) => session.account.name === account)?.token ?? 'none',
    image: (browser, headers = {}) =>
      fetch(`http://127.0.0.1:${harness.bff.port}${previewPath}`, {
        headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image', cookie: cookieOf(browser), ...headers },
        redirect: 'manual',
      }),
    reply,
    codeOf: async (browser) => problemOf(await reply(browser)).code,
    raw: (lines, onData) => {
      let received = ''
      const socket = connect(harness.bff.port, '127.0.0.1', () => {
        socket.write(`${lines}\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\r\n`)
      })
      socket.setEncoding('latin1')
      const ended = new Promise<string>((resolve, reject) => {
        socket.on('data', (chunk: string) => {
          received += chunk
          onData?.(received)
        })
        socket.on('close', () => resolve(received))
        socket.on('error', reject)
      })
      return { ended, leave: () => socket.destroy() }
    },
    [Symbol.asyncDispose]: async () => {
      await harness[Symbol.asyncDispose]()
      await front[Symbol.asyncDispose]()
    },
  }
}

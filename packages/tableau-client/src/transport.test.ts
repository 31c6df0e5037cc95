import { describe, expect, it } from 'vitest'
import { createTableauClient, type TableauClientOptions } from './client.ts'
import { TableauProtocolError, TableauUnreachableError } from './errors.ts'
import { signIn } from './resources/auth.ts'
import { cancelJob, queryJob, queryJobs } from './resources/jobs.ts'
import { fixture, rejectionOf } from './testing/answer.ts'
import { auth, jobId } from './testing/ids.ts'
import { serveHttp, serveSockets, type TestServer } from './testing/servers.ts'

const noPause = { random: () => 0, pause: () => Promise.resolve() }
const page = { pageNumber: 1, pageSize: 100 }

const withClient = async <T>(
  server: Pick<TestServer, 'url'>,
  work: (client: ReturnType<typeof createTableauClient>) => Promise<T>,
  options: Partial<TableauClientOptions> = {},
): Promise<T> => {
  const client = createTableauClient({ serverUrl: server.url, pace: noPause, ...options })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

const ok = (body: Buffer | string): string => `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body.toString()}`

describe('a write', () => {
  it.each([
    ['a reset after the request', 'reset'],
    ['a reset in the middle of the reply', 'middle'],
    ['a close without a reply', 'close'],
  ])('is sent once, whatever follows: %s', async (_what, way) => {
    await using server = await serveSockets((socket) => {
      if (way === 'middle') socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<tsResponse', () => socket.resetAndDestroy())
      else if (way === 'reset') socket.resetAndDestroy()
      else socket.end()
    })
    const error = await withClient(server, (client) => rejectionOf(client.call(cancelJob, { jobId }, { auth })))
    expect(error).toBeInstanceOf(TableauUnreachableError)
    expect(error).toMatchObject({ outcome: 'unknown', sent: true, kind: 'reset', operation: 'cancelJob' })
    expect(server.requests).toStrictEqual([`PUT /api/3.24/sites/${auth.siteId}/jobs/${jobId}`])
  })

  it('is sent once on a connection that died while it was idle', async () => {
    // Server Info and one read go over the connection first; the write then meets a reset on the same socket.
    await using server = await serveSockets((socket, request) => {
      if (request.startsWith('PUT')) socket.resetAndDestroy()
      else socket.write(ok(fixture('jobs/list-empty')))
    })
    await withClient(
      server,
      async (client) => {
        await client.call(queryJobs, page, { auth })
        expect(await rejectionOf(client.call(cancelJob, { jobId }, { auth }))).toMatchObject({ outcome: 'unknown' })
      },
      { connections: 1 },
    )
    expect(server.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(1)
  })

  it('whose reply is unreadable is not sent again', async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(502).end('<html>'))
    const error = await withClient(server, (client) => rejectionOf(client.call(cancelJob, { jobId }, { auth })))
    expect(error).toMatchObject({ name: 'TableauProtocolError', outcome: 'unknown', httpStatus: 502 })
    expect(server.requests).toHaveLength(1)
  })

  it('is done after an empty 200 and 204, on the same connection', async () => {
    let status = 200
    await using server = await serveHttp((_request, response) => response.writeHead(status).end())
    await withClient(server, async (client) => {
      for (status of [200, 204]) expect((await client.call(cancelJob, { jobId }, { auth })).value).toBeUndefined()
    })
  })
})

describe('a sign-in', () => {
  const input = { site: '', credentials: { method: 'password', name: 'ada', password: 'c4n4ry-password' } } as const

  it('is never repeated', async () => {
    await using server = await serveSockets((socket) => socket.resetAndDestroy())
    const error = await withClient(server, (client) => rejectionOf(client.call(signIn, input)))
    expect(error).toMatchObject({ outcome: 'unknown', operation: 'signIn' })
    expect(server.requests).toStrictEqual(['POST /api/3.24/auth/signin'])
  })

  it('is not carried elsewhere by a redirect, and no error holds the password', async () => {
    await using elsewhere = await serveHttp((_request, response) => response.end())
    for (const status of [301, 302, 303, 307, 308]) {
      await using server = await serveHttp((_request, response) => response.writeHead(status, { location: `${elsewhere.url}/steal?x=y` }).end())
      const error = await withClient(server, (client) => rejectionOf(client.call(signIn, input)))
      expect(error).toMatchObject({ name: 'TableauUnreachableError', kind: 'redirect', reason: new URL(elsewhere.url).host })
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/c4n4ry|steal/)
      expect(server.requests).toHaveLength(1)
    }
    expect(elsewhere.requests).toStrictEqual([])
  })
})

describe('a token', () => {
  it.each(['c4n4ry\r\nX-Evil: 1', 'c4n4ry\u0000', 'c4n4ry é', ''])('of an unusable shape (%o) is not sent and not quoted', async (token) => {
    await using server = await serveHttp((_request, response) => response.end())
    const error = await withClient(server, (client) => rejectionOf(client.call(queryJobs, page, { auth: { ...auth, token } })))
    expect(error).toMatchObject({ name: 'TableauInputError', outcome: 'not-sent', field: 'token' })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('c4n4ry')
    expect(server.requests).toStrictEqual([])
  })

  it('stays out of every error', async () => {
    const token = 'c4n4ry-token|x'
    const replies = ['<html>', '', '<tsResponse xmlns="http://tableau.com/api"/>', fixture('auth/token-dead').toString()]
    for (const reply of replies) {
      await using server = await serveHttp((_request, response) => response.end(reply))
      const error = await withClient(server, (client) => rejectionOf(client.call(queryJobs, page, { auth: { ...auth, token } })))
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('c4n4ry')
    }
  })
})

describe('a refusal', () => {
  const token = 'c4n4ry-token|x'
  const refusal = (code: string): string => `<tsResponse xmlns="http://tableau.com/api"><error code="${code}"><summary>${token}</summary><detail>Sent with ${token}.</detail></error></tsResponse>`
  const refusedWith = async (body: string): Promise<unknown> => {
    await using server = await serveHttp((_request, response) => response.writeHead(403).end(body))
    return await withClient(server, (client) => rejectionOf(client.call(queryJobs, page, { auth: { ...auth, token } })))
  }

  it('that quotes the token is told without it', async () => {
    expect(await refusedWith(refusal('403004'))).toMatchObject({ name: 'TableauApiError', code: '403004', summary: '…', detail: 'Sent with ….' })
  })

  it('whose code is no number is not Tableau’s', async () => {
    for (const code of [token, '4030041', '403 004', '٤٠٣٠٠٤']) {
      const error = await refusedWith(refusal(code))
      expect(error).toBeInstanceOf(TableauProtocolError)
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('c4n4ry')
    }
  })
})

describe('a deadline', () => {
  it.each([
    ['the headers', ''],
    ['the body', 'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<tsResponse xmlns="http://tableau.com/api">'],
  ])('ends a call whose %s never come', async (_what, start) => {
    await using server = await serveSockets((socket) => socket.write(start))
    await withClient(server, async (client) => {
      await client.negotiate()
      const from = performance.now()
      expect(await rejectionOf(client.call(cancelJob, { jobId }, { auth, deadlineMs: 150 }))).toMatchObject({ kind: 'timeout', sent: true, outcome: 'unknown' })
      expect(performance.now() - from).toBeLessThan(400)
    })
    expect(server.requests).toHaveLength(1)
  })

  it('holds for a body that trickles', async () => {
    await using server = await serveSockets((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n<tsResponse xmlns="http://tableau.com/api">')
      const timer = setInterval(() => socket.write(' '), 10)
      socket.on('close', () => clearInterval(timer))
    })
    await withClient(server, async (client) => {
      await client.negotiate()
      expect(await rejectionOf(client.call(queryJobs, page, { auth, deadlineMs: 150 }))).toMatchObject({ kind: 'timeout' })
    })
  })

  it('that passed while waiting for a connection has sent nothing', async () => {
    await using server = await serveSockets(() => undefined)
    await withClient(
      server,
      async (client) => {
        await client.negotiate()
        const first = rejectionOf(client.call(cancelJob, { jobId }, { auth, deadlineMs: 300 }))
        expect(await rejectionOf(client.call(cancelJob, { jobId }, { auth, deadlineMs: 100 }))).toMatchObject({ sent: false, outcome: 'not-sent' })
        await first
      },
      { connections: 1 },
    )
    expect(server.requests).toHaveLength(1)
  })
})

describe('an aborted signal', () => {
  it('rejects with its reason before, during and between', async () => {
    const reason = new Error('the page was left')
    const controller = new AbortController()
    await using server = await serveSockets(() => controller.abort(reason))
    await withClient(server, async (client) => {
      expect(await rejectionOf(client.call(queryJob, { jobId }, { auth, signal: controller.signal }))).toBe(reason)
      expect(await rejectionOf(client.call(queryJob, { jobId }, { auth, signal: controller.signal }))).toBe(reason)
      expect(await rejectionOf(client.negotiate(controller.signal))).toBe(reason)
    })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a reply', () => {
  it('that breaks off before its announced length is not read, even when its XML is whole', async () => {
    const body = fixture('jobs/list-empty')
    await using server = await serveSockets((socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length + 5}\r\n\r\n${body.toString()}`))
    const error = await withClient(server, (client) => rejectionOf(client.call(queryJobs, page, { auth })))
    expect(error).toMatchObject({ outcome: 'unknown' })
  })

  it('that ends with the connection is read when its XML is whole, and only then', async () => {
    const body = fixture('jobs/list-empty')
    let length = body.length
    await using server = await serveSockets((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${body.subarray(0, length).toString()}`))
    await withClient(server, async (client) => {
      expect((await client.call(queryJobs, page, { auth })).value.rows).toStrictEqual([])
      length -= 1
      expect(await rejectionOf(client.call(queryJobs, page, { auth }))).toBeInstanceOf(TableauProtocolError)
    })
  })

  it('that never ends costs its connection at the cap', async () => {
    let written = 0
    let closed: () => void = () => undefined
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    await using server = await serveSockets((socket) => {
      const chunk = `<a b="${'x'.repeat(1000)}"/>`.repeat(16)
      socket.on('close', closed)
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
      const more = (): void => {
        let room = !socket.destroyed
        while (room) {
          const part = written === 0 ? '<tsResponse xmlns="http://tableau.com/api">' : chunk
          written += part.length
          room = socket.write(`${part.length.toString(16)}\r\n${part}\r\n`) && !socket.destroyed
        }
      }
      socket.on('drain', more)
      more()
    })
    const error = await withClient(server, (client) => rejectionOf(client.call(queryJobs, page, { auth })), { maxReplyBytes: 1_000_000 })
    expect(error).toMatchObject({ name: 'TableauProtocolError', reason: 'the reply is too large', tooLarge: true })
    await gone
    expect(server.requests).toHaveLength(1)
  })

  it('is decided by its bytes, whatever type and status it has', async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(fixture('jobs/list-empty')))
    expect((await withClient(server, (client) => client.call(queryJobs, page, { auth }))).value.rows).toStrictEqual([])
    await using refusing = await serveHttp((_request, response) => response.writeHead(418, { 'content-type': 'text/html' }).end(fixture('auth/token-dead')))
    const error = await withClient(refusing, (client) => rejectionOf(client.call(queryJobs, page, { auth })))
    expect(error).toMatchObject({ name: 'TableauApiError', code: '401002', httpStatus: 418 })
  })

  it('tells Tableau’s clock', async () => {
    await using server = await serveHttp((_request, response) =>
      response.writeHead(200, { date: 'Wed, 01 May 2024 10:00:00 GMT' }).end(fixture('jobs/list-empty')),
    )
    expect((await withClient(server, (client) => client.call(queryJobs, page, { auth }))).date).toBe(Date.UTC(2024, 4, 1, 10))
  })

  it('in pieces of one to seven bytes is read like a whole one', async () => {
    const body = fixture('jobs/list-with-titles')
    await using server = await serveHttp((_request, response) => {
      for (let at = 0, size = 1; at < body.length; at += size, size = (size % 7) + 1) response.write(body.subarray(at, at + size))
      response.end()
    })
    expect((await withClient(server, (client) => client.call(queryJobs, page, { auth }))).value.rows[1]?.title).toBe('Süd 🚀')
  })
})

describe('a host', () => {
  it('where nobody listens is refused, with nothing sent', async () => {
    const gone = await serveHttp(() => undefined)
    await gone[Symbol.asyncDispose]()
    const error = await withClient(gone, (client) => rejectionOf(client.call(cancelJob, { jobId }, { auth })))
    expect(error).toMatchObject({ kind: 'refused', sent: false, outcome: 'not-sent', reason: 'ECONNREFUSED', operation: 'cancelJob' })
  })

  it('that has no address is a matter of DNS', async () => {
    const error = await withClient({ url: 'http://tableau.invalid' }, (client) => rejectionOf(client.negotiate()))
    expect(error).toMatchObject({ kind: 'dns', sent: false, outcome: 'not-sent' })
  })

  it('that does not speak TLS is sent nothing but the greeting', async () => {
    await using server = await serveHttp((_request, response) => response.end())
    const error = await withClient({ url: server.url.replace('http:', 'https:') }, (client) => rejectionOf(client.negotiate()))
    expect(error).toMatchObject({ kind: 'tls', sent: false, outcome: 'not-sent' })
    expect(server.requests).toStrictEqual([])
  })

  it.each(['ftp://a', 'http://user:secret@a', 'http://a/path', 'http://a/?x', 'a'])('may not be given as %s', (serverUrl) => {
    expect(() => createTableauClient({ serverUrl })).toThrow(TypeError)
  })
})

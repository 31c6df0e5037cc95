import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { jobsPage } from '../bench/jobs-page.ts'
import { createTableauClient } from './client.ts'
import { TableauApiError, TableauProtocolError } from './errors.ts'
import { cancelJob, queryJobs } from './resources/jobs.ts'
import { answer, fixture, fixtureNames, rejectionOf, thrownBy } from './testing/answer.ts'
import { harmlessReply, hostileReplies } from './testing/hostile-xml.ts'
import { htmlPages } from './testing/html-pages.ts'
import { auth, jobId } from './testing/ids.ts'
import { serveHttp, serveSockets } from './testing/servers.ts'
import { XmlReadError } from './xml/element.ts'

const noPause = { random: () => 0, pause: () => Promise.resolve() }

/** Whether anything of these bytes was believed: as data, or as an error of Tableau's. */
const isAccepted = (bytes: Uint8Array, status = 200): boolean => {
  try {
    answer(queryJobs, bytes, { status })
    return true
  } catch (error) {
    if (error instanceof XmlReadError || error instanceof TableauProtocolError) return false
    if (error instanceof TableauApiError) return true
    throw error
  }
}

describe('truncated replies', () => {
  /** Where tags end, and just before. */
  const tagBoundaries = (bytes: Buffer): number[] => {
    const found: number[] = []
    for (let at = bytes.indexOf('>'); at !== -1; at = bytes.indexOf('>', at + 1)) found.push(at, at + 1)
    return found.filter((length) => length < bytes.length)
  }

  it('are never accepted: every prefix of every recorded reply, long ones at every tag', () => {
    let tried = 0
    const accepted: string[] = []
    const recorded = [...fixtureNames.map((name) => [name, fixture(name)] as const), ['a page of 100 jobs', Buffer.from(jobsPage(100))] as const]
    for (const [name, bytes] of recorded) {
      const lengths = bytes.length <= 4096 ? Array.from({ length: bytes.length }, (_none, length) => length) : tagBoundaries(bytes)
      for (const length of lengths) {
        tried += 1
        if (isAccepted(bytes.subarray(0, length))) accepted.push(`${name} cut at ${length}`)
      }
    }
    expect(accepted).toStrictEqual([])
    expect(recorded.length).toBeGreaterThan(40)
    expect(tried).toBeGreaterThan(20_000)
  })

  it('are never accepted over HTTP that looks complete', async () => {
    const whole = fixture('jobs/list-without-total')
    let length = 0
    await using server = await serveHttp((_request, response) => response.end(whole.subarray(0, length)))
    const client = createTableauClient({ serverUrl: server.url, pace: noPause })
    let accepted = 0
    for (length = 0; length < whole.length; length += 1) {
      const error = await rejectionOf(client.call(queryJobs, { pageNumber: 1, pageSize: 1 }, { auth }))
      if (!(error instanceof TableauProtocolError)) accepted += 1
    }
    expect(accepted).toBe(0)
    expect((await client.call(queryJobs, { pageNumber: 1, pageSize: 1 }, { auth })).value.rows).toHaveLength(1)
    expect(server.requests.length).toBeGreaterThan(whole.length)
    await client.close()
  })
})

describe('HTML pages', () => {
  it('are never accepted, and none is a dead token, whatever their status', () => {
    const pages = htmlPages(250, 20_240_501)
    const accepted = pages.filter((page, index) => isAccepted(Buffer.from(page), [200, 401, 403, 404, 500, 502, 503, 504][index % 8]))
    expect(accepted).toStrictEqual([])
    expect(pages.length).toBeGreaterThan(200)
  })

  it('do not make a write seem done', () => {
    for (const page of htmlPages(250, 7)) {
      expect(thrownBy(() => answer(cancelJob, Buffer.from(page)))).toBeInstanceOf(Error)
    }
  })

  it('over HTTP are a protocol error with an unknown outcome, also as 401', async () => {
    let status = 200
    await using server = await serveHttp((_request, response) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>'),
    )
    const client = createTableauClient({ serverUrl: server.url, pace: noPause })
    for (status of [200, 401, 404, 502]) {
      const error = await rejectionOf(client.call(cancelJob, { jobId }, { auth }))
      expect(error).toBeInstanceOf(TableauProtocolError)
      expect(error).toMatchObject({ operation: 'cancelJob', outcome: 'unknown', httpStatus: status })
    }
    expect(server.requests).toHaveLength(4)
    await client.close()
  })
})

describe('hostile XML', () => {
  it('is made from a reply that is good', () => {
    expect(answer(queryJobs, Buffer.from(harmlessReply)).value.rows).toHaveLength(1)
  })

  it.each(Object.entries(hostileReplies()))('%s is one error, soon', (_name, content) => {
    const bytes = Buffer.from(content)
    const start = performance.now()
    expect(isAccepted(bytes)).toBe(false)
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('is a corpus of at least 60', () => {
    expect(Object.keys(hostileReplies()).length).toBeGreaterThanOrEqual(60)
  })

  it('is refused when it comes over HTTP, after one request each', async () => {
    const corpus = Object.values(hostileReplies()).map((content) => Buffer.from(content))
    let next = 0
    await using server = await serveHttp((_request, response) => response.end(corpus[next]))
    const client = createTableauClient({ serverUrl: server.url, pace: noPause })
    let accepted = 0
    for (next = 0; next < corpus.length; next += 1) {
      const error = await rejectionOf(client.call(cancelJob, { jobId }, { auth }))
      if (!(error instanceof TableauProtocolError)) accepted += 1
    }
    expect(accepted).toBe(0)
    expect(server.requests).toHaveLength(corpus.length)
    await client.close()
  })
})

describe('compression', () => {
  const page = Buffer.from(jobsPage(50))
  const ask = async (body: Buffer, headers: Record<string, string>, maxReplyBytes?: number): Promise<unknown> => {
    await using server = await serveHttp((_request, response) => response.writeHead(200, headers).end(body))
    const client = createTableauClient({ serverUrl: server.url, pace: noPause, ...(maxReplyBytes === undefined ? {} : { maxReplyBytes }) })
    try {
      return (await client.call(queryJobs, { pageNumber: 1, pageSize: 50 }, { auth })).value.rows.length
    } catch (error) {
      return error
    } finally {
      await client.close()
    }
  }
  const gzip = { 'content-encoding': 'gzip' }

  it('by gzip is read', async () => {
    expect(await ask(gzipSync(page), gzip)).toBe(50)
  })

  it('is given up where the server ends the connection while it is being unpacked, and the next call goes on', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('<tsResponse xmlns="http://tableau.com/api">'), Buffer.alloc(40 * 1024 * 1024, 0x20)]))
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}\r\nconnection: close\r\n\r\n`
    const thrown: unknown[] = []
    const note = (error: unknown): void => void thrown.push(error)
    process.prependListener('uncaughtException', note)
    await using server = await serveSockets((socket) => socket.end(Buffer.concat([Buffer.from(head), bomb])))
    const client = createTableauClient({ serverUrl: server.url, pace: noPause })
    for (let call = 0; call < 5; call += 1) expect(await rejectionOf(client.call(cancelJob, { jobId }, { auth }))).toMatchObject({ name: 'TableauProtocolError', tooLarge: true })
    await client.close()
    process.off('uncaughtException', note)
    expect(thrown).toEqual([])
  })

  it('that is no smaller than what it holds is refused above the limit, too', async () => {
    const stored = gzipSync(Buffer.alloc(3 * 1024 * 1024, 0x20), { level: 0 })
    expect(await ask(stored, gzip, 1024 * 1024)).toMatchObject({ name: 'TableauProtocolError', tooLarge: true })
  })

  it.each([
    ['a bomb', gzipSync(Buffer.concat([Buffer.from('<tsResponse xmlns="http://tableau.com/api">'), Buffer.alloc(64 * 1024 * 1024, 0x20)])), gzip, 'the reply has too long a text, name or comment'],
    ['a cut stream', gzipSync(page).subarray(0, -20), gzip, 'the compressed reply is damaged'],
    ['bytes that are none', page, gzip, 'the compressed reply is damaged'],
    ['an encoding that was not asked for', page, { 'content-encoding': 'br' }, 'the reply has a content encoding that was not asked for'],
  ])('%s is refused', async (_what, body, headers, reason) => {
    const before = process.memoryUsage().rss
    expect(await ask(body, headers, 1024 * 1024)).toMatchObject({ name: 'TableauProtocolError', reason })
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })
})

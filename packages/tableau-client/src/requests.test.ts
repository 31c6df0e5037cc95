import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTableauClient } from './client.ts'
import * as everything from './index.ts'
import { rejectionOf } from './testing/answer.ts'
import { everyWrite } from './testing/every-write.ts'
import { serveHttp, type TestServer } from './testing/servers.ts'

// What is sent, word for word. The files were written by hand from the references: elements in their order, their attributes and no
// others. Blanks between elements mean nothing to Tableau and are there for the reader.

const folder = new URL('fixtures/requests/', import.meta.url)
const golden = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length))

/** `PUT /api/3.24/…` in the first line, the body below. */
const requestIn = (name: string): { version: string; line: string; body: string } => {
  const [line = '', ...body] = readFileSync(new URL(`${name}.txt`, folder), 'utf8').trimEnd().split('\n')
  const [, version = ''] = /^[A-Z]+ \/api\/(\d+\.\d+)\//.exec(line) ?? []
  return { version, line, body: body.map((part) => part.trim()).join('') }
}

/** An element without anything in it is the same in either form. */
const plain = (body: string): string => body.replaceAll(/<([A-Za-z]+)([^<>]*)><\/\1>/g, '<$1$2/>')

const isWrite = (value: unknown): value is { name: string } =>
  typeof value === 'object' && value !== null && 'encode' in value && 'name' in value && 'operation' in value && value.operation !== 'read'
const exported: unknown[] = Object.values(everything)
const writes = exported.filter(isWrite).map(({ name }) => name)

describe('what is sent', () => {
  let server: TestServer
  let arrived: { type: string | undefined; body: string } | undefined
  beforeAll(async () => {
    server = await serveHttp((request, response, body) => {
      arrived = { type: request.headers['content-type'], body }
      response.writeHead(500).end()
    })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('has a file for every call that is no read, and no other', () => {
    expect(new Set(golden.map((name) => name.replace(/-.*$/, '')))).toStrictEqual(new Set(writes))
    expect(Object.keys(everyWrite).toSorted()).toStrictEqual(golden.toSorted())
    expect(golden.length).toBeGreaterThan(35)
  })

  it.each(golden)('%s is as the references print it', async (name) => {
    const { version, line, body } = requestIn(name)
    const client = createTableauClient({ serverUrl: server.url })
    server.apiVersion = version
    server.requests.length = 0
    arrived = undefined
    await rejectionOf(everyWrite[name]?.(client) ?? Promise.resolve())
    await client.close()
    expect(server.requests).toStrictEqual([line])
    expect(arrived).toStrictEqual({ type: body === '' ? undefined : 'application/xml', body: plain(body) })
  })
})

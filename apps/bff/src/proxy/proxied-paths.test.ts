import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { luidSchema, problemMediaType } from '@refreshboard/api-types'
import type { Browser } from '../testing/browser.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { startPreviewFront, type PreviewFront } from '../testing/preview-front.ts'

const id = '7f9c1a3e-0000-4000-8000-000000000001'

describe('nothing but preview images is passed through', () => {
  let front: PreviewFront
  let harness: Harness
  let browser: Browser
  beforeAll(async () => {
    front = await startPreviewFront()
    harness = await startHarness({ env: { TABLEAU_SERVERS: `server=${front.url}` } })
    front.target = harness.sim.url
    front.answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end('PNG')
    browser = await harness.signedIn()
  })
  afterAll(async () => {
    await harness[Symbol.asyncDispose]()
    await front[Symbol.asyncDispose]()
  })

  /** The status of a request whose target is sent as it is. */
  const statusOf = (target: string, method = 'GET'): Promise<number> =>
    new Promise((resolve, reject) => {
      let received = ''
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const socket = connect(harness.bff.port, '127.0.0.1', () => {
        socket.write(`${method} ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\nsec-fetch-site: same-origin\r\nx-refreshboard: 1\r\nconnection: close\r\n\r\n`)
      })
      socket.setEncoding('latin1')
      socket.on('data', (chunk: string) => (received += chunk))
      socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1])))
      socket.on('error', reject)
    })

  const seen = (): number => harness.sim.ledger.entries.length + front.previews.length

  it('whatever form the address has', async () => {
    const before = seen()
    const { port } = harness.bff
    for (const target of [
      `/api/workbooks/${id}/preview.png/../x`,
      `/api/workbooks/${id}/preview.png/..%2fx`,
      `/api/workbooks/${id}/preview.png/x`,
      `/api/workbooks/${id}/preview.png/`,
      `/api/workbooks/${id}/Preview.png`,
      `/api/workbooks/${id}/preview.PNG`,
      `/api/workbooks/${id}/preview%2epngx`,
      `/api/workbooks/${id}/preview.jpg`,
      `/api/workbooks/${id}/previewImage`,
      `/api/workbooks/${id}%2f..%2f..%2fusers/preview.png`,
      `/api/workbooks/..%2f${id}/preview.png`,
      `/api/workbooks/../preview.png`,
      `/api/workbooks/%2e%2e/preview.png`,
      '/api/workbooks/./preview.png',
      '/api/workbooks//preview.png',
      '/api/workbooks/%00/preview.png',
      `/api/workbooks/${id}%00/preview.png`,
      `/api/workbooks/${id}%0d%0ax-tableau-auth:%20x/preview.png`,
      `/api/workbooks/${id}?x/preview.png`,
      `/api/workbooks/${id}%3f/preview.png`,
      `/api/workbooks/${id}%23/preview.png`,
      `/api/workbooks/${id.toUpperCase()}/preview.png`,
      `/api/workbooks/${id} /preview.png`,
      `/api/workbooks/${id}/preview.png?`.replace('?', '?pageSize=1'),
      `/api/workbooks/${id}/preview.png?%`,
      `/api/workbooks/${id}/preview.png;x`,
      `/API/workbooks/${id}/preview.png`,
      `/api//workbooks/${id}/preview.png`,
      `//api/workbooks/${id}/preview.png`,
      `/./api/workbooks/${id}/preview.png`,
      `/x/../api/workbooks/${id}/preview.png`,
      `/api/datasources/${id}/preview.png`,
      `/api/views/${id}/preview.png`,
      `/api/3.24/sites/${id}/workbooks/${id}/previewImage`,
      '/api/3.24/sites',
      '/api/2.4/serverinfo',
      '/vizportal/api/web/v1/getServerSettings',
      `http://127.0.0.1:${port}/api/workbooks/${id}/preview.png`,
      `${front.url}/api/3.24/sites/${id}/workbooks/${id}/previewImage`,
      `//127.0.0.1:${port}/api/workbooks/${id}/preview.png`,
      `//${new URL(front.url).host}/api/3.24/sites/${id}/workbooks/${id}/previewImage`,
      '//evil.example/',
      `\\api\\workbooks\\${id}\\preview.png`,
      '*',
    ]) {
      const status = await statusOf(target)
      expect([target, status >= 400 && status < 500]).toEqual([target, true])
    }
    expect(seen()).toBe(before)
  })

  it('with any other method', async () => {
    const before = seen()
    for (const method of ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const reply = await browser.request(`/api/workbooks/${id}/preview.png`, { method })
      expect([method, reply.status, reply.headers.get('allow'), reply.headers.get('content-type')]).toEqual([method, 405, 'GET', problemMediaType])
    }
    for (const method of ['TRACE', 'CONNECT', 'PROPFIND']) expect([method, (await statusOf(`/api/workbooks/${id}/preview.png`, method)) === 200]).toEqual([method, false])
    expect(seen()).toBe(before)
  })

  it('with a body', async () => {
    const before = seen()
    const smuggled = 'DELETE /api/3.24/auth HTTP/1.1\r\nhost: x\r\n\r\n'
    const statuses = await Promise.all(
      [`content-length: ${smuggled.length}\r\n\r\n${smuggled}`, `transfer-encoding: chunked\r\n\r\n${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`].map((rest) => {
        const head = `/api/workbooks/${id}/preview.png HTTP/1.1\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\nconnection: close\r\ncookie: ${[...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}\r\n${rest}`
        return new Promise<string>((resolve, reject) => {
          let received = ''
          const socket = connect(harness.bff.port, '127.0.0.1', () => socket.write(`GET ${head}`))
          socket.on('data', (chunk) => (received += chunk.toString('latin1')))
          socket.on('close', () => resolve(received.slice(0, 12)))
          socket.on('error', reject)
        })
      }),
    )
    expect(statuses).toEqual(['HTTP/1.1 422', 'HTTP/1.1 422'])
    expect(seen()).toBe(before)
  })

  it('for any id but a Tableau one', async () => {
    const before = seen()
    const part = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '%00', '%0a', ';', '@', '~', id, id.slice(1), '-', 'preview.png'), fc.string({ maxLength: 6 }).map(encodeURIComponent))
    const address = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')).filter((text) => !luidSchema.safeParse(text).success)
    await fc.assert(
      fc.asyncProperty(address, async (text) => {
        const status = await statusOf(`/api/workbooks/${text}/preview.png`)
        expect(status === 400 || status === 404).toBe(true)
      }),
      { numRuns: 300 },
    )
    expect(seen()).toBe(before)
    expect(await statusOf(`/api/workbooks/${id}/preview.png`)).toBe(200)
    expect(seen()).toBe(before + 1)
  })

  it('and nothing else in the application imports what could', () => {
    const source = path.join(import.meta.dirname, '..')
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(50)
    const importers = files.filter((file) => /(from|import|require)\s*\(?\s*['"](http-proxy|follow-redirects|httpxy)/.test(readFileSync(path.join(source, file), 'utf8')))
    expect(importers).toEqual([path.join('proxy', 'image-proxy.ts')])
    const users = files.filter((file) => readFileSync(path.join(source, file), 'utf8').includes("/image-proxy.ts'"))
    expect(users.filter((file) => !file.endsWith('.test.ts'))).toEqual([path.join('proxy', 'preview-image.ts')])
  })
})

import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import express from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { TableauUnreachableError } from '@refreshboard/tableau-client'
import { systemClock } from '../clock.ts'
import { testCertificate } from '../testing/certificate.ts'
import { createImageProxy, type ImageProxy } from './image-proxy.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Listener {
  listen(port: number, host: string, done: () => void): unknown
  address(): unknown
  close(done: () => void): unknown
  closeAllConnections(): void
}

const listen = async (server: Listener): Promise<number> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  )
  const address = server.address()
  if (typeof address !== 'object' || address === null || !('port' in address)) throw new Error('the server has no port')
  return Number(address.port)
}

describe('a server with https', () => {
  const requests: string[] = []
  const ask = async (trusted: boolean): Promise<{ status: number; text: string; error: unknown }> => {
    const tableau = createServer(testCertificate, (request, response) => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.host ?? ''} ${String(request.headers['x-tableau-auth'])}`)
      response.writeHead(200, { 'content-type': 'image/png' }).end('PNG')
    })
    const serverUrl = `https://127.0.0.1:${await listen(tableau)}`
    const proxy: ImageProxy = createImageProxy({ operation: 'preview', serverUrl, clock: systemClock, ...(trusted ? { ca: testCertificate.cert } : {}) })
    closing.push(() => Promise.resolve(proxy.close()))
    let error: unknown
    const app = express()
    app.get('/image', (request, response) => {
      proxy.send(request, response, { path: '/api/3.24/x', token: 'a|b' }).catch((thrown: unknown) => {
        error = thrown
        response.status(500).end('refused')
      })
    })
    const reply = await fetch(`http://127.0.0.1:${await listen(createHttpServer(app))}/image`)
    return { status: reply.status, text: await reply.text(), error: error ?? serverUrl }
  }

  it('is spoken to when its certificate is trusted', async () => {
    const { status, text, error } = await ask(true)
    expect([status, text]).toEqual([200, 'PNG'])
    expect(requests.splice(0)).toEqual([`GET /api/3.24/x ${String(error).replace('https://', '')} a|b`])
  })

  it('is told nothing when it is not', async () => {
    const { status, error } = await ask(false)
    expect(status).toBe(500)
    expect(error).toBeInstanceOf(TableauUnreachableError)
    expect(error).toMatchObject({ kind: 'tls', sent: false })
    expect(requests).toEqual([])
  })
})

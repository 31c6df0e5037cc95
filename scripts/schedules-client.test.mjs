import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { createClient, Stopped } from './schedules-client.mjs'

let server
afterEach(() => new Promise((resolve) => server.close(resolve)))

/** A Refreshboard that is still reading for so many requests. */
const reading = async (times) => {
  const asked = []
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const busy = asked.length <= times
    response.writeHead(busy ? 503 : 200, { 'content-type': busy ? 'application/problem+json' : 'application/json', connection: 'close' })
    response.end(JSON.stringify(busy ? { code: 'overloaded', title: 'Busy.', detail: 'Still reading.', retryAt: new Date().toISOString() } : { id: 'run' }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { asked, client: createClient(`http://127.0.0.1:${server.address().port}`) }
}
const run = { id: 'run', digest: 'digest' }

it('starts as soon as it can', async () => {
  const { asked, client } = await reading(1)
  expect(await client.start(run, () => false)).toEqual({ id: 'run' })
  expect(asked).toEqual(['POST /api/bulk/run/start', 'POST /api/bulk/run/start'])
})

it('starts nothing any more once it was stopped while it waited', async () => {
  const { asked, client } = await reading(1)
  await expect(client.start(run, () => true)).rejects.toThrow(new Stopped('Nothing was applied.'))
  expect(asked).toEqual(['POST /api/bulk/run/start'])
})

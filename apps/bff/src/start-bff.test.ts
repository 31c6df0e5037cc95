import { describe, expect, it } from 'vitest'
import { createLogger } from './http/logger.ts'
import { startBff } from './start-bff.ts'
import { StartFault } from './start-fault.ts'
import { configOf, startHarness } from './testing/harness.ts'

describe('the demo', () => {
  it('never holds a server that is not on this machine', async () => {
    const config = configOf({ PORT: '0', DATABASE_URL: 'sqlite::memory:', TABLEAU_SERVERS: 'sim=http://127.0.0.1:1,real=https://tableau.example.com' })
    await expect(startBff({ config, demo: { accounts: [] }, log: createLogger('silent') })).rejects.toThrow(StartFault)
    const local = configOf({ PORT: '0', DATABASE_URL: 'sqlite::memory:', TABLEAU_SERVERS: 'sim=http://127.0.0.1:1' })
    await using bff = await startBff({ config: local, demo: { accounts: [] }, log: createLogger('silent') })
    expect(bff.url).toBe(`http://127.0.0.1:${bff.port}`)
  })

  it('alone offers accounts', async () => {
    await using harness = await startHarness()
    const reply = await harness.browser().get('/api/servers')
    expect(reply.json).toEqual({ servers: [{ id: 'server', host: `127.0.0.1:${harness.sim.port}` }] })
  })
})

describe('a store that stops working', () => {
  it('is said honestly, and costs nobody the cookie', async () => {
    await using harness = await startHarness({ stored: true })
    const browser = await harness.signedIn()
    const { default: Database } = await import('libsql')
    const database = new Database(`${harness.directory}/store.db`)
    database.exec('alter table sessions rename to away')
    const reply = await browser.get('/api/session')
    expect(reply.json).toMatchObject({ code: 'storage_unavailable', status: 503 })
    expect(reply.headers.getSetCookie()).toEqual([])
    expect((await harness.browser().signIn('admin')).status).toBe(503)
    expect((await browser.get('/api/health')).status).toBe(200)
    database.exec('alter table away rename to sessions')
    database.close()
    expect((await browser.get('/api/session')).status).toBe(200)
  })
})

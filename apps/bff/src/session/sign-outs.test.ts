import { randomBytes } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { luidSchema } from '@refreshboard/api-types'
import { openDatabase, type Database as Store } from '../storage/database.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../testing/harness.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { createSignOuts, type Held, type SignOuts } from './sign-outs.ts'
import { someFacts } from '../testing/some-facts.ts'

const siteId = luidSchema.parse('7f9c1a3e-0000-4000-8000-000000000001')
const planned = (id: string, idleExpiresAt: number) => ({ id, idleExpiresAt, facts: { ...someFacts(`token-of-${id}`), idleMs: 1 } })

describe('sign-outs that Tableau has not been told of', () => {
  let database: Store
  let clock: TestClock
  let told: Held[]
  let isUp: boolean
  const make = (serverKey: Uint8Array): SignOuts =>
    createSignOuts({
      database,
      serverKey,
      clock,
      signOut: (_serverId, held) => {
        told.push(held)
        return Promise.resolve(isUp)
      },
    })
  const rows = () => database.selectFrom('sign_outs').selectAll().execute()
  const key = randomBytes(32)
  const setUp = async (): Promise<SignOuts> => {
    database = await openDatabase(':memory:')
    clock = createTestClock()
    told = []
    isUp = false
    return make(key)
  }
  afterEach(() => database.destroy())

  it('stay until it was told, and are told once', async () => {
    const signOuts = await setUp()
    await signOuts.plan(planned('one', clock.now() + 1000))
    await Promise.all([signOuts.attempt('one'), signOuts.attempt('one')])
    expect(told).toEqual([{ token: 'token-of-one', siteId }])
    isUp = true
    await make(key).drain()
    await make(key).drain()
    expect(told).toHaveLength(2)
    expect(await rows()).toEqual([])
  })

  it('are forgotten when the token has ended by itself, or was sealed with another key', async () => {
    const signOuts = await setUp()
    await signOuts.plan(planned('short', clock.now() + 1000))
    clock.advance(1000)
    await signOuts.drain()
    expect([told, await rows()]).toEqual([[], []])
    await signOuts.plan(planned('long', clock.now() + 1000))
    await make(randomBytes(32)).drain()
    expect([told, await rows()]).toEqual([[], []])
  })

  it('show nobody a token', async () => {
    const signOuts = await setUp()
    await signOuts.plan(planned('one', clock.now() + 1000))
    const [row] = await rows()
    expect(new Uint8Array(row?.sealed ?? []).byteLength).toBeGreaterThan(40)
    expect(Buffer.from(new Uint8Array(row?.sealed ?? [])).toString('latin1')).not.toContain('token-of-one')
  })

  it('are kept in memory when the store has no room for them', async () => {
    const signOuts = await setUp()
    await database.schema.alterTable('sign_outs').renameTo('elsewhere').execute()
    await signOuts.plan(planned('one', clock.now() + 1000))
    await database.schema.alterTable('elsewhere').renameTo('sign_outs').execute()
    isUp = true
    await signOuts.attempt('one')
    await signOuts.drain()
    expect(told).toHaveLength(1)
  })
})

describe('a sign-out', () => {
  let harness: Harness
  const start = async (options?: HarnessOptions): Promise<Harness> => (harness = await startHarness(options))
  afterEach(async () => {
    await harness[Symbol.asyncDispose]()
  })

  it('that Tableau did not hear of is made after a restart, once', async () => {
    await start({ stored: true })
    const browser = await harness.signedIn()
    harness.sim.faults.add({ operation: 'signOut', action: { kind: 'reset' } })
    expect((await browser.signOut()).status).toBe(204)
    expect(harness.sim.world.sessions.list()).toHaveLength(1)
    await harness.restart()
    await eventually(() => harness.sim.world.sessions.list().length === 0, 'the sign-out')
    expect(harness.sim.ledger.of('signOut').filter(({ applied }) => applied)).toHaveLength(1)
  })

  it('is final when the store cannot record it', async () => {
    await start({ stored: true })
    const browser = await harness.signedIn()
    const other = harness.browser()
    other.cookies.set('refreshboard', browser.cookies.get('refreshboard') ?? '')
    const hand = new Database(path.join(harness.directory, 'store.db'))
    hand.exec("create trigger no_delete before delete on sessions begin select raise(abort, 'no room'); end")
    expect((await browser.signOut()).status).toBe(503)
    expect((await other.get('/api/session')).status).toBe(401)
    hand.exec('drop trigger no_delete')
    hand.close()
    expect((await other.get('/api/session')).status).toBe(401)
  })
})

import { randomBytes } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { luidSchema } from '@refreshboard/api-types'
import { openDatabase, type Database as Store } from '../storage/database.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../testing/harness.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { someFacts } from '../testing/some-facts.ts'
import type { SessionFacts } from './sessions.ts'
import { createSignOuts, type SignOuts } from './sign-outs.ts'

const siteId = luidSchema.parse('7f9c1a3e-0000-4000-8000-000000000001')
const planned = (id: string, more: Partial<SessionFacts> = {}) => ({ id, facts: { ...someFacts(`token-of-${id}`), idleMs: 1, ...more } })
const minute = 60_000

describe('sign-outs that Tableau has not been told of', () => {
  let database: Store
  let clock: TestClock
  let told: string[]
  let refused: (token: string) => boolean
  let stopping: AbortController
  const make = (serverKey: Uint8Array): SignOuts =>
    createSignOuts({
      database,
      serverKey,
      clock,
      stop: stopping.signal,
      signOut: (_serverId, held) => {
        expect(held.siteId).toBe(siteId)
        told.push(held.token)
        return Promise.resolve(!refused(held.token))
      },
    })
  const rows = () => database.selectFrom('sign_outs').selectAll().execute()
  const key = randomBytes(32)
  const setUp = async (): Promise<SignOuts> => {
    database = await openDatabase(':memory:')
    clock = createTestClock()
    stopping = new AbortController()
    told = []
    refused = () => true
    return make(key)
  }
  /** After so long nobody has tried yet, and a moment later somebody has. */
  const triesAfter = async (ms: number): Promise<void> => {
    await eventually(() => clock.waiting === 1, 'the pause')
    const before = told.length
    clock.advance(ms - 1)
    expect([ms, told.length, clock.waiting]).toEqual([ms, before, 1])
    clock.advance(1)
    await eventually(() => told.length > before, 'the next try')
  }
  afterEach(async () => {
    stopping.abort()
    await database.destroy()
  })

  it('are made until Tableau answers, with growing pauses, and then not again', async () => {
    const signOuts = await setUp()
    await signOuts.plan(planned('one'))
    await Promise.all([signOuts.attempt('one'), signOuts.attempt('one')])
    expect(told).toEqual(['token-of-one'])
    for (const seconds of [2, 4, 8, 16, 32, 45, 45]) await triesAfter(seconds * 1000)
    refused = () => false
    await triesAfter(45_000)
    await eventually(async () => (await rows()).length === 0, 'the end of it')
    const tries = told.length
    clock.advance(60 * minute)
    await make(key).drain()
    await signOuts.attempt('one')
    expect(told).toHaveLength(tries)
    expect(clock.waiting).toBe(0)
  })

  it('are gone on with after a start, and one that is always refused keeps no other waiting', async () => {
    const before = await setUp()
    for (const id of ['one', 'two', 'bad', 'three']) await before.plan(planned(id))
    refused = (token) => token === 'token-of-bad'
    await make(key).drain()
    for (let round = 0; (await rows()).length > 1; round += 1) {
      expect(round).toBeLessThan(100)
      await eventually(() => clock.waiting === 1, 'the pause')
      clock.advance(45_000)
    }
    expect((await rows()).map(({ id }) => id)).toEqual(['bad'])
    for (const id of ['one', 'two', 'three']) expect(told.filter((token) => token === `token-of-${id}`)).toHaveLength(1)
  })

  it.each([
    ['a Server', {}, 240],
    ['Cloud', { flavor: 'cloud' }, 120],
    ['a server that said so', { tokenIdleMs: 30 * minute }, 30],
    ['a server that said something strange', { tokenIdleMs: 1e12 }, 24 * 60],
  ] as const)('are forgotten when the token has ended by itself at %s', async (_where, facts, minutes) => {
    const signOuts = await setUp()
    await signOuts.plan(planned('one', facts))
    clock.advance(minutes * minute - 1)
    await signOuts.attempt('one')
    expect([told.length, (await rows()).length]).toEqual([1, 1])
    await eventually(() => clock.waiting === 1, 'the pause')
    clock.advance(2000)
    await eventually(async () => (await rows()).length === 0, 'the end of it')
    expect(told).toHaveLength(1)
  })

  it('are forgotten when they were sealed with another key', async () => {
    const signOuts = await setUp()
    await signOuts.plan(planned('one'))
    await make(randomBytes(32)).drain()
    await eventually(async () => (await rows()).length === 0, 'the end of it')
    expect(told).toEqual([])
  })

  it('show nobody a token', async () => {
    const signOuts = await setUp()
    await signOuts.plan(planned('one'))
    const [row] = await rows()
    expect(new Uint8Array(row?.sealed ?? []).byteLength).toBeGreaterThan(40)
    expect(Buffer.from(new Uint8Array(row?.sealed ?? [])).toString('latin1')).not.toContain('token-of-one')
  })

  it('are kept in memory when the store has no room for them', async () => {
    const signOuts = await setUp()
    await database.schema.alterTable('sign_outs').renameTo('elsewhere').execute()
    await signOuts.plan(planned('one'))
    await database.schema.alterTable('elsewhere').renameTo('sign_outs').execute()
    refused = () => false
    await signOuts.attempt('one')
    await signOuts.drain()
    expect(told).toEqual(['token-of-one'])
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

  it('that hangs at Tableau is over here at once, and is made later, once', async () => {
    const clock = createTestClock()
    await start({ clock })
    const browser = await harness.signedIn()
    const other = harness.browser()
    other.cookies.set('refreshboard', browser.cookies.get('refreshboard') ?? '')
    harness.sim.faults.add({ operation: 'signOut', action: { kind: 'hang' } })
    const signingOut = browser.signOut()
    await eventually(() => harness.sim.ledger.of('signOut').length === 1, 'the first try')
    expect((await other.get('/api/session')).status).toBe(401)
    expect((await signingOut).status).toBe(204)
    expect(harness.sim.world.sessions.list()).toHaveLength(1)
    clock.advance(2000)
    await eventually(() => harness.sim.world.sessions.list().length === 0, 'the second try')
    clock.advance(600_000)
    expect(harness.sim.ledger.of('signOut').map(({ applied }) => applied)).toEqual([false, true])
  })

  it('of a token that Tableau ended already is done', async () => {
    await start({ stored: true })
    const browser = await harness.signedIn()
    harness.sim.world.sessions.killAll()
    expect((await browser.signOut()).status).toBe(204)
    expect(harness.sim.ledger.of('signOut').map(({ code }) => code)).toEqual(['401002'])
    const hand = new Database(path.join(harness.directory, 'store.db'))
    expect(hand.prepare('select id from sign_outs').all()).toEqual([])
    hand.close()
  })

  it('is not undone by a change of the site that was under way', async () => {
    await start()
    const browser = await harness.signedIn()
    const other = harness.browser()
    other.cookies.set('refreshboard', browser.cookies.get('refreshboard') ?? '')
    // The names are read when Tableau has switched already.
    harness.sim.faults.add({ operation: 'querySite', action: { kind: 'delay', ms: 1500 } })
    const switching = browser.post('/api/session/site', { site: 'finance' })
    await eventually(() => harness.sim.ledger.of('querySite').length === 2, 'the switch at Tableau')
    expect((await other.signOut()).status).toBe(204)
    const reply = await switching
    expect([reply.status, reply.headers.getSetCookie()]).toEqual([401, []])
    await eventually(() => harness.sim.world.sessions.list().length === 0, 'the sign-out of the new token')
  })

  it('is final when the store cannot record it', async () => {
    await start({ stored: true })
    const browser = await harness.signedIn()
    const other = harness.browser()
    other.cookies.set('refreshboard', browser.cookies.get('refreshboard') ?? '')
    const hand = new Database(path.join(harness.directory, 'store.db'))
    hand.exec("create trigger no_delete before delete on sessions begin select raise(abort, 'no room'); end")
    expect((await browser.signOut()).status).toBe(204)
    expect(browser.cookies.size).toBe(0)
    expect((await other.get('/api/session')).status).toBe(401)
    hand.exec('drop trigger no_delete')
    hand.close()
    expect((await other.get('/api/session')).status).toBe(401)
  })
})

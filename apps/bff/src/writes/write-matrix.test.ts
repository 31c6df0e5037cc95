import { randomUUID } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { contract } from '@refreshboard/api-types'
import { problemOf, type Browser, type Reply } from '../testing/browser.ts'
import { everyWrite, isBlind, lawOf, type PreparedWrite, type TestWrite } from '../testing/every-write.ts'
import { startHarness, type Harness, type HarnessOptions } from '../testing/harness.ts'
import { containing } from '../testing/matchers.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { outcomeIn, outcomeOf, settledOutcome } from '../testing/written.ts'

// What every write has in common. How each meets faults: proofs/fault-matrix.test.ts.

let harness: Harness
let clock: TestClock
const startOn = async ({ flavor = 'server', apiVersion }: TestWrite, options: HarnessOptions = {}): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options, sim: { flavor, ...(apiVersion === undefined ? {} : { apiVersion }) } })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const send = (browser: Browser, { path: address, method, body }: PreparedWrite, key: string): Promise<Reply> =>
  browser.request(address, { method, key, ...(body === undefined ? {} : { body }) })

/** How often it was sent, and how often it had an effect. */
const ledger = ({ operation }: TestWrite): [sent: number, applied: number] => {
  const entries = harness.sim.ledger.of(operation)
  return [entries.length, entries.filter(({ applied }) => applied).length]
}

/** What is told of it, and what the ledger then holds. */
const secondSend = (write: TestWrite): [string, ReturnType<typeof ledger>] => {
  const guard = lawOf(write)?.guard
  if (guard !== undefined) return [guard, [2, 1]]
  // It is read first: what is there already is not sent again. Whether a task of Cloud is full or incremental cannot be read.
  if (write.endpoint === 'updateSchedule') return ['done', [1, 1]]
  if (write.endpoint === 'updateTask') return ['done', [2, 2]]
  // It is read first, and what the person saw is no longer there.
  return write.endpoint.startsWith('update') ? ['changed_elsewhere', [1, 1]] : ['done', [2, 2]]
}

describe.each(everyWrite.map((write) => [write.name, write] as const))('%s', (_name, write) => {
  const start = (options: HarnessOptions = {}): Promise<Browser> => startOn(write, options)

  it('is done once, and under a key that comes again it is answered as before', async () => {
    const browser = await start()
    const key = randomUUID()
    const prepared = write.prepare(harness.sim)
    const reply = await send(browser, prepared, key)
    expect([reply.status, outcomeIn(reply).state, prepared.holds(), ledger(write)]).toEqual([200, 'done', true, [1, 1]])
    clock.advance(60_000)
    expect((await send(browser, prepared, key)).text).toBe(reply.text)
    expect(await outcomeOf(browser, key)).toEqual(outcomeIn(reply))
    expect(ledger(write)).toEqual([1, 1])
  })

  it('is done once under a double click, and every click is told the same', async () => {
    const browser = await start()
    const key = randomUUID()
    const prepared = write.prepare(harness.sim)
    harness.sim.faults.add({ operation: write.operation, action: { kind: 'delay', ms: 40 } })
    const replies = await Promise.all(Array.from({ length: 6 }, () => send(browser, prepared, key)))
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
    expect([replies.map(({ status }) => status)[0], prepared.holds(), ledger(write)]).toEqual([200, true, [1, 1]])
  })

  it('is done once from two tabs at the same time, each with a key of its own', async () => {
    const browser = await start()
    const other = await harness.signedIn()
    const prepared = write.prepare(harness.sim)
    harness.sim.faults.add({ operation: write.operation, action: { kind: 'delay', ms: 40 } })
    const replies = await Promise.all([send(browser, prepared, randomUUID()), send(other, prepared, randomUUID())])
    const [one, two] = replies.map(outcomeIn)
    expect([one?.state, two?.state, two?.result, prepared.holds(), ledger(write)]).toEqual(['done', 'done', one?.result, true, [1, 1]])
  })

  it('is sent a second time under a new key: what comes of it is what the retry law says', async () => {
    const browser = await start()
    const prepared = write.prepare(harness.sim)
    await send(browser, prepared, randomUUID())
    clock.advance(60_000)
    const again = await send(browser, prepared, randomUUID())
    const told = again.status < 300 ? outcomeIn(again).state : (problemOf(again).tableau?.code ?? problemOf(again).code)
    expect([told, ledger(write)]).toEqual(secondSend(write))
  })

  it('whose reply is lost is read back by the calls of the retry law, and names what it made as an answer would have', async () => {
    const browser = await start()
    const key = randomUUID()
    const prepared = write.prepare(harness.sim)
    harness.sim.faults.add({ operation: write.operation, when: 'after', action: { kind: 'reset' } })
    const reply = await send(browser, prepared, key)
    expect([reply.status, outcomeIn(reply).state]).toEqual([202, 'checking'])
    const outcome = await settledOutcome(browser, key, clock)
    expect([outcome.state, prepared.holds(), ledger(write)]).toEqual([isBlind(write) ? 'unconfirmed' : 'done', true, [1, 1]])
    expect(outcomeIn(await send(browser, prepared, key))).toEqual(outcome)
    const calls = harness.sim.ledger.entries.map(({ operation }) => operation ?? '')
    const afterwards = calls.slice(calls.indexOf(write.operation) + 1)
    expect(afterwards.length > 0).toBe(!isBlind(write))
    expect(afterwards.filter((call) => lawOf(write)?.readBy.includes(call) !== true)).toEqual([])
    await harness[Symbol.asyncDispose]()
    const other = await start()
    const answered = outcomeIn(await send(other, write.prepare(harness.sim), randomUUID()))
    expect(outcome.result).toEqual(isBlind(write) ? undefined : answered.result)
  })

  it(`that never arrived could not be confirmed ${isBlind(write) ? 'at all' : 'after 30 s'}, and nothing is sent again`, async () => {
    const browser = await start()
    const key = randomUUID()
    const prepared = write.prepare(harness.sim)
    harness.sim.faults.add({ operation: write.operation, action: { kind: 'reset' } })
    expect((await send(browser, prepared, key)).status).toBe(202)
    const outcome = await settledOutcome(browser, key, clock)
    expect([outcome.state, outcome.evidence, prepared.holds(), ledger(write)]).toEqual(['unconfirmed', containing(isBlind(write) ? 'before sending it again.' : 'in 30 seconds.'), false, [1, 0]])
    expect(outcome.evidence).toContain(lawOf(write)?.again)
    expect(clock.monotonic() >= 30_000).toBe(!isBlind(write))
    expect([outcomeIn(await send(browser, prepared, key)).state, ledger(write)]).toEqual(['unconfirmed', [1, 0]])
    expect([outcomeIn(await send(browser, prepared, randomUUID())).state, prepared.holds(), ledger(write)]).toEqual(['done', true, [2, 1]])
  })

  it('is nobody else’s to ask about', async () => {
    const browser = await start()
    const key = randomUUID()
    await send(browser, write.prepare(harness.sim), key)
    expect(problemOf(await (await harness.signedIn('site-admin')).get(`/api/writes/${key}`)).code).toBe('not_found')
  })

  it.each([
    ['after', isBlind(write) ? 'unconfirmed' : 'done'],
    ['before', 'unconfirmed'],
  ] as const)('that a restart cut off, lost %s the effect, is read back when its person asks', async (when, state) => {
    // A clock that stands still would have the stop wait for the read-back as long as it may.
    const browser = await start({ stored: true, bff: { backgroundGraceMs: 20 } })
    const key = randomUUID()
    const prepared = write.prepare(harness.sim)
    harness.sim.faults.add({ operation: write.operation, when, action: { kind: 'reset' } })
    const reply = await send(browser, prepared, key)
    expect(reply.status).toBe(202)
    await harness.bff.close()
    const database = new Database(path.join(harness.directory, 'store.db'))
    database.exec(`update writes set state = 'sending' where key = '${key}'`)
    database.close()
    await harness.restart()
    expect(await outcomeOf(browser, key)).toMatchObject({ state: 'checking', evidence: containing('restarted') })
    const outcome = await settledOutcome(browser, key, clock)
    const isApplied = when === 'after'
    expect([outcome.state, prepared.holds(), ledger(write)]).toEqual([state, isApplied, [1, isApplied ? 1 : 0]])
    expect(outcomeIn(await send(browser, prepared, key))).toEqual(outcome)
  })
})

it('these are all the writes of the contract', () => {
  const writes = Object.entries(contract).flatMap(([name, { effect }]) => (effect === 'tableau' ? [name] : []))
  expect([...new Set(everyWrite.map(({ endpoint }) => endpoint))].toSorted()).toEqual(writes.toSorted())
})

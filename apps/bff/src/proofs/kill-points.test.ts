import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WriteOutcome } from '@refreshboard/api-types'
import type { TableauSim } from '@refreshboard/tableau-sim'
import type { Browser, Reply } from '../testing/browser.ts'
import { bundled, type Bundled } from '../testing/bundled.ts'
import { isBlind, lawOf, writeGroups, type PreparedWrite, type TestWrite } from '../testing/every-write.ts'
import type { FaultFront, Interference } from '../testing/fault-front.ts'
import { eventually } from '../testing/harness.ts'
import { startKillableRig, type KillableRig } from '../testing/killable-rig.ts'
import { integrityOf, type Killable } from '../testing/killable.ts'
import { containing } from '../testing/matchers.ts'
import { outcomeIn, outcomeOf } from '../testing/written.ts'

// The delivered program is killed while every write that it offers stands at the same point of its way. CRASH_ALL also waits for
// what is found out of those that never arrived, which takes half a minute.

let bundle: Bundled
beforeAll(async () => {
  bundle = await bundled('main')
}, 60_000)
afterAll(() => bundle.remove())

let rig: KillableRig
let sim: TableauSim
let front: FaultFront
let app: Killable
let browser: Browser
let writes: readonly TestWrite[] = []
const start = async ({ flavor, apiVersion, writes: offered }: (typeof writeGroups)[number]): Promise<void> => {
  writes = offered
  rig = await startKillableRig(bundle, { flavor, ...(apiVersion === undefined ? {} : { apiVersion }) })
  sim = rig.sim
  front = rig.front
  app = rig.app
  browser = app.browser()
  await browser.signInByToken(sim.world.home.contentUrl)
}
afterEach(() => rig[Symbol.asyncDispose]())

interface Sent {
  write: TestWrite
  prepared: PreparedWrite
  key: string
  /** Undefined when the kill took the answer with it. */
  reply: Promise<Reply | undefined>
}

const sendOne = ({ path: address, method, body }: PreparedWrite, key: string): Promise<Reply> =>
  browser.request(address, { method, key, ...(body === undefined ? {} : { body }) })

/** Sends every write at the same time, each to something of its own. */
const sendAll = (): Sent[] => {
  const prepared = writes.map((write) => ({ write, prepared: write.prepare(sim), key: randomUUID() }))
  return prepared.map((one) => ({ ...one, reply: sendOne(one.prepared, one.key).catch(() => undefined) }))
}

const ledgerOf = ({ write }: Sent): [sent: number, applied: number] => {
  const entries = sim.ledger.of(write.operation)
  return [entries.length, entries.filter(({ applied }) => applied).length]
}

/** Every write once: two of them can be one method of Tableau's. */
const eachOnce = ({ write }: Sent): [sent: number, applied: number] => {
  const same = writes.filter(({ operation }) => operation === write.operation).length
  return [same, same]
}

/** Does the same to every request that writes, and counts them. */
const atEveryWrite = (interference: (count: () => void) => Interference): (() => number) => {
  let counted = 0
  front.interfere = ({ isWrite }) => (isWrite ? interference(() => (counted += 1)) : undefined)
  return () => counted
}

const silence = { bytes: Buffer.alloc(0), ending: 'silence' } as const

const killAndRestart = async (): Promise<void> => {
  await app.kill()
  front.interfere = () => undefined
  await app.restart()
  expect(integrityOf(app.databaseFile)).toEqual([{ integrity_check: 'ok' }])
}

/** What the program says of a write in the end, and again when the same is asked for under its key. */
const settledBoth = async (one: Sent, isSettled: (outcome: WriteOutcome) => boolean): Promise<WriteOutcome> => {
  await eventually(async () => isSettled(await outcomeOf(browser, one.key)), `the outcome of “${one.write.name}”`)
  const outcome = await outcomeOf(browser, one.key)
  expect(outcomeIn(await sendOne(one.prepared, one.key))).toEqual(outcome)
  return outcome
}

/** What cannot be found out is said to be so. */
const assertUnconfirmed = async (sent: Sent[]): Promise<void> => {
  for (const one of sent) {
    for (let tries = 0; tries < 12 && (await outcomeOf(browser, one.key)).state === 'checking'; tries += 1) await delay(3000)
    const outcome = await outcomeOf(browser, one.key)
    expect([one.write.name, outcome.state, one.prepared.holds()]).toEqual([one.write.name, 'unconfirmed', false])
    expect(outcomeIn(await sendOne(one.prepared, one.key))).toEqual(outcome)
  }
}

const stateInStore = (): unknown => {
  const database = new Database(app.databaseFile)
  try {
    return database.prepare('select distinct state from writes').all([])
  } finally {
    database.close()
  }
}

describe.each(writeGroups.map((group) => [group.name, group] as const))('killed when every write to %s is', (_name, group) => {
  beforeEach(() => start(group))

  it('recorded and has not arrived: none is done, and none is sent again', async () => {
    const arrived = atEveryWrite((count) => ({ before: count, reaches: false, deliver: () => silence }))
    const sent = sendAll()
    await eventually(() => arrived() === writes.length, 'that all are recorded')
    expect(stateInStore()).toEqual([{ state: 'sending' }])
    await killAndRestart()
    for (const one of sent) {
      expect(await one.reply).toBeUndefined()
      // What nothing can be read of is over at once; of the others the first look tells nothing yet.
      const outcome = await settledBoth(one, ({ state }) => !isBlind(one.write) || state === 'unconfirmed')
      const [state, evidence] = isBlind(one.write) ? ['unconfirmed', lawOf(one.write)?.again ?? ''] : ['checking', 'restarted']
      expect([one.write.name, outcome.state, outcome.evidence, one.prepared.holds()]).toEqual([one.write.name, state, containing(evidence), false])
    }
    if (process.env['CRASH_ALL'] !== undefined) await assertUnconfirmed(sent)
    expect(sent.map(ledgerOf)).toEqual(writes.map(() => [0, 0]))
  })

  it('applied and not answered: every one is found done, and none is sent again', async () => {
    const applied = atEveryWrite((count) => ({
      reaches: true,
      deliver: () => {
        count()
        return silence
      },
    }))
    const sent = sendAll()
    await eventually(() => applied() === writes.length, 'that all are applied')
    await killAndRestart()
    for (const one of sent) {
      expect(await one.reply).toBeUndefined()
      const outcome = await settledBoth(one, ({ state }) => state !== 'checking')
      expect([one.write.name, outcome.state, one.prepared.holds(), ledgerOf(one)]).toEqual([one.write.name, isBlind(one.write) ? 'unconfirmed' : 'done', true, eachOnce(one)])
    }
  })

  it('answered and the answer is not recorded: every one is found done, as its person was told', async () => {
    let goOn = (): void => undefined
    const all = new Promise<void>((resolve) => (goOn = resolve))
    const arrived = atEveryWrite((count) => ({
      before: () => {
        count()
        return all
      },
      reaches: true,
    }))
    const sent = sendAll()
    await eventually(() => arrived() === writes.length, 'that all are recorded')
    // From here on no outcome can be written down.
    const database = new Database(app.databaseFile)
    database.exec("create trigger held before update on writes begin select raise(abort, 'held'); end")
    goOn()
    const replies = await Promise.all(sent.map(({ reply }) => reply))
    expect(stateInStore()).toEqual([{ state: 'sending' }])
    await app.kill()
    database.exec('drop trigger held')
    database.close()
    await killAndRestart()
    for (const [at, one] of sent.entries()) {
      const reply = replies[at]
      const told = reply === undefined ? undefined : outcomeIn(reply)
      const outcome = await settledBoth(one, ({ state }) => state !== 'checking')
      const found = isBlind(one.write) ? ['unconfirmed', undefined] : ['done', told?.result]
      expect([one.write.name, told?.state, outcome.state, outcome.result, one.prepared.holds(), ledgerOf(one)]).toEqual([one.write.name, 'done', ...found, true, eachOnce(one)])
    }
  })
})

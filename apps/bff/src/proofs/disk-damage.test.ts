import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getSession } from '@refreshboard/api-types'
import { createLogger } from '../http/logger.ts'
import { startBff } from '../start-bff.ts'
import { StartFault } from '../start-fault.ts'
import { createBrowser, outputOf, problemOf, type Browser } from '../testing/browser.ts'
import { chanceSeed, createChance } from '../testing/chance.ts'
import { configOf, startHarness, type Harness } from '../testing/harness.ts'
import { outcomeOf } from '../testing/written.ts'

// Stores that came back from the disk other than they went there. DAMAGE_RUNS of them (40).

const runs = Number(process.env['DAMAGE_RUNS'] ?? 40)
const chance = createChance(chanceSeed)

interface Store {
  main: Buffer
  log: Buffer
}

const nothing: Store = { main: Buffer.alloc(0), log: Buffer.alloc(0) }

let harness: Harness
let folder = ''
const people: { name: string; cookies: Map<string, string> }[] = []
const key = randomUUID()
let jobId = ''
const cancel = (browser: Browser) => browser.post(`/api/jobs/${jobId}/cancel`, undefined, { key })
/** As a kill leaves it, with most in its log; and as a quiet one is. */
const stores: Store[] = []
const quietStore = (): Store => stores[1] ?? nothing
const cookiesOf = (at: number): Map<string, string> => people[at]?.cookies ?? new Map<string, string>()

const storeNow = (file: string): Store => ({ main: readFileSync(file), log: existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0) })

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'refreshboard-damage-'))
  harness = await startHarness({ stored: true })
  for (const name of ['admin', 'creator', 'viewer', 'explorer']) people.push({ name, cookies: (await harness.signedIn(name)).cookies })
  const admin = createBrowser(() => harness.bff.url)
  for (const [name, value] of cookiesOf(0)) admin.cookies.set(name, value)
  jobId = harness.sim.world.site().findJob({ status: 'Pending' }).id
  await cancel(admin)
  const file = path.join(harness.directory, 'store.db')
  stores.push(storeNow(file))
  const database = new Libsql(file)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  stores.push(storeNow(file))
})
afterAll(async () => {
  await harness[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const flipped = (bytes: Buffer): Buffer => {
  const changed = Buffer.from(bytes)
  const from = chance.below(changed.length)
  // Spread over all, or close together.
  const reach = chance.happens(0.5) ? changed.length : 400
  for (let left = 1 + chance.below(12); left > 0 && changed.length > 0; left -= 1) {
    const at = (from + chance.below(reach)) % changed.length
    changed[at] = (changed[at] ?? 0) ^ (1 << chance.below(8))
  }
  return changed
}
const cut = (bytes: Buffer): Buffer => bytes.subarray(0, chance.below(bytes.length))
const withoutPage = (bytes: Buffer): Buffer => {
  const changed = Buffer.from(bytes)
  const page = chance.below(Math.ceil(changed.length / 4096))
  return changed.fill(chance.happens(0.5) ? 0 : chance.below(256), page * 4096, Math.min((page + 1) * 4096, changed.length))
}

const damaged = ({ main, log }: Store): Store => {
  const damage = chance.pick([flipped, flipped, flipped, cut, withoutPage])
  return log.length > 0 && chance.happens(0.6) ? { main, log: damage(log) } : { main: damage(main), log }
}

/** A store in a directory of its own, with the key that it was made with. */
const laidOut = ({ main, log }: Store): string => {
  const directory = path.join(folder, randomUUID())
  mkdirSync(directory)
  const file = path.join(directory, 'store.db')
  writeFileSync(file, main, { mode: 0o600 })
  if (log.length > 0) writeFileSync(`${file}-wal`, log, { mode: 0o600 })
  copyFileSync(path.join(harness.directory, 'refreshboard.key'), path.join(directory, 'refreshboard.key'))
  return file
}

const start = (file: string) =>
  startBff({ config: configOf({ PORT: '0', TABLEAU_SERVERS: `server=${harness.sim.url}`, DATABASE_URL: `sqlite:${file}` }), log: createLogger('silent') })

const browserOf = (origin: string, cookies: Map<string, string>): Browser => {
  const browser = createBrowser(() => origin)
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  return browser
}

/**
 * What a person meets: what is their own, nothing, or the word that the store fails. A write that the store knew when it was
 * quiet is not sent again; the end of a log can be lost without a trace.
 */
const assertOwn = async (origin: string, isQuiet = false): Promise<number> => {
  let signedIn = 0
  for (const { name, cookies } of people) {
    const browser = browserOf(origin, cookies)
    const reply = await browser.get('/api/session')
    expect([200, 401, 503]).toContain(reply.status)
    if (reply.status !== 200) continue
    signedIn += 1
    expect(outputOf(getSession, reply).user.name).toBe(name)
    const write = await browser.get(`/api/writes/${key}`)
    // `checking`: the log ends before the outcome.
    if (write.status === 200) expect([name, ['done', 'checking'].includes((await outcomeOf(browser, key)).state)]).toEqual(['admin', true])
    // `internal`: the record is there and cannot be understood any more.
    else expect(['not_found', 'storage_unavailable', 'internal']).toContain(problemOf(write).code)
    if (name === 'admin' && isQuiet) await cancel(browser)
  }
  expect(harness.sim.ledger.of('cancelJob')).toHaveLength(1)
  return signedIn
}

describe('a damaged store', () => {
  it(`starts with what is still its own, or is refused in one line, ${runs} times`, async () => {
    const counted = { started: 0, signedIn: 0 }
    const reasons: string[] = []
    for (let run = 0; run < runs; run += 1) {
      const store = chance.pick(stores)
      const file = laidOut(damaged(store))
      try {
        await using bff = await start(file)
        counted.started += 1
        counted.signedIn += await assertOwn(bff.url, store.log.length === 0)
        expect((await createBrowser(() => bff.url).get('/api/health')).status).toBe(200)
      } catch (error) {
        if (!(error instanceof StartFault)) throw error
        reasons.push(error.message)
      }
      rmSync(path.dirname(file), { recursive: true, force: true })
    }
    expect(reasons.filter((reason) => !/^DATABASE_URL: [^\r\n]*put back a copy of it[^\r\n]*$/.test(reason))).toEqual([])
    expect([reasons.length > 0, counted.started > 0, counted.signedIn > 0]).toEqual([true, true, true])
    if (process.env['DAMAGE_RUNS'] !== undefined) process.stdout.write(`figure=damaged-stores value=0 unit=crashes goal=0 pass started=${counted.started} refused=${reasons.length}\n`)
  }, 600_000)

  it('is refused before a text that is none ends the process', async () => {
    const main = Buffer.from(quietStore().main)
    main[main.indexOf('Tableau has cancelled')] = 0xff
    await expect(start(laidOut({ main, log: Buffer.alloc(0) }))).rejects.toThrow(/^DATABASE_URL: .*is damaged/)
  })

  it('is refused when a record has come under another key, as which it would be sent again', async () => {
    const main = Buffer.from(quietStore().main)
    main.write(key.endsWith('0') ? '1' : '0', main.indexOf(key) + key.length - 1)
    await expect(start(laidOut({ main, log: Buffer.alloc(0) }))).rejects.toThrow(/^DATABASE_URL: .*is damaged/)
  })

  it('costs one person a session when only that one is damaged', async () => {
    const file = laidOut(quietStore())
    const database = new Libsql(file)
    database.exec('update sessions set sealed = zeroblob(60) where rowid = 2')
    database.close()
    await using bff = await start(file)
    expect(await assertOwn(bff.url)).toBe(people.length - 1)
  })
})

describe('a store that was never whole', () => {
  it('is made anew, wherever its first start was cut off', async () => {
    const file = laidOut(nothing)
    const bff = await start(file)
    const { main, log } = storeNow(file)
    await bff.close()
    const frame = 24 + 4096
    const frames = Math.floor((log.length - 32) / frame)
    expect(frames).toBeGreaterThan(10)
    const signedIn = async (cutOff: string): Promise<number> => {
      await using again = await start(cutOff)
      return (await createBrowser(() => again.url).signIn('viewer')).status
    }
    for (let count = 0; count <= frames; count += 1) {
      const cutOff = laidOut({ main, log: log.subarray(0, 32 + count * frame) })
      await expect(signedIn(cutOff)).resolves.toBe(201)
      rmSync(path.dirname(cutOff), { recursive: true, force: true })
    }
  })
})

describe('an older store put back', () => {
  it('knows who was signed in then; a session that was signed out since is one that Tableau refuses', async () => {
    const old = quietStore()
    const leaving = browserOf(harness.bff.url, cookiesOf(3))
    expect((await leaving.signOut()).status).toBe(204)
    await using bff = await start(laidOut(old))
    expect(await assertOwn(bff.url)).toBe(people.length)
    const again = browserOf(bff.url, cookiesOf(3))
    expect(problemOf(await again.get('/api/schedules')).code).toBe('session_expired')
    expect(problemOf(await again.get('/api/session')).code).toBe('unauthenticated')
  })

  it('with a new key knows nobody', async () => {
    const file = laidOut(quietStore())
    rmSync(path.join(path.dirname(file), 'refreshboard.key'))
    await using bff = await start(file)
    expect(await assertOwn(bff.url)).toBe(0)
  })
})

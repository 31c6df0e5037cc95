import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type Database, type SessionRow } from '../storage/database.ts'
import { StorageError } from '../storage/storage-error.ts'
import { someFacts } from '../testing/some-facts.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { newCookieValue } from './seal.ts'
import { createSessionStore, type SessionStore } from './session-store.ts'
import { createSessions, type Sessions } from './sessions.ts'

const second = 1000
const hour = 3_600_000

let database: Database
let clock: TestClock
let store: SessionStore
let sessions: Sessions
beforeEach(async () => {
  database = await openDatabase(':memory:')
  clock = createTestClock()
  store = createSessionStore(database)
  sessions = createSessions({ store, serverKey: randomBytes(32), clock, idleMinutes: 240 })
})
afterEach(() => database.destroy())

const rows = (): Promise<SessionRow[]> => database.selectFrom('sessions').selectAll().execute()

/** Whether a request with this cookie is accepted. */
const isAccepted = (cookie: string, active = false): Promise<boolean> =>
  sessions.open(cookie, active).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'unauthenticated' })
      return false
    },
  )

const gate = (): { opened: Promise<void>; open: () => void } => {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

describe('the life of a session', () => {
  it('ends after four idle hours to the second, although it is polled every 15 s', async () => {
    const { cookieValue } = await sessions.create(someFacts('token'))
    for (let at = 0; at < 4 * hour - second; at += 15 * second) {
      expect([at, await isAccepted(cookieValue)]).toEqual([at, true])
      clock.advance(Math.min(15 * second, 4 * hour - second - at))
    }
    expect(await isAccepted(cookieValue)).toBe(true)
    clock.advance(second - 1)
    expect(await isAccepted(cookieValue)).toBe(true)
    clock.advance(1)
    expect(await isAccepted(cookieValue, true)).toBe(false)
    expect(await rows()).toEqual([])
  })

  it('ends after twelve hours to the second, although it is in use all the time', async () => {
    const { cookieValue } = await sessions.create(someFacts('token'))
    const step = hour / 12
    for (let at = 0; at < 12 * hour; at += step) {
      expect([at, await isAccepted(cookieValue, true)]).toEqual([at, true])
      clock.advance(step - (at + step === 12 * hour ? 1 : 0))
    }
    expect(await isAccepted(cookieValue, true)).toBe(true)
    clock.advance(1)
    expect(await isAccepted(cookieValue, true)).toBe(false)
    expect(await rows()).toEqual([])
  })

  it('never begins with a cookie that was not given out', async () => {
    for (let count = 0; count < 1000; count += 1) {
      const cookie = newCookieValue()
      expect(await isAccepted(cookie, true)).toBe(false)
      expect(await sessions.discard(cookie)).toBeUndefined()
    }
    expect(await rows()).toEqual([])
  })

  it('is not brought back by a request that moves its idle clock late', async () => {
    let touching = (): void => undefined
    let goOn = (): void => undefined
    const isTouched = new Promise<void>((resolve) => (touching = resolve))
    const isEnded = new Promise<void>((resolve) => (goOn = resolve))
    const late: SessionStore = {
      ...store,
      touch: async (id, activeAt) => {
        touching()
        await isEnded
        await store.touch(id, activeAt)
      },
    }
    sessions = createSessions({ store: late, serverKey: randomBytes(32), clock, idleMinutes: 240 })
    const { cookieValue, session } = await sessions.create(someFacts('token'))
    clock.advance(second)
    const opening = sessions.open(cookieValue, true).catch(() => undefined)
    await isTouched
    await sessions.drop(session)
    goOn()
    await opening
    expect(await rows()).toEqual([])
    expect(await isAccepted(cookieValue)).toBe(false)
  })

  it('goes on while the store cannot be written, its idle clock standing still', async () => {
    const { cookieValue, session } = await sessions.create(someFacts('token'))
    store.touch = () => Promise.reject(new StorageError('SQLITE_READONLY'))
    clock.advance(hour)
    expect((await sessions.open(cookieValue, true)).idleExpiresAt).toBe(session.idleExpiresAt)
    clock.advance(3 * hour)
    expect(await isAccepted(cookieValue, true)).toBe(false)
  })

  it('stays ended when the store cannot delete it, and is deleted when it can again', async () => {
    let isFull = true
    const full: SessionStore = { ...store, remove: (id) => (isFull ? Promise.reject(new StorageError('SQLITE_FULL')) : store.remove(id)) }
    sessions = createSessions({ store: full, serverKey: randomBytes(32), clock, idleMinutes: 240 })
    const { cookieValue, session } = await sessions.create(someFacts('token'))
    const other = await sessions.create(someFacts('another'))
    expect(await sessions.discard(cookieValue)).toMatchObject({ facts: { token: 'token' } })
    expect(await isAccepted(cookieValue, true)).toBe(false)
    expect(await sessions.list(other.session)).toHaveLength(1)
    await expect(sessions.purge()).rejects.toThrow(StorageError)
    isFull = false
    await sessions.purge()
    expect(await store.find(session.id)).toBeUndefined()
    expect(await isAccepted(other.cookieValue)).toBe(true)
  })

  it('is over for whoever asks while it is being deleted, however late the store answers', async () => {
    const held = gate()
    const slow = gate()
    sessions = createSessions({
      store: {
        ...store,
        remove: async (id) => {
          await held.opened
          return await store.remove(id)
        },
        find: async (id) => {
          const row = await store.find(id)
          await slow.opened
          return row
        },
      },
      serverKey: randomBytes(32),
      clock,
      idleMinutes: 240,
    })
    const { cookieValue, session } = await sessions.create(someFacts('token'))
    const ending = sessions.drop(session)
    expect(await sessions.drop(session)).toBe(false)
    const late = isAccepted(cookieValue)
    held.open()
    expect(await ending).toBe(true)
    slow.open()
    expect(await late).toBe(false)
  })

  it('ends with its token only where this process has seen that, and both are over here', async () => {
    const serverKey = randomBytes(32)
    const before = createSessions({ store, serverKey, clock, idleMinutes: 240 })
    const unseen = await before.create(someFacts('unseen'))
    sessions = createSessions({ store, serverKey, clock, idleMinutes: 240 })
    const mine = await sessions.create(someFacts('mine'))
    const seen = await sessions.create(someFacts('seen'))
    const planned: string[] = []
    const { ended, known } = await sessions.end(mine.session, undefined, ({ facts }) => Promise.resolve(void planned.push(facts.token)))
    expect([ended, known.length, planned.toSorted()]).toEqual([3, 2, ['mine', 'seen']])
    for (const { cookieValue } of [unseen, mine, seen]) expect(await isAccepted(cookieValue)).toBe(false)
  })
})

describe('a record that was changed in the store', () => {
  const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
    const changed = Uint8Array.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return changed
  }

  /** Numbers as the store keeps them; of a time, the bits up to some thirty years. */
  const changedAt = (row: SessionRow, bit: number): SessionRow => {
    const sealed = new Uint8Array(row.sealed)
    const bits = sealed.byteLength * 8
    if (bit < bits) return { ...row, sealed: flipped(sealed, bit) }
    if (bit < bits + 256) return { ...row, id: Buffer.from(flipped(Buffer.from(row.id, 'hex'), bit - bits)).toString('hex') }
    const power = 2 ** ((bit - bits - 256) % 40)
    const toggled = (value: number): number => value + (Math.floor(value / power) % 2 === 0 ? power : -power)
    if (bit < bits + 296) return { ...row, created_at: toggled(row.created_at) }
    return { ...row, expires_at: toggled(row.expires_at) }
  }

  it('is no session, whichever of its bits it was, and no error', async () => {
    const { cookieValue } = await sessions.create(someFacts('token'))
    const [made] = await rows()
    if (made === undefined) throw new Error('there is no record')
    const row = { ...made, sealed: new Uint8Array(made.sealed) }
    const bits = row.sealed.byteLength * 8 + 336
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bits - 1 }), async (bit) => {
        await database.deleteFrom('sessions').execute()
        await store.insert(changedAt(row, bit))
        expect(await isAccepted(cookieValue, true)).toBe(false)
      }),
      { numRuns: 200 },
    )
    await database.deleteFrom('sessions').execute()
    await store.insert(row)
    expect(await isAccepted(cookieValue)).toBe(true)
  })
})

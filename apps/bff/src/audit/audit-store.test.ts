import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type AuditRow, type Database } from '../storage/database.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createAuditStore, type AuditStore } from './audit-store.ts'

const bound = 1500
const key = new Uint8Array(32).fill(7)

let database: Database
let clock: ReturnType<typeof createTestClock>
let store: AuditStore
beforeEach(async () => {
  database = await openDatabase(':memory:')
  clock = createTestClock()
  store = createAuditStore(database, key, clock, bound)
})
afterEach(async () => {
  await database.destroy()
})

const event: Omit<AuditRow, 'seq' | 'hash'> = { of: null, principal: 'p', server_id: 's', site_id: 't', at: 1, key: 'k', operation: 'schedules.update', bulk_id: '', state: 'sent', search: '', body: '{}' }
const add = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await store.append(event)
}

describe('following the chain', () => {
  it.each([
    ['before the oldest go', (): [Promise<unknown>, Promise<unknown>] => [store.follow(), store.purge()]],
    ['after it', (): [Promise<unknown>, Promise<unknown>] => {
      const purged = store.purge()
      return [store.follow(), purged]
    }],
  ])('finds it whole when it is asked for %s, in the same moment', async (_when, both) => {
    await add(bound + 1)
    const [followed] = await Promise.all(both())
    expect(followed).toMatchObject({ intact: true })
    clock.advance(10 * 60_000)
    expect(await store.follow()).toEqual({ intact: true, checked: 500 })
  })

  it('is tried again at once when the store could not be read', async () => {
    await add(1)
    await sql`alter table audit rename to away`.execute(database)
    await expect(store.follow()).rejects.toThrow('SQLITE_ERROR')
    await sql`alter table away rename to audit`.execute(database)
    expect(await store.follow()).toEqual({ intact: true, checked: 1 })
  })
})

describe('what was sent and is open', () => {
  it('is the last under its key, as long as it is not known what became of it', async () => {
    const first = await store.append(event)
    expect(await store.findOpen('p', 'k')).toMatchObject({ seq: first })
    await store.append({ ...event, of: first, state: 'checking' })
    expect(await store.findOpen('p', 'k')).toMatchObject({ seq: first })
    await store.append({ ...event, of: first, state: 'refused' })
    expect(await store.findOpen('p', 'k')).toBeUndefined()
    const second = await store.append(event)
    expect([await store.findOpen('p', 'k'), await store.findOpen('q', 'k')]).toMatchObject([{ seq: second }, undefined])
  })
})

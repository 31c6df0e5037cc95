import { setImmediate as othersTurn } from 'node:timers/promises'
import { sql, type ExpressionBuilder } from 'kysely'
import type { Clock } from '../clock.ts'
import type { AuditRow, Database } from '../storage/database.ts'
import { createLocks } from '../writes/locks.ts'
import { hashOf, noRow, type Followed } from './audit-chain.ts'

/** Which records are wanted; what is absent does not matter. */
interface AuditFilter {
  readonly serverId: string
  readonly siteId: string
  /** Only this principal's. */
  readonly principal?: string
  readonly q?: string | undefined
  /** Any of them; none matters where there are none. */
  readonly operations?: readonly string[] | undefined
  readonly states?: readonly string[] | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly bulkId?: string | undefined
  readonly before?: number | undefined
}

/** A record: the event that something is sent, and the last that became known of it. */
export interface AuditEntry {
  readonly sent: AuditRow
  readonly known: AuditRow | undefined
}

/** The events of the audit. They are only added, one after the other, and the oldest go beyond the bound. */
export interface AuditStore {
  /** On the disk when it resolves, with its number. */
  append(event: Omit<AuditRow, 'seq' | 'hash'>): Promise<number>
  /** The last thing that was sent under a key, unless it is known what became of it. */
  findOpen(principal: string, key: string): Promise<AuditRow | undefined>
  list(filter: AuditFilter, window: { offset: number; limit: number }): Promise<{ entries: AuditEntry[]; total: number; operations: string[] }>
  /** Follows the whole chain, at most once in ten minutes. */
  follow(): Promise<Followed>
  purge(): Promise<void>
}

/** About two events a write. */
const maxEvents = 100_000
/** So many go at a time beyond it, so that not each write deletes one. */
const slack = 1000
const followEveryMs = 10 * 60_000
const chunk = 500
/** Each event is chained to the one before: one at a time is added. */
const chainEnd = 'end'
/** A walk along the chain gives way to others: what takes the oldest away waits for its end, and the other way round. */
const chainWalk = 'walk'

type Where = ExpressionBuilder<{ audit: AuditRow }, 'audit'>

const stateNow = sql<string>`coalesce((select k.state from audit k where k.of = audit.seq order by k.seq desc limit 1), audit.state)`

const matches = (filter: AuditFilter) => (where: Where) =>
  where.and([
    where('of', 'is', null),
    where('server_id', '=', filter.serverId),
    where('site_id', '=', filter.siteId),
    ...(filter.principal === undefined ? [] : [where('principal', '=', filter.principal)]),
    ...(filter.q === undefined || filter.q === '' ? [] : [where(sql<number>`instr(search, ${filter.q.toLowerCase()})`, '>', 0)]),
    ...(filter.operations === undefined || filter.operations.length === 0 ? [] : [where('operation', 'in', [...filter.operations])]),
    ...(filter.states === undefined || filter.states.length === 0 ? [] : [where(stateNow, 'in', [...filter.states])]),
    ...(filter.from === undefined ? [] : [where('at', '>=', filter.from)]),
    ...(filter.to === undefined ? [] : [where('at', '<', filter.to)]),
    ...(filter.bulkId === undefined ? [] : [where('bulk_id', '=', filter.bulkId)]),
    ...(filter.before === undefined ? [] : [where('seq', '<', filter.before)]),
  ])

export const createAuditStore = (database: Database, serverKey: Uint8Array, clock: Clock, bound = maxEvents): AuditStore => {
  let last: { seq: number; hash: string } | undefined
  let followed: { at: number; result: Promise<Followed> } | undefined
  const locks = createLocks()

  const readLast = async (): Promise<{ seq: number; hash: string }> => {
    const row = await database.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
    return row ?? { seq: 0, hash: noRow }
  }

  const add = async (event: Omit<AuditRow, 'seq' | 'hash'>): Promise<number> => {
    const before = (last ??= await readLast())
    const row = { ...event, seq: before.seq + 1 }
    const hash = hashOf(serverKey, before.hash, row)
    await database.insertInto('audit').values({ ...row, hash }).execute()
    last = { seq: row.seq, hash }
    return row.seq
  }

  const rowsAfter = (seq: number): Promise<AuditRow[]> => database.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(chunk).execute()

  /** SQLite keeps the highest number that it ever gave: rows that were taken off the end show by it. */
  const highestGiven = async (): Promise<number> => {
    const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = 'audit'`.execute(database)
    return rows[0]?.seq ?? 0
  }

  const followAll = async (): Promise<Followed> => {
    const until = await highestGiven()
    let before: AuditRow | undefined
    let checked = 0
    for (;;) {
      const rows = await rowsAfter(before?.seq ?? 0)
      for (const row of rows) {
        const follows = before === undefined || row.seq === before.seq + 1
        // The row before the oldest kept one is gone: that one only says which it was.
        const whole = before === undefined && row.seq > 1 ? true : hashOf(serverKey, before?.hash ?? noRow, row) === row.hash
        if (!follows || !whole) return { intact: false, checked, brokenAt: row.seq }
        before = row
        checked += 1
      }
      if (rows.length < chunk) break
      // SQLite answers at once, without giving way to anybody.
      await othersTurn()
    }
    const missingAtEnd = (before?.seq ?? 0) < until
    const missingAtStart = checked > 0 && checked < bound - slack && (before?.seq ?? 0) !== checked
    return missingAtEnd || missingAtStart ? { intact: false, checked, brokenAt: missingAtEnd ? (before?.seq ?? 0) + 1 : 1 } : { intact: true, checked }
  }

  const deleteOldest = async (): Promise<void> => {
    const { count } = await database
      .selectFrom('audit')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count <= bound) return
    const oldest = await database.selectFrom('audit').select('seq').orderBy('seq', 'desc').offset(bound - slack).limit(1).executeTakeFirst()
    if (oldest) await database.deleteFrom('audit').where('seq', '<=', oldest.seq).execute()
  }

  const knownOf = async (sent: readonly AuditRow[]): Promise<Map<number, AuditRow>> => {
    if (sent.length === 0) return new Map()
    const rows = await database
      .selectFrom('audit')
      .selectAll()
      .where('of', 'in', sent.map(({ seq }) => seq))
      .orderBy('seq')
      .execute()
    return new Map(rows.map((row) => [row.of ?? 0, row]))
  }

  return {
    append: (event) => locks.run(chainEnd, () => add(event)),
    findOpen: async (principal, key) => {
      const sent = await database.selectFrom('audit').selectAll().where('principal', '=', principal).where('key', '=', key).where('of', 'is', null).orderBy('seq', 'desc').limit(1).executeTakeFirst()
      if (!sent) return undefined
      const known = (await knownOf([sent])).get(sent.seq)
      return known === undefined || known.state === 'checking' ? sent : undefined
    },
    list: async (filter, { offset, limit }) => {
      const sent = await database.selectFrom('audit').selectAll().where(matches(filter)).orderBy('seq', 'desc').offset(offset).limit(limit).execute()
      const { count } = await database
        .selectFrom('audit')
        .select((select) => select.fn.countAll<number>().as('count'))
        .where(matches(filter))
        .executeTakeFirstOrThrow()
      const { serverId, siteId, principal } = filter
      const operations = await database
        .selectFrom('audit')
        .select('operation')
        .distinct()
        .where(matches({ serverId, siteId, ...(principal === undefined ? {} : { principal }) }))
        .orderBy('operation')
        .execute()
      const known = await knownOf(sent)
      return { entries: sent.map((row) => ({ sent: row, known: known.get(row.seq) })), total: count, operations: operations.map(({ operation }) => operation) }
    },
    follow: () => {
      const now = clock.monotonic()
      if (followed !== undefined && now - followed.at < followEveryMs) return followed.result
      const mine = { at: now, result: locks.run(chainWalk, followAll) }
      followed = mine
      // A store that could not be read says nothing of the chain: the next who asks has it followed.
      mine.result.catch(() => {
        if (followed === mine) followed = undefined
      })
      return mine.result
    },
    purge: () => locks.run(chainWalk, deleteOldest),
  }
}

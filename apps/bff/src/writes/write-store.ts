import type { Database, WriteRow } from '../storage/database.ts'
import type { PrincipalKey } from '../session/principal.ts'

/** What is known of a write now. */
export type Settlement = Pick<WriteRow, 'state' | 'evidence' | 'problem' | 'result' | 'refused' | 'repeatable'>

/** The records of intentions. Each change is on the disk when its promise resolves. */
export interface WriteStore {
  /** False when this principal has used the key before. */
  claim(row: WriteRow): Promise<boolean>
  find(principal: PrincipalKey, key: string): Promise<WriteRow | undefined>
  /** Takes a record up again of which it is certain that Tableau did nothing. False when somebody else did. */
  reclaim(principal: PrincipalKey, key: string, startedAt: number): Promise<boolean>
  /** Keeps what was seen of the item before it is sent to. */
  remember(principal: PrincipalKey, key: string, before: string | null): Promise<void>
  settle(principal: PrincipalKey, key: string, settlement: Settlement): Promise<void>
  /** Forgets an intention of which nothing came. */
  release(principal: PrincipalKey, key: string): Promise<void>
  /** After a start: what was being sent when the process ended has an unknown outcome. Returns how many. */
  recover(evidence: string): Promise<number>
  /** Deletes what was started before, and the oldest beyond the bound. */
  purge(startedBefore: number): Promise<void>
}

const maxRecords = 100_000

export const createWriteStore = (database: Database): WriteStore => ({
  claim: async (row) => {
    const { numInsertedOrUpdatedRows } = await database
      .insertInto('writes')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  },
  find: (principal, key) =>
    database.selectFrom('writes').selectAll().where('principal', '=', principal).where('key', '=', key).executeTakeFirst(),
  reclaim: async (principal, key, startedAt) => {
    const { numUpdatedRows } = await database
      .updateTable('writes')
      .set({ state: 'sending', problem: null, before: null, result: null, refused: 0, repeatable: 0, started_at: startedAt })
      .where('principal', '=', principal)
      .where('key', '=', key)
      .where('state', '=', 'not_done')
      .where('repeatable', '=', 1)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  },
  remember: async (principal, key, before) => {
    await database.updateTable('writes').set({ before }).where('principal', '=', principal).where('key', '=', key).execute()
  },
  settle: async (principal, key, settlement) => {
    await database.updateTable('writes').set(settlement).where('principal', '=', principal).where('key', '=', key).execute()
  },
  release: async (principal, key) => {
    await database.deleteFrom('writes').where('principal', '=', principal).where('key', '=', key).execute()
  },
  recover: async (evidence) => {
    const { numUpdatedRows } = await database.updateTable('writes').set({ state: 'checking', evidence }).where('state', '=', 'sending').executeTakeFirst()
    return Number(numUpdatedRows)
  },
  purge: async (startedBefore) => {
    await database.deleteFrom('writes').where('started_at', '<', startedBefore).execute()
    const { count } = await database
      .selectFrom('writes')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count <= maxRecords) return
    const newest = await database.selectFrom('writes').select('started_at').orderBy('started_at', 'desc').offset(maxRecords).limit(1).executeTakeFirst()
    if (newest) await database.deleteFrom('writes').where('started_at', '<=', newest.started_at).execute()
  },
})

import type { Database, SessionRow } from '../storage/database.ts'

/** The most sessions that are kept; beyond it the one that was idle longest goes. */
const maxSessions = 20_000

/**
 * The sessions' table. There is insert, update-if-exists and delete, and no save: a slow request can therefore never bring
 * back a session that was signed out meanwhile.
 */
export interface SessionStore {
  insert(row: SessionRow): Promise<void>
  find(id: string): Promise<SessionRow | undefined>
  /** Moves the idle clock of a session that still lives. */
  touch(id: string, activeAt: number): Promise<void>
  /** Marks it as ended by Tableau and forgets its token; the browser is told at its next request. */
  end(id: string): Promise<void>
  /** True when this call deleted it. */
  remove(id: string): Promise<boolean>
  /** The living sessions of one owner, the newest first. */
  ofOwner(owner: string): Promise<SessionRow[]>
  /** Deletes what is over at `now`, or was last active before `idleSince`. */
  purge(now: number, idleSince: number): Promise<void>
}

export const createSessionStore = (database: Database, limit = maxSessions): SessionStore => ({
  insert: async (row) => {
    await database.insertInto('sessions').values(row).execute()
    const { count } = await database
      .selectFrom('sessions')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count <= limit) return
    const oldest = database
      .selectFrom('sessions')
      .select('id')
      .where('id', '!=', row.id)
      .orderBy('active_at')
      .limit(count - limit)
    await database.deleteFrom('sessions').where('id', 'in', oldest).execute()
  },
  find: (id) => database.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst(),
  touch: async (id, activeAt) => {
    await database
      .updateTable('sessions')
      .set({ active_at: activeAt })
      .where('id', '=', id)
      .where('ended', '=', 0)
      .where('active_at', '<', activeAt)
      .execute()
  },
  end: async (id) => {
    await database
      .updateTable('sessions')
      .set({ ended: 1, sealed: new Uint8Array(0) })
      .where('id', '=', id)
      .execute()
  },
  remove: async (id) => {
    const { numDeletedRows } = await database.deleteFrom('sessions').where('id', '=', id).executeTakeFirst()
    return numDeletedRows > 0n
  },
  ofOwner: (owner) => database.selectFrom('sessions').selectAll().where('owner', '=', owner).where('ended', '=', 0).orderBy('created_at', 'desc').execute(),
  purge: async (now, idleSince) => {
    await database
      .deleteFrom('sessions')
      .where((where) => where.or([where('expires_at', '<=', now), where('active_at', '<=', idleSince)]))
      .execute()
  },
})

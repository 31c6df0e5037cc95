import type { BulkActionName, BulkItemState, BulkRunState } from '@refreshboard/api-types'
import type { PrincipalKey } from '../session/principal.ts'
import type { BulkItemRow, BulkRunRow, Database } from '../storage/database.ts'
import { keysOf } from './bulk-rows.ts'

/** How far each of some runs is: the number of items by state. */
type CountsOf = ReadonlyMap<string, Partial<Record<BulkItemState, number>>>

/** What may be sent of an item: nothing was of any of its intentions, all that was is done, or one was refused or is not known. */
export type Standing = 'untouched' | 'begun' | 'over'

/** The runs and their items. Each change is on the disk when its promise resolves. */
export interface BulkStore {
  /** A run that is planned, or planned again: it replaces what was planned of it before. */
  plan(run: BulkRunRow, items: readonly BulkItemRow[]): Promise<void>
  /** Those that are not over and the last that are, the newest first. */
  list(principal: PrincipalKey): Promise<BulkRunRow[]>
  find(principal: PrincipalKey, id: string): Promise<BulkRunRow | undefined>
  /** Those, of anybody, that were started before then and are not over. */
  unfinished(startedBefore: number): Promise<BulkRunRow[]>
  items(id: string): Promise<BulkItemRow[]>
  countsOf(ids: readonly string[]): Promise<CountsOf>
  change(id: string, change: Partial<Omit<BulkRunRow, 'id' | 'principal'>>): Promise<void>
  changeItem(id: string, n: number, change: Partial<Omit<BulkItemRow, 'run_id' | 'n'>>): Promise<void>
  standing(principal: BulkRunRow['principal'], keys: readonly string[]): Promise<Standing>
  /** Whether another run with this action, of anybody, has an item of the same id on its way of which something was sent. */
  begunElsewhere(action: BulkActionName, item: Pick<BulkItemRow, 'run_id' | 'id'>): Promise<boolean>
  /**
   * After a start: what ran is interrupted (until when Tableau asked to wait is kept), and what was not sent yet although it was to be is planned. `knownSince`: of what was on
   * its way before that, no record tells any more whether it was sent.
   */
  recover(why: string, knownSince: number): Promise<void>
  /** Deletes plans from before `plannedBefore` that were never started, and what was over before `endedBefore` or is beyond the last. */
  purge(plannedBefore: number, endedBefore: number): Promise<void>
}

/** So many runs of a person are kept that are over. */
const keptEnded = 50

/** So many plans of a person are kept that were not started. */
const keptPlanned = 20

/** So many rows go into one statement: SQLite binds a bounded number of values. */
const rowsAtOnce = 100

const overStates: readonly BulkRunState[] = ['stopped', 'done']

const standingOf = async (database: Database, principal: string, keys: readonly string[]): Promise<Standing> => {
  if (keys.length === 0) return 'untouched'
  const rows = await database.selectFrom('writes').select(['state', 'repeatable']).where('principal', '=', principal).where('key', 'in', keys).execute()
  const sent = rows.filter(({ state, repeatable }) => state !== 'not_done' || repeatable === 0)
  if (sent.length === 0) return 'untouched'
  return sent.every(({ state }) => state === 'done') ? 'begun' : 'over'
}

export const createBulkStore = (database: Database): BulkStore => ({
  plan: (run, items) =>
    database.transaction().execute(async (store) => {
      await store.deleteFrom('bulk_items').where('run_id', '=', run.id).execute()
      await store.deleteFrom('bulk_runs').where('id', '=', run.id).execute()
      const newest = store.selectFrom('bulk_runs').select('id').where('principal', '=', run.principal).where('state', '=', 'planned').orderBy('planned_at', 'desc').limit(keptPlanned - 1)
      await store.deleteFrom('bulk_runs').where('principal', '=', run.principal).where('state', '=', 'planned').where('id', 'not in', newest).execute()
      await store.insertInto('bulk_runs').values(run).execute()
      for (let at = 0; at < items.length; at += rowsAtOnce) {
        await store
          .insertInto('bulk_items')
          .values(items.slice(at, at + rowsAtOnce))
          .execute()
      }
    }),
  list: async (principal) => {
    const runs = await database.selectFrom('bulk_runs').selectAll().where('principal', '=', principal).orderBy('planned_at', 'desc').orderBy('id').execute()
    let over = 0
    return runs.filter(({ state }) => !overStates.includes(state) || (over += 1) <= keptEnded)
  },
  find: (principal, id) => database.selectFrom('bulk_runs').selectAll().where('principal', '=', principal).where('id', '=', id).executeTakeFirst(),
  unfinished: (before) => database.selectFrom('bulk_runs').selectAll().where('state', 'not in', ['planned', ...overStates]).where('started_at', '<', before).execute(),
  items: (id) => database.selectFrom('bulk_items').selectAll().where('run_id', '=', id).orderBy('n').execute(),
  countsOf: async (ids) => {
    const rows = await database
      .selectFrom('bulk_items')
      .select((select) => ['run_id', 'state', select.fn.countAll<number>().as('count')])
      .where('run_id', 'in', ids)
      .groupBy(['run_id', 'state'])
      .execute()
    const counts = new Map<string, Partial<Record<BulkItemState, number>>>(ids.map((id) => [id, {}]))
    for (const { run_id: id, state, count } of rows) counts.set(id, { ...counts.get(id), [state]: count })
    return counts
  },
  change: async (id, change) => {
    if (Object.keys(change).length > 0) await database.updateTable('bulk_runs').set(change).where('id', '=', id).execute()
  },
  changeItem: async (id, n, change) => {
    await database.updateTable('bulk_items').set(change).where('run_id', '=', id).where('n', '=', n).execute()
  },
  standing: (principal, keys) => standingOf(database, principal, keys),
  begunElsewhere: async (action, { run_id: run, id }) => {
    const rows = await database
      .selectFrom('bulk_runs')
      .innerJoin('bulk_items', 'bulk_items.run_id', 'bulk_runs.id')
      .select(['bulk_runs.principal', 'bulk_items.keys'])
      .where('bulk_runs.action', '=', action)
      .where('bulk_runs.state', 'not in', ['planned', ...overStates])
      .where('bulk_runs.id', '!=', run)
      .where('bulk_items.id', '=', id)
      .where('bulk_items.state', 'in', ['sending', 'checking'])
      .execute()
    const standings = await Promise.all(rows.map((row) => standingOf(database, row.principal, keysOf(row))))
    return standings.some((standing) => standing !== 'untouched')
  },
  recover: (why, knownSince) =>
    database.transaction().execute(async (store) => {
      await store.updateTable('bulk_runs').set({ state: 'interrupted', why }).where('state', 'in', ['running', 'waiting']).execute()
      await store
        .updateTable('bulk_items')
        .set({ state: 'planned', evidence: null, sent_at: null })
        .where('state', '=', 'sending')
        .where('sent_at', '>', knownSince)
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('writes')
                .innerJoin('bulk_runs', 'bulk_runs.principal', 'writes.principal')
                .select('writes.key')
                .whereRef('bulk_runs.id', '=', 'bulk_items.run_id')
                .where((inner) => inner(inner.fn<number>('instr', ['bulk_items.keys', 'writes.key']), '>', 0)),
            ),
          ),
        )
        .execute()
    }),
  purge: async (plannedBefore, endedBefore) => {
    await database.deleteFrom('bulk_runs').where('state', '=', 'planned').where('planned_at', '<', plannedBefore).execute()
    await database.deleteFrom('bulk_runs').where('state', 'in', overStates).where('ended_at', '<', endedBefore).execute()
    const crowded = await database
      .selectFrom('bulk_runs')
      .select((select) => ['principal', select.fn.countAll<number>().as('count')])
      .where('state', 'in', overStates)
      .groupBy('principal')
      .having((having) => having.fn.countAll<number>(), '>', keptEnded)
      .execute()
    for (const { principal } of crowded) {
      const kept = database.selectFrom('bulk_runs').select('id').where('principal', '=', principal).where('state', 'in', overStates).orderBy('ended_at', 'desc').limit(keptEnded)
      await database.deleteFrom('bulk_runs').where('principal', '=', principal).where('state', 'in', overStates).where('id', 'not in', kept).execute()
    }
    await database.deleteFrom('bulk_items').where('run_id', 'not in', database.selectFrom('bulk_runs').select('id')).execute()
  },
})

import type { BulkItemRow, BulkRunRow } from '../storage/database.ts'
import type { BulkAction } from './bulk-action.ts'
import { keysOf } from './bulk-rows.ts'
import { halfDoneOf } from './half-done.ts'
import { isLost, lostOf } from './lost-track.ts'
import { isUnderWay } from './run-queue.ts'
import type { RunDeps } from './run-deps.ts'
import type { RunWork } from './run-work.ts'

export const restarted = 'The application was restarted. It goes on when you open this application again.'
const stopping = 'The application is being stopped. It goes on when you open this application again.'

/** What was on its way and is not finished: partly done, or nobody can tell. */
const closeItem = async ({ store, clock }: Pick<RunDeps, 'store' | 'clock'>, principal: BulkRunRow['principal'], action: BulkAction<unknown>, row: BulkItemRow): Promise<void> => {
  // No record means that nothing was sent only for as long as records are kept.
  if (isLost(row, clock.now())) return store.changeItem(row.run_id, row.n, lostOf(action, row))
  const standing = await store.standing(principal, keysOf(row))
  if (standing === 'untouched') await store.changeItem(row.run_id, row.n, { state: 'planned', evidence: null, sent_at: null })
  else if (standing === 'begun') await store.changeItem(row.run_id, row.n, { state: 'half_done', ...halfDoneOf(action, row, 'The run was stopped before the rest of it was done.') })
  else {
    const made = row.result === null ? '' : ` ${halfDoneOf(action, row, '').evidence ?? ''}`
    await store.changeItem(row.run_id, row.n, { state: 'unconfirmed', evidence: `The run was stopped before it was known what became of it. Look at it.${made}` })
  }
}

/** Ends a run of which nothing more is to be done: what it is then, to be written down. `why`: a sentence, where no person stopped it. */
export const closeRun = async (deps: Pick<RunDeps, 'store' | 'clock'>, principal: BulkRunRow['principal'], action: BulkAction<unknown>, id: string, why: string | null): Promise<Partial<BulkRunRow>> => {
  for (const row of await deps.store.items(id)) if (isUnderWay(row)) await closeItem(deps, principal, action, row)
  return { state: 'stopped', why, retry_at: null, ended_at: deps.clock.now() }
}

const afterStop = async (deps: RunDeps, action: BulkAction<unknown>, work: RunWork): Promise<Partial<BulkRunRow>> => {
  // It can be found out yet what became of it, when this person comes again.
  if (work.halt?.state === 'interrupted' && work.hasBegun) return { state: 'stopping', why: work.halt.why }
  return closeRun(deps, work.context.principal, action, work.run.id, null)
}

/** What a run is when nothing of it is under way any more. One that goes on later waits then for as long as Tableau asked. */
export const afterWork = async (deps: RunDeps, action: BulkAction<unknown>, work: RunWork): Promise<Partial<BulkRunRow>> => {
  const retry = { retry_at: work.retryAt }
  if (deps.stop.aborted) return work.wish === 'go' ? { state: 'interrupted', why: stopping, ...retry } : {}
  if (!work.hasMore) return { state: 'done', why: null, retry_at: null, ended_at: deps.clock.now() }
  if (work.wish === 'stop') return afterStop(deps, action, work)
  if (work.wish === 'pause') return work.halt && work.hasBegun ? { state: 'pausing', why: work.halt.why, ...retry } : { state: 'paused', why: null, ...retry }
  return { ...(work.halt ?? { state: 'interrupted', why: restarted }), ...retry }
}

import type { BulkActionName, BulkRunState } from '@refreshboard/api-types'
import { nameOfError } from '../http/logger.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { BulkRunRow } from '../storage/database.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Locks } from '../writes/locks.ts'
import type { BulkAction, BulkContext } from './bulk-action.ts'
import { afterWork } from './run-end.ts'
import { createRunRoom, noRoom } from './run-room.ts'
import type { RunDeps, Wish } from './run-deps.ts'
import { RunWork } from './run-work.ts'

/** What runs are carried out with, beside what each of them needs. */
export interface LauncherDeps extends RunDeps {
  /** The turns of each run, by its id. */
  readonly locks: Locks
  readonly actionOf: (name: BulkActionName) => BulkAction<unknown>
  /** A run of this person; throws `not_found`. */
  readonly find: (principal: PrincipalKey, id: string) => Promise<BulkRunRow>
  /** Keeps work that outlives its request from being cut off at a stop. */
  readonly background: (work: Promise<unknown>) => void
}

/** Begins to carry runs out, and writes down what they are when nothing of them is under way any more. */
export interface RunLauncher {
  /** The run while it is carried out. */
  atWork(id: string): RunWork | undefined
  /** Sends what is left to send; throws `conflict` where its person has as many under way as one has. Call under the lock of the run. */
  launch(run: BulkRunRow, context: BulkContext, change?: Partial<BulkRunRow>): Promise<void>
  /** Finishes what is on its way, and sends nothing more. Call under the lock of the run. */
  windUp(run: BulkRunRow, context: BulkContext, wish: 'pause' | 'stop'): Promise<void>
  /**
   * Goes on with what a restart or the end of a session interrupted. Call with what was just read, and with what its person wants of it:
   * nothing more is sent of what is to be paused or stopped.
   */
  goOn(context: BulkContext, run: BulkRunRow, wanted: Wish): Promise<void>
}

/** States in which it works, or would if this process had not just begun. */
export const wishIn: Partial<Record<BulkRunState, Wish>> = { running: 'go', waiting: 'go', interrupted: 'go', pausing: 'pause', stopping: 'stop' }

export const createRunLauncher = (deps: LauncherDeps): RunLauncher => {
  const { store, clock, log, background, stop, locks, actionOf, find } = deps
  const atWork = new Map<string, RunWork>()
  const room = createRunRoom(atWork)

  const carryOut = async (work: RunWork): Promise<void> => {
    const { id } = work.run
    for (let ended = false; !ended; ) {
      await work.work()
      ended = await locks.run(id, async () => {
        // It was resumed while the last item was being finished.
        if (work.wish === 'go' && work.hasMore && work.halt === undefined && !stop.aborted) return false
        atWork.delete(id)
        try {
          await store.change(id, await afterWork(deps, actionOf(work.run.action), work))
        } catch (error) {
          // It stands as running in the store, and goes on at the next visit.
          log.error('the state of a bulk run could not be recorded', { error: nameOfError(error) })
        }
        return true
      })
    }
  }

  const begin = async (run: BulkRunRow, context: BulkContext, wish: Wish, change: Partial<BulkRunRow>): Promise<void> => {
    if (stop.aborted) throw new ProblemError('overloaded', 'The application is being stopped. Nothing was begun; try again in a moment.')
    const action = actionOf(run.action)
    const items = await store.items(run.id)
    const waits = wish === 'go' && run.retry_at !== null && run.retry_at > clock.now()
    await store.change(run.id, { why: null, ...(wish === 'go' ? { retry_at: waits ? run.retry_at : null } : {}), ...change, ...(waits ? { state: 'waiting' } : {}) })
    const onWaiting = (until: number | undefined): Promise<void> =>
      locks.run(run.id, async () => {
        if (work.wish === 'go') await store.change(run.id, until === undefined ? { state: 'running', retry_at: null } : { state: 'waiting', retry_at: until })
      })
    const work = new RunWork(deps, { run, items, action, context, wish, onWaiting })
    atWork.set(run.id, work)
    background(carryOut(work))
  }

  const launch = async (run: BulkRunRow, context: BulkContext, change: Partial<BulkRunRow> = {}): Promise<void> => {
    if (await room.within(context.principal, () => begin(run, context, 'go', { state: 'running', ...change }))) return
    throw new ProblemError('conflict', `${noRoom} Nothing was begun; come back to this one when one of them is over or paused.`)
  }

  const launchAgain = async (run: BulkRunRow, context: BulkContext, wish: Wish): Promise<void> => {
    if (wish !== 'go') return begin(run, context, wish, {})
    if (await room.within(context.principal, () => begin(run, context, wish, { state: 'running' }))) return
    if (run.why !== noRoom) await store.change(run.id, { state: 'interrupted', why: noRoom })
  }

  const goOn = async (context: BulkContext, { id, state }: BulkRunRow, wanted: Wish): Promise<void> => {
    const known = atWork.get(id)
    if (known) known.context = context
    if (known || wishIn[state] === undefined || stop.aborted) return
    try {
      await locks.run(id, async () => {
        const run = await find(context.principal, id)
        const wish = wishIn[run.state]
        if (atWork.has(id) || wish === undefined || (wish === 'go' && wanted !== 'go')) return
        await launchAgain(run, context, wish)
      })
    } catch (error) {
      // Who only reads goes on reading while nothing can be written.
      if (!(error instanceof StorageError)) throw error
    }
  }

  return {
    atWork: (id) => atWork.get(id),
    launch,
    windUp: (run, context, wish) => begin(run, context, wish, { state: wish === 'pause' ? 'pausing' : 'stopping' }),
    goOn,
  }
}

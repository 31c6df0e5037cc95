import { randomUUID } from 'node:crypto'
import type { BulkActionName, BulkRun, BulkRunState, BulkRunWithItems } from '@refreshboard/api-types'
import type { TableauRequestLine } from '@refreshboard/tableau-client'
import { nameOfError } from '../http/logger.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { BulkRunRow } from '../storage/database.ts'
import { parsedJson } from '../storage/json.ts'
import { StorageError } from '../storage/storage-error.ts'
import { createLocks } from '../writes/locks.ts'
import type { BulkAction, BulkContext } from './bulk-action.ts'
import { itemOf, rowsOf, runOf, workOf } from './bulk-rows.ts'
import { differenceOf } from './plan-difference.ts'
import { requestsOf } from './rehearse.ts'
import { afterWork, restarted } from './run-end.ts'
import { recordsKnownMs, RunWork, type RunDeps, type Wish } from './run-work.ts'

/** Many writes that are asked for at once: planned, carried out one by one, and told one by one. */
export interface BulkRuns {
  /** Works out what would be done, and keeps it. Sends nothing. */
  plan(context: BulkContext, action: BulkActionName, wanted: unknown): Promise<BulkRunWithItems>
  list(context: BulkContext): Promise<BulkRun[]>
  get(context: BulkContext, id: string): Promise<BulkRunWithItems>
  start(context: BulkContext, id: string, digest: string): Promise<BulkRun>
  /**
   * What would be sent for one item, in order, worked out with a session of a rehearsal; none where nothing is left to send. What can
   * only be known from the reply to an earlier request is left out.
   */
  rehearse(context: BulkContext, id: string, n: number): Promise<readonly TableauRequestLine[]>
  pause(context: BulkContext, id: string): Promise<BulkRun>
  resume(context: BulkContext, id: string): Promise<BulkRun>
  stop(context: BulkContext, id: string): Promise<BulkRun>
  /** Call once at the start, after the writes have recovered. */
  recover(): Promise<void>
  purge(): Promise<void>
}

const plannedMs = 60 * 60_000
const endedMs = 30 * 24 * 60 * 60_000

/** So many runs of one person are carried out at a time: each has a few calls of Tableau under way, and others read there as well. */
const mostAtWork = 3

/** States in which it works, or would if this process had not just begun. */
const wishIn: Partial<Record<BulkRunState, Wish>> = { running: 'go', waiting: 'go', interrupted: 'go', pausing: 'pause', stopping: 'stop' }

const conflict = (detail: string): ProblemError => new ProblemError('conflict', detail)

export const createBulkRuns = (
  options: RunDeps & { actions: readonly BulkAction<unknown>[]; /** Keeps work that outlives its request from being cut off at a stop. */ background: (work: Promise<unknown>) => void },
): BulkRuns => {
  const { store, clock, log, background, stop } = options
  const actions = new Map(options.actions.map((action) => [action.action, action]))
  const locks = createLocks()
  const atWork = new Map<string, RunWork>()

  const actionOf = (name: BulkActionName): BulkAction<unknown> => {
    const action = actions.get(name)
    if (!action) throw new Error(`nobody carries out ${name}`)
    return action
  }

  const find = async (principal: PrincipalKey, id: string): Promise<BulkRunRow> => {
    const row = await store.find(principal, id)
    if (row) return row
    throw new ProblemError('not_found', 'There is no such run of yours on this site. A plan that was not started is kept for an hour, a run that is over for 30 days.')
  }

  const told = async (principal: PrincipalKey, id: string): Promise<BulkRun> => runOf(await find(principal, id), (await store.countsOf([id])).get(id) ?? {})

  const withItems = async (principal: PrincipalKey, id: string): Promise<BulkRunWithItems> => ({ ...(await told(principal, id)), items: (await store.items(id)).map(itemOf) })

  const carryOut = async (work: RunWork): Promise<void> => {
    const { id } = work.run
    for (let ended = false; !ended; ) {
      await work.work()
      ended = await locks.run(id, async () => {
        // It was resumed while the last item was being finished.
        if (work.wish === 'go' && work.hasMore && work.halt === undefined && !stop.aborted) return false
        atWork.delete(id)
        try {
          await store.change(id, await afterWork(options, actionOf(work.run.action), work))
        } catch (error) {
          // It stands as running in the store, and goes on at the next visit.
          log.error('the state of a bulk run could not be recorded', { error: nameOfError(error) })
        }
        return true
      })
    }
  }

  /** Call under the lock of the run. */
  const launch = async (run: BulkRunRow, context: BulkContext, wish: Wish, change: Partial<BulkRunRow>): Promise<void> => {
    if (stop.aborted) throw new ProblemError('overloaded', 'The application is being stopped. Nothing was begun; try again in a moment.')
    const action = actionOf(run.action)
    const items = await store.items(run.id)
    const waits = wish === 'go' && run.retry_at !== null && run.retry_at > clock.now()
    await store.change(run.id, { why: null, ...(wish === 'go' ? { retry_at: waits ? run.retry_at : null } : {}), ...change, ...(waits ? { state: 'waiting' } : {}) })
    const onWaiting = (until: number | undefined): Promise<void> =>
      locks.run(run.id, async () => {
        if (work.wish === 'go') await store.change(run.id, until === undefined ? { state: 'running', retry_at: null } : { state: 'waiting', retry_at: until })
      })
    const work = new RunWork(options, { run, items, action, context, wish, onWaiting })
    atWork.set(run.id, work)
    background(carryOut(work))
  }

  /** Call under the lock of the run, right before it is launched by hand. */
  const assertRoom = (principal: PrincipalKey): void => {
    const mine = [...atWork.values()].filter(({ run }) => run.principal === principal).length
    if (mine >= mostAtWork) throw conflict(`${mine} runs of yours are being carried out, which is as many as one person has at a time. Nothing was begun; come back to this one when one of them is over or paused.`)
  }

  /** Goes on with what a restart or the end of a session interrupted. Call with what was just read. */
  const goOn = async (context: BulkContext, { id, state }: BulkRunRow): Promise<void> => {
    const known = atWork.get(id)
    if (known) known.context = context
    if (known || wishIn[state] === undefined || stop.aborted) return
    try {
      await locks.run(id, async () => {
        const run = await find(context.principal, id)
        const wish = wishIn[run.state]
        if (atWork.has(id) || wish === undefined) return
        await launch(run, context, wish, wish === 'go' ? { state: 'running' } : {})
      })
    } catch (error) {
      // Who only reads goes on reading while nothing can be written.
      if (!(error instanceof StorageError)) throw error
    }
  }

  const replanned = async (context: BulkContext, run: BulkRunRow, action: BulkAction<unknown>): Promise<ReturnType<typeof rowsOf>> => {
    const wanted = parsedJson(run.wanted)
    const again = { id: run.id, principal: context.principal, wanted, plannedAt: clock.now() }
    try {
      return rowsOf(again, action, await action.plan(context, wanted))
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'validation') throw new ProblemError('changed_elsewhere', `${error.detail} Nothing was sent to Tableau.`, {}, { cause: error })
      throw error
    }
  }

  const start = async (context: BulkContext, run: BulkRunRow, digest: string): Promise<void> => {
    const action = actionOf(run.action)
    const before = await store.items(run.id)
    const plan = await replanned(context, run, action)
    if (plan.run.digest !== run.digest) await store.plan(plan.run, plan.items)
    if (plan.run.digest !== digest) {
      const changes = plan.run.digest === run.digest ? 'It was planned again since, and is not what you saw.' : differenceOf(before, plan.items)
      throw new ProblemError('changed_elsewhere', `${changes} Nothing was sent to Tableau; look at the new plan and start it then.`)
    }
    if (!plan.items.some(({ state }) => state === 'planned')) throw conflict('Nothing of it can be done: all are left out.')
    assertRoom(context.principal)
    await launch(plan.run.digest === run.digest ? run : plan.run, context, 'go', { state: 'running', started_at: clock.now() })
  }

  /** Does to a run what its state allows, one command after the other, and tells what it is then. */
  const command = async (context: BulkContext, id: string, act: (run: BulkRunRow, work: RunWork | undefined) => Promise<void>): Promise<BulkRun> => {
    await goOn(context, await find(context.principal, id))
    await locks.run(id, async () => act(await find(context.principal, id), atWork.get(id)))
    return told(context.principal, id)
  }

  return {
    plan: async (context, name, wanted) => {
      const action = actionOf(name)
      const id = randomUUID()
      const { run, items } = rowsOf({ id, principal: context.principal, wanted, plannedAt: clock.now() }, action, await action.plan(context, wanted))
      await store.plan(run, items)
      return withItems(context.principal, id)
    },
    list: async (context) => {
      for (const run of await store.list(context.principal)) await goOn(context, run)
      const runs = await store.list(context.principal)
      const counts = await store.countsOf(runs.map(({ id }) => id))
      return runs.map((run) => runOf(run, counts.get(run.id) ?? {}))
    },
    get: async (context, id) => {
      await goOn(context, await find(context.principal, id))
      return withItems(context.principal, id)
    },
    start: (context, id, digest) =>
      command(context, id, async (run) => {
        if (run.state === 'planned') await start(context, run, digest)
      }),
    rehearse: async (context, id, n) => {
      const run = await find(context.principal, id)
      const items = await store.items(id)
      const row = items[n]
      if (row === undefined || row.state === 'left_out') throw new ProblemError('not_found', 'The run has no such item to be sent.')
      const work = workOf(row, context.requestId, { resultOf: (at) => itemOf(items[at] ?? row).result, isBegunElsewhere: () => Promise.resolve(false), assertWanted: () => undefined })
      return requestsOf(actionOf(run.action), context, work)
    },
    pause: (context, id) =>
      command(context, id, async (run, work) => {
        if (run.state === 'pausing' || run.state === 'paused') return
        if (!work || work.wish !== 'go') throw conflict(`${run.state === 'planned' ? 'It was not started yet.' : run.state === 'halted' ? 'It was halted, and does not go on by itself.' : 'It is over, or being ended.'} There is nothing to pause.`)
        await store.change(id, { state: 'pausing' })
        work.wish = 'pause'
      }),
    resume: (context, id) =>
      command(context, id, async (run, work) => {
        if (run.state === 'running' || run.state === 'waiting') return
        if (run.state === 'planned') throw conflict('It was not started yet. Start it.')
        if (run.state === 'stopping' || run.state === 'stopped' || run.state === 'done') throw conflict('It is over, or being ended, so it cannot go on. Plan a new one for what is left.')
        if (!work) {
          assertRoom(context.principal)
          return launch(run, context, 'go', { state: 'running' })
        }
        await store.change(id, { state: work.retryAt === null ? 'running' : 'waiting', retry_at: work.retryAt })
        work.wish = 'go'
      }),
    stop: (context, id) =>
      command(context, id, async (run, work) => {
        if (run.state === 'stopping' || run.state === 'stopped') return
        if (run.state === 'planned') throw conflict('It was not started yet. There is nothing to stop.')
        if (run.state === 'done') throw conflict('Everything was done before it could be stopped.')
        if (!work) return launch(run, context, 'stop', { state: 'stopping' })
        await store.change(id, { state: 'stopping', retry_at: null })
        work.wish = 'stop'
      }),
    recover: () => store.recover(restarted, clock.now() - recordsKnownMs),
    purge: () => store.purge(clock.now() - plannedMs, clock.now() - endedMs),
  }
}

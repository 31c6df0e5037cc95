import { randomUUID } from 'node:crypto'
import type { BulkActionName, BulkRun, BulkRunWithItems } from '@refreshboard/api-types'
import type { TableauRequestLine } from '@refreshboard/tableau-client'
import { ProblemError } from '../http/problem-error.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { BulkRunRow } from '../storage/database.ts'
import { parsedJson } from '../storage/json.ts'
import { createLocks } from '../writes/locks.ts'
import type { BulkAction, BulkContext } from './bulk-action.ts'
import { itemOf, rowsOf, runOf, workOf } from './bulk-rows.ts'
import { endForgotten } from './forgotten-runs.ts'
import { recordsKnownMs } from './lost-track.ts'
import { differenceOf } from './plan-difference.ts'
import { requestsOf } from './rehearse.ts'
import { restarted } from './run-end.ts'
import { createRunLauncher, wishIn, type LauncherDeps } from './run-launcher.ts'
import type { Wish } from './run-deps.ts'
import type { RunWork } from './run-work.ts'

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

/** So many runs of one person are kept that were started and stand still, until that person goes on with them or stops them. */
const mostStanding = 50

const conflict = (detail: string): ProblemError => new ProblemError('conflict', detail)

export const createBulkRuns = (
  options: Omit<LauncherDeps, 'locks' | 'actionOf' | 'find'> & { actions: readonly BulkAction<unknown>[] },
): BulkRuns => {
  const { store, clock } = options
  const actions = new Map(options.actions.map((action) => [action.action, action]))
  const locks = createLocks()

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

  const launcher = createRunLauncher({ ...options, locks, actionOf, find })

  const told = async (principal: PrincipalKey, id: string): Promise<BulkRun> => runOf(await find(principal, id), (await store.countsOf([id])).get(id) ?? {})

  const withItems = async (principal: PrincipalKey, id: string): Promise<BulkRunWithItems> => ({ ...(await told(principal, id)), items: (await store.items(id)).map(itemOf) })

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

  const assertFewStand = async (principal: PrincipalKey): Promise<void> => {
    const standing = (await store.list(principal)).filter(({ id, state }) => launcher.atWork(id) === undefined && !['planned', 'stopped', 'done'].includes(state)).length
    if (standing >= mostStanding) throw conflict(`${standing} runs of yours are paused or halted, which is as many as are kept. Nothing was begun; stop one of them for good, or go on with it, and start this one then.`)
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
    await assertFewStand(context.principal)
    await launcher.launch(plan.run.digest === run.digest ? run : plan.run, context, { started_at: clock.now() })
  }

  /** Does to a run what its state allows, one command after the other, and tells what it is then. */
  const command = async (context: BulkContext, id: string, wanted: Wish, act: (run: BulkRunRow, work: RunWork | undefined) => Promise<void>): Promise<BulkRun> => {
    await launcher.goOn(context, await find(context.principal, id), wanted)
    await locks.run(id, async () => act(await find(context.principal, id), launcher.atWork(id)))
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
      for (const run of await store.list(context.principal)) await launcher.goOn(context, run, 'go')
      const runs = await store.list(context.principal)
      const counts = await store.countsOf(runs.map(({ id }) => id))
      return runs.map((run) => runOf(run, counts.get(run.id) ?? {}))
    },
    get: async (context, id) => {
      await launcher.goOn(context, await find(context.principal, id), 'go')
      return withItems(context.principal, id)
    },
    start: (context, id, digest) =>
      command(context, id, 'go', async (run) => {
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
      command(context, id, 'pause', async (run, work) => {
        if (run.state === 'pausing' || run.state === 'paused') return
        if (!work && wishIn[run.state] === 'go') return launcher.windUp(run, context, 'pause')
        if (!work || work.wish !== 'go') throw conflict(`${run.state === 'planned' ? 'It was not started yet.' : run.state === 'halted' ? 'It was halted, and does not go on by itself.' : 'It is over, or being ended.'} There is nothing to pause.`)
        await store.change(id, { state: 'pausing' })
        work.wish = 'pause'
      }),
    resume: (context, id) =>
      command(context, id, 'go', async (run, work) => {
        if (run.state === 'running' || run.state === 'waiting') return
        if (run.state === 'planned') throw conflict('It was not started yet. Start it.')
        if (run.state === 'stopping' || run.state === 'stopped' || run.state === 'done') throw conflict('It is over, or being ended, so it cannot go on. Plan a new one for what is left.')
        if (!work) return launcher.launch(run, context)
        await store.change(id, { state: work.retryAt === null ? 'running' : 'waiting', retry_at: work.retryAt })
        work.wish = 'go'
      }),
    stop: (context, id) =>
      command(context, id, 'stop', async (run, work) => {
        if (run.state === 'stopping' || run.state === 'stopped') return
        if (run.state === 'planned') throw conflict('It was not started yet. There is nothing to stop.')
        if (run.state === 'done') throw conflict('Everything was done before it could be stopped.')
        if (!work) return launcher.windUp(run, context, 'stop')
        await store.change(id, { state: 'stopping', retry_at: null })
        work.wish = 'stop'
      }),
    recover: () => store.recover(restarted, clock.now() - recordsKnownMs),
    purge: async () => {
      await endForgotten({ store, clock, locks, actionOf, isAtWork: (id) => launcher.atWork(id) !== undefined })
      await store.purge(clock.now() - plannedMs, clock.now() - endedMs)
    },
  }
}

import type { BulkActionName } from '@refreshboard/api-types'
import type { Locks } from '../writes/locks.ts'
import type { BulkAction } from './bulk-action.ts'
import { closeRun } from './run-end.ts'
import type { RunDeps } from './run-deps.ts'

const forgottenMs = 90 * 24 * 60 * 60_000
const forgotten = 'Nobody went on with it for so long that it was ended, 90 days after it was started. What was not sent by then was not sent.'

/** What the runs are looked through with. `locks`: the turns of each run, by its id. */
export interface ForgottenDeps extends Pick<RunDeps, 'store' | 'clock'> {
  readonly locks: Locks
  readonly actionOf: (name: BulkActionName) => BulkAction<unknown>
  readonly isAtWork: (id: string) => boolean
}

/** Stops what was started 90 days ago, is not over and is not carried out either. Its items tell what became of them, and what did not. */
export const endForgotten = async ({ store, clock, locks, actionOf, isAtWork }: ForgottenDeps): Promise<void> => {
  const before = clock.now() - forgottenMs
  for (const { id } of await store.unfinished(before)) {
    await locks.run(id, async () => {
      const run = (await store.unfinished(before)).find((one) => one.id === id)
      if (run === undefined || isAtWork(id)) return
      await store.change(id, await closeRun({ store, clock }, run.principal, actionOf(run.action), id, forgotten))
    })
  }
}

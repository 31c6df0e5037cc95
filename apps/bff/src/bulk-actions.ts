import { planBulkSchema } from '@refreshboard/api-types'
import { applySchedulesAction } from './apply-schedules.ts'
import { registered, type BulkAction } from './bulk/bulk-action.ts'
import type { Clock } from './clock.ts'
import type { ContentDirectories } from './directory/content-directories.ts'
import { bulkCancel } from './features/jobs/bulk-cancel.ts'
import type { ApplyDeps } from './features/schedules-as-code/apply-action.ts'
import { bulkState } from './features/schedules/bulk-state.ts'
import { bulkDelete } from './features/tasks/bulk-delete.ts'
import { bulkMove } from './features/tasks/bulk-move.ts'
import { bulkRun } from './features/tasks/bulk-run.ts'
import type { JobFeeds } from './live/job-feeds.ts'
import type { Shelves } from './shelves/shelves.ts'
import type { Locks } from './writes/locks.ts'

interface BulkActionsDeps {
  shelves: Shelves
  directories: ContentDirectories
  feeds: JobFeeds
  locks: Locks
  clock: Clock
  /** What a text of schedules is planned and applied with. */
  asCode: ApplyDeps
  /** Aborted when the process stops. */
  stop: AbortSignal
}

const [cancel, run, remove, move, suspend, resume] = planBulkSchema.options

/** Everything that can be done to many at once. */
export const createBulkActions = (deps: BulkActionsDeps): readonly BulkAction<unknown>[] => [
  registered(bulkCancel(deps.feeds), cancel),
  registered(bulkRun(deps), run),
  registered(bulkDelete(deps), remove),
  registered(bulkMove(deps), move),
  registered(bulkState(deps, 'schedules.suspend'), suspend),
  registered(bulkState(deps, 'schedules.resume'), resume),
  applySchedulesAction(deps.asCode),
]

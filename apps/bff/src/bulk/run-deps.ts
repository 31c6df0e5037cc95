import type { Clock } from '../clock.ts'
import type { Logger } from '../http/logger.ts'
import type { Writes } from '../writes/writes.ts'
import type { BulkStore } from './bulk-store.ts'

/** What a run is carried out with. */
export interface RunDeps {
  readonly store: BulkStore
  readonly writes: Writes
  readonly clock: Clock
  readonly log: Logger
  /** Aborted when the process stops: nothing more is sent then. */
  readonly stop: AbortSignal
  readonly lives: (sessionId: string) => Promise<boolean>
}

/** What a person wants of a run that is under way. */
export type Wish = 'go' | 'pause' | 'stop'

/** Why a run does not go on although it should. */
export interface Halt {
  readonly state: 'halted' | 'interrupted'
  readonly why: string
}

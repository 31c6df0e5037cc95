import type { Clock } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import { AccelerationShelf } from './acceleration-shelf.ts'
import { ScheduleShelf } from './schedule-shelf.ts'
import { TaskShelf } from './task-shelf.ts'

/** Shelves that nobody asked for this long are dropped. */
export const idleShelfMs = 5 * 60_000
const maxPrincipals = 200
/** Over all shelves; a row takes roughly half a kilobyte. */
const defaultMaxRows = 500_000

/** What one principal sees of schedules and tasks. */
export interface Shelf {
  readonly schedules: ScheduleShelf
  readonly tasks: TaskShelf
  /** Read where a server has data acceleration only. */
  readonly accelerations: AccelerationShelf
}

export interface Shelves {
  /** The shelf of a principal, made at the first question. */
  of(principal: PrincipalKey): Shelf
  /** Drops what nobody asks for, and the longest unasked beyond the bounds. */
  tidy(): void
  readonly count: number
  close(): void
}

interface Kept extends Shelf {
  readonly principal: PrincipalKey
  askedAt: number
}

const rowsHeld = ({ schedules, tasks, accelerations }: Shelf): number => schedules.rowsHeld + tasks.rowsHeld + accelerations.rowsHeld

/** One shelf for each principal: what one person may see is never shown to another. */
export const createShelves = (clock: Clock, { maxRows = defaultMaxRows }: { maxRows?: number } = {}): Shelves => {
  const shelves = new Map<PrincipalKey, Kept>()
  const drop = ({ principal, schedules, tasks, accelerations }: Kept): void => {
    schedules.close()
    tasks.close()
    accelerations.close()
    shelves.delete(principal)
  }
  const tidy = (): void => {
    const byAge = [...shelves.values()].toSorted((a, b) => a.askedAt - b.askedAt)
    let rows = byAge.reduce((sum, shelf) => sum + rowsHeld(shelf), 0)
    for (const shelf of byAge) {
      const idle = clock.monotonic() - shelf.askedAt >= idleShelfMs
      const busy = shelf.schedules.isReading || shelf.tasks.isReading || shelf.accelerations.isReading
      const crowded = (shelves.size > maxPrincipals || (rows > maxRows && shelves.size > 1)) && !busy
      if (!idle && !crowded) continue
      rows -= rowsHeld(shelf)
      drop(shelf)
    }
  }
  return {
    of: (principal) => {
      const known = shelves.get(principal)
      if (known) {
        known.askedAt = clock.monotonic()
        return known
      }
      const made = {
        principal,
        schedules: new ScheduleShelf(principal, clock),
        tasks: new TaskShelf(principal, clock),
        accelerations: new AccelerationShelf(principal, clock),
        askedAt: clock.monotonic(),
      }
      shelves.set(principal, made)
      tidy()
      return made
    },
    tidy,
    get count() {
      return shelves.size
    },
    close: () => {
      for (const shelf of shelves.values()) drop(shelf)
    },
  }
}

import type { Clock } from '../clock.ts'
import { indexLagMs } from './overlay.ts'

/**
 * What was read, or replied, one by one, beside a list: the later of the two is what was seen last. It is kept for as long as a list can
 * run behind.
 */
export class Taken<T> {
  readonly #clock: Clock
  readonly #taken = new Map<string, { value: T; at: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  take(id: string, value: T): void {
    const now = this.#clock.monotonic()
    for (const [one, { at }] of this.#taken) if (now - at >= indexLagMs) this.#taken.delete(one)
    this.#taken.set(id, { value, at: now })
  }

  forget(id: string): void {
    this.#taken.delete(id)
  }

  /** What was taken since a reading of the list began, by the monotonic clock; undefined: before there was a list. */
  since(id: string, listedAt: number | undefined): T | undefined {
    const taken = this.#taken.get(id)
    return taken === undefined || (listedAt !== undefined && taken.at < listedAt) ? undefined : taken.value
  }

  get size(): number {
    return this.#taken.size
  }
}

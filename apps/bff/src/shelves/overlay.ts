import type { Clock } from '../clock.ts'

/** A new or deleted item can be missing from Tableau's lists, or still be in them, for about this long. */
export const indexLagMs = 60_000

interface Item {
  readonly id: string
}

/**
 * What a person just made or deleted, over a list that does not show it yet: Tableau's search index runs behind its writes
 * (jobs-tasks-schedules reference, § Create Server Schedule, note).
 */
export class Overlay<T extends Item> {
  readonly #clock: Clock
  readonly #made = new Map<string, { item: T; until: number }>()
  readonly #gone = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  made(item: T): void {
    this.#prune()
    this.#made.set(item.id, { item, until: this.#clock.monotonic() + indexLagMs })
  }

  /** What was made a moment ago was changed since: until the list has it, it is shown as it is now. */
  changed(item: T): void {
    const made = this.#made.get(item.id)
    if (made !== undefined) this.#made.set(item.id, { ...made, item })
  }

  gone(id: string): void {
    this.#prune()
    this.#made.delete(id)
    this.#gone.set(id, this.#clock.monotonic() + indexLagMs)
  }

  /** Whether it was just deleted. */
  hides(id: string): boolean {
    this.#prune()
    return this.#gone.has(id)
  }

  /** The list with what was made, as long as it lacks that, and without what was deleted. */
  over(rows: readonly T[]): T[] {
    this.#prune()
    const shown = rows.filter(({ id }) => !this.#gone.has(id))
    if (this.#made.size === 0) return shown
    const listed = new Set(shown.map(({ id }) => id))
    return [...shown, ...[...this.#made.values()].flatMap(({ item }) => (listed.has(item.id) ? [] : [item]))]
  }

  get size(): number {
    return this.#made.size + this.#gone.size
  }

  #prune(): void {
    const now = this.#clock.monotonic()
    for (const [id, { until }] of this.#made) if (until <= now) this.#made.delete(id)
    for (const [id, until] of this.#gone) if (until <= now) this.#gone.delete(id)
  }
}

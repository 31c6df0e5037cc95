import type { BulkItemRow } from '../storage/database.ts'

/** Whether something of an item may have been sent, and it is not known what became of all of it. */
export const isUnderWay = ({ state }: BulkItemRow): boolean => state === 'sending' || state === 'checking'

/** The items of a run that are left to do, in order. */
export class RunQueue {
  readonly #rows: BulkItemRow[]
  /** Left on their way by an earlier process: finished even when the run is to pause. */
  readonly #begun: Set<BulkItemRow>

  constructor(items: readonly BulkItemRow[]) {
    this.#rows = items.filter((row) => row.state === 'planned' || isUnderWay(row))
    this.#begun = new Set(this.#rows.filter(isUnderWay))
  }

  get hasMore(): boolean {
    return this.#rows.length > 0
  }

  get hasBegun(): boolean {
    return this.#rows.some(isUnderWay)
  }

  /** Takes the next, or the next that an earlier process began. */
  take(which: 'any' | 'begun'): BulkItemRow | undefined {
    const row = which === 'any' ? this.#rows[0] : this.#rows.find((one) => this.#begun.has(one))
    if (row === undefined) return undefined
    this.#rows.splice(this.#rows.indexOf(row), 1)
    this.#begun.delete(row)
    return row
  }

  /** To be taken before all others. */
  putBack(row: BulkItemRow): void {
    if (!this.#rows.includes(row)) this.#rows.unshift(row)
  }
}

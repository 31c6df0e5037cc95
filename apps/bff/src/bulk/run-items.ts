import type { BulkItemState, WriteResult } from '@refreshboard/api-types'
import { toProblem } from '../http/error-mapper.ts'
import type { BulkItemRow } from '../storage/database.ts'
import type { BulkOutcome } from './bulk-action.ts'
import type { BulkStore } from './bulk-store.ts'
import { madeOf } from './half-done.ts'

/** How an item ends, with what there is to tell of it. */
type ItemEnd = { readonly state: BulkItemState } & Partial<Omit<BulkOutcome, 'state'>>

/** Writes down what becomes of the items of one run, and knows what they made. */
export class RunItems {
  readonly #store: BulkStore
  readonly #results = new Map<number, WriteResult>()

  /** `items`: all of the run. */
  constructor(store: BulkStore, items: readonly BulkItemRow[]) {
    this.#store = store
    for (const item of items) {
      const made = madeOf(item)
      if (made !== undefined) this.#results.set(item.n, made)
    }
  }

  /** What an item made, in this process or before. */
  resultOf(n: number): WriteResult | undefined {
    return this.#results.get(n)
  }

  /** Changes the row in the store, and then the one that is given. Throws a StorageError where nothing can be written. */
  async change(row: BulkItemRow, change: Partial<Omit<BulkItemRow, 'run_id' | 'n'>>): Promise<void> {
    await this.#store.changeItem(row.run_id, row.n, change)
    Object.assign(row, change)
  }

  /** Writes down how it ended. `requestId`: of whoever asked for it last. */
  async settle(row: BulkItemRow, requestId: string, { state, evidence, reason, result, problem }: ItemEnd): Promise<void> {
    if (result !== undefined) this.#results.set(row.n, result)
    await this.change(row, {
      state,
      evidence: evidence ?? null,
      ...(reason === undefined ? {} : { reason }),
      ...(result === undefined ? {} : { result: JSON.stringify(result) }),
      problem: problem === undefined ? null : JSON.stringify(toProblem(problem, requestId)),
    })
  }
}

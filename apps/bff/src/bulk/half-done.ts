import { writeResultSchema, type WriteResult } from '@refreshboard/api-types'
import type { BulkItemRow } from '../storage/database.ts'
import { parsedJson } from '../storage/json.ts'
import type { BulkAction, Carry, HalfDone } from './bulk-action.ts'
import { keysOf } from './bulk-rows.ts'

/** What an item has made so far, as its row has it. */
export const madeOf = ({ result }: Pick<BulkItemRow, 'result'>): WriteResult | undefined => (result === null ? undefined : writeResultSchema.parse(parsedJson(result)))

/** What to tell of an item of which a part is done, and `why` (a sentence) the rest is not. */
export const halfDoneOf = (action: BulkAction<unknown>, row: BulkItemRow, why: string): Partial<HalfDone> & Pick<HalfDone, 'reason'> =>
  action.halfDone?.(parsedJson(row.input), madeOf(row), why) ?? { ...(row.evidence === null ? {} : { evidence: row.evidence }), reason: `${why} A part of it was done before. Look at it.` }

/**
 * Carries, and writes down what the first of an item's intentions made as soon as it is known: whatever keeps the rest from being done,
 * the item tells that. `note` changes the row in the store.
 */
export const notingCarry = (carry: Carry, action: BulkAction<unknown>, row: BulkItemRow, note: (change: Pick<BulkItemRow, 'evidence' | 'result'>) => Promise<void>): Carry => {
  const [first, ...others] = keysOf(row)
  return async (context, intention) => {
    const carried = await carry(context, intention)
    if (others.length === 0 || intention.key !== first || carried.state !== 'done') return carried
    const words = action.halfDone?.(parsedJson(row.input), carried.result, '')
    await note({ evidence: words?.evidence ?? carried.evidence, result: carried.result === undefined ? null : JSON.stringify(carried.result) })
    return carried
  }
}

import type { BulkItemRow } from '../storage/database.ts'
import type { BulkAction, BulkOutcome } from './bulk-action.ts'
import { halfDoneOf } from './half-done.ts'

/** Records of writes are kept for a day; what has been on its way for longer is not tried again. */
export const recordsKnownMs = 23 * 60 * 60_000

/** Whether an item has been on its way for so long that no record may be left of what was sent. `now`: milliseconds since 1970. */
export const isLost = ({ sent_at: sentAt }: BulkItemRow, now: number): boolean => sentAt !== null && now - sentAt > recordsKnownMs

/** What to tell of an item of which no record is left: what its row says of a part that was done stays told. */
export const lostOf = (action: BulkAction<unknown>, row: BulkItemRow): Pick<BulkOutcome, 'state' | 'evidence' | 'reason'> => {
  if (row.result !== null && action.halfDone !== undefined) {
    const { evidence, reason } = halfDoneOf(action, row, 'It was not gone on with for so long that no record tells whether the rest was done; as far as is known it was not.')
    return { state: 'half_done', evidence: evidence ?? '', reason }
  }
  const made = row.result === null || row.evidence === null ? '' : ` ${row.evidence}`
  return { state: 'unconfirmed', evidence: `It was on its way when the run was interrupted, for so long ago that no record tells what became of it. Look at it.${made}` }
}

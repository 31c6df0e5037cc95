import type { BulkItem, BulkRun, BulkRunWithItems, IntentionKey } from '@refreshboard/api-types'
import { intentionKeySchema } from '@refreshboard/api-types'

const keyOf = (n: number): IntentionKey => intentionKeySchema.parse(`00000000-0000-4000-9000-${String(n).padStart(12, '0')}`)

/** One item of a run. */
export const anItem = (n: number, more: Partial<BulkItem> = {}): BulkItem => ({
  n,
  id: `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
  name: `Sales ${n + 1}`,
  step: 'act',
  will: 'It will be cancelled.',
  state: 'planned',
  keys: more.state === 'left_out' ? [] : [keyOf(n + 1)],
  ...more,
})

/** A run with its items, whose counts are those of the items. */
export const aRun = (items: BulkItem[], more: Partial<BulkRun> = {}): BulkRunWithItems => {
  const counts: BulkRun['counts'] = {}
  for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1
  return {
    id: '00000000-0000-4000-a000-000000000001',
    action: 'jobs.cancel',
    title: `Cancel ${items.length} jobs`,
    state: 'planned',
    digest: 'digest-1',
    warnings: [],
    counts,
    plannedAt: '2025-11-23T10:00:00Z',
    items,
    ...more,
  }
}

import type { BulkItem, BulkRunWithItems, BulkStep } from '@refreshboard/api-types'

/** What becomes of the items of a plan, in the order in which they are shown. */
const steps = [
  { step: 'create', words: 'Will be made' },
  { step: 'change', words: 'Will be changed' },
  { step: 'act', words: 'Will be done' },
  { step: 'delete', words: 'Will be deleted' },
  { step: 'cannot', words: 'Cannot be done' },
  { step: 'unchanged', words: 'Stays as it is' },
] as const satisfies readonly { step: BulkStep; words: string }[]

const writes: ReadonlySet<BulkStep> = new Set(['create', 'change', 'act', 'delete'])

/** Whether something is sent for it. */
const isWritten = ({ step, state }: BulkItem): boolean => writes.has(step) && state !== 'left_out'

/** How much would be written, and how much of it deleted. */
export const countsOf = ({ items }: BulkRunWithItems): { changes: number; deletes: number } => ({
  changes: items.filter(isWritten).length,
  deletes: items.filter((item) => isWritten(item) && item.step === 'delete').length,
})

export type PlanRow = { kind: 'head'; key: string; step: BulkStep; words: string; count: number } | { kind: 'item'; key: string; item: BulkItem }

/** The items by what becomes of them; what stays as it is only where that is wanted. */
export const rowsOfPlan = (items: readonly BulkItem[], withUnchanged: boolean): PlanRow[] =>
  steps.flatMap(({ step, words }): PlanRow[] => {
    const members = items.filter((item) => item.step === step)
    if (members.length === 0) return []
    const head: PlanRow = { kind: 'head', key: step, step, words, count: members.length }
    return step === 'unchanged' && !withUnchanged ? [head] : [head, ...members.map((item): PlanRow => ({ kind: 'item', key: `${item.n} ${item.id}`, item }))]
  })

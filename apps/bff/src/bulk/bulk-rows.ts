import { createHash, randomUUID } from 'node:crypto'
import { bulkItemSchema, bulkRunSchema, intentionKeySchema, type BulkItem, type BulkItemState, type BulkRun, type IntentionKey } from '@refreshboard/api-types'
import { z } from 'zod'
import { instant } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { BulkItemRow, BulkRunRow } from '../storage/database.ts'
import { parsedJson } from '../storage/json.ts'
import type { BulkAction, BulkPlan, BulkWork, PlannedItem } from './bulk-action.ts'

const optional = <K extends string>(name: K, text: string | null): Partial<Record<K, unknown>> => {
  const given: Partial<Record<K, unknown>> = {}
  if (text !== null) given[name] = parsedJson(text)
  return given
}

const isDone = ({ reason, step }: PlannedItem): boolean => reason === undefined && step !== 'unchanged' && step !== 'cannot'

/** Stands for what would be done to which. What is left out, and why, is no part of it: nothing is sent for it. */
const digestOf = (action: string, { items }: BulkPlan): string => {
  const done = items.filter(isDone).map(({ id, step, will, changes, input }) => [id, step, will, changes ?? null, input ?? null])
  return createHash('sha256').update(JSON.stringify([action, done])).digest('base64url')
}

/** The rows of a plan that was just made. */
export const rowsOf = (run: { id: string; principal: PrincipalKey; wanted: unknown; plannedAt: number }, action: BulkAction<unknown>, plan: BulkPlan): { run: BulkRunRow; items: BulkItemRow[] } => ({
  run: {
    id: run.id,
    principal: run.principal,
    action: action.action,
    wanted: JSON.stringify(run.wanted),
    title: plan.title,
    state: 'planned',
    why: null,
    retry_at: null,
    digest: digestOf(action.action, plan),
    warnings: JSON.stringify(plan.warnings),
    planned_at: run.plannedAt,
    started_at: null,
    ended_at: null,
  },
  items: plan.items.map((item, n) => ({
    run_id: run.id,
    n,
    id: item.id,
    name: item.name,
    about: item.about ?? null,
    step: item.step,
    will: item.will,
    changes: item.changes === undefined ? null : JSON.stringify(item.changes),
    state: isDone(item) ? 'planned' : 'left_out',
    reason: item.reason ?? null,
    evidence: null,
    problem: null,
    result: null,
    keys: JSON.stringify(isDone(item) ? Array.from({ length: action.intentions }, () => randomUUID()) : []),
    input: JSON.stringify(item.input ?? null),
    sent_at: null,
  })),
})

/** An item as the contract tells it. */
export const itemOf = (row: BulkItemRow): BulkItem =>
  bulkItemSchema.parse({
    n: row.n,
    id: row.id,
    name: row.name,
    step: row.step,
    will: row.will,
    state: row.state,
    ...(row.about === null ? {} : { about: row.about }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.evidence === null ? {} : { evidence: row.evidence }),
    ...optional('changes', row.changes),
    ...optional('problem', row.problem),
    ...optional('result', row.result),
    keys: parsedJson(row.keys),
  })

/** A run as the contract tells it. */
export const runOf = (row: BulkRunRow, counts: Partial<Record<BulkItemState, number>>): BulkRun =>
  bulkRunSchema.parse({
    id: row.id,
    action: row.action,
    title: row.title,
    state: row.state,
    digest: row.digest,
    warnings: parsedJson(row.warnings),
    counts,
    plannedAt: instant(row.planned_at),
    ...(row.why === null ? {} : { why: row.why }),
    ...(row.retry_at === null ? {} : { retryAt: instant(row.retry_at) }),
    ...(row.started_at === null ? {} : { startedAt: instant(row.started_at) }),
    ...(row.ended_at === null ? {} : { endedAt: instant(row.ended_at) }),
  })

const keysSchema = z.array(intentionKeySchema)

/** The intentions of an item, in order. */
export const keysOf = ({ keys }: Pick<BulkItemRow, 'keys'>): IntentionKey[] => keysSchema.parse(parsedJson(keys))

/** An item as it is carried out. */
export const workOf = (row: BulkItemRow, requestId: string, others: Pick<BulkWork, 'resultOf' | 'isBegunElsewhere' | 'assertWanted'>): BulkWork => {
  const keys = keysOf(row)
  return {
    id: row.id,
    name: row.name,
    input: parsedJson(row.input),
    requestOf: (place) => {
      const key = keys[place]
      if (key === undefined) throw new RangeError(`an item of ${row.run_id} has no intention ${place}`)
      return { key, requestId, bulkId: row.run_id }
    },
    ...others,
  }
}

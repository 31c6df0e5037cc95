import { listAudit, type OutputOf } from '@refreshboard/api-types'
import { call } from '../../lib/api.ts'
import { listEveryMs } from '../../components/data-age.tsx'
import { receiptNow, type Receipt } from '../../lib/live.ts'
import { readOf } from '../../lib/query.ts'
import { filterQuery, type AuditFilter } from './audit.search.ts'

/** Records of one window. */
export const windowSize = 100

export type AuditWindow = OutputOf<typeof listAudit>

/** One window as the cache holds it: with when it came. */
export type HeldAudit = AuditWindow & { receipt: Receipt }

interface Place {
  filter: AuditFilter
  before: number | undefined
  offset: number
}

const inputOf = ({ filter, before, offset }: Place, limit: number) => ({
  query: { ...filterQuery(filter), ...(before === undefined ? {} : { before: String(before) }), offset: String(offset), limit: String(limit) },
})

/** A window of the records; the newest are read again by themselves. */
export const auditWindow = (place: Place) => ({
  ...readOf(listAudit, inputOf(place, windowSize), { keep: (window): HeldAudit => ({ ...window, receipt: receiptNow() }) }),
  refetchInterval: listEveryMs,
})

/** One record, wherever it is in the list: the newest before the one after it. */
export const auditRecord = (seq: number) => readOf(listAudit, { query: { before: String(seq + 1), limit: '1' } }, { as: 'one' })

const exportWindow = 500

interface Collecting {
  filter: AuditFilter
  signal: AbortSignal
  /** So many of so many are here. */
  onProgress: (held: number, total: number) => void
}

/**
 * Every record that matches, window by window, each from where the one before ended: what comes to match or matches no more meanwhile
 * moves none of the others, so that none is there twice or missing.
 */
export const collectAudit = async ({ filter, signal, onProgress }: Collecting): Promise<AuditWindow> => {
  const first = await call(listAudit, inputOf({ filter, before: undefined, offset: 0 }, exportWindow), { signal })
  const rows = [...first.rows]
  onProgress(rows.length, first.total)
  let window = first.rows
  // One that is not full is the last.
  for (let last = window.at(-1); last !== undefined && window.length === exportWindow; last = window.at(-1)) {
    const { rows: next } = await call(listAudit, inputOf({ filter, before: last.seq, offset: 0 }, exportWindow), { signal })
    signal.throwIfAborted()
    rows.push(...next)
    onProgress(rows.length, Math.max(first.total, rows.length))
    window = next
  }
  return { ...first, rows }
}

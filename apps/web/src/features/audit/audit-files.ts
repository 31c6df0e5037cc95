import type { AuditRecord } from '@refreshboard/api-types'
import { csvOf, type Column } from '../../lib/csv.ts'
import type { AuditWindow } from './audit.queries.ts'
import { filterQuery, type AuditFilter } from './audit.search.ts'
import { operationWords, stateWords } from './audit-words.ts'

const columns: readonly Column<AuditRecord>[] = [
  ['seq', ({ seq }) => seq],
  ['at', ({ at }) => at],
  ['who', ({ who }) => who.name],
  ['who_id', ({ who }) => who.id],
  ['server', ({ serverId }) => serverId],
  ['site', ({ site }) => site],
  ['operation', ({ operation }) => operation],
  ['what', ({ operation }) => operationWords(operation)],
  ['target', ({ target }) => target.name],
  ['target_id', ({ target }) => target.id],
  ['state', ({ state }) => state],
  ['answer', ({ state }) => stateWords[state]],
  ['evidence', ({ evidence }) => evidence],
  ['tableau_code', ({ tableau }) => tableau?.code],
  ['tableau_summary', ({ tableau }) => tableau?.summary],
  ['tableau_detail', ({ tableau }) => tableau?.detail],
  ['known_at', ({ knownAt }) => knownAt],
  ['method', ({ request }) => request?.method],
  ['path', ({ request }) => request?.path],
  ['xml', ({ request }) => request?.xml],
  ['before', ({ before }) => (before === undefined ? undefined : JSON.stringify(before))],
  ['after', ({ after }) => (after === undefined ? undefined : JSON.stringify(after))],
  ['request_id', ({ requestId }) => requestId],
  ['intention', ({ key }) => key],
  ['bulk_run', ({ bulkId }) => bulkId],
]

/** The records as a table file, a line a record. */
export const auditCsv = (records: readonly AuditRecord[]): string => csvOf(columns, records)

/** The records as they are, with what they are all of. */
export const jsonOf = ({ rows, scope, chain }: AuditWindow, filter: AuditFilter): string => `${JSON.stringify({ scope, filter: filterQuery(filter), chain, records: rows }, undefined, 2)}\n`

import type { AuditRecord } from '@refreshboard/api-types'
import type { AuditWindow } from './audit.queries.ts'
import { filterQuery, type AuditFilter } from './audit.search.ts'
import { operationWords, stateWords } from './audit-words.ts'

const columns: readonly (readonly [name: string, of: (record: AuditRecord) => string | number | undefined])[] = [
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

/** A cell that a spreadsheet takes as text: names are other people's, and one that begins a formula is none. */
const cell = (value: string | number | undefined): string => {
  const text = String(value ?? '')
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The records as a table of text, by RFC 4180; a mark at its start tells spreadsheets that it is UTF-8. */
export const csvOf = (records: readonly AuditRecord[]): string =>
  `\uFEFF${[columns.map(([name]) => name), ...records.map((record) => columns.map(([, of]) => cell(of(record))))].map((line) => `${line.join(',')}\r\n`).join('')}`

/** The records as they are, with what they are all of. */
export const jsonOf = ({ rows, scope, chain }: AuditWindow, filter: AuditFilter): string => `${JSON.stringify({ scope, filter: filterQuery(filter), chain, records: rows }, undefined, 2)}\n`

import { auditRecordSchema, type AuditRecord } from '@refreshboard/api-types'
import { luid } from './fake-api.ts'

/** A change of a schedule that Tableau took. */
export const anAuditRecord = (more: Partial<AuditRecord> = {}): AuditRecord =>
  auditRecordSchema.parse({
    seq: 7,
    at: '2026-11-28T18:00:00Z',
    who: { id: luid(2), name: 'admin' },
    serverId: 'main',
    site: '',
    operation: 'schedules.update',
    target: { id: luid(7), name: 'Nightly' },
    request: { method: 'PUT', path: `/api/3.24/schedules/${luid(7)}`, xml: '<tsRequest><schedule priority="10"/></tsRequest>' },
    before: { Name: 'Nightly', Priority: '50' },
    after: { Name: 'Nightly', Priority: '10' },
    state: 'done',
    evidence: 'Tableau has saved the schedule.',
    knownAt: '2026-11-28T18:00:01Z',
    requestId: 'request-7',
    key: luid(70),
    ...more,
  })

/** A window of the audit. */
export const anAudit = (rows: readonly AuditRecord[], more: Record<string, unknown> = {}): Record<string, unknown> => ({
  rows,
  total: rows.length,
  scope: 'site',
  operations: ['schedules.update'],
  chain: { intact: true, checked: rows.length * 2 },
  ...more,
})

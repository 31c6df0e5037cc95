import { listAudit, maxAuditWindow, type AuditRecord } from '@refreshboard/api-types'
import { outputOf, type Browser } from './browser.ts'

/** Every record that this person is shown, the newest first. */
export const auditOf = async (browser: Browser, query = ''): Promise<AuditRecord[]> => {
  const rows: AuditRecord[] = []
  for (;;) {
    const window = outputOf(listAudit, await browser.get(`/api/audit?limit=${maxAuditWindow}&offset=${rows.length}${query}`))
    rows.push(...window.rows)
    if (window.rows.length === 0 || rows.length >= window.total) return rows
  }
}

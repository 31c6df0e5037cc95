import { createHmac } from 'node:crypto'
import type { AuditRow } from '../storage/database.ts'

/** What the first row of all is chained to. */
export const noRow = ''

/** Without the server's key nobody can change a row, or take one out, and make the chain whole again. */
export const hashOf = (serverKey: Uint8Array, before: string, row: Omit<AuditRow, 'hash'>): string =>
  createHmac('sha256', serverKey)
    .update('refreshboard audit')
    .update(JSON.stringify([before, row.seq, row.of, row.principal, row.server_id, row.site_id, row.at, row.key, row.operation, row.bulk_id, row.state, row.search, row.body]))
    .digest('base64url')

/** How far a chain was followed, and where it broke. */
export interface Followed {
  readonly intact: boolean
  readonly checked: number
  readonly brokenAt?: number
}

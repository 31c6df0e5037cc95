import { auditRecordSchema, type AuditRecord } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anAuditRecord } from '../../test/an-audit.ts'
import { auditCsv, jsonOf } from './audit-files.ts'
import { noFilter } from './audit.search.ts'

const fileSchema = z.object({ records: z.array(auditRecordSchema), filter: z.unknown(), scope: z.string() })

const lines = (record: AuditRecord): string[] => auditCsv([record]).replace('\uFEFF', '').split('\r\n')

describe('the audit as a file', () => {
  it('is a line for each record below the names of the columns', () => {
    const [head, line, end] = lines(anAuditRecord())
    expect(head).toMatch(/^seq,at,who,who_id,server,site,operation,what,target,target_id,state/)
    expect(line).toMatch(/^7,2026-11-28T18:00:00Z,admin,/)
    expect(end).toBe('')
  })

  it('tells a name that begins like a formula as text', () => {
    const [, line = ''] = lines(anAuditRecord({ target: { id: 'a', name: '＝1+1' } }))
    expect(line).toContain(`,'＝1+1,`)
  })

  it('as JSON holds the records as they are, and what they are all of', () => {
    const record = anAuditRecord()
    const text = jsonOf({ rows: [record], total: 1, scope: 'own', operations: [], chain: { intact: true, checked: 1 } }, { ...noFilter, q: 'nightly' })
    const read = fileSchema.parse(JSON.parse(text))
    expect(read.records).toEqual([record])
    expect([read.filter, read.scope]).toEqual([{ q: 'nightly' }, 'own'])
  })
})

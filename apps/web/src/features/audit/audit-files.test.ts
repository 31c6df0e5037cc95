import { auditRecordSchema, type AuditRecord } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anAuditRecord } from '../../test/an-audit.ts'
import { csvOf, jsonOf } from './audit-files.ts'
import { noFilter } from './audit.search.ts'

const fileSchema = z.object({ records: z.array(auditRecordSchema), filter: z.unknown(), scope: z.string() })

const lines = (record: AuditRecord): string[] => csvOf([record]).replace('\uFEFF', '').split('\r\n')

describe('the audit as a file', () => {
  it('is a line for each record below the names of the columns', () => {
    const [head, line, end] = lines(anAuditRecord())
    expect(head).toMatch(/^seq,at,who,who_id,server,site,operation,what,target,target_id,state/)
    expect(line).toMatch(/^7,2026-11-28T18:00:00Z,admin,/)
    expect(end).toBe('')
  })

  it.each(['=HYPERLINK("http://a")', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('takes the name %j as text, never as a formula', (name) => {
    const [, line = ''] = lines(anAuditRecord({ target: { id: 'a', name } }))
    expect(line).toContain(`'${name.replaceAll('"', '""')}`)
    expect(line).not.toMatch(/,(?:"?)[=+@\t\r-]/)
  })

  it('keeps quotes, commas and lines inside their cell', () => {
    const csv = csvOf([anAuditRecord({ evidence: 'It said "no",\nand went.' })])
    expect(csv).toContain('"It said ""no"",\nand went."')
  })

  it('as JSON holds the records as they are, and what they are all of', () => {
    const record = anAuditRecord()
    const text = jsonOf({ rows: [record], total: 1, scope: 'own', operations: [], chain: { intact: true, checked: 1 } }, { ...noFilter, q: 'nightly' })
    const read = fileSchema.parse(JSON.parse(text))
    expect(read.records).toEqual([record])
    expect([read.filter, read.scope]).toEqual([{ q: 'nightly' }, 'own'])
  })
})

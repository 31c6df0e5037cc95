import type { Content, ExtractsQuery } from '@refreshboard/api-types'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterRows, sortRows, type Row } from './extract-rows.ts'
import { datasourcesOf } from './workbook-datasources.ts'

const flag = fc.option(fc.boolean(), { nil: undefined })
const yesNo = fc.option(fc.constantFrom('yes' as const, 'no' as const), { nil: undefined })
const kind = fc.constantFrom<Content['kind']>('workbook', 'datasource')
const text = fc.option(fc.constantFrom('Sales', 'sales', 'Ärger', 'Zeit', ''), { nil: undefined })

const contentOf = (id: string, of: Partial<Content>): Content => ({ kind: 'workbook', ...of, id })
const row: fc.Arbitrary<Row> = fc
  .record({ id: fc.uuid(), kind, hasExtracts: flag, encryptExtracts: flag, scheduled: flag })
  .map(({ id, kind: of, hasExtracts, encryptExtracts, scheduled }) => ({
    content: contentOf(id, { kind: of, ...(hasExtracts === undefined ? {} : { hasExtracts }), ...(encryptExtracts === undefined ? {} : { encryptExtracts }) }),
    tasks: [],
    scheduled,
  }))
const query = fc.record({ kind: fc.option(kind, { nil: undefined }), extract: yesNo, encrypted: yesNo, scheduled: yesNo })

const matches = ({ content, scheduled }: Row, of: Partial<ExtractsQuery>): boolean =>
  (of.kind === undefined || content.kind === of.kind) &&
  (of.extract === undefined || content.hasExtracts === (of.extract === 'yes')) &&
  (of.encrypted === undefined || content.encryptExtracts === (of.encrypted === 'yes')) &&
  (of.scheduled === undefined || scheduled === (of.scheduled === 'yes'))

describe('the list of extracts', () => {
  it('finds what matches every filter, and counts for each what would match without it', () => {
    fc.assert(
      fc.property(fc.array(row), query, (rows, wanted) => {
        const { found, counts } = filterRows(rows, wanted)
        expect(found).toEqual(rows.filter((one) => matches(one, wanted)))
        const count = (of: Partial<ExtractsQuery>): number => rows.filter((one) => matches(one, { ...wanted, ...of })).length
        expect(counts).toEqual({
          kind: { workbook: count({ kind: 'workbook' }), datasource: count({ kind: 'datasource' }) },
          extract: { yes: count({ extract: 'yes' }), no: count({ extract: 'no' }) },
          encrypted: { yes: count({ encrypted: 'yes' }), no: count({ encrypted: 'no' }) },
          scheduled: { yes: count({ scheduled: 'yes' }), no: count({ scheduled: 'no' }) },
        })
      }),
    )
  })

  it('is in one order, whatever order it was read in; what has no value stands last', () => {
    const item = fc.record({ id: fc.uuid(), name: text, project: text }).map(({ id, name, project }) => ({
      content: contentOf(id, { ...(name === undefined ? {} : { name }), ...(project === undefined ? {} : { project: { name: project } }) }),
    }))
    const sorts = fc.constantFrom<ExtractsQuery['sort']>('name:asc', 'name:desc', 'project:asc', 'project:desc')
    fc.assert(
      fc.property(fc.uniqueArray(item, { selector: ({ content }) => content.id }), sorts, (items, sort) => {
        const sorted = sortRows(items, sort)
        expect(sortRows(items.toReversed(), sort)).toEqual(sorted)
        const values = sorted.map(({ content }) => (sort.startsWith('name') ? content.name : content.project?.name) ?? '')
        const without = values.filter((value) => value === '').length
        expect(values.slice(values.length - without).join('')).toBe('')
      }),
    )
  })

  it('sorts without regard to case and accents, and by date', () => {
    const named = ['sales 2', 'Ärger', 'Sales 1', 'zeit'].map((name, at) => ({ content: contentOf(`id ${at}`, { name, updatedAt: `2026-03-0${4 - at}T00:00:00Z` }) }))
    const names = (sort: ExtractsQuery['sort']) => sortRows(named, sort).map(({ content }) => content.name)
    expect(names('name:asc')).toEqual(['Ärger', 'Sales 1', 'sales 2', 'zeit'])
    expect(names('name:desc')).toEqual(['zeit', 'sales 2', 'Sales 1', 'Ärger'])
    expect(names('updatedAt:asc')).toEqual(['zeit', 'Sales 1', 'Ärger', 'sales 2'])
    expect(names('updatedAt:desc')).toEqual(['sales 2', 'Ärger', 'Sales 1', 'zeit'])
  })
})

describe('the data sources of a workbook', () => {
  it('are one row each, with the types of their connections', () => {
    const orders = { id: 'orders', name: 'Orders' }
    expect(datasourcesOf([{ type: 'sqlserver', datasource: orders }, { type: 'excel-direct' }, { type: 'excel-direct', datasource: orders }, { type: 'sqlserver', datasource: orders }, { datasource: { id: 'nameless' } }])).toEqual([
      { ...orders, connectionTypes: ['sqlserver', 'excel-direct'] },
      { id: 'nameless', connectionTypes: [] },
    ])
    expect(datasourcesOf([])).toEqual([])
  })
})

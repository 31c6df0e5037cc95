import { describe, expect, it } from 'vitest'
import { paths } from '../../app/paths.ts'
import { filterQuery, hasFilter, noFilter, openIn, opening, parseExtractsSearch } from './extracts.search.ts'

const parse = (text: string) => parseExtractsSearch(new URLSearchParams(text))
const empty = parse('')

describe('the address of the extracts page', () => {
  it('is bare when everything is as usual', () => {
    expect(paths.extracts()).toBe('/extracts')
    expect(paths.extracts(empty)).toBe('/extracts')
    expect(empty).toEqual({ ...noFilter, sort: 'name:asc' })
  })

  it('goes there and back', () => {
    const text = 'q=sales+%26+co&kind=datasource&extract=yes&encrypted=no&scheduled=yes&sort=updatedAt:desc&workbook=abc'
    expect(paths.extracts(parse(text))).toBe(`/extracts?${text}`)
  })

  it.each([
    ['kind=flow', {}],
    ['extract=maybe', {}],
    ['sort=size:asc', {}],
    [`q=${'x'.repeat(300)}`, {}],
    ['workbook=', {}],
    ['unknown=1', {}],
    ['kind=flow&extract=no', { extract: 'no' }],
  ])('opens with %s, leaving out what breaks a rule', (text, expected) => {
    expect(parse(text)).toEqual({ ...empty, ...expected })
  })
})

describe('the open one', () => {
  it('is a workbook or a data source, or none', () => {
    expect(openIn(parse('workbook=a'))).toEqual({ kind: 'workbook', id: 'a' })
    expect(openIn(parse('datasource=b'))).toEqual({ kind: 'datasource', id: 'b' })
    expect(openIn(empty)).toBeUndefined()
  })

  it('takes the place of another one in the address', () => {
    expect(paths.extracts({ ...parse('workbook=a'), ...opening({ kind: 'datasource', id: 'b' }) })).toBe('/extracts?datasource=b')
    expect(paths.extracts({ ...parse('workbook=a'), ...opening(undefined) })).toBe('/extracts')
  })
})

describe('the filter', () => {
  it('is what the contract wants', () => {
    expect(filterQuery(parse('q=x&kind=workbook&extract=no&encrypted=yes&scheduled=no'))).toEqual({ q: 'x', kind: 'workbook', extract: 'no', encrypted: 'yes', scheduled: 'no' })
    expect(filterQuery(empty)).toEqual({})
  })

  it('is there or not', () => {
    expect(hasFilter(empty)).toBe(false)
    expect(hasFilter(parse('sort=owner:desc&workbook=x'))).toBe(false)
    for (const text of ['q=x', 'kind=workbook', 'extract=no', 'encrypted=yes', 'scheduled=no']) expect(hasFilter(parse(text))).toBe(true)
  })
})

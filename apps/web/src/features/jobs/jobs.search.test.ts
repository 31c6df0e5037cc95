import { describe, expect, it } from 'vitest'
import { emptySearch, filterQuery, formatJobsSearch, hasFilter, parseJobsSearch } from './jobs.search.ts'

const parse = (text: string) => parseJobsSearch(new URLSearchParams(text))

describe('the address of the jobs page', () => {
  it('is bare when everything is as usual', () => {
    expect(formatJobsSearch({})).toBe('')
    expect(formatJobsSearch(emptySearch)).toBe('')
    expect(parse('')).toEqual(emptySearch)
  })

  it('goes there and back', () => {
    const text = 'status=Failed,Pending&type=refresh_extracts&q=sales+%26+co&from=2025-11-23T00:00:00.000Z&sort=ran:desc&row=48998&upTo=2025-11-23T10:00:00Z&job=abc'
    expect(formatJobsSearch(parse(text))).toBe(text)
  })

  it.each([
    ['status=Broken,Failed', { status: ['Failed'] }],
    ['sort=fancy:up', { sort: 'createdAt:desc' }],
    ['row=-4', { row: 0 }],
    ['row=many', { row: 0 }],
    ['from=yesterday', { from: undefined }],
    [`q=${'x'.repeat(300)}`, { q: '' }],
    ['job=', { job: undefined }],
    ['unknown=1', {}],
  ])('opens with %s, leaving out what breaks a rule', (text, expected) => {
    expect(parse(text)).toEqual({ ...emptySearch, ...expected })
  })

  it('keeps the instant only where a row is named', () => {
    expect(formatJobsSearch({ upTo: '2025-11-23T10:00:00Z' })).toBe('')
  })
})

describe('the filter', () => {
  it('is what the contract wants, in one order', () => {
    expect(filterQuery(parse('status=Pending,Failed&type=b,a'))).toEqual({ status: 'Failed,Pending', type: 'a,b' })
    expect(filterQuery(emptySearch)).toEqual({})
  })

  it('is there or not', () => {
    expect(hasFilter(emptySearch)).toBe(false)
    expect(hasFilter(parse('sort=ran:desc&row=5&job=x'))).toBe(false)
    expect(hasFilter(parse('q=x'))).toBe(true)
  })
})

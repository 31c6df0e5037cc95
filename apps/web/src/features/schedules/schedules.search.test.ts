import { describe, expect, it } from 'vitest'
import { paths } from '../../app/paths.ts'
import { emptySearch, hasFilter, parseSchedulesSearch } from './schedules.search.ts'

const parse = (text: string) => parseSchedulesSearch(new URLSearchParams(text))

describe('the address of the schedules page', () => {
  it('is bare when everything is as usual', () => {
    expect(paths.schedules()).toBe('/schedules')
    expect(paths.schedules(emptySearch)).toBe('/schedules')
    expect(parse('')).toEqual(emptySearch)
  })

  it('goes there and back', () => {
    const text = 'view=week&q=month+end&type=Extract,Flow&state=Suspended&sort=tasks:desc&day=2026-11-23&suspended=hide'
    expect(paths.schedules(parse(text))).toBe(`/schedules?${text}`)
  })

  it('keeps types and states that this version does not know', () => {
    expect(parse('type=Holographic&state=Dreaming')).toMatchObject({ type: ['Holographic'], state: ['Dreaming'] })
  })

  it.each([
    ['view=calendar', { view: 'table' }],
    ['sort=fancy:up', { sort: 'name:asc' }],
    ['day=2026-02-30', { day: undefined }],
    ['day=yesterday', { day: undefined }],
    ['suspended=maybe', { suspended: 'show' }],
    [`q=${'x'.repeat(300)}`, { q: '' }],
    ['type=,,', { type: [] }],
    ['unknown=1', {}],
  ])('opens with %s, leaving out what breaks a rule', (text, expected) => {
    expect(parse(text)).toEqual({ ...emptySearch, ...expected })
  })
})

describe('the filter', () => {
  it('is there or not', () => {
    expect(hasFilter(emptySearch)).toBe(false)
    expect(hasFilter(parse('view=week&day=2026-11-23&sort=next:asc'))).toBe(false)
    expect(hasFilter(parse('state=Active'))).toBe(true)
  })
})

import { sessionSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { aDetail } from '../../test/an-extract.ts'
import { aSession } from '../../test/fake-api.ts'
import { settledByMode, whyNotCreate, whyNotDelete, whyNotSetEncryption } from './extracts-can.ts'

const session = sessionSchema.parse(aSession())
const old = sessionSchema.parse(aSession({ cans: { manageExtracts: { allowed: false, reason: 'Since API version 3.5 only.' } } }))
const foreign = aDetail({ manage: { allowed: false, reason: 'Not yours.' }, setEncryption: { allowed: false, reason: 'Not yours to encrypt.' } })
const off = { runNow: { allowed: false, reason: 'Run now is switched off.' } } as const
const on = { runNow: { allowed: true } } as const
const datasource = { kind: 'datasource' } as const

describe('creating an extract', () => {
  it('is offered, for a workbook that has one too: of its other data sources', () => {
    expect(whyNotCreate(aDetail(), session, on)).toBeUndefined()
    expect(whyNotCreate(aDetail({ hasExtracts: false }), session, undefined)).toBeUndefined()
    expect(whyNotCreate(aDetail({ ...datasource, hasExtracts: false }), session, on)).toBeUndefined()
  })

  it.each([
    ['this version has none', aDetail(), old, on, 'Since API version 3.5 only.'],
    ['it is not theirs', foreign, session, on, 'Not yours.'],
    ['the site runs nothing by hand', aDetail(), session, off, 'Run now is switched off.'],
    ['the data source has one', aDetail(datasource), session, on, 'It has its extract already.'],
    ['its id cannot be sent', aDetail({ id: 'x' }), session, on, 'Tableau gave it an id that it does not accept back.'],
  ])('is not offered where %s', (_why, item, who, site, reason) => {
    expect(whyNotCreate(item, who, site)).toBe(reason)
  })
})

describe('deleting an extract', () => {
  it('is offered, whatever may be run by hand', () => {
    expect(whyNotDelete(aDetail(), session)).toBeUndefined()
    expect(whyNotDelete(aDetail({ ...datasource, hasExtracts: undefined }), session)).toBeUndefined()
  })

  it.each([
    [aDetail({ hasExtracts: false }), session, 'It has no extract: the workbook asks its data live.'],
    [aDetail({ ...datasource, hasExtracts: false }), session, 'It has no extract: the data source asks its data live.'],
    [foreign, session, 'Not yours.'],
    [aDetail(), old, 'Since API version 3.5 only.'],
  ])('is not offered: %#', (item, who, reason) => {
    expect(whyNotDelete(item, who)).toBe(reason)
  })
})

describe('encryption of one item', () => {
  it('is for its owner and administrators', () => {
    expect(whyNotSetEncryption(aDetail())).toBeUndefined()
    expect(whyNotSetEncryption(foreign)).toBe('Not yours to encrypt.')
  })

  it.each([
    ['enforced', /enforces/],
    ['disabled', /disabled/],
  ])('is settled for all where the site’s mode is %s', (mode, words) => {
    expect(settledByMode(mode)).toMatch(words)
  })

  it('is not settled where items say, or where the mode is not told', () => {
    expect(settledByMode('enabled')).toBeUndefined()
    expect(settledByMode(undefined)).toBeUndefined()
  })
})

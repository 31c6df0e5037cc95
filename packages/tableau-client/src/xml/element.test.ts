import * as fc from 'fast-check'
import { instantSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { canonicalInstant, instantFields, intFields, optionalFlag, optionalWord, XmlReadError } from './element.ts'

describe('instants', () => {
  it.each([
    ['2018-04-17T23:00:15Z', '2018-04-17T23:00:15Z'],
    ['2018-04-17T23:00:15z', '2018-04-17T23:00:15Z'],
    ['2018-04-17T23:00:15+00:00', '2018-04-17T23:00:15Z'],
    ['2018-04-17T23:00:15+0000', '2018-04-17T23:00:15Z'],
    ['2023-05-24T15:48:40-0700', '2023-05-24T22:48:40Z'],
    ['2023-12-31T23:48:40-0030', '2024-01-01T00:18:40Z'],
    ['2024-03-01T00:15:00+05:30', '2024-02-29T18:45:00Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z'],
    ['2018-04-31T23:00:15Z', undefined],
    ['2023-02-29T23:00:15Z', undefined],
    ['2018-04-17T23:00:15.987Z', '2018-04-17T23:00:15Z'],
    ['2018-04-17T24:00:00Z', undefined],
    ['2018-13-17T23:00:15Z', undefined],
    ['2018-04-17T23:60:15Z', undefined],
    ['2018-04-17T23:00:15', undefined],
    ['2018-04-17', undefined],
    ['2018-04-17 23:00:15Z', undefined],
    ['0000-01-01T00:00:00+12:00', undefined],
    [' 2018-04-17T23:00:15Z', undefined],
    ['2018-04-17T23:00:15Z\n', undefined],
    ['', undefined],
  ])('%s → %s', (text, instant) => {
    expect(canonicalInstant(text)).toBe(instant)
  })

  it('keep their moment and satisfy the contract', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), fc.integer({ min: -720, max: 840 }), (date, offset) => {
        const seconds = Math.floor(date.getTime() / 1000) * 1000
        const local = new Date(seconds + offset * 60_000).toISOString().slice(0, 19)
        const size = Math.abs(offset)
        const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`
        const instant = canonicalInstant(`${local}${zone}`)
        expect(instantSchema.parse(instant)).toBe(`${new Date(seconds).toISOString().slice(0, 19)}Z`)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('fields that may be absent', () => {
  const element = (attributes: Record<string, string>) => ({ name: 'a', attributes, children: [], text: '' })

  it('are left out when they are absent or empty', () => {
    for (const bare of [element({}), element({ id: '', n: '', at: '', on: '' })]) {
      expect({ ...optionalWord(bare, 'id'), ...intFields(bare, 'n'), ...instantFields(bare, 'at'), ...optionalFlag(bare, 'on') }).toStrictEqual({})
    }
  })

  it('are given under their names', () => {
    const full = element({ id: 'x', n: '-1', m: '2', at: '2018-04-17T23:00:15z', on: 'True', off: '0' })
    expect({ ...optionalWord(full, 'id'), ...intFields(full, 'n', 'm'), ...instantFields(full, 'at'), ...optionalFlag(full, 'on'), ...optionalFlag(full, 'off') }).toStrictEqual({
      id: 'x',
      n: -1,
      m: 2,
      at: '2018-04-17T23:00:15Z',
      on: true,
      off: false,
    })
  })

  it('that are numbers and instants must be such; what is neither yes nor no says nothing', () => {
    expect(() => intFields(element({ n: 'many' }), 'n')).toThrow(XmlReadError)
    expect(() => instantFields(element({ at: 'soon' }), 'at')).toThrow(XmlReadError)
    expect(optionalFlag(element({ on: 'perhaps' }), 'on')).toStrictEqual({})
  })
})

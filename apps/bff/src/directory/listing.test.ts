import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Content } from '@refreshboard/api-types'
import { fold } from './fold.ts'
import { Listing } from './listing.ts'

const noNames = { project: () => undefined, owner: () => undefined }

const namesInOrder = (...names: (string | undefined)[]): (string | undefined)[] =>
  new Listing({ workbook: names.map((name, at): Content => ({ kind: 'workbook', id: `w${at}`, ...(name === undefined ? {} : { name }) })), datasource: [] }, noNames)
    .contents('workbook')
    .map(({ name }) => name)

describe('the order of names', () => {
  it('knows neither case nor accents', () => {
    expect(namesInOrder('zebra', 'Überfällig', 'apple', 'Éclair', 'Zoo', 'umsatz', 'eclair', 'ＦＵＬＬ', 'Fuller', undefined, '10', '9', '')).toEqual([
      '', '10', '9', 'apple', 'eclair', 'Éclair', 'ＦＵＬＬ', 'Fuller', 'Überfällig', 'umsatz', 'zebra', 'Zoo', undefined,
    ])
  })

  it('is the same in whatever order the rows came', () => {
    const name = fc.oneof(fc.constantFrom('a', 'A', 'á', 'Á', 'b', 'B', ''), fc.string({ unit: 'grapheme', maxLength: 3 }))
    const rows = fc.uniqueArray(fc.record({ id: fc.string({ maxLength: 3 }), name: fc.option(name, { nil: undefined }) }), { selector: ({ id }) => id, maxLength: 12 })
    const order = (list: readonly { id: string; name: string | undefined }[]): string[] =>
      new Listing({ workbook: [], datasource: list.map((row): Content => ({ kind: 'datasource', id: row.id, ...(row.name === undefined ? {} : { name: row.name }) })) }, noNames)
        .contents('datasource')
        .map(({ id }) => id)
    fc.assert(
      fc.property(
        rows.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }))),
        ([list, shuffled]) => {
          expect(order(shuffled)).toEqual(order(list))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is worked out once', () => {
    const listing = new Listing({ workbook: [{ kind: 'workbook', id: 'w', name: 'Book' }], datasource: [] }, noNames)
    expect(listing.contents('workbook')).toBe(listing.contents('workbook'))
  })
})

describe('a folded text', () => {
  it.each([
    ['Größe & Maß', 'grosse & mass'],
    ['Müller', 'MULLER'],
    ['Dušan Novák', 'dusan novak'],
    ['ΟΔΟΣ', 'οδος'],
    ['ﬁnance', 'FINANCE'],
    ['Café', 'Cafe\u0301'],
    ['İstanbul', 'istanbul'],
  ])('of %s is that of %s', (one, other) => {
    expect(fold(one)).toBe(fold(other))
  })

  it.each([
    ['が', 'か'],
    ['a', 'b'],
    ['ы', 'ь'],
  ])('of %s is not that of %s', (one, other) => {
    expect(fold(one)).not.toBe(fold(other))
  })
})

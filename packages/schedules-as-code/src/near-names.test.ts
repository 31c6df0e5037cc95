import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { alikeKey } from './alike.ts'
import { nearGuard, slack } from './near-names.ts'

/** How many letters are changed, left out, added or swapped, by the whole table. */
const distance = (a: string, b: string): number => {
  const table = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  const at = (i: number, j: number): number => table[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    table.push(row)
    for (let j = 1; j <= b.length; j += 1) {
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY))
    }
  }
  return at(a.length, b.length)
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 24 })
const edits = fc.array(fc.tuple(fc.nat(24), fc.constantFrom('a', 'c', '', 'swap')), { maxLength: 6 })
const edited = (name: string, [at, edit]: [number, string]): string => {
  if (edit === '') return `${name.slice(0, at)}${name.slice(at + 1)}`
  return edit === 'swap' ? `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}` : `${name.slice(0, at)}${edit}${name.slice(at)}`
}

it('a name is near where few of its letters are other ones, as the whole table has it', () => {
  const near = nearGuard()
  fc.assert(
    fc.property(letters, edits, (name, steps) => {
      const other = steps.reduce(edited, name)
      const [a, b] = [alikeKey(name), alikeKey(other)]
      expect(near(name, other)).toBe(distance(a, b) <= Math.max(slack(a), slack(b)) ? 'near' : 'far')
    }),
    { numRuns: 3000 },
  )
})

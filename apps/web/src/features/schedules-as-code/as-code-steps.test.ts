import type { BulkItem, BulkStep } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { rangeOfLine } from './as-code-lines.ts'
import { rowsOfPlan } from './as-code-steps.ts'

const item = (n: number, step: BulkStep): BulkItem => ({ n, id: `${n}`, name: `Schedule ${n}`, step, will: 'It changes', state: 'planned', keys: [] })

describe('the rows of a plan', () => {
  const items = [item(0, 'unchanged'), item(1, 'delete'), item(2, 'create'), item(3, 'change'), item(4, 'unchanged'), item(5, 'cannot')]
  const told = (withUnchanged: boolean) => rowsOfPlan(items, withUnchanged).map((row) => (row.kind === 'head' ? `${row.words} ${row.count}` : row.item.name))

  it('are grouped by what becomes of each, and what stays is only counted', () => {
    expect(told(false)).toEqual(['Will be made 1', 'Schedule 2', 'Will be changed 1', 'Schedule 3', 'Will be deleted 1', 'Schedule 1', 'Cannot be done 1', 'Schedule 5', 'Stays as it is 2'])
  })

  it('name what stays where that is wanted', () => {
    expect(told(true).slice(-3)).toEqual(['Stays as it is 2', 'Schedule 0', 'Schedule 4'])
  })
})

describe('a line of a text', () => {
  it.each([
    ['a\nbc\nd', 1, 'a'],
    ['a\nbc\nd', 2, 'bc'],
    ['a\nbc\nd', 3, 'd'],
    ['a\nbc\nd', 9, 'd'],
    ['', 1, ''],
  ])('of %j: %i', (text, line, found) => {
    const { start, end } = rangeOfLine(text, line)
    expect(text.slice(start, end)).toBe(found)
  })
})

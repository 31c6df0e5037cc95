import { describe, expect, it } from 'vitest'
import type { Fire } from './week-layout.ts'
import { pileInWords } from './week-names.ts'

const fires = ['a', 'b', 'b'].map((rowId, index): Fire => ({ rowId, at: index, minute: index, tasks: rowId === 'a' ? 10 : 1, suspended: false }))

describe('a pile in words', () => {
  it('tells how many schedules and tasks start, or of tasks how many', () => {
    expect(pileInWords(fires, 'schedule')).toBe('2 schedules, 12 tasks')
    expect(pileInWords(fires, 'task')).toBe('2 tasks')
  })
})

import { describe, expect, it } from 'vitest'
import { aBareTask, aTask, aWorkbook } from '../test/a-task.ts'
import { failureWords, nextRunOf, refreshTypeWords, scheduleName, taskName } from './task-words.ts'
import { luid } from '../test/fake-api.ts'

describe('a task in words', () => {
  it.each([
    [undefined, undefined],
    [0, undefined],
    [1, 'failed once'],
    [3, 'failed 3 times in a row'],
    [4, 'failed 4 times in a row'],
    [5, 'likely suspended'],
    [7, 'likely suspended'],
  ])('%j failures are told as %j', (count, words) => {
    expect(failureWords(count === undefined ? {} : { consecutiveFailedCount: count })).toBe(words)
  })

  it('is called as its content, or by what it is', () => {
    expect(taskName(aTask())).toBe('Sales')
    expect(taskName(aBareTask())).toBe('Virtual connection (REST cannot manage it)')
    const { name: _name, ...nameless } = aWorkbook()
    expect(taskName({ content: nameless })).toBe('Workbook whose name Tableau does not tell you')
  })

  it('has no next run on a suspended schedule, whatever Tableau tells', () => {
    expect(nextRunOf(aTask())).toBe('2025-11-24T13:00:00Z')
    expect(nextRunOf(aTask({ schedule: { state: 'Suspended', nextRunAt: '2025-11-24T13:00:00Z' } }))).toBeUndefined()
  })

  it('names a schedule without a name by its times', () => {
    expect(scheduleName({ recurrence: { frequency: 'Daily', start: '05:00:00', intervals: [{ hours: '24' }] } })).toBe('Daily at 05:00')
    // As Tableau Cloud was seen to run it.
    expect(scheduleName({ recurrence: { frequency: 'Daily', start: '05:00:00', intervals: [] } })).toBe('Every hour from 05:00, all day')
    expect(scheduleName({ id: luid(1), name: 'Mornings', recurrence: { frequency: 'Daily', start: '05:00:00', intervals: [] } })).toBe('Mornings')
    expect(scheduleName({ frequency: 'Daily' })).toBe('Daily')
    expect(scheduleName({})).toBe('Schedule without a name')
  })

  it('passes an unknown type through', () => {
    expect(refreshTypeWords('IncrementalRefresh')).toBe('Incremental refresh')
    expect(refreshTypeWords('Sideways')).toBe('Sideways')
  })
})

import { describe, expect, it } from 'vitest'
import { notUnderstood } from './not-understood.ts'

const daily = { frequency: 'Daily', state: 'Active' } as const

describe('why a schedule is only shown', () => {
  it.each([
    ['a frequency', { ...daily, frequency: 'Lunar' }, 'Its frequency is “Lunar”, which Refreshboard does not know. What it does not understand it does not change.'],
    ['a state', { ...daily, state: 'Resting' }, 'Its state is “Resting”, which Refreshboard does not know. What it does not understand it does not change.'],
    [
      'times',
      { ...daily, frequency: 'Weekly', recurrence: { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }, { hours: '7' }] } },
      'Weekly has the interval “hours=7”, which Refreshboard does not know. What Refreshboard does not understand it does not change.',
    ],
  ])('%s that is not known', (_, schedule, reason) => {
    expect(notUnderstood(schedule)).toBe(reason)
  })

  it.each([
    ['times that were not told', daily],
    ['days that only Tableau’s own pages can set', { ...daily, frequency: 'Monthly', recurrence: { frequency: 'Monthly', start: '05:00:00', intervals: [{ monthDay: 'Customized Monthly' }] } }],
    ['times that are known', { ...daily, state: 'Suspended', recurrence: { frequency: 'Daily', start: '05:00:00', intervals: [] } }],
  ])('nothing against %s', (_, schedule) => {
    expect(notUnderstood(schedule)).toBeUndefined()
  })
})

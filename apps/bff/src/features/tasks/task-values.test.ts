import { describe, expect, it } from 'vitest'
import { differencesAfter, mergeEdit, missingOf, valuesOf, wordsOf } from './task-values.ts'

const daily = { frequency: 'Daily', start: '02:15:00', end: '02:15:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }] }
const weekly = { frequency: 'Weekly', start: '05:00:00', weekDay: 'Monday' } as const
const onlyFrequency = (frequency: string) => valuesOf({ id: 'x', schedule: { frequency } })

describe('a task whose frequency is told without its times', () => {
  it('can get new times, and nobody is said to have changed it', () => {
    const now = onlyFrequency('Daily')
    expect(mergeEdit({ changes: { recurrence: weekly }, seen: { frequency: 'Daily' } }, now)).toEqual({ changes: { recurrence: weekly }, merged: [] })
    expect(mergeEdit({ changes: { refreshType: 'FullRefresh' }, seen: { frequency: 'Daily' } }, now).merged).toEqual([])
    expect(mergeEdit({ changes: { recurrence: weekly }, seen: { frequency: 'Daily', recurrence: daily } }, now).merged).toEqual([])
  })

  it('collides where the frequency is another, in words of what is told', () => {
    const edit = () => mergeEdit({ changes: { recurrence: { ...weekly, start: '06:00:00' } }, seen: { frequency: 'Daily' } }, onlyFrequency('Monthly'))
    expect(edit).toThrow('The timing was “Daily” and is now “Monthly”. Nothing was sent to Tableau.')
  })

  it('gets the times that were sent, even where the frequency stays', () => {
    expect(mergeEdit({ changes: { recurrence: weekly }, seen: { frequency: 'Weekly' } }, onlyFrequency('Weekly')).changes).toEqual({ recurrence: weekly })
  })

  it('is judged after the save by its frequency alone', () => {
    const before = onlyFrequency('Daily')
    expect(differencesAfter({ recurrence: weekly }, before, onlyFrequency('Weekly'))).toEqual({ differs: [], moved: [] })
    expect(differencesAfter({ recurrence: weekly }, before, before)).toEqual({ differs: ['It reports the timing as “Daily”, which is not what was sent.'], moved: [] })
    expect(differencesAfter({ refreshType: 'FullRefresh' }, before, onlyFrequency('Weekly'))).toEqual({ differs: [], moved: ['The timing was “Daily” and is now “Weekly”: somebody else has changed it in the same moment.'] })
  })
})

it('times of which nothing is told at all are unknown', () => {
  const now = valuesOf({ id: 'x' })
  expect([wordsOf('recurrence', now), missingOf({ recurrence: weekly }, now)]).toEqual(['unknown', ['recurrence']])
})

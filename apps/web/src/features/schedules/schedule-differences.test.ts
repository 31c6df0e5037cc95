import { describe, expect, it } from 'vitest'
import { aSchedule } from '../../test/a-schedule.ts'
import { changedElsewhere, differencesOf } from './schedule-differences.ts'
import { valuesOf } from './schedule-values.ts'

const hourly = (end: string, step: Record<string, string> = { hours: '2' }) => aSchedule({ frequency: 'Hourly', recurrence: { frequency: 'Hourly', start: '18:30:00', end, intervals: [step] } })

describe('before and after', () => {
  it('tell an end that was moved, though the last run stays', () => {
    const base = hourly('22:30:00')
    expect(differencesOf(base, { ...valuesOf(base), end: '23:00' }, true)).toEqual([
      { field: 'recurrence', label: 'Repeats', before: 'Every 2 hours from 18:30 to 22:30', after: 'Every 2 hours from 18:30 to 22:30 (ends at 23:00)' },
    ])
  })

  it('tell a priority as it would be sent', () => {
    const base = aSchedule()
    expect(differencesOf(base, { ...valuesOf(base), priority: ' 070' }, true)).toEqual([{ field: 'priority', label: 'Priority', before: '50', after: '70' }])
  })
})

it('times that Tableau prints in another way were not changed by somebody else', () => {
  const [before, now] = [hourly('22:30:00', { hours: '1' }), hourly('22:30:00', { minutes: '60' })]
  expect(changedElsewhere({ before, now, typed: valuesOf(now), collides: [], taken: [] }, valuesOf(now), true)).toEqual([])
})

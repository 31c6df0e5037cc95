import { expect, it } from 'vitest'
import { aCloudTask } from '../../test/a-task.ts'
import { changedElsewhere, differencesOf } from './task-differences.ts'
import { valuesOf } from './task-values.ts'

const on = (frequency: string, intervals: Record<string, string>[], end?: string) =>
  aCloudTask({ schedule: { frequency, recurrence: { frequency, start: '18:30:00', ...(end === undefined ? {} : { end }), intervals } } })

it('an end that was moved is told, though the last run stays', () => {
  const base = on('Daily', [{ hours: '4' }, { weekDay: 'Monday' }], '22:30:00')
  const [difference] = differencesOf(base, { ...valuesOf(base), end: '23:30' }, true)
  expect(difference).toMatchObject({ before: 'Every 4 hours from 18:30 to 22:30, Mon', after: 'Every 4 hours from 18:30 to 22:30 (ends at 23:30), Mon' })
})

it('a frequency that was changed is told where the words are the same', () => {
  const base = on('Weekly', [{ weekDay: 'Monday' }])
  const [difference] = differencesOf(base, { ...valuesOf(base), frequency: 'Daily', hours: '24', weekDays: ['Monday'] }, true)
  expect(difference).toMatchObject({ before: 'Mon at 18:30 (Weekly)', after: 'Mon at 18:30 (Daily)' })
})

it('times that Tableau prints in another way were not changed by somebody else', () => {
  const [before, now] = [on('Daily', [{ hours: '24' }, { weekDay: 'Monday' }], '18:30:00'), on('Daily', [{ hours: '24' }, { weekDay: 'Monday' }])]
  expect(changedElsewhere({ before, now, typed: valuesOf(now), collides: [], taken: [] }, valuesOf(now), true)).toEqual([])
})

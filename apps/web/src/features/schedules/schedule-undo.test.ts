import { describe, expect, it } from 'vitest'
import { aSchedule, unwritable } from '../../test/a-schedule.ts'
import { finalOf, oppositeOf } from './schedule-undo.ts'

describe('what undoes a change', () => {
  it('puts every changed field back, and nothing else, if it is still what was saved', () => {
    const changes = { name: 'Earlier', priority: 10, recurrence: { frequency: 'Daily', start: '03:00:00' } } as const
    expect(oppositeOf(aSchedule(), changes)).toEqual({
      body: {
        changes: { name: 'Weekday early', priority: 50, recurrence: { frequency: 'Weekly', start: '05:00:00', weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] } },
        seen: { name: 'Earlier', priority: 10, frequency: 'Daily', recurrence: { frequency: 'Daily', start: '03:00:00', intervals: [] } },
      },
    })
  })

  it('of a suspension is a resumption', () => {
    expect(oppositeOf(aSchedule(), { state: 'Suspended' })).toEqual({ body: { changes: { state: 'Active' }, seen: { state: 'Suspended' } } })
  })

  it.each([
    ['times that REST cannot write', aSchedule({ recurrence: unwritable }), { recurrence: { frequency: 'Daily', start: '03:00:00' } }, /^The times before cannot be written back\. It runs on several days of the month/],
    ['times that are not told', aSchedule({ recurrence: undefined }), { recurrence: { frequency: 'Daily', start: '03:00:00' } }, /does not tell what they were/],
    ['an order that is not told', aSchedule({ executionOrder: undefined }), { executionOrder: 'Serial' }, /does not tell what the order of its tasks was/],
    ['a priority of 0', aSchedule({ priority: 0 }), { priority: 10 }, /cannot be written back: The priority must be 1 to 100/],
    ['a name that begins with a space', aSchedule({ name: ' early' }), { name: 'Early' }, /cannot be written back exactly/],
  ] as const)('is not there for %s, and why is said beforehand', (_what, before, changes, why) => {
    expect(finalOf(before, changes)).toMatch(why)
  })

  it.each([
    ['an hour that Tableau tells as 60 minutes', { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', intervals: [{ minutes: '60' }] }],
    ['the end of a Weekly, which means nothing', { frequency: 'Weekly', start: '05:00:00', end: '06:00:00', intervals: [{ weekDay: 'Monday' }] }],
  ])('is there for %s', (_what, recurrence) => {
    expect(finalOf(aSchedule({ recurrence }), { recurrence: { frequency: 'Daily', start: '03:00:00' } })).toBeUndefined()
  })

  it('is there where only the times cannot be written and they stay', () => {
    expect(finalOf(aSchedule({ recurrence: unwritable }), { name: 'Other' })).toBeUndefined()
  })
})

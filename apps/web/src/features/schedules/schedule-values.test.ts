import type { Schedule } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { aSchedule, unwritable } from '../../test/a-schedule.ts'
import { changedFields, emptyValues, fieldErrors, readChanges, readCreate, rebased, recurrenceOf, valuesOf, type ScheduleValues } from './schedule-values.ts'

const values = (more: Partial<ScheduleValues>): ScheduleValues => ({ ...emptyValues, name: 'Evening', start: '18:30', ...more })

const created = (more: Partial<ScheduleValues>): unknown => {
  const read = readCreate(values(more))
  return 'body' in read ? read.body.recurrence : read.errors
}

describe('a new schedule', () => {
  it('is what was typed, as the contract wants it', () => {
    expect(readCreate(values({ type: 'Flow', priority: ' 7 ', executionOrder: 'Serial', name: '  Evening ' }))).toEqual({
      body: { name: 'Evening', type: 'Flow', priority: 7, executionOrder: 'Serial', recurrence: { frequency: 'Daily', start: '18:30:00' } },
    })
  })

  it.each([
    ['minutes 15', { minutes: 15 }],
    ['minutes 30', { minutes: 30 }],
    ['hours 1', { hours: 1 }],
    ['hours 2', { hours: 2 }],
    ['hours 4', { hours: 4 }],
    ['hours 6', { hours: 6 }],
    ['hours 8', { hours: 8 }],
    ['hours 12', { hours: 12 }],
  ])('can be hourly every %s', (every, sent) => {
    expect(created({ frequency: 'Hourly', end: '22:30', every })).toEqual({ frequency: 'Hourly', start: '18:30:00', end: '22:30:00', every: sent })
  })

  it('can be daily, and sends nothing that was typed for another frequency', () => {
    expect(created({ end: '22:30', weekDays: ['Monday'] })).toEqual({ frequency: 'Daily', start: '18:30:00' })
  })

  it('can be weekly, its days in order', () => {
    expect(created({ frequency: 'Weekly', weekDays: ['Wednesday', 'Sunday'] })).toEqual({ frequency: 'Weekly', start: '18:30:00', weekDays: ['Sunday', 'Wednesday'] })
  })

  it.each([
    ['31', 31],
    ['LastDay', 'LastDay'],
  ])('can be monthly on %s', (monthDay, sent) => {
    expect(created({ frequency: 'Monthly', monthDay })).toEqual({ frequency: 'Monthly', start: '18:30:00', monthDay: sent })
  })

  it.each<[string, Partial<ScheduleValues>, Partial<Record<keyof ScheduleValues, RegExp>>]>([
    ['nothing', { name: '', start: '' }, { name: /Enter a name/, start: /Enter the start time/ }],
    ['an Hourly without an end', { frequency: 'Hourly' }, { end: /Enter an end time, which Hourly needs/ }],
    ['an interval that there is not', { frequency: 'Hourly', end: '22:30', every: 'hours 3' }, { every: /15 or 30 minutes, or every 1, 2, 4, 6, 8 or 12 hours/ }],
    ['a Weekly without days', { frequency: 'Weekly' }, { weekDays: /at least one day/ }],
    ['a day of no month', { frequency: 'Monthly', monthDay: '32' }, { monthDay: /1 to 31, or the last day/ }],
    ['a priority out of range', { priority: '300' }, { priority: /1 to 100; 1 runs first/ }],
    ['a priority that is no number', { priority: 'high' }, { priority: /whole number/ }],
    ['no priority', { priority: '' }, { priority: /whole number/ }],
    ['a name without an end', { name: 'x'.repeat(256) }, { name: /255 characters/ }],
    ['an unknown frequency', { frequency: 'Yearly' }, { frequency: /Hourly, Daily, Weekly or Monthly/ }],
  ])('with %s says what is wrong at that field', (_what, given, messages) => {
    const read = readCreate(values(given))
    expect('errors' in read ? read.errors : {}).toEqual(Object.fromEntries(Object.entries(messages).map(([field, message]) => [field, expect.stringMatching(message)])))
  })
})

describe('a read schedule', () => {
  it('is in the form as it is', () => {
    expect(valuesOf(aSchedule())).toMatchObject({ name: 'Weekday early', frequency: 'Weekly', start: '05:00', weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], priority: '50', executionOrder: 'Parallel', state: 'Active' })
  })

  it('keeps its seconds', () => {
    const schedule = aSchedule({ recurrence: { frequency: 'Daily', start: '05:00:30', intervals: [] } })
    expect(valuesOf(schedule).start).toBe('05:00:30')
    expect(recurrenceOf(valuesOf(schedule))).toEqual({ frequency: 'Daily', start: '05:00:30' })
  })

  it('is not changed by being looked at, whatever its shape', () => {
    const shapes = [
      aSchedule(),
      aSchedule({ recurrence: unwritable }),
      aSchedule({ recurrence: undefined, executionOrder: undefined, priority: undefined }),
      aSchedule({ name: ' two spaces ', priority: 0 }),
      aSchedule({ recurrence: { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ minutes: '60' }] } }),
      aSchedule({ recurrence: { frequency: 'Weekly', start: '05:00:00', end: '06:00:00', intervals: [{ weekDay: 'Friday' }, { weekDay: 'Monday' }] } }),
    ]
    for (const schedule of shapes) expect(changedFields(schedule, valuesOf(schedule), schedule.recurrence !== undefined)).toEqual([])
  })
})

/** All that the form shows of a schedule. */
const seenOf = ({ name, state, priority, executionOrder, frequency, recurrence }: Schedule) => ({ name, state, priority, executionOrder, frequency, recurrence })

describe('changes', () => {
  const change = (more: Partial<ScheduleValues>, base = aSchedule(), timesOpen = true) => readChanges(base, { ...valuesOf(base), ...more }, timesOpen)

  it('of a Weekly’s name are sent without its times: the days are the BFF’s to add', () => {
    expect(change({ name: 'Earlier' })).toEqual({ body: { changes: { name: 'Earlier' }, seen: seenOf(aSchedule()) } })
  })

  it('carry all that was seen, also of what stays', () => {
    expect(change({ priority: '10', executionOrder: 'Serial', state: 'Suspended' })).toEqual({
      body: { changes: { priority: 10, executionOrder: 'Serial', state: 'Suspended' }, seen: seenOf(aSchedule()) },
    })
  })

  it('of the times carry all of them, and the recurrence that was seen', () => {
    expect(change({ start: '04:45', weekDays: ['Saturday', 'Monday'] })).toEqual({
      body: { changes: { recurrence: { frequency: 'Weekly', start: '04:45:00', weekDays: ['Monday', 'Saturday'] } }, seen: seenOf(aSchedule()) },
    })
  })

  it('to another frequency replace the times', () => {
    expect(change({ frequency: 'Daily' })).toMatchObject({ body: { changes: { recurrence: { frequency: 'Daily', start: '05:00:00' } } } })
  })

  it('never hold times that cannot be written back, whatever the form holds', () => {
    const base = aSchedule({ recurrence: unwritable })
    expect(change({ name: 'Other', frequency: 'Daily', start: '01:00' }, base, false)).toEqual({ body: { changes: { name: 'Other' }, seen: seenOf(base) } })
  })

  it('that break a rule say so at the field', () => {
    const read = change({ weekDays: [], priority: '0' })
    const errors = 'errors' in read ? read.errors : {}
    expect(errors.weekDays).toMatch(/at least one day/)
    expect(errors.priority).toMatch(/1 to 100/)
  })

  it.each(['050', '50 ', ' 050'])('of the priority are none where “%s” is the one that was read', (priority) => {
    expect(changedFields(aSchedule(), { ...valuesOf(aSchedule()), priority }, true)).toEqual([])
    expect(changedFields(aSchedule({ priority: undefined }), { ...valuesOf(aSchedule({ priority: undefined })), priority }, true)).toEqual(['priority'])
  })

  it('of nothing are nothing to send', () => {
    expect(change({})).toHaveProperty('errors')
  })
})

describe('what somebody else has changed', () => {
  const before = aSchedule()
  const now = aSchedule({ name: 'Renamed', priority: 77, recurrence: { frequency: 'Daily', start: '03:00:00', intervals: [] } })

  it('is taken over where nothing was typed, and saving does not set it back', () => {
    const typed = { ...valuesOf(before), name: 'Mine' }
    const merged = rebased(typed, before, now, true)
    expect(merged).toMatchObject({ name: 'Mine', priority: '77', frequency: 'Daily', start: '03:00' })
    expect(rebased({ ...typed, priority: '050' }, before, now, true).priority).toBe('77')
    expect(readChanges(now, merged, true)).toEqual({ body: { changes: { name: 'Mine' }, seen: seenOf(now) } })
  })

  it('leaves what was typed where both changed it', () => {
    const merged = rebased({ ...valuesOf(before), start: '04:00', priority: '1' }, before, now, true)
    expect(merged).toMatchObject({ name: 'Renamed', priority: '1', frequency: 'Weekly', start: '04:00' })
  })
})

describe('messages by path', () => {
  it('go to the field that they are about', () => {
    expect(fieldErrors([['body.changes.name', 'a'], ['recurrence.weekDays.0', 'b'], ['body.recurrence', 'c'], ['recurrence.every.hours', 'd'], ['something', 'e']])).toEqual({ name: 'a', weekDays: 'b', frequency: 'c', every: 'd' })
  })
})

describe('a name', () => {
  const typed = (name: string, base: Schedule = aSchedule()) => changedFields(base, { ...valuesOf(base), name }, true)

  it('with blanks around it is no change: they are not sent', () => {
    expect(typed('Weekday early ')).toEqual([])
    expect(typed('  Weekday early')).toEqual([])
    expect(typed('Weekday early 2')).toEqual(['name'])
  })

  it('that has a blank of its own can be rid of it', () => {
    expect(typed('early', aSchedule({ name: ' early' }))).toEqual(['name'])
    expect(typed(' early', aSchedule({ name: ' early' }))).toEqual([])
  })

  it('with blanks around it takes what somebody else called it', () => {
    const base = aSchedule()
    expect(rebased({ ...valuesOf(base), name: 'Weekday early ' }, base, aSchedule({ name: 'Theirs' }), true).name).toBe('Theirs')
  })
})

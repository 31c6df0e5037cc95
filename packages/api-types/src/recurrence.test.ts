import { describe, expect, it } from 'vitest'
import { createScheduleSchema, serverRecurrenceSchema, updateScheduleSchema } from './index.ts'

const faultsOf = (input: unknown): [string, string][] => (serverRecurrenceSchema.safeParse(input).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message])

describe('what a server schedule can be', () => {
  it.each([
    { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { hours: 2 } },
    { frequency: 'Hourly', start: '22:00:00', end: '02:00:00', every: { minutes: 15 } },
    { frequency: 'Daily', start: '02:15:00' },
    { frequency: 'Weekly', start: '18:30:00', weekDays: ['Sunday', 'Wednesday'] },
    { frequency: 'Monthly', start: '06:00:00', monthDay: 15 },
    { frequency: 'Monthly', start: '23:00:00', monthDay: 'LastDay' },
  ])('takes %j', (input) => {
    expect(serverRecurrenceSchema.parse(input)).toEqual(input)
  })

  it.each([
    [{ frequency: 'Hourly', start: '18:30:00', every: { hours: 2 } }, 'end', 'Enter an end time, which Hourly needs'],
    [{ frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { hours: 3 } }, 'every', 'not 3 hours'],
    [{ frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { minutes: 60 } }, 'every', 'not 60 minutes'],
    [{ frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { hours: 1, minutes: 15 } }, 'every', 'one interval, not 2'],
    [{ frequency: 'Hourly', start: '18:30:00', end: '23:00:00' }, 'every', '15 or 30 minutes'],
    [{ frequency: 'Daily', start: '24:00:00' }, 'start', '00:00:00 to 23:59:59'],
    [{ frequency: 'Daily' }, 'start', 'Enter the start time'],
    [{ frequency: 'Weekly', start: '18:30:00', weekDays: [] }, 'weekDays', 'at least one day'],
    [{ frequency: 'Weekly', start: '18:30:00', weekDays: ['Monday', 'Monday'] }, 'weekDays', 'once'],
    [{ frequency: 'Weekly', start: '18:30:00', weekDays: ['Funday'] }, 'weekDays.0', 'not "Funday"'],
    [{ frequency: 'Monthly', start: '06:00:00', monthDay: 32 }, 'monthDay', '1 to 31'],
    [{ frequency: 'Monthly', start: '06:00:00', monthDay: 'First' }, 'monthDay', 'not "First"'],
    [{ frequency: 'Fortnightly', start: '06:00:00' }, 'frequency', 'Hourly, Daily, Weekly or Monthly'],
  ])('of %j says the rule and the value, at %s', (input, path, words) => {
    const faults = faultsOf(input)
    expect(faults.map(([at]) => at)).toEqual([path])
    expect(faults[0]?.[1]).toContain(words)
  })

  it.each([
    [{ frequency: 'Daily', start: '02:15:00', end: '03:15:00' }],
    [{ frequency: 'Daily', start: '02:15:00', weekDays: ['Monday'] }],
    [{ frequency: 'Monthly', start: '06:00:00', monthDay: 1, monthDays: [1, 15] }],
  ])('drops nothing by itself: %j is refused', (input) => {
    expect(serverRecurrenceSchema.safeParse(input).success).toBe(false)
  })
})

describe('forms of schedules', () => {
  const daily = { frequency: 'Daily', start: '02:15:00' }

  it('have a priority of 50 and run in parallel unless told', () => {
    expect(createScheduleSchema.parse({ name: ' Nightly ', type: 'Extract', recurrence: daily })).toEqual({ name: 'Nightly', type: 'Extract', priority: 50, executionOrder: 'Parallel', recurrence: daily })
  })

  it.each([{ name: '  ' }, { priority: 0 }, { priority: 101 }, { priority: 1.5 }, { type: 'System' }, { executionOrder: 'Random' }, { id: 'x' }])('refuse %j', (more) => {
    expect(createScheduleSchema.safeParse({ name: 'Nightly', type: 'Extract', recurrence: daily, ...more }).success).toBe(false)
  })

  it('change something, and say what was seen', () => {
    expect(updateScheduleSchema.safeParse({ changes: {}, seen: {} }).success).toBe(false)
    expect(updateScheduleSchema.safeParse({ changes: { state: 'Suspended' } }).success).toBe(false)
    expect(updateScheduleSchema.safeParse({ changes: { state: 'Suspended' }, seen: { state: 'Active' } }).success).toBe(true)
    expect(updateScheduleSchema.safeParse({ changes: { name: 'B' }, seen: { name: 'A', updatedAt: '2026-01-01T00:00:00Z' } }).success).toBe(false)
  })
})

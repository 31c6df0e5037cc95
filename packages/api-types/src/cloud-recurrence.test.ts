import { describe, expect, it } from 'vitest'
import { cloudRecurrenceSchema, createTaskSchema, updateTaskSchema } from './index.ts'

const faultsOf = (input: unknown): [string, string][] => (cloudRecurrenceSchema.safeParse(input).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message])

// That the sentences are those of packages/recurrence, a property test of the BFF holds.
describe('what a task of Cloud can be', () => {
  it.each([
    { frequency: 'Hourly', start: '20:45:00', end: '21:45:00', weekDays: ['Sunday', 'Wednesday'] },
    { frequency: 'Daily', start: '18:30:00', end: '22:30:00', hours: 4, weekDays: ['Monday'] },
    { frequency: 'Daily', start: '18:30:00', hours: 24, weekDays: ['Monday'] },
    { frequency: 'Weekly', start: '18:30:00', weekDay: 'Monday' },
    { frequency: 'Monthly', start: '18:30:00', on: { days: [1, 15, 31] } },
    { frequency: 'Monthly', start: '18:30:00', on: { lastDay: true } },
    { frequency: 'Monthly', start: '18:30:00', on: { occurrence: 'LastDay', weekDay: 'Friday' } },
  ])('takes %j', (input) => {
    expect(cloudRecurrenceSchema.parse(input)).toEqual(input)
  })

  it('tells everything that is wrong at once, each under its field', () => {
    expect(faultsOf({ frequency: 'Daily', start: '18:32:00', hours: 3, weekDays: ['Funday'] })).toEqual([
      ['start', 'The start is on a full 5 minutes; not 18:32'],
      ['hours', 'Daily runs every 2, 4, 6, 8, 12 or 24 hours; not 3 hours'],
      ['weekDays.0', 'A day of the week is Sunday to Saturday; not “Funday”'],
      ['end', 'Daily needs an end'],
    ])
  })

  it.each([
    [{}, 'frequency', 'Choose how often it runs: Hourly, Daily, Weekly or Monthly'],
    [{ frequency: 'Fortnightly' }, 'frequency', 'A schedule is Hourly, Daily, Weekly or Monthly; not “Fortnightly”'],
    [{ frequency: 'Monthly', start: '06:00:00' }, 'on', 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month'],
    [{ frequency: 'Monthly', start: '06:00:00', on: { days: [32] } }, 'on', 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month; not “32”'],
    [{ frequency: 'Monthly', start: '06:00:00', on: { days: [1], lastDay: true } }, 'on', 'The last day of the month stands alone; not 1, LastDay'],
    [{ frequency: 'Monthly', start: '06:00:00', on: { days: [1], weekDay: 'Monday' } }, 'on', 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month; not several of them'],
    [{ frequency: 'Weekly', start: '', weekDay: 'Monday' }, 'start', 'Weekly needs a start'],
    [{ frequency: 'Weekly', start: '06:00:00' }, 'weekDay', 'Weekly needs at least one day of the week'],
  ])('of %j says the rule at %s', (input, path, sentence) => {
    expect(faultsOf(input)).toEqual([[path, sentence]])
  })

  it('says so of what no text can be made of', () => {
    const odd = { toString: 1 }
    for (const input of [
      { frequency: odd },
      { frequency: 'Weekly', start: odd, weekDay: odd },
      { frequency: 'Hourly', start: odd, end: odd, weekDays: [odd] },
      { frequency: 'Daily', start: odd, hours: odd, weekDays: odd },
      { frequency: 'Monthly', start: odd, on: { days: [odd, odd] } },
      { frequency: 'Monthly', start: odd, on: { occurrence: odd, weekDay: odd } },
    ]) {
      expect(faultsOf(input).length).toBeGreaterThan(0)
    }
  })

  it.each([
    { frequency: 'Weekly', start: '06:00:00', weekDay: 'Monday', end: '07:00:00' },
    { frequency: 'Hourly', start: '20:45:00', end: '21:45:00', weekDays: ['Sunday'], hours: 2 },
    { frequency: 'Monthly', start: '06:00:00', on: { lastDay: true, undeclared: 1 } },
  ])('drops nothing by itself: %j is refused', (input) => {
    expect(cloudRecurrenceSchema.safeParse(input).success).toBe(false)
  })
})

describe('forms of tasks', () => {
  const id = '9b2d5c1e-0f4a-4c3b-8d7e-1a2b3c4d5e6f'
  const recurrence = { frequency: 'Weekly', start: '06:00:00', weekDay: 'Monday' }

  it('are full refreshes unless told, of one workbook or one data source', () => {
    expect(createTaskSchema.parse({ workbookId: id, recurrence })).toEqual({ refreshType: 'FullRefresh', workbookId: id, recurrence })
    for (const chosen of [{}, { workbookId: id, datasourceId: id }]) expect(createTaskSchema.safeParse({ ...chosen, recurrence }).error?.issues[0]?.path).toEqual(['workbookId'])
    expect(createTaskSchema.safeParse({ workbookId: id, recurrence, refreshType: 'IncrementalExtract' }).success).toBe(false)
  })

  it('change something, and say what was seen', () => {
    expect(updateTaskSchema.safeParse({ changes: {}, seen: {} }).success).toBe(false)
    expect(updateTaskSchema.safeParse({ changes: { recurrence } }).success).toBe(false)
    expect(updateTaskSchema.safeParse({ changes: { recurrence }, seen: { frequency: 'Daily', nextRunAt: '2026-01-01T00:00:00Z' } }).success).toBe(false)
    expect(updateTaskSchema.safeParse({ changes: { recurrence }, seen: { recurrence: { frequency: 'Daily', start: '06:00:00', intervals: [] } } }).success).toBe(true)
  })
})

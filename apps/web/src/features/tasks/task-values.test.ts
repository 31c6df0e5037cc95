import { weekDays, type CloudRecurrence } from '@refreshboard/api-types'
import { fromCloudRecurrence } from '@refreshboard/recurrence'
import { describe, expect, it } from 'vitest'
import { aCloudTask, aWorkbook } from '../../test/a-task.ts'
import { luid } from '../../test/fake-api.ts'
import { changedFields, emptyValues, fieldErrors, readChanges, readCreate, rebased, recurrenceOf, valuesOf, writableTimes, type TaskErrors, type TaskValues } from './task-values.ts'

const workbook = { kind: 'workbook', id: luid(21) } as const

const withTimes = (value: CloudRecurrence) => {
  const { intervals, ...recurrence } = fromCloudRecurrence(value)
  return aCloudTask({ schedule: { frequency: value.frequency, recurrence: { ...recurrence, intervals: intervals.map((interval) => ({ ...interval })) } } })
}

const errorsOf = (patch: Partial<TaskValues>): TaskErrors => {
  const read = readCreate({ ...emptyValues, start: '06:00', ...patch }, workbook)
  return 'errors' in read ? read.errors : {}
}

describe('the form', () => {
  it.each<CloudRecurrence>([
    { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', weekDays: ['Monday', 'Friday'] },
    { frequency: 'Daily', start: '06:30:00', end: '22:30:00', hours: 4, weekDays: [...weekDays] },
    { frequency: 'Daily', start: '06:00:00', hours: 24, weekDays: ['Sunday'] },
    { frequency: 'Weekly', start: '06:00:00', weekDay: 'Thursday' },
    { frequency: 'Monthly', start: '06:00:00', on: { days: [1, 15, 31] } },
    { frequency: 'Monthly', start: '06:00:00', on: { lastDay: true } },
    { frequency: 'Monthly', start: '06:00:00', on: { occurrence: 'Third', weekDay: 'Thursday' } },
  ])('holds what Tableau tells, and sends it as it was: %j', (value) => {
    const values = valuesOf(withTimes(value))
    expect(recurrenceOf(values)).toEqual(value)
    expect(changedFields(withTimes(value), values, true)).toEqual([])
  })

  it('leaves out an end that once a day has no use for, and loses nothing when that changes', () => {
    const values = { ...emptyValues, start: '06:00', end: '10:00', weekDays: ['Monday' as const] }
    expect(recurrenceOf({ ...values, hours: '24' })).toEqual({ frequency: 'Daily', start: '06:00:00', hours: 24, weekDays: ['Monday'] })
    expect(recurrenceOf({ ...values, hours: '2' })).toEqual({ frequency: 'Daily', start: '06:00:00', end: '10:00:00', hours: 2, weekDays: ['Monday'] })
  })
})

describe('what breaks a rule', () => {
  it.each<[Partial<TaskValues>, TaskErrors]>([
    [{ start: '' }, { start: 'Daily needs a start' }],
    [{ start: '06:31' }, { start: 'The start is on a full 5 minutes; not 06:31' }],
    [{ weekDays: [] }, { weekDays: 'Daily needs at least one day of the week' }],
    [{ hours: '2' }, { end: 'Daily needs an end' }],
    [{ hours: '2', end: '07:30' }, { end: 'The end is a whole number of hours after the start; not 07:30 after 06:00' }],
    [{ frequency: 'Hourly', weekDays: [] }, { end: 'Hourly needs an end', weekDays: 'Hourly needs at least one day of the week' }],
    [{ frequency: 'Weekly' }, { weekDay: 'Weekly needs at least one day of the week' }],
    [{ frequency: 'Monthly' }, { on: 'Monthly runs on days 1 to 31, or on the last day of the month, or on one weekday of the month' }],
    [{ refreshType: '' }, { refreshType: 'Choose a full or an incremental refresh' }],
  ])('is told at its field: %j', (patch, errors) => {
    expect(errorsOf(patch)).toEqual(errors)
  })

  it('includes a missing content, whatever else is wrong', () => {
    expect(readCreate(emptyValues, undefined)).toEqual({ errors: { content: 'Choose the workbook or data source that is to be refreshed.', start: 'Daily needs a start' } })
    expect(readCreate({ ...emptyValues, start: '06:00' }, undefined)).toEqual({ errors: { content: 'Choose the workbook or data source that is to be refreshed.' } })
  })

  it('finds its field by the path of the server', () => {
    expect(fieldErrors([['body.changes.recurrence', 'a'], ['recurrence.on.weekDay', 'b'], ['body.workbookId', 'c'], ['elsewhere', 'd']])).toEqual({ frequency: 'a', on: 'b', content: 'c' })
  })
})

describe('a change', () => {
  const base = aCloudTask()

  const seen = { refreshType: 'FullRefresh', frequency: 'Daily', recurrence: base.schedule?.recurrence }

  it('sends what is another, with all that was seen', () => {
    expect(readChanges(base, { ...valuesOf(base), refreshType: 'IncrementalRefresh' }, true)).toEqual({ body: { changes: { refreshType: 'IncrementalRefresh' }, seen } })
    expect(readChanges(base, { ...valuesOf(base), start: '07:00' }, true)).toEqual({
      body: {
        changes: { recurrence: { frequency: 'Daily', start: '07:00:00', hours: 24, weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] } },
        seen,
      },
    })
  })

  it('never holds times that cannot be sent back, until others are chosen', () => {
    const odd = aCloudTask({ schedule: { frequency: 'Daily', recurrence: { frequency: 'Daily', start: '06:00:00', intervals: [{ weekDay: 'Monday' }] } } })
    expect(writableTimes(odd).writable).toBe(false)
    expect(changedFields(odd, valuesOf(odd), false)).toEqual([])
    expect(changedFields(odd, valuesOf(odd), true)).toEqual(['recurrence'])
  })

  it('on top of somebody else’s keeps what was typed, and takes theirs elsewhere', () => {
    const now = { ...base, refreshType: 'IncrementalRefresh', content: aWorkbook() }
    expect(rebased({ ...valuesOf(base), start: '07:00' }, base, now, true)).toMatchObject({ start: '07:00', refreshType: 'IncrementalRefresh' })
  })
})

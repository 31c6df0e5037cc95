import { scheduleSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { TableauApiError } from '../errors.ts'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { scheduleId } from '../testing/ids.ts'
import { createServerSchedule, deleteServerSchedule, getServerSchedule, listServerSchedules, updateServerSchedule } from './schedules.ts'

const hourlyRow = {
  id: 'ca3ce4f5-666c-4bb8-a763-5df24783881f',
  name: 'Hourly',
  state: 'Active',
  type: 'Extract',
  frequency: 'Hourly',
  priority: 50,
  createdAt: '2011-03-30T22:32:35Z',
  updatedAt: '2016-01-13T01:00:02Z',
  nextRunAt: '2016-01-13T23:00:00Z',
}

const lists = {
  'list-reference-sample': {
    pageNumber: 1,
    pageSize: 100,
    totalAvailable: 3,
    rows: [
      hourlyRow,
      {
        ...hourlyRow,
        id: '13abd238-0b22-4789-bcc4-614d31908310',
        name: 'Saturday night',
        frequency: 'Weekly',
        createdAt: '2010-10-28T21:11:33Z',
        updatedAt: '2016-01-10T07:00:00Z',
        nextRunAt: '2016-01-17T07:00:00Z',
      },
      {
        ...hourlyRow,
        id: 'b6a6d11a-9e20-49f1-9b74-693f196b9aca',
        name: 'End of the month',
        state: 'Suspended',
        frequency: 'Monthly',
        createdAt: '2010-10-28T21:11:33Z',
        updatedAt: '2016-01-01T07:00:03Z',
        nextRunAt: '2016-02-01T07:00:00Z',
      },
    ],
  },
  'list-empty': { pageNumber: 1, pageSize: 1000, totalAvailable: 0, rows: [] },
  'list-types': {
    pageNumber: 1,
    pageSize: 100,
    totalAvailable: 5,
    rows: [
      {
        id: '0c1e5e5a-3f7b-4c0e-9a51-2f4d1c6b7a80',
        name: 'Background tasks',
        state: 'Active',
        type: 'System',
        frequency: 'Hourly',
        priority: 0,
        createdAt: '2010-10-28T21:11:33Z',
        updatedAt: '2024-05-01T07:00:03Z',
      },
      {
        id: '1d2f6f6b-4a8c-4d1f-8b62-3a5e2d7c8b91',
        name: 'Mondays & Fridays',
        state: 'Active',
        type: 'Subscription',
        frequency: 'Weekly',
        priority: 30,
        createdAt: '2024-01-02T10:00:00Z',
        updatedAt: '2024-04-29T15:00:01Z',
        nextRunAt: '2024-05-03T15:00:00Z',
      },
      {
        id: '2e3a7a7c-5b9d-4e2a-9c73-4b6f3e8d9ca2',
        name: 'Flows',
        state: 'Active',
        type: 'Flow',
        frequency: 'Daily',
        priority: 50,
        createdAt: '2024-01-02T10:00:00Z',
        updatedAt: '2024-05-01T02:00:01Z',
        nextRunAt: '2024-05-02T02:00:00Z',
        endScheduleAt: '2024-12-31T23:59:59Z',
      },
      {
        id: '3f4b8b8d-6cae-4f3b-8d84-5c7a4f9eadb3',
        name: 'Tulips',
        state: 'Dormant',
        type: 'GrowTulips',
        frequency: 'Yearly',
        priority: 50,
        createdAt: '2024-01-02T10:00:00Z',
        updatedAt: '2024-05-01T02:00:01Z',
      },
      { id: '4a5c9c9e-7dbf-4a4c-9e95-6d8b5aafbec4', name: '', state: '', type: '', frequency: '' },
    ],
  },
  'list-without-pagination': { rows: [hourlyRow] },
  'list-prefixed': { pageNumber: 1, pageSize: 100, totalAvailable: 1, rows: [hourlyRow] },
}

const written = '2016-05-07T01:51:19Z'
const base = { id: scheduleId, state: 'Active', type: 'Extract', priority: 50, createdAt: written, updatedAt: written, executionOrder: 'Parallel' }
const hourly = {
  ...base,
  name: 'hourly-schedule-1',
  frequency: 'Hourly',
  nextRunAt: '2016-05-07T03:30:00Z',
  recurrence: { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', intervals: [{ hours: '2' }] },
}
const daily = {
  ...base,
  name: 'daily-schedule-1',
  frequency: 'Daily',
  nextRunAt: '2016-05-07T09:15:00Z',
  recurrence: { frequency: 'Daily', start: '02:15:00', intervals: [] },
}
const monthly = (name: string, nextRunAt: string, intervals: Record<string, string>[], start = '06:00:00') => ({
  ...base,
  name,
  frequency: 'Monthly',
  nextRunAt,
  recurrence: { frequency: 'Monthly', start, intervals },
})

const details = {
  'detail-hourly': hourly,
  'detail-hourly-weekdays': {
    ...base,
    name: 'Working hours',
    frequency: 'Hourly',
    nextRunAt: '2024-05-02T15:00:00Z',
    recurrence: {
      frequency: 'Hourly',
      start: '08:00:00',
      end: '18:00:00',
      intervals: [{ minutes: '60' }, { weekDay: 'Monday' }, { weekDay: 'Tuesday' }, { weekDay: 'Wednesday' }, { weekDay: 'Thursday' }, { weekDay: 'Friday' }],
    },
  },
  'detail-daily': { ...daily, type: 'Subscription' },
  'detail-daily-hours-weekdays': {
    ...base,
    name: 'Every four hours',
    frequency: 'Daily',
    nextRunAt: '2024-05-02T13:00:00Z',
    recurrence: { frequency: 'Daily', start: '06:00:00', end: '18:00:00', intervals: [{ hours: '4' }, { weekDay: 'Monday' }, { weekDay: 'Thursday' }] },
  },
  'detail-weekly': {
    ...base,
    name: 'weekly-schedule-1',
    type: 'Subscription',
    executionOrder: 'Serial',
    frequency: 'Weekly',
    nextRunAt: '2016-05-09T01:30:00Z',
    recurrence: { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Sunday' }, { weekDay: 'Wednesday' }] },
  },
  'detail-monthly-day': { ...monthly('monthly-schedule-1', '2016-05-15T13:00:00Z', [{ monthDay: '15' }]), type: 'Subscription' },
  'detail-monthly-last-day': monthly('Month end', '2016-06-01T05:00:00Z', [{ monthDay: 'LastDay' }], '22:00:00'),
  'detail-monthly-several-days': monthly('Twice a month', '2024-05-15T13:00:00Z', [{ monthDay: '1' }, { monthDay: '15' }]),
  'detail-monthly-weekday': monthly('Third Thursday', '2024-05-16T13:00:00Z', [{ monthDay: 'Third', weekDay: 'Thursday' }]),
  'detail-monthly-customized': {
    ...monthly('My Schedule', '2020-02-25T19:20:00Z', [{ monthDay: 'Customized Monthly' }], '11:20:00'),
    id: '60456a5c-0293-4fed-9391-6d94a5f42b48',
    createdAt: '2020-02-24T22:18:20Z',
    updatedAt: '2020-02-24T22:18:20Z',
  },
  'detail-unknown-interval': {
    ...base,
    name: 'Tides',
    executionOrder: 'Braided',
    frequency: 'Lunar',
    nextRunAt: '2024-05-08T03:22:00Z',
    recurrence: { frequency: 'Lunar', start: '20:22:00', intervals: [{ moonrise: 'true' }, { moonPhase: 'New', weekDay: '' }, {}, { element: 'moonlight', hours: '2' }] },
  },
  'detail-interval-blocks': {
    ...base,
    name: 'Blocks',
    frequency: 'Daily',
    nextRunAt: '2024-05-02T01:30:00Z',
    recurrence: { frequency: 'Daily', start: '18:30:00', end: '22:30:00', intervals: [{ hours: '4' }, { weekDay: 'Sunday' }, { weekDay: 'Wednesday' }] },
  },
  'detail-other-element-name': {
    ...base,
    name: 'Singular',
    frequency: 'Weekly',
    nextRunAt: '2024-05-02T01:30:00Z',
    recurrence: { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Wednesday' }] },
  },
  'detail-end-schedule-at': { ...daily, name: 'Until summer', nextRunAt: '2024-05-02T09:15:00Z', endScheduleAt: '2024-06-21T12:00:00Z' },
  'detail-prefixed': {
    id: scheduleId,
    name: 'Third Thursday',
    state: 'Active',
    type: 'Extract',
    frequency: 'Monthly',
    recurrence: { frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] },
  },
}

describe('List Server Schedules', () => {
  it.each(Object.entries(lists))('reads %s', (name, page) => {
    const { value } = answer(listServerSchedules, fixture(`schedules/${name}`))
    expect(value).toStrictEqual(page)
    for (const row of value.rows) expect(scheduleSchema.parse(row)).toStrictEqual(row)
  })

  it('asks for a page', () => {
    expect(listServerSchedules.encode({ pageNumber: 2, pageSize: 1000 }).query?.toString()).toBe('pageSize=1000&pageNumber=2')
  })

  it.each([
    [' id="[^"]*"', '', '<schedule> has no attribute id'],
    [' id="[^"]*"', ' id=""', '<schedule> has no attribute id'],
    [' name="[^"]*"', '', '<schedule> has no attribute name'],
    ['priority="50"', 'priority="high"', 'priority of <schedule> is not a whole number'],
    ['nextRunAt="[^"]*"', 'nextRunAt="soon"', 'nextRunAt of <schedule> is not a date and time'],
    ['(</?)schedules>', '$1timetables>', '<tsResponse> has no <schedules>'],
  ])('refuses a list with %s as %s', (right, wrong, reason) => {
    const page = fixture('schedules/list-without-pagination').toString().replaceAll(new RegExp(right, 'g'), wrong)
    expect(thrownBy(() => answer(listServerSchedules, Buffer.from(page)))).toMatchObject({ name: 'TableauProtocolError', reason })
  })
})

describe('Get Server Schedule', () => {
  it.each(Object.entries(details))('reads %s', (name, schedule) => {
    const { value } = answer(getServerSchedule, fixture(`schedules/${name}`))
    expect(value).toStrictEqual(schedule)
    expect(scheduleSchema.parse(value)).toStrictEqual(value)
  })

  it('takes the end by either name, the documented one first', () => {
    const both = fixture('schedules/detail-end-schedule-at').toString().replace('endScheduleAt=', 'endScheduleTime="2030-01-01T00:00:00Z" endScheduleAt=')
    expect(answer(getServerSchedule, Buffer.from(both)).value).toStrictEqual(details['detail-end-schedule-at'])
    expect(answer(updateServerSchedule, fixture('schedules/updated-end-schedule-time')).value).toStrictEqual({
      ...hourly,
      updatedAt: '2016-05-08T01:51:19Z',
      endScheduleAt: '2016-06-07T12:00:00Z',
    })
  })
})

describe('Create Server Schedule', () => {
  it('sends the reference’s sample', () => {
    const input = { name: 'hourly-schedule-1', type: 'Extract', priority: 50, executionOrder: 'Parallel', recurrence: { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { hours: 2 } } } as const
    expect(createServerSchedule.encode(input)).toStrictEqual({
      body:
        '<tsRequest><schedule name="hourly-schedule-1" priority="50" type="Extract" frequency="Hourly" executionOrder="Parallel">' +
        '<frequencyDetails start="18:30:00" end="23:00:00"><intervals><interval hours="2"/></intervals></frequencyDetails></schedule></tsRequest>',
    })
  })

  it('escapes a name', () => {
    const recurrence = { frequency: 'Daily', start: '02:15:00' } as const
    expect(createServerSchedule.encode({ name: 'R&D "<é>"', type: 'Flow', priority: 1, executionOrder: 'Serial', recurrence }).body).toBe(
      '<tsRequest><schedule name="R&amp;D &quot;&lt;&#xE9;>&quot;" priority="1" type="Flow" frequency="Daily" executionOrder="Serial"><frequencyDetails start="02:15:00"/></schedule></tsRequest>',
    )
  })

  it('reads the reply', () => {
    expect(answer(createServerSchedule, fixture('schedules/created'), { status: 201 }).value).toStrictEqual(hourly)
  })

  it('gives the warnings of a success', () => {
    const { value, warnings } = answer(createServerSchedule, fixture('schedules/created-with-warnings'), { status: 201 })
    expect(value).toStrictEqual(daily)
    expect(warnings).toStrictEqual(['The interval of this schedule is longer than the time that views are cached.'])
  })
})

describe('Update Server Schedule', () => {
  const body = (schedule: string): { params: object; body: string } => ({ params: { scheduleId }, body: `<tsRequest>${schedule}</tsRequest>` })

  it.each([
    [{ state: 'Suspended' } as const, '<schedule state="Suspended"/>'],
    [{ name: 'New', state: undefined } as const, '<schedule name="New"/>'],
    [{ priority: 1, executionOrder: 'Serial' } as const, '<schedule priority="1" executionOrder="Serial"/>'],
    [{}, '<schedule/>'],
    [
      { name: 'New', recurrence: { frequency: 'Weekly', start: '18:30:00', weekDays: ['Wednesday', 'Sunday'] } } as const,
      '<schedule name="New" frequency="Weekly"><frequencyDetails start="18:30:00"><intervals><interval weekDay="Sunday"/><interval weekDay="Wednesday"/></intervals></frequencyDetails></schedule>',
    ],
    [
      { name: 'n', state: 'Active', priority: 100, executionOrder: 'Parallel', recurrence: { frequency: 'Daily', start: '02:15:00' } } as const,
      '<schedule name="n" priority="100" frequency="Daily" state="Active" executionOrder="Parallel"><frequencyDetails start="02:15:00"/></schedule>',
    ],
  ])('sends what changes, and times only with a recurrence (%#)', (changes, schedule) => {
    expect(updateServerSchedule.encode({ scheduleId, ...changes })).toStrictEqual(body(schedule))
  })

  it('never sends the type', () => {
    const smuggled = { scheduleId, name: 'New', type: 'Flow' }
    expect(updateServerSchedule.encode(smuggled)).toStrictEqual(body('<schedule name="New"/>'))
  })

  it('and Create refuse Weekly without days, which would be all seven', () => {
    const recurrence = { frequency: 'Weekly' as const, start: '18:30:00', weekDays: [] }
    const refused = { name: 'TableauInputError', field: 'weekDays', outcome: 'not-sent' }
    expect(thrownBy(() => updateServerSchedule.encode({ scheduleId, recurrence }))).toMatchObject(refused)
    expect(thrownBy(() => createServerSchedule.encode({ name: 'n', type: 'Extract', priority: 50, executionOrder: 'Parallel', recurrence }))).toMatchObject(refused)
  })
})

describe('Delete Server Schedule', () => {
  it('has neither query nor body, and takes an empty 204 for a success', () => {
    expect(deleteServerSchedule.encode({ scheduleId })).toStrictEqual({ params: { scheduleId } })
    expect(answer(deleteServerSchedule, Buffer.from(''), { status: 204 }).value).toBeUndefined()
  })
})

describe('refusals', () => {
  it.each([
    [createServerSchedule, 'name-taken', 409, '409021'],
    [updateServerSchedule, 'name-taken', 409, '409021'],
    // The code of a conflict under the status of a bad request.
    [createServerSchedule, 'times-refused', 400, '409004'],
    [updateServerSchedule, 'invalid-parameter', 400, '400008'],
    [createServerSchedule, 'not-allowed', 403, '403004'],
    [getServerSchedule, 'detail-gone', 404, '404023'],
    [getServerSchedule, 'detail-not-found', 404, '404027'],
    [deleteServerSchedule, 'detail-gone', 404, '404023'],
  ])('%# has its code', (endpoint, name, status, code) => {
    const error = thrownBy(() => answer<unknown>(endpoint, fixture(`schedules/${name}`), { status }))
    expect(error).toBeInstanceOf(TableauApiError)
    expect(error).toMatchObject({ code, httpStatus: status, outcome: 'answered', operation: endpoint.name })
  })

  it('carry the rule that was broken', () => {
    expect(thrownBy(() => answer(createServerSchedule, fixture('schedules/times-refused'), { status: 400 }))).toMatchObject({
      detail: "Invalid schedule: for an hourly schedule, 'hours' must be one of 1, 2, 4, 6, 8, 12.",
    })
  })
})

import { describe, expect, it } from 'vitest'
import { aSchedule } from '../../test/a-schedule.ts'
import { luid } from '../../test/fake-api.ts'
import { dayLoadOf, minutesOn } from './day-load.ts'
import { rowsOf } from './schedule-rows.ts'
import { serverZoneOf } from '../../lib/server-zone.ts'

const zone = serverZoneOf({ name: 'America/Los_Angeles', inferred: false })
const daily = (n: number, start: string, more = {}) => aSchedule({ id: luid(n), recurrence: { frequency: 'Daily', start, intervals: [] }, ...more })
const rows = rowsOf({
  schedules: [
    daily(1, '05:00:00'),
    daily(2, '05:29:00'),
    daily(3, '05:30:00'),
    daily(4, '23:59:00', { state: 'Suspended' }),
    aSchedule({ id: luid(5), recurrence: { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ hours: '1' }] } }),
    aSchedule({ id: luid(6), recurrence: { frequency: 'Fortnightly', intervals: [] } }),
  ],
  tasks: { scope: 'site', counts: { [luid(1)]: 10, [luid(2)]: 5, [luid(3)]: 100, [luid(4)]: 999, [luid(5)]: 1 } },
})
const at = Date.parse('2025-11-25T13:00:00Z')

describe('what else starts that day', () => {
  it('is counted by half hours of the server’s wall clock, without suspended schedules', () => {
    const load = dayLoadOf(rows, at, zone, undefined)
    expect(load?.day.date).toBe('2025-11-25')
    expect(load?.slots[10]).toEqual({ minute: 300, starts: 3, tasks: 16 })
    expect(load?.slots[11]).toEqual({ minute: 330, starts: 1, tasks: 100 })
    expect(load).toMatchObject({ schedules: 4, tasks: 10 + 5 + 100 + 24, unknown: 1, fullest: { minute: 330, tasks: 100 } })
  })

  it('leaves out the one that is edited', () => {
    expect(dayLoadOf(rows, at, zone, luid(3))?.fullest).toMatchObject({ minute: 300 })
  })

  it('is the server’s day, whatever day it is here', () => {
    expect(dayLoadOf(rows, Date.parse('2025-11-25T07:59:00Z'), zone, undefined)?.day.date).toBe('2025-11-24')
  })

  it('is not known without a zone', () => {
    expect(dayLoadOf(rows, at, serverZoneOf(undefined), undefined)).toBeUndefined()
  })
})

describe('the own starts', () => {
  it('are those of that day, in minutes', () => {
    const day = dayLoadOf(rows, at, zone, undefined)?.day
    expect(day === undefined ? [] : minutesOn([at - 86_400_000, at, at + 3_600_000, at + 86_400_000], day)).toEqual([300, 360])
  })
})

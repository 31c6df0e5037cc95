import { describe, expect, it } from 'vitest'
import { aSchedule, unwritable } from '../../test/a-schedule.ts'
import { luid } from '../../test/fake-api.ts'
import { isEnded, rowsOf, shownRows, tally, tasksOf } from './schedule-rows.ts'
import type { SchedulesFilter, SchedulesSort } from './schedules.search.ts'

const schedules = [
  aSchedule({ id: luid(1), name: 'Alpha', priority: 90, nextRunAt: '2025-11-26T13:00:00Z' }),
  aSchedule({ id: luid(2), name: 'Beta 10', state: 'Suspended', nextRunAt: '2025-11-25T03:00:00Z', recurrence: { frequency: 'Daily', start: '02:00:00', intervals: [] } }),
  aSchedule({ id: luid(3), name: 'Beta 9', type: 'Subscription', priority: undefined, nextRunAt: undefined, recurrence: unwritable }),
  aSchedule({ id: luid(4), name: 'Gamma', type: 'Holographic', state: 'Dreaming', priority: 10, recurrence: { frequency: 'Fortnightly', intervals: [] } }),
]
const rows = rowsOf({ schedules, tasks: { scope: 'site', counts: { [luid(1)]: 5, [luid(2)]: 40 } } })
const everything: SchedulesFilter = { q: '', type: [], state: [] }
const names = (filter: Partial<SchedulesFilter>, sort: SchedulesSort = 'name:asc') => shownRows(rows, { ...everything, ...filter }, sort).map(({ schedule }) => schedule.name)

describe('the rows', () => {
  it('are sorted as people count', () => {
    expect(names({})).toEqual(['Alpha', 'Beta 9', 'Beta 10', 'Gamma'])
    expect(names({}, 'name:desc')).toEqual(['Gamma', 'Beta 10', 'Beta 9', 'Alpha'])
  })

  it('without a value go last in either direction, and so does what does not run', () => {
    expect(names({}, 'priority:asc')).toEqual(['Gamma', 'Beta 10', 'Alpha', 'Beta 9'])
    expect(names({}, 'priority:desc').at(-1)).toBe('Beta 9')
    expect(names({}, 'next:asc')).toEqual(['Gamma', 'Alpha', 'Beta 10', 'Beta 9'])
    expect(names({}, 'tasks:desc').slice(0, 2)).toEqual(['Beta 10', 'Alpha'])
  })

  it('are sorted by how often they repeat, an unknown frequency last', () => {
    expect(names({}, 'repeats:asc')).toEqual(['Beta 10', 'Alpha', 'Beta 9', 'Gamma'])
  })

  it('are found by name, words and type', () => {
    expect(names({ q: 'ALPHA' })).toEqual(['Alpha'])
    expect(names({ q: 'mon–fri' })).toEqual(['Alpha'])
    expect(names({ q: 'subscription' })).toEqual(['Beta 9'])
    expect(names({ type: ['Holographic'], state: ['Dreaming'] })).toEqual(['Gamma'])
    expect(names({ state: ['Suspended', 'Dreaming'] })).toEqual(['Beta 10', 'Gamma'])
  })

  it('say what cannot be changed about them', () => {
    expect(rows.map(({ fault }) => fault)).toEqual([undefined, undefined, expect.stringMatching(/several days of the month/), expect.stringMatching(/Fortnightly/)])
  })
})

describe('the number of tasks', () => {
  it('is nought for an Extract schedule without any, and not known for other types', () => {
    const tasks = { scope: 'site' as const, counts: {} }
    expect(tasksOf(aSchedule(), tasks)).toEqual({ count: 0, note: undefined })
    expect(tasksOf(aSchedule({ type: 'Flow' }), tasks).count).toBeUndefined()
    expect(tasksOf(aSchedule({ type: 'Flow' }), tasks).note).toMatch(/type Flow/)
    expect(tasksOf(aSchedule(), undefined).count).toBeUndefined()
    expect(tasksOf(aSchedule(), undefined).note).toMatch(/have not been read/)
  })

  it('says that it is one’s own where others’ are not told', () => {
    const own = tasksOf(aSchedule(), { scope: 'own', counts: { [luid(7)]: 2 } })
    expect(own.count).toBe(2)
    expect(own.note).toMatch(/Your own/)
  })
})

describe('what occurs', () => {
  it('is counted, the expected first and raw values too', () => {
    expect(tally(rows, ({ schedule }) => schedule.state, ['Active', 'Suspended'])).toEqual([
      { value: 'Active', count: 2 },
      { value: 'Suspended', count: 1 },
      { value: 'Dreaming', count: 1 },
    ])
  })
})

describe('a schedule with an end', () => {
  it('is over once its next run would be after it', () => {
    expect(isEnded(aSchedule({ endScheduleAt: '2025-11-25T12:59:59Z' }))).toBe(true)
    expect(isEnded(aSchedule({ endScheduleAt: '2025-11-25T13:00:00Z' }))).toBe(false)
    expect(isEnded(aSchedule())).toBe(false)
  })
})

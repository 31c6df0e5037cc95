import { sessionSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { aSchedule, unwritable } from '../../test/a-schedule.ts'
import { aSession } from '../../test/fake-api.ts'
import { canAddContent, canEdit, canWriteSchedules, timesFault } from './schedules-can.ts'

const admin = sessionSchema.parse(aSession())
const viewer = sessionSchema.parse(aSession({ can: false }))
const monthly = (...intervals: Record<string, string>[]) => ({ frequency: 'Monthly', start: '04:00:00', intervals })

describe('changing a schedule', () => {
  it('is for server administrators', () => {
    expect(canEdit(aSchedule(), admin)).toBe(true)
    expect(canWriteSchedules(viewer)).toBe('Only server administrators may change schedules.')
    expect(canEdit(aSchedule(), viewer)).toBe('Only server administrators may change schedules.')
  })

  it('goes without its times where REST cannot write them back', () => {
    for (const recurrence of [unwritable, monthly({ monthDay: 'Second', weekDay: 'Thursday' }), monthly({ monthDay: 'Customized Monthly' }), { frequency: 'Daily', start: '06:00:00', end: '18:00:00', intervals: [{ hours: '4' }] }]) {
      const schedule = aSchedule({ recurrence })
      expect(canEdit(schedule, admin)).toBe(true)
      expect(timesFault(schedule)).toEqual(expect.any(String))
    }
    expect(timesFault(aSchedule())).toBeUndefined()
    expect(timesFault(aSchedule({ recurrence: undefined }))).toBeUndefined()
  })

  it.each([
    ['type', aSchedule({ type: 'Holographic' }), /Holographic/],
    ['type that Tableau runs for itself', aSchedule({ type: 'System' }), /System/],
    ['state', aSchedule({ state: 'Dreaming' }), /Dreaming/],
    ['frequency', aSchedule({ frequency: 'Fortnightly', recurrence: undefined }), /Fortnightly/],
    ['interval', aSchedule({ recurrence: { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ moons: '2' }] } }), /moons=2/],
    ['time', aSchedule({ recurrence: { frequency: 'Daily', start: 'noon', intervals: [] } }), /noon/],
    ['id', aSchedule({ id: 'x' }), /id/],
  ])('is not offered for an unknown %s, raw in the reason', (_what, schedule, reason) => {
    expect(canEdit(schedule, admin)).toMatch(reason)
  })

  it('is not refused for what is only not told', () => {
    expect(canEdit(aSchedule({ recurrence: undefined, executionOrder: undefined }), admin)).toBe(true)
  })
})

describe('adding content', () => {
  it('is for Extract schedules, whoever asks: Tableau decides on the rest', () => {
    expect(canAddContent(aSchedule(), viewer)).toBe(true)
    expect(canAddContent(aSchedule({ type: 'Flow' }), admin)).toMatch(/type Flow/)
  })

  it('is for data acceleration schedules where there is data acceleration', () => {
    expect(canAddContent(aSchedule({ type: 'DataAcceleration' }), admin)).toBe(true)
    expect(canAddContent(aSchedule({ type: 'DataAcceleration' }), viewer)).toBe('Only administrators may see data acceleration tasks.')
  })

  it('is not offered where this version of Tableau cannot', () => {
    const old = sessionSchema.parse(aSession({ cans: { addToSchedules: { allowed: false, reason: 'Since API version 2.8 only.' } } }))
    expect(canAddContent(aSchedule(), old)).toBe('Since API version 2.8 only.')
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromCloudRecurrence, toCloudRecurrence } from './cloud-recurrence.ts'
import type { Interval, Recurrence } from './recurrence.ts'
import { sameCloudTimes, sameRecurrence, sameServerTimes } from './same-recurrence.ts'
import { fromServerRecurrence } from './server-recurrence.ts'
import { anyRecurrence, knownRecurrence, serverRecurrence } from './testing/arbitraries.ts'

const on = (...days: string[]): Interval[] => days.map((weekDay) => ({ weekDay }))
const hourly = (...intervals: Interval[]): Recurrence => ({ frequency: 'Hourly', start: '06:00:00', end: '18:00:00', intervals })
const weekly: Recurrence = { frequency: 'Weekly', start: '06:00:00', intervals: on('Monday', 'Friday') }
const onceADay: Recurrence = { frequency: 'Daily', start: '06:00:00', end: '06:00:00', intervals: [{ hours: '24' }, ...on('Monday')] }

describe('the same times on Server', () => {
  it.each<[string, Recurrence, Recurrence]>([
    ['an hour as 60 minutes', hourly({ hours: '1' }), hourly({ minutes: '60' })],
    ['days in another order', weekly, { ...weekly, intervals: on('Friday', 'Monday') }],
    ['an end of a Weekly', weekly, { ...weekly, end: '23:00:00' }],
    ['a day of the month with a zero', { ...weekly, frequency: 'Monthly', intervals: [{ monthDay: '5' }] }, { ...weekly, frequency: 'Monthly', end: '07:00:00', intervals: [{ monthDay: '05' }] }],
  ])('%s', (_, a, b) => {
    expect([sameServerTimes(a, b), sameServerTimes(b, a)]).toEqual([true, true])
  })

  it.each<[string, Recurrence | undefined, Recurrence | undefined]>([
    ['another end of an Hourly', hourly({ hours: '1' }), { ...hourly({ minutes: '60' }), end: '19:00:00' }],
    ['another day', weekly, { ...weekly, intervals: on('Monday') }],
    ['another start', weekly, { ...weekly, start: '06:05:00' }],
    ['nothing told', weekly, undefined],
    // Neither can be written, which says nothing of one another.
    ['two that cannot be written', hourly({ hours: '3' }), hourly({ hours: '5' })],
    ['one that cannot be written', hourly({ hours: '3' }), hourly({ hours: '1' })],
  ])('not with %s', (_, a, b) => {
    expect([sameServerTimes(a, b), sameServerTimes(b, a)]).toEqual([false, false])
  })
})

describe('the same times on Cloud', () => {
  it.each<[string, Recurrence, Recurrence]>([
    ['an hour as 60 minutes', hourly({ hours: '1' }, ...on('Monday')), hourly({ minutes: '60' }, ...on('Monday'))],
    ['once a day without its end', onceADay, { ...onceADay, end: undefined }],
    ['days of the month in another order', { ...weekly, frequency: 'Monthly', intervals: [{ monthDay: '1' }, { monthDay: '15' }] }, { ...weekly, frequency: 'Monthly', intervals: [{ monthDay: '15' }, { monthDay: '1' }] }],
  ])('%s', (_, a, b) => {
    expect([sameCloudTimes(a, b), sameCloudTimes(b, a)]).toEqual([true, true])
  })

  it.each<[string, Recurrence | undefined, Recurrence | undefined]>([
    ['another end of a Daily every 4 hours', { ...onceADay, intervals: [{ hours: '4' }, ...on('Monday')] }, { ...onceADay, end: '10:00:00', intervals: [{ hours: '4' }, ...on('Monday')] }],
    ['another day', onceADay, { ...onceADay, intervals: [{ hours: '24' }, ...on('Tuesday')] }],
    ['nothing told', undefined, onceADay],
    // A Daily without hours runs every hour there.
    ['two that cannot be written', { ...onceADay, intervals: on('Monday') }, { ...onceADay, end: undefined, intervals: on('Monday') }],
  ])('not with %s', (_, a, b) => {
    expect([sameCloudTimes(a, b), sameCloudTimes(b, a)]).toEqual([false, false])
  })
})

it('are those of what is printed alike, of nothing and nothing, and of what was written and is read', () => {
  expect([sameServerTimes(undefined, undefined), sameCloudTimes(undefined, undefined)]).toEqual([true, true])
  fc.assert(
    fc.property(fc.oneof(anyRecurrence, knownRecurrence(5)), (read) => {
      const turned = { ...read, intervals: read.intervals.toReversed() }
      expect([sameServerTimes(read, turned), sameCloudTimes(read, turned)]).toEqual([true, true])
      const cloud = toCloudRecurrence(read)
      expect(!cloud.writable || sameCloudTimes(read, fromCloudRecurrence(cloud.value))).toBe(true)
    }),
  )
  fc.assert(
    fc.property(serverRecurrence, serverRecurrence, (a, b) => {
      expect(sameServerTimes(fromServerRecurrence(a), fromServerRecurrence(b))).toBe(sameRecurrence(fromServerRecurrence(a), fromServerRecurrence(b)))
    }),
  )
})

import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from './index.ts'
import type { Interval, Recurrence, TableauSim } from './index.ts'
import { one, send, signInToCloud, sitePath, startStillCloud } from './test-client.ts'

let sim: TableauSim | undefined
afterEach(() => sim?.close())

const hour = 3_600_000
const day = 24 * hour
const intervalsOf = (text: string): Interval[] => text.split(' ').map((part) => Object.fromEntries(part.split('+').map((attribute) => attribute.split('=')).map(([name = '', value = '']) => [name, value])))

/** A site with one task, from Wednesday, 4 March 2026, 8 o'clock in Los Angeles unless told. */
const start = async (times: Recurrence, more: { at?: string; timeZone?: string } = {}) => {
  const { at = '2026-03-04T16:00:00Z', timeZone } = more
  const started = await startStillCloud({ scenario: 'empty', clock: createManualClock(Date.parse(at)), ...(timeZone !== undefined && { timeZone }) })
  sim = started
  const site = started.world.site()
  const project = site.addProject({ name: 'Sales', ownerId: 'nobody' })
  const task = started.world.addTask(site.id, { content: site.addContent({ kind: 'workbook', name: 'Sales', ownerId: 'nobody', project }), times, runsForMs: 5000 })
  const nextRun = async () => {
    const admin = await signInToCloud(started)
    return one((await send(started, sitePath(admin, `/tasks/extractRefreshes/${task.id}`), { token: admin.token })).text, 'schedule').getAttribute('nextRunAt')
  }
  const fired = () => site.jobs.map(({ createdAt }) => new Date(createdAt).toISOString().slice(0, 16))
  return { sim: started, task, fired, nextRun }
}

describe('a task on Cloud fires', () => {
  it.each([
    ['hourly in its window on its days', 'Hourly', '18:30:00', '21:30:00', 'hours=1 weekDay=Thursday weekDay=Sunday', 5, ['2026-03-06T02:30', '2026-03-06T03:30', '2026-03-06T04:30', '2026-03-06T05:30', '2026-03-09T01:30', '2026-03-09T02:30', '2026-03-09T03:30', '2026-03-09T04:30']],
    ['every 60 minutes', 'Hourly', '09:00:00', '10:00:00', 'minutes=60 weekDay=Wednesday', 1, ['2026-03-04T17:00', '2026-03-04T18:00']],
    ['past midnight, on the day its window opens', 'Hourly', '23:00:00', '01:00:00', 'hours=1 weekDay=Wednesday', 2, ['2026-03-05T07:00', '2026-03-05T08:00', '2026-03-05T09:00']],
    ['every 4 hours', 'Daily', '18:30:00', '23:30:00', 'hours=4 weekDay=Wednesday weekDay=Thursday', 3, ['2026-03-05T02:30', '2026-03-05T06:30', '2026-03-06T02:30', '2026-03-06T06:30']],
    ['once a day', 'Daily', '05:10:00', '05:10:00', 'hours=24 weekDay=Thursday weekDay=Friday', 4, ['2026-03-05T13:10', '2026-03-06T13:10']],
    ['once a day without an end', 'Daily', '05:10:00', '', 'hours=24 weekDay=Thursday weekDay=Friday', 4, ['2026-03-05T13:10', '2026-03-06T13:10']],
    ['weekly', 'Weekly', '21:50:00', '', 'weekDay=Wednesday', 14, ['2026-03-05T05:50', '2026-03-12T04:50']],
    ['on several days of the month', 'Monthly', '04:00:00', '', 'monthDay=5 monthDay=31', 60, ['2026-03-05T12:00', '2026-03-31T11:00', '2026-04-05T11:00']],
    ['on the last day of the month', 'Monthly', '23:30:00', '', 'monthDay=LastDay', 60, ['2026-04-01T06:30', '2026-05-01T06:30']],
    ['on the third Thursday', 'Monthly', '02:50:00', '', 'monthDay=Third+weekDay=Thursday', 60, ['2026-03-19T09:50', '2026-04-16T09:50']],
    ['on the fifth Monday, in months that have one', 'Monthly', '02:50:00', '', 'monthDay=Fifth+weekDay=Monday', 90, ['2026-03-30T09:50']],
    ['on the last Friday', 'Monthly', '19:50:00', '', 'monthDay=LastDay+weekDay=Friday', 60, ['2026-03-28T02:50', '2026-04-25T02:50']],
  ])('%s', async (_, frequency, from, end, intervals, days, expected) => {
    const { sim, fired, nextRun } = await start({ frequency, start: from, ...(end !== '' && { end }), intervals: intervalsOf(intervals) })
    expect(await nextRun()).toBe(`${expected[0] ?? ''}:00Z`)
    sim.clock.advance(days * day)
    expect(fired()).toEqual(expected)
  })

  it('every hour where a Daily has no hours, and once a day with 24', async () => {
    const within = await start({ frequency: 'Daily', start: '09:20:00', end: '12:20:00', intervals: intervalsOf('weekDay=Wednesday weekDay=Friday') })
    expect(await within.nextRun()).toBe('2026-03-04T17:20:00Z')
    within.sim.clock.advance(2 * day)
    expect(within.fired()).toEqual(['2026-03-04T17:20', '2026-03-04T18:20', '2026-03-04T19:20', '2026-03-04T20:20'])
    await within.sim.close()
    const around = await start({ frequency: 'Daily', start: '09:20:00', intervals: [] })
    around.sim.clock.advance(day)
    expect(around.fired()).toHaveLength(24)
    await around.sim.close()
    const once = await start({ frequency: 'Daily', start: '09:20:00', intervals: intervalsOf('hours=24') })
    once.sim.clock.advance(day)
    expect(once.fired()).toEqual(['2026-03-04T17:20'])
  })

  it('on the wall clock of the site, whichever its zone is', async () => {
    const times = { frequency: 'Weekly', start: '06:00:00', intervals: [{ weekDay: 'Sunday' }] }
    const { sim, fired, nextRun, task } = await start(times, { at: '2026-03-25T00:00:00Z', timeZone: 'Europe/Berlin' })
    expect(await nextRun()).toBe('2026-03-29T04:00:00Z')
    sim.clock.advance(12 * day)
    expect(fired()).toEqual(['2026-03-29T04:00', '2026-04-05T04:00'])
    const admin = await signInToCloud(sim)
    const body = `<tsRequest><schedule frequency="Weekly"><frequencyDetails start="06:00:00"><intervals><interval weekDay="Sunday"/></intervals></frequencyDetails></schedule></tsRequest>`
    const { text } = await send(sim, sitePath(admin, `/tasks/extractRefreshes/${task.id}`), { method: 'POST', token: admin.token, body })
    const schedule = one(text, 'schedule')
    expect(['createdAt', 'updatedAt', 'nextRunAt'].map((name) => schedule.getAttribute(name))).toEqual(['2025-03-10T17:05:00+0100', '2026-04-06T02:00:00+0200', '2026-04-12T06:00:00+0200'])
  })

  it('until it is suspended at five failures, and again after a run by hand that succeeds', async () => {
    const { sim, task, fired } = await start({ frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ hours: '1' }] })
    task.failureRate = 1
    sim.clock.advance(8 * hour)
    expect([fired().length, task.consecutiveFailedCount]).toEqual([5, 5])
    task.failureRate = 0
    const admin = await signInToCloud(sim)
    await send(sim, sitePath(admin, `/tasks/extractRefreshes/${task.id}/runNow`), { method: 'POST', token: admin.token, body: '<tsRequest/>' })
    sim.clock.advance(3 * hour)
    expect([fired().length, task.consecutiveFailedCount]).toEqual([9, 0])
  })

  it('no more once its content is gone', async () => {
    const { sim, task, fired } = await start({ frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ hours: '1' }] })
    sim.world.site().removeContent(task.content.id)
    sim.clock.advance(day)
    expect(fired()).toEqual([])
  })
})

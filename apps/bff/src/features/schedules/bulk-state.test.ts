import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { getBulk, planBulk, wouldSend, type BulkRunWithItems } from '@refreshboard/api-types'
import type { ScheduleSpec, ServerSchedule } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'

let harness: Harness
const start = async (options: HarnessOptions = {}, account = 'admin'): Promise<Browser> => {
  harness = await startHarness(options)
  return harness.signedIn(account)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const schedule = (name: string, spec: Partial<ScheduleSpec> = {}): ServerSchedule => harness.sim.world.addSchedule({ name, frequency: 'Daily', start: '05:00:00', intervals: [], ...spec })
const plan = async (browser: Browser, action: string, schedules: readonly { id: string }[]): Promise<BulkRunWithItems> =>
  outputOf(planBulk, await browser.post('/api/bulk', { action, select: { ids: schedules.map(({ id }) => id) } }))
const runOf = async (browser: Browser, { id }: { id: string }): Promise<BulkRunWithItems> => outputOf(getBulk, await browser.get(`/api/bulk/${id}`))
const carryOut = async (browser: Browser, run: BulkRunWithItems): Promise<BulkRunWithItems> => {
  await browser.post(`/api/bulk/${run.id}/start`, { digest: run.digest })
  await eventually(async () => (await runOf(browser, run)).state === 'done', 'the end of the run')
  return runOf(browser, run)
}

const weekly = { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Friday' }] } as const

describe('suspending and resuming many schedules', () => {
  it('suspends what is active, a weekly one with its days, and resumes it again', async () => {
    const browser = await start()
    const [daily, days, suspended] = [schedule('Daily'), schedule('Office days', weekly), schedule('Off', { state: 'Suspended' })]
    const gone = { id: randomUUID() }
    const run = await plan(browser, 'schedules.suspend', [daily, days, suspended, gone])
    expect(run).toMatchObject({ title: 'Suspend 2 schedules', counts: { planned: 2, left_out: 2 }, items: [{ name: 'Daily', about: 'Extract' }, {}, { reason: 'It is suspended already.' }, { reason: containing('does not know this schedule') }] })
    expect(run.warnings.join(' ')).toContain('All sites of the server')
    expect((await carryOut(browser, run)).counts).toEqual({ done: 2, left_out: 2 })
    expect([daily.state, days.state, days.recurrence.intervals]).toEqual(['Suspended', 'Suspended', weekly.intervals])
    const back = await plan(browser, 'schedules.resume', [daily, days, suspended])
    expect([back.title, (await carryOut(browser, back)).counts, days.state, days.recurrence.intervals]).toEqual(['Resume 3 schedules', { done: 3 }, 'Active', weekly.intervals])
  })

  it('leaves out what an update through REST would damage', async () => {
    const browser = await start()
    const dayless = schedule('On no day', { ...weekly, intervals: [] })
    const run = await plan(browser, 'schedules.suspend', [dayless])
    expect(run.items).toMatchObject([{ state: 'left_out', reason: containing('What Refreshboard does not understand it does not change.') }])
    expect(problemOf(await browser.post(`/api/bulk/${run.id}/start`, { digest: run.digest }))).toMatchObject({ code: 'conflict', detail: containing('all are left out') })
    expect(dayless.state).toBe('Active')
  })

  it('leaves out what is not changed one by one either, with the same reason', async () => {
    const browser = await start()
    const own = harness.sim.world.addSchedule({ name: 'Of Tableau', type: 'System', frequency: 'Daily', start: '05:00:00', intervals: [] })
    const odd = schedule('Every seven hours on Mondays', { ...weekly, end: '17:00:00', intervals: [{ weekDay: 'Monday' }, { hours: '7' }] })
    const reasons = [containing('of the type “System”, which is changed in Tableau’s own pages only'), containing('What Refreshboard does not understand it does not change.')]
    expect((await plan(browser, 'schedules.suspend', [own, odd])).items).toMatchObject(reasons.map((reason) => ({ state: 'left_out', reason })))
    for (const [at, { id }] of [own, odd].entries()) {
      const reply = await browser.request(`/api/schedules/${id}`, { method: 'PATCH', body: { changes: { state: 'Suspended' }, seen: { state: 'Active' } }, key: randomUUID() })
      expect(problemOf(reply)).toMatchObject({ code: 'unsupported_here', detail: reasons[at] })
    }
    expect([own.state, odd.state, harness.sim.ledger.of('updateServerSchedule')]).toEqual(['Active', 'Active', []])
  })

  it('sends nothing of what is found only then to be shown alone, since no list has its times', async () => {
    const browser = await start()
    const [odd, daily] = [schedule('Odd', { frequency: 'Hourly', intervals: [{ hours: '3' }] }), schedule('Daily')]
    const run = await plan(browser, 'schedules.suspend', [odd, daily])
    expect(run.counts).toEqual({ planned: 2 })
    expect((await carryOut(browser, run)).counts).toEqual({ done: 1, refused: 1 })
    await browser.get(`/api/schedules/${odd.id}`)
    expect((await plan(browser, 'schedules.suspend', [odd])).items).toMatchObject([{ state: 'left_out', reason: 'It is Hourly without an end time. What Refreshboard does not understand it does not change.' }])
    expect([odd.state, daily.state, harness.sim.ledger.of('updateServerSchedule').length]).toEqual(['Active', 'Suspended', 1])
  })

  it('leaves out every weekly one on a server that does not tell their days', async () => {
    const browser = await start({ sim: { apiVersion: '3.7' } })
    const [daily, days] = [schedule('Daily'), schedule('Office days', weekly)]
    const run = await plan(browser, 'schedules.suspend', [daily, days])
    expect(run.items).toMatchObject([{ state: 'planned' }, { state: 'left_out', reason: containing('does not tell them') }])
  })

  it('plans a thousand from the list, and reads one by one only the weekly ones whose days nobody has read', async () => {
    const browser = await start()
    const [many, days] = [Array.from({ length: 990 }, (_, at) => schedule(`Daily ${at}`)), Array.from({ length: 10 }, (_, at) => schedule(`Office days ${at}`, weekly))]
    const reads = () => harness.sim.ledger.of('getServerSchedule').length
    const run = await plan(browser, 'schedules.suspend', [...many, ...days])
    expect([run.counts, reads()]).toEqual([{ planned: 1000 }, 10])
    expect((await plan(browser, 'schedules.resume', [...many, ...days])).counts).toEqual({ left_out: 1000 })
    expect(reads()).toBe(10)
  })

  it('reads again the days of what was changed since they were read', async () => {
    const browser = await start()
    const [days] = [schedule('Office days', weekly)]
    await plan(browser, 'schedules.suspend', [days])
    days.updatedAt = Date.parse('2030-01-01T00:00:00Z')
    Object.assign(days.recurrence, { end: '17:00:00', intervals: [{ weekDay: 'Monday' }, { hours: '7' }] })
    expect((await plan(browser, 'schedules.suspend', [days])).items).toMatchObject([{ state: 'left_out', reason: containing('“hours=7”, which Refreshboard does not know') }])
  })

  it('has nothing to show for one that is suspended already', async () => {
    const browser = await start()
    const run = await plan(browser, 'schedules.suspend', [schedule('Daily')])
    const ask = () => browser.post('/api/would-send', { operation: 'bulk.item', params: { id: run.id, n: '0' } })
    expect(outputOf(wouldSend, await ask()).requests).toMatchObject([{ method: 'PUT' }])
    await carryOut(browser, run)
    expect(outputOf(wouldSend, await ask()).requests).toEqual([])
  })

  it('refuses what was suspended by somebody else since it was planned', async () => {
    const browser = await start()
    const [one, two] = [schedule('One'), schedule('Two')]
    const run = await plan(browser, 'schedules.suspend', [one, two])
    two.state = 'Suspended'
    const reply = await browser.post(`/api/bulk/${run.id}/start`, { digest: run.digest })
    expect(problemOf(reply)).toMatchObject({ code: 'changed_elsewhere', detail: containing('No longer to be done: “Two” (It is suspended already).') })
    expect(harness.sim.ledger.of('updateServerSchedule')).toEqual([])
  })

  it.each([
    ['a site administrator', {}, 'site-admin', 'forbidden'],
    ['Tableau Cloud', { sim: { flavor: 'cloud' } }, 'admin', 'unsupported_here'],
  ] as const)('is refused as a whole for %s', async (_name, options, account, code) => {
    const browser = await start(options, account)
    expect(problemOf(await browser.post('/api/bulk', { action: 'schedules.suspend', select: { ids: [randomUUID()] } })).code).toBe(code)
  })
})

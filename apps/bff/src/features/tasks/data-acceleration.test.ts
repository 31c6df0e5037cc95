import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { listDataAccelerationTasks, listTasks } from '@refreshboard/api-types'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { groundOf } from '../../testing/ground.ts'
import { startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing, matching } from '../../testing/matchers.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { outcomeIn } from '../../testing/written.ts'

let harness: Harness
let clock: TestClock
const start = async (sim: HarnessOptions['sim'] = { apiVersion: '3.15' }, account = 'admin'): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, sim: { ...sim } })
  return harness.signedIn(account)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const list = async (browser: Browser) => outputOf(listDataAccelerationTasks, await browser.get('/api/data-acceleration-tasks'))
const schedule = (type: 'DataAcceleration' | 'Extract' = 'DataAcceleration') =>
  harness.sim.world.addSchedule({ name: `${type} ${randomUUID()}`, type, frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ hours: '4' }] })
const workbook = (spec = {}) => groundOf(harness.sim).item('workbook', spec)
const task = () => harness.sim.world.addTask('', { kind: 'dataAcceleration', content: workbook(), schedule: schedule() })
const add = (browser: Browser, on: { id: string }, item: { id: string }): Promise<Reply> =>
  browser.post(`/api/schedules/${on.id}/tasks`, { workbookId: item.id, kind: 'dataAcceleration' }, { key: randomUUID() })
const remove = (browser: Browser, { id }: { id: string }): Promise<Reply> => browser.request(`/api/data-acceleration-tasks/${id}`, { method: 'DELETE', key: randomUUID() })

describe('data acceleration tasks', () => {
  it('are listed with workbook and schedule, and are no extract refreshes', async () => {
    const browser = await start()
    const made = task()
    const { tasks, named } = await list(browser)
    expect([named, tasks.length]).toEqual([true, 1])
    expect(tasks[0]).toMatchObject({
      id: made.id,
      consecutiveFailedCount: 0,
      content: { kind: 'workbook', id: made.content.id, name: made.content.name, owner: { name: 'Ada Minsk' } },
      schedule: { id: made.schedule?.id, type: 'DataAcceleration', nextRunAt: matching(/Z$/), recurrence: { frequency: 'Hourly', intervals: [{ hours: '4' }] } },
    })
    expect(outputOf(listTasks, await browser.get('/api/tasks')).tasks.some(({ id }) => id === made.id)).toBe(false)
  })

  it('are added to a schedule of their type, and shown at once', async () => {
    const browser = await start({ apiVersion: '3.15', indexLagMs: 30_000 })
    const [on, item] = [schedule(), workbook()]
    const outcome = outcomeIn(await add(browser, on, item))
    expect(outcome).toMatchObject({ state: 'done', evidence: 'Tableau has added the content to the schedule, for data acceleration.', result: { scheduleId: on.id } })
    expect((await list(browser)).tasks.map(({ id, content }) => [id, content?.id])).toEqual([[outcome.result?.taskId, item.id]])
    expect(harness.sim.ledger.of('addWorkbookToSchedule').at(-1)?.body).toBe(`<tsRequest><task><dataAcceleration><workbook id="${item.id}"/></dataAcceleration></task></tsRequest>`)
    expect(problemOf(await add(browser, schedule('Extract'), item))).toMatchObject({ tableau: { code: '400000' }, detail: containing('for its own type alone') })
  })

  it('are deleted, and gone at once; a second time there is none', async () => {
    const browser = await start({ apiVersion: '3.15', indexLagMs: 30_000 })
    const made = task()
    expect((await list(browser)).tasks).toHaveLength(1)
    expect(outcomeIn(await remove(browser, made))).toMatchObject({ state: 'done', result: { taskId: made.id } })
    expect((await list(browser)).tasks).toEqual([])
    expect(harness.sim.world.site().content(made.content.id)).toBe(made.content)
    expect(problemOf(await remove(browser, made))).toMatchObject({ code: 'not_found', tableau: { code: '404026' } })
  })

  it('run by schedules that can be made for them', async () => {
    const browser = await start()
    const body = { name: 'Before work', type: 'DataAcceleration', recurrence: { frequency: 'Daily', start: '05:00:00' } }
    expect(outcomeIn(await browser.post('/api/schedules', body, { key: randomUUID() }))).toMatchObject({ state: 'done' })
    expect(harness.sim.world.schedule('Before work').type).toBe('DataAcceleration')
    expect(outcomeIn(await add(browser, harness.sim.world.schedule('Before work'), workbook()))).toMatchObject({ state: 'done' })
  })

  it('are administrators’ alone', async () => {
    const browser = await start({ apiVersion: '3.15' }, 'creator')
    const made = task()
    for (const reply of [await browser.get('/api/data-acceleration-tasks'), await remove(browser, made)]) {
      expect(problemOf(reply)).toMatchObject({ code: 'forbidden', tableau: { code: '409087' }, detail: containing('administrators alone') })
    }
    expect(problemOf(await add(browser, schedule(), workbook())).code).toBe('forbidden')
    clock.advance(60_000)
    expect((await list(await harness.signedIn('site-admin'))).tasks).toHaveLength(1)
  })

  it.each([
    ['3.16', { apiVersion: '3.16' }, 'replaced data acceleration by View Acceleration'],
    ['3.24', {}, 'answers such requests and does nothing'],
    ['3.7', { apiVersion: '3.7' }, 'version 3.8 '],
    ['Cloud', { flavor: 'cloud' }, 'Tableau Cloud has no'],
  ] as const)('on %s are not asked for, nor sent, and the reason is told', async (_version, sim, reason) => {
    const browser = await start(sim)
    const replies = [await browser.get('/api/data-acceleration-tasks'), await remove(browser, { id: randomUUID() }), await add(browser, { id: randomUUID() }, { id: randomUUID() })]
    replies.push(await browser.post('/api/schedules', { name: 'Late', type: 'DataAcceleration', recurrence: { frequency: 'Daily', start: '05:00:00' } }, { key: randomUUID() }))
    for (const reply of replies) expect(problemOf(reply)).toMatchObject({ code: 'unsupported_here', detail: containing(reason) })
    expect(harness.sim.ledger.entries.filter(({ path }) => /dataAcceleration|schedules/.test(path))).toEqual([])
  })
})

import { randomUUID } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import type { Flavor } from '@refreshboard/tableau-sim'
import type { Browser } from '../testing/browser.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { containing } from '../testing/matchers.ts'
import { item } from '../testing/test-write.ts'
import { outcomeOf, settledOutcome } from '../testing/written.ts'

let harness: Harness
let clock: TestClock
const start = async (flavor: Flavor): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, stored: true, bff: { backgroundGraceMs: 20 }, sim: { flavor } })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const nightly = { frequency: 'Daily', start: '02:15:00', end: '02:15:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }] }
const evening = { frequency: 'Daily', start: '18:00:00', end: '18:00:00', intervals: [{ hours: '24' }, { weekDay: 'Friday' }] }
const eveningSent = { frequency: 'Daily', start: '18:00:00', end: '18:00:00', hours: 24, weekDays: ['Friday'] }

/** Two fields of an edit, of which somebody else has set one alike already. */
const editOfSchedule = () => {
  const schedule = harness.sim.world.schedule('Nightly')
  const seen = { name: schedule.name, priority: schedule.priority }
  schedule.priority = 31
  const send = (browser: Browser, key: string) => browser.request(`/api/schedules/${schedule.id}`, { method: 'PATCH', key, body: { changes: { name: 'After midnight', priority: 31 }, seen } })
  return { schedule, send }
}

const editOfTask = () => {
  const task = harness.sim.world.addTask(harness.sim.world.home.id, { content: item(harness.sim, 'workbook'), times: evening })
  const body = { changes: { refreshType: 'IncrementalRefresh', recurrence: eveningSent }, seen: { recurrence: nightly } }
  return { task, send: (browser: Browser, key: string) => browser.request(`/api/tasks/${task.id}`, { method: 'PATCH', key, body }) }
}

const alikePriority = { alike: ['priority'], merged: ['Somebody else has set the priority to 31, too.'] }

describe('an edit of which the reply is lost', () => {
  it('tells what was alike already, and what was merged, as its reply would have', async () => {
    const browser = await start('server')
    const { schedule, send } = editOfSchedule()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'updateServerSchedule', when: 'after', action: { kind: 'reset' } })
    expect((await send(browser, key)).status).toBe(202)
    const outcome = await settledOutcome(browser, key, clock)
    expect(outcome).toMatchObject({ state: 'done', evidence: 'Tableau reports the name as “After midnight”, as it was sent.', result: { scheduleId: schedule.id, ...alikePriority } })
    expect(outcome.result?.differs).toBeUndefined()
  })

  it.each(['in this process', 'after a restart'])('is judged by what was sent alone, and tells what somebody else has changed meanwhile, %s', async (where) => {
    const browser = await start('server')
    const { schedule, send } = editOfSchedule()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'updateServerSchedule', when: 'after', action: { kind: 'reset' } })
    harness.sim.faults.add({ operation: 'getServerSchedule', nth: 2, action: { kind: 'status', status: 502 } })
    expect((await send(browser, key)).status).toBe(202)
    schedule.priority = 44
    if (where === 'after a restart') await harness.restart()
    const moved = ['The priority was 31 and is now 44: somebody else has changed it in the same moment.']
    expect(await settledOutcome(browser, key, clock)).toMatchObject({ state: 'done', evidence: `Tableau reports the name as “After midnight”, as it was sent. ${moved.join('')}`, result: { ...alikePriority, moved } })
  })

  it('is read back from a record of an earlier version, too', async () => {
    const browser = await start('server')
    const { schedule, send } = editOfSchedule()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'updateServerSchedule', when: 'after', action: { kind: 'reset' } })
    expect((await send(browser, key)).status).toBe(202)
    await harness.bff.close()
    const database = new Database(path.join(harness.directory, 'store.db'))
    database.exec(`update writes set state = 'sending', result = null, before = json_remove(before, '$.sent', '$.merged', '$.alike') where key = '${key}'`)
    database.close()
    await harness.restart()
    expect((await outcomeOf(browser, key)).state).toBe('checking')
    const outcome = await settledOutcome(browser, key, clock)
    expect([outcome.state, outcome.result]).toEqual(['done', { scheduleId: schedule.id }])
  })

  it('of a task of Cloud is judged by what was sent alone', async () => {
    const browser = await start('cloud')
    const { task, send } = editOfTask()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'updateCloudExtractRefreshTask', when: 'after', action: { kind: 'reset' } })
    harness.sim.faults.add({ operation: 'getExtractRefreshTask', nth: 2, action: { kind: 'status', status: 502 } })
    expect((await send(browser, key)).status).toBe(202)
    // The times were alike and were not sent: that somebody else has changed them says nothing of this edit.
    if (task.ownSchedule) task.ownSchedule.recurrence = nightly
    const outcome = await settledOutcome(browser, key, clock)
    expect([outcome.state, outcome.evidence]).toEqual(['unconfirmed', containing('Tableau does not tell whether a task is a full or an incremental refresh')])
    expect(task.incremental).toBe(true)
  })
})

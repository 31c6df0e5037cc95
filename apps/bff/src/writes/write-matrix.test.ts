import { randomUUID } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import type { WriteState } from '@refreshboard/api-types'
import type { FaultAction, OperationName } from '@refreshboard/tableau-sim'
import { problemOf, type Browser, type Reply } from '../testing/browser.ts'
import { startHarness, type Harness, type HarnessOptions } from '../testing/harness.ts'
import { containing } from '../testing/matchers.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { outcomeIn, outcomeOf, settledOutcome } from '../testing/written.ts'

// Every write of schedules and tasks under every fault that can leave its outcome open.

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options, bff: { tableauDeadlineMs: 600, ...options.bff } })
  return harness.signedIn()
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

interface Write {
  operation: OperationName
  /** What reads it back. */
  reads: OperationName[]
  /** Lays out what is written to; the request for it. */
  request: () => { path: string; method: 'POST' | 'PATCH' | 'DELETE'; body?: unknown }
  /** Whether the world is as it should be after the write. */
  holds: () => boolean
}

const schedule = () => harness.sim.world.addSchedule({ name: 'Office days', frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Friday' }] })
const item = (kind: 'workbook' | 'datasource') => {
  const site = harness.sim.world.site()
  const admin = harness.sim.world.account('admin').memberships.find((membership) => membership.site === site)
  return site.addContent({ kind, name: 'Quarterly figures', ownerId: admin?.userId ?? '', project: site.projects[0] })
}
const task = () => harness.sim.world.addTask('', { content: item('workbook'), schedule: schedule() })
const tasksOnSchedule = (): number => harness.sim.world.tasks().onSchedule(harness.sim.world.schedule('Office days')).length
const isThere = (name: string): boolean => harness.sim.world.schedules.some((one) => one.name === name)

const writes: Record<string, Write> = {
  'create a schedule': {
    operation: 'createServerSchedule',
    reads: ['listServerSchedules', 'getServerSchedule'],
    request: () => ({ path: '/api/schedules', method: 'POST', body: { name: 'Before dawn', type: 'Extract', recurrence: { frequency: 'Weekly', start: '05:00:00', weekDays: ['Saturday', 'Sunday'] } } }),
    holds: () => harness.sim.world.schedules.filter(({ name }) => name === 'Before dawn').length === 1,
  },
  'update a schedule': {
    operation: 'updateServerSchedule',
    reads: ['getServerSchedule'],
    request: () => ({ path: `/api/schedules/${schedule().id}`, method: 'PATCH', body: { changes: { name: 'Renamed', state: 'Suspended' }, seen: { name: 'Office days' } } }),
    holds: () => isThere('Renamed') && harness.sim.world.schedule('Renamed').recurrence.intervals.length === 2,
  },
  'delete a schedule': {
    operation: 'deleteServerSchedule',
    reads: ['getServerSchedule'],
    request: () => ({ path: `/api/schedules/${schedule().id}`, method: 'DELETE' }),
    holds: () => !isThere('Office days'),
  },
  'add a workbook': {
    operation: 'addWorkbookToSchedule',
    reads: ['listExtractRefreshTasks'],
    request: () => ({ path: `/api/schedules/${schedule().id}/tasks`, method: 'POST', body: { workbookId: item('workbook').id } }),
    holds: () => tasksOnSchedule() === 1,
  },
  'add a data source': {
    operation: 'addDatasourceToSchedule',
    reads: ['listExtractRefreshTasks'],
    request: () => ({ path: `/api/schedules/${schedule().id}/tasks`, method: 'POST', body: { datasourceId: item('datasource').id } }),
    holds: () => tasksOnSchedule() === 1,
  },
  'run a task': {
    operation: 'runExtractRefreshTask',
    reads: ['queryJobs', 'queryJob'],
    request: () => ({ path: `/api/tasks/${task().id}/run`, method: 'POST' }),
    holds: () => harness.sim.world.site().findJobs({ title: 'Quarterly figures' }).length === 1,
  },
  'delete a task': {
    operation: 'deleteExtractRefreshTask',
    reads: ['getExtractRefreshTask', 'listExtractRefreshTasks'],
    request: () => ({ path: `/api/tasks/${task().id}`, method: 'DELETE' }),
    holds: () => isThere('Office days') && tasksOnSchedule() === 0,
  },
}

const send = (browser: Browser, { path: address, method, body }: ReturnType<Write['request']>, key: string): Promise<Reply> =>
  browser.request(address, { method, key, ...(body === undefined ? {} : { body }) })

/** How often it was sent, and how often it had an effect. */
const ledger = ({ operation }: Write): [sent: number, applied: number] => {
  const entries = harness.sim.ledger.of(operation)
  return [entries.length, entries.filter(({ applied }) => applied).length]
}

describe.each(Object.entries(writes))('%s', (_name, write) => {
  it('is done once', async () => {
    const browser = await start()
    const key = randomUUID()
    const reply = await send(browser, write.request(), key)
    expect([reply.status, outcomeIn(reply).state, write.holds(), ledger(write)]).toEqual([200, 'done', true, [1, 1]])
    expect(await outcomeOf(browser, key)).toEqual(outcomeIn(reply))
  })

  it('is done once under a double click, and every click is told the same', async () => {
    const browser = await start()
    const key = randomUUID()
    const request = write.request()
    harness.sim.faults.add({ operation: write.operation, action: { kind: 'delay', ms: 40 } })
    const replies = await Promise.all(Array.from({ length: 6 }, () => send(browser, request, key)))
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
    expect([replies.map(({ status }) => status)[0], write.holds(), ledger(write)]).toEqual([200, true, [1, 1]])
  })

  it('is done once from two tabs at the same time, each with a key of its own', async () => {
    const browser = await start()
    const other = await harness.signedIn()
    const request = write.request()
    harness.sim.faults.add({ operation: write.operation, action: { kind: 'delay', ms: 40 } })
    const replies = await Promise.all([send(browser, request, randomUUID()), send(other, request, randomUUID())])
    const [one, two] = replies.map(outcomeIn)
    expect([one?.state, two?.state, two?.result, write.holds(), ledger(write)]).toEqual(['done', 'done', one?.result, true, [1, 1]])
  })

  it('under a key that comes again is answered as before and not sent again', async () => {
    const browser = await start()
    const key = randomUUID()
    const request = write.request()
    const first = await send(browser, request, key)
    clock.advance(60_000)
    expect((await send(browser, request, key)).text).toBe(first.text)
    expect([write.holds(), ledger(write)]).toEqual([true, [1, 1]])
  })

  it.each([
    ['a reset', { kind: 'reset' }],
    ['silence until the deadline', { kind: 'hang' }],
    ['a page of a proxy', { kind: 'html', status: 502 }],
    ['a cut-off reply', { kind: 'truncate', bytes: 40 }],
  ] as readonly (readonly [string, FaultAction])[])('whose reply is lost by %s after the effect is read back and done', async (_fault, action) => {
    const browser = await start()
    const key = randomUUID()
    const request = write.request()
    const direct = action.kind === 'truncate' && ['deleteServerSchedule', 'deleteExtractRefreshTask'].includes(write.operation)
    harness.sim.faults.add({ operation: write.operation, when: 'after', action })
    const reply = await send(browser, request, key)
    // A 204 has no body that could be cut off.
    expect([reply.status, outcomeIn(reply).state]).toEqual(direct ? [200, 'done'] : [202, 'checking'])
    const outcome = await settledOutcome(browser, key, clock)
    expect([outcome.state, write.holds(), ledger(write)]).toEqual(['done', true, [1, 1]])
    const again = await send(browser, request, key)
    expect([again.status, outcomeIn(again), ledger(write)]).toEqual([200, outcome, [1, 1]])
  })

  it('whose reply is lost names what it made, as an answer would have', async () => {
    const browser = await start()
    const key = randomUUID()
    harness.sim.faults.add({ operation: write.operation, when: 'after', action: { kind: 'reset' } })
    await send(browser, write.request(), key)
    const { result } = await settledOutcome(browser, key, clock)
    await harness[Symbol.asyncDispose]()
    const other = await start()
    expect(result).toEqual(outcomeIn(await send(other, write.request(), randomUUID())).result)
  })

  it('that never arrived could not be confirmed after 30 s, and nothing is sent again', async () => {
    const browser = await start()
    const key = randomUUID()
    const request = write.request()
    harness.sim.faults.add({ operation: write.operation, action: { kind: 'reset' } })
    expect((await send(browser, request, key)).status).toBe(202)
    const outcome = await settledOutcome(browser, key, clock)
    expect([outcome.state, outcome.evidence.endsWith('in 30 seconds.'), write.holds(), ledger(write)]).toEqual(['unconfirmed', true, false, [1, 0]])
    expect(clock.monotonic()).toBeGreaterThanOrEqual(30_000)
    expect([outcomeIn(await send(browser, request, key)).state, ledger(write)]).toEqual(['unconfirmed', [1, 0]])
    expect([outcomeIn(await send(browser, request, randomUUID())).state, write.holds(), ledger(write)]).toEqual(['done', true, [2, 1]])
  })

  it('is read back for as long as Tableau cannot be read', async () => {
    const browser = await start()
    const key = randomUUID()
    const request = write.request()
    harness.sim.faults.add({ operation: write.operation, when: 'after', action: { kind: 'reset' } })
    const sent = send(browser, request, key)
    await sent
    for (const operation of write.reads) harness.sim.faults.add({ operation, times: 4, action: { kind: 'html', status: 502 } })
    expect([(await settledOutcome(browser, key, clock)).state, ledger(write)]).toEqual(['done', [1, 1]])
  })

  it('that Tableau asks to wait with is said so, and is sent when the same key comes again', async () => {
    const browser = await start()
    const key = randomUUID()
    const request = write.request()
    harness.sim.faults.add({ operation: write.operation, action: { kind: 'throttle', seconds: 30, style: 'header' } })
    expect(problemOf(await send(browser, request, key))).toMatchObject({ code: 'throttled', retryAt: containing('T') })
    expect([(await outcomeOf(browser, key)).state, write.holds()]).toEqual(['not_done', false])
    expect([outcomeIn(await send(browser, request, key)).state, write.holds(), ledger(write)]).toEqual(['done', true, [2, 1]])
  })

  it('with a dead token was not sent, and is when the same key comes after signing in again', async () => {
    const browser = await start()
    const key = randomUUID()
    const request = write.request()
    harness.sim.faults.add({ operation: write.operation, action: { kind: 'killToken' } })
    expect(problemOf(await send(browser, request, key)).code).toBe('session_expired')
    await browser.signIn('admin')
    expect([outcomeIn(await send(browser, request, key)).state, write.holds(), ledger(write)[1]]).toEqual(['done', true, 1])
  })

  it('is nobody else’s to ask about', async () => {
    const browser = await start()
    const key = randomUUID()
    await send(browser, write.request(), key)
    expect(problemOf(await (await harness.signedIn('site-admin')).get(`/api/writes/${key}`)).code).toBe('not_found')
  })

  it.each([
    ['after', 'done'],
    ['before', 'unconfirmed'],
  ] as const)('that a restart cut off, lost %s the effect, is read back when its person asks', async (when, state) => {
    const browser = await start({ stored: true })
    const key = randomUUID()
    const request = write.request()
    harness.sim.faults.add({ operation: write.operation, when, action: { kind: 'reset' } })
    const reply = await send(browser, request, key)
    for (const operation of write.reads) harness.sim.faults.add({ operation, times: 99, action: { kind: 'hang' } })
    expect(reply.status).toBe(202)
    await harness.bff.close()
    const database = new Database(path.join(harness.directory, 'store.db'))
    database.exec(`update writes set state = 'sending' where key = '${key}'`)
    database.close()
    harness.sim.faults.clear()
    await harness.restart()
    const asked = await outcomeOf(browser, key)
    expect(asked).toMatchObject({ state: 'checking', evidence: containing('restarted') } satisfies { state: WriteState; evidence: unknown })
    const outcome = await settledOutcome(browser, key, clock)
    expect([outcome.state, write.holds(), ledger(write)]).toEqual([state, state === 'done', [1, state === 'done' ? 1 : 0]])
    expect(outcomeIn(await send(browser, request, key))).toEqual(outcome)
  })
})

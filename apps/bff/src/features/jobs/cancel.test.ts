import { randomUUID } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { cancelJob, getWrite, listJobs, type WriteState } from '@refreshboard/api-types'
import type { FaultAction, Job, LedgerEntry } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing, matching } from '../../testing/matchers.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}): Promise<Harness> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options, bff: { tableauDeadlineMs: 1000, ...options.bff } })
  return harness
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const jobOf = (status: Job['status'], jobType?: string): Job => harness.sim.world.site().findJob({ status, ...(jobType === undefined ? {} : { jobType }) })
const cancel = (browser: Browser, id: string, key: string = randomUUID()): Promise<Reply> => browser.post(`/api/jobs/${id}/cancel`, undefined, { key })
const outcome = async (browser: Browser, key: string) => outputOf(getWrite, await browser.get(`/api/writes/${key}`))
const sent = (): LedgerEntry[] => harness.sim.ledger.of('cancelJob')
const applied = (): number => sent().filter((entry) => entry.applied).length
const rowOf = async (browser: Browser, id: string) => outputOf(listJobs, await browser.get('/api/jobs?limit=1000')).rows.find((row) => row.id === id)

/** Lets the BFF read back until the outcome is known, turning its clock whenever it waits for that. */
const settled = async (browser: Browser, key: string): Promise<WriteState> => {
  let state: WriteState = 'checking'
  await eventually(async () => {
    if (clock.waiting > 0) clock.advance(500)
    state = (await outcome(browser, key)).state
    return state !== 'checking'
  }, 'the outcome')
  return state
}

describe('cancelling', () => {
  it('a waiting job cancels it, and its row says so at once', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = jobOf('Pending')
    expect((await rowOf(browser, job.id))?.status).toBe('Pending')
    const key = randomUUID()
    const reply = await cancel(browser, job.id, key)
    expect([reply.status, outputOf(cancelJob, reply)]).toEqual([200, { key, operation: 'jobs.cancel', state: 'done', startedAt: '2026-03-04T16:00:00.000Z', evidence: 'Tableau has cancelled the job.' }])
    expect([applied(), job.status]).toEqual([1, 'Cancelled'])
    expect((await rowOf(browser, job.id))?.status).toBe('Cancelled')
    expect(harness.sim.ledger.of('queryJobs')).toHaveLength(1)
    expect(await outcome(browser, key)).toEqual(outputOf(cancelJob, reply))
  })

  it('a running job is accepted, and the row follows', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = jobOf('InProgress')
    expect(outputOf(cancelJob, await cancel(browser, job.id))).toMatchObject({ state: 'done', evidence: containing('accepted') })
    expect((await rowOf(browser, job.id))?.status).toBe('InProgress')
    harness.simClock.advance(10_000)
    clock.advance(5000)
    expect((await rowOf(browser, job.id))?.status).toBe('Cancelled')
  })

  it('a finished job is refused in Tableau’s words', async () => {
    await start()
    const browser = await harness.signedIn()
    const key = randomUUID()
    const problem = problemOf(await cancel(browser, jobOf('Success').id, key))
    expect(problem).toMatchObject({ code: 'already_finished', status: 409, tableau: { code: '403091' } })
    expect(await outcome(browser, key)).toMatchObject({ state: 'not_done', problem: { code: 'already_finished' } })
    expect(applied()).toBe(0)
  })

  it('is refused to who may not', async () => {
    await start()
    const viewer = await harness.signedIn('viewer')
    expect(problemOf(await cancel(viewer, jobOf('Pending').id))).toMatchObject({ code: 'forbidden', tableau: { code: matching(/^403/) } })
    expect(applied()).toBe(0)
  })

  it('works without a key, under one of its own', async () => {
    await start()
    const browser = await harness.signedIn()
    const made = outputOf(cancelJob, await browser.post(`/api/jobs/${jobOf('Pending').id}/cancel`))
    expect(await outcome(browser, made.key)).toEqual(made)
  })

  it('a job that is none is not found', async () => {
    await start()
    const browser = await harness.signedIn()
    expect(problemOf(await cancel(browser, randomUUID())).code).toBe('not_found')
  })
})

describe('one intention is sent once', () => {
  it('under a double click', async () => {
    await start()
    const browser = await harness.signedIn()
    const key = randomUUID()
    const { id } = jobOf('Pending')
    harness.sim.faults.add({ operation: 'cancelJob', action: { kind: 'delay', ms: 50 } })
    const replies = await Promise.all(Array.from({ length: 6 }, () => cancel(browser, id, key)))
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
    expect(outputOf(cancelJob, replies[0] ?? (await cancel(browser, id, key))).state).toBe('done')
    expect([sent().length, applied()]).toEqual([1, 1])
  })

  it('under a key that comes again', async () => {
    await start()
    const browser = await harness.signedIn()
    const key = randomUUID()
    const { id } = jobOf('Pending')
    const first = await cancel(browser, id, key)
    clock.advance(60_000)
    expect((await cancel(browser, id, key)).text).toBe(first.text)
    expect(sent()).toHaveLength(1)
    const refusedKey = randomUUID()
    const refused = problemOf(await cancel(browser, id, refusedKey))
    const again = problemOf(await cancel(browser, id, refusedKey))
    expect({ ...again, requestId: '' }).toEqual({ ...refused, requestId: '' })
    expect(sent()).toHaveLength(2)
  })

  it('from two tabs and two browsers at the same time, each with a key of its own', async () => {
    await start()
    const [one, two] = [await harness.signedIn(), await harness.signedIn()]
    const { id } = jobOf('Pending')
    harness.sim.faults.add({ operation: 'cancelJob', action: { kind: 'delay', ms: 50 } })
    const keys = [randomUUID(), randomUUID(), randomUUID()]
    const replies = await Promise.all([cancel(one, id, keys[0]), cancel(one, id, keys[1]), cancel(two, id, keys[2])])
    expect(replies.map((reply) => outputOf(cancelJob, reply)).map(({ key, state }) => [key, state])).toEqual(keys.map((key) => [key, 'done']))
    expect([sent().length, applied()]).toEqual([1, 1])
  })

  it('and a key is not taken for another job', async () => {
    await start()
    const browser = await harness.signedIn()
    const [first, second] = harness.sim.world.site().findJobs({ status: 'Pending' })
    const key = randomUUID()
    await cancel(browser, first?.id ?? '', key)
    expect(problemOf(await cancel(browser, second?.id ?? '', key))).toMatchObject({ code: 'idempotency_mismatch', status: 422 })
    expect([sent().length, second?.status]).toEqual([1, 'Pending'])
  })

  it('and its record is nobody else’s, for a day', async () => {
    await start()
    const browser = await harness.signedIn()
    const key = randomUUID()
    await cancel(browser, jobOf('Pending').id, key)
    expect(problemOf(await (await harness.signedIn('site-admin')).get(`/api/writes/${key}`)).code).toBe('not_found')
    expect(problemOf(await (await harness.signedIn('admin', 'finance')).get(`/api/writes/${key}`)).code).toBe('not_found')
    expect((await outcome(await harness.signedIn(), key)).state).toBe('done')
  })

  it('is forgotten after a day', async () => {
    await start({ stored: true })
    const key = randomUUID()
    await cancel(await harness.signedIn(), jobOf('Pending').id, key)
    clock.advance(24 * 3_600_000 - 1)
    await harness.restart()
    const browser = await harness.signedIn()
    expect((await outcome(browser, key)).state).toBe('done')
    clock.advance(2)
    await harness.restart()
    expect(problemOf(await browser.get(`/api/writes/${key}`)).code).toBe('not_found')
  })
})

describe('when the reply is lost', () => {
  it.each([
    ['a reset', { kind: 'reset' }],
    ['silence until the deadline', { kind: 'hang' }],
    ['a page of a proxy', { kind: 'html', status: 502 }],
    ['a redirect', { kind: 'redirect', status: 307, location: 'https://evil.example/' }],
  ] as readonly (readonly [string, FaultAction])[])('by %s after the effect, reading back shows that it is done', async (_name, action) => {
    await start()
    const browser = await harness.signedIn()
    const job = jobOf('Pending')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'cancelJob', when: 'after', action })
    const reply = await cancel(browser, job.id, key)
    expect([reply.status, outputOf(cancelJob, reply).state]).toEqual([202, 'checking'])
    expect(await settled(browser, key)).toBe('done')
    expect((await outcome(browser, key)).evidence).toContain('Tableau reports the job as cancelled')
    expect(outputOf(cancelJob, await cancel(browser, job.id, key)).state).toBe('done')
    expect([sent().length, applied()]).toEqual([1, 1])
    expect((await rowOf(browser, job.id))?.status).toBe('Cancelled')
  })

  it('and the job only winds down, it is done when it has', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = jobOf('InProgress')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'reset' } })
    expect((await cancel(browser, job.id, key)).status).toBe(202)
    await eventually(() => harness.sim.ledger.of('queryJob').length > 0)
    expect((await outcome(browser, key)).state).toBe('checking')
    harness.simClock.advance(10_000)
    expect(await settled(browser, key)).toBe('done')
    expect(applied()).toBe(1)
  })

  it('and it never arrived, that is said after 30 s, and nothing is sent again', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = jobOf('Pending')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'cancelJob', action: { kind: 'reset' } })
    expect((await cancel(browser, job.id, key)).status).toBe(202)
    expect(await settled(browser, key)).toBe('unconfirmed')
    expect((await outcome(browser, key)).evidence).toMatch(/still waiting.*cancelling again does no harm.*30 seconds/)
    expect(clock.monotonic()).toBeGreaterThanOrEqual(30_000)
    const looks = harness.sim.ledger.of('queryJob').length
    expect(looks).toBeGreaterThan(3)
    expect(looks).toBeLessThan(15)
    expect([sent().length, applied(), job.status]).toEqual([1, 0, 'Pending'])
  })

  it('and the job ended by itself meanwhile, it is not done', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = jobOf('InProgress')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'cancelJob', action: { kind: 'reset' } })
    await cancel(browser, job.id, key)
    harness.simClock.advance(46 * 60_000)
    expect(await settled(browser, key)).toBe('not_done')
    expect(await outcome(browser, key)).toMatchObject({ problem: { code: 'already_finished' }, evidence: containing('success') })
    expect(outputOf(cancelJob, await cancel(browser, job.id, key)).state).toBe('not_done')
  })

  it('and Tableau no longer knows the job, nobody can tell', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = jobOf('Pending')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'reset' } })
    harness.sim.faults.add({ operation: 'queryJob', times: 9, action: { kind: 'tableauError', status: 404, code: '404018', summary: 'x', detail: 'Gone.' } })
    await cancel(browser, job.id, key)
    expect(await settled(browser, key)).toBe('unconfirmed')
    expect((await outcome(browser, key)).evidence).toContain('404018')
  })

  it('and the job cannot be queried, the list tells', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = jobOf('Pending')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'queryJob', times: 99, action: { kind: 'tableauError', status: 400, code: '400031', summary: 'x', detail: 'Cannot be queried.' } })
    harness.sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'reset' } })
    await cancel(browser, job.id, key)
    expect(await settled(browser, key)).toBe('done')
    expect([sent().length, applied()]).toEqual([1, 1])
  })

  it('and Tableau cannot be read for a while, reading goes on', async () => {
    await start()
    const browser = await harness.signedIn()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'reset' } })
    harness.sim.faults.add({ operation: 'queryJob', times: 6, action: { kind: 'html', status: 502 } })
    await cancel(browser, jobOf('Pending').id, key)
    expect(await settled(browser, key)).toBe('done')
  })

  it('every second key that comes meanwhile is the same cancel', async () => {
    await start()
    const browser = await harness.signedIn()
    const { id } = jobOf('Pending')
    const [first, second] = [randomUUID(), randomUUID()]
    harness.sim.faults.add({ operation: 'queryJob', times: 3, action: { kind: 'html', status: 502 } })
    harness.sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'reset' } })
    expect((await cancel(browser, id, first)).status).toBe(202)
    expect((await cancel(browser, id, second)).status).toBe(202)
    expect([await settled(browser, first), await settled(browser, second)]).toEqual(['done', 'done'])
    expect(sent()).toHaveLength(1)
  })
})

describe('when nothing was done', () => {
  it('because nobody listens, it says so and can be sent again under the same key', async () => {
    await start()
    const browser = await harness.signedIn()
    const { id } = jobOf('Pending')
    const key = randomUUID()
    await harness.sim.close()
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const problem = problemOf(await cancel(browser, id, key))
      expect(problem).toMatchObject({ code: 'upstream_unreachable', status: 502, detail: containing('Nothing was sent') })
    }
    expect(await outcome(browser, key)).toMatchObject({ state: 'not_done', evidence: 'Nothing was sent to Tableau.' })
  })

  it('because Tableau asks to wait, one click sends it again', async () => {
    await start()
    const browser = await harness.signedIn()
    const { id } = jobOf('Pending')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'cancelJob', action: { kind: 'throttle', seconds: 30, style: 'header' } })
    expect(problemOf(await cancel(browser, id, key))).toMatchObject({ code: 'throttled', retryAt: '2026-03-04T16:00:30.000Z' })
    expect((await outcome(browser, key)).state).toBe('not_done')
    expect(outputOf(cancelJob, await cancel(browser, id, key)).state).toBe('done')
    expect([sent().length, applied()]).toEqual([2, 1])
  })

  it('because the session was dead, the same intention can be sent after signing in again', async () => {
    await start()
    const browser = await harness.signedIn()
    const { id } = jobOf('Pending')
    const key = randomUUID()
    harness.sim.world.sessions.killAll()
    expect(problemOf(await cancel(browser, id, key)).code).toBe('session_expired')
    await browser.signIn('admin')
    expect(problemOf(await browser.get(`/api/writes/${key}`)).code).toBe('not_found')
    expect(outputOf(cancelJob, await cancel(browser, id, key)).state).toBe('done')
    expect(applied()).toBe(1)
  })

  it('because the other browser’s session was dead, this one’s is used', async () => {
    await start()
    const [one, two] = [await harness.signedIn(), await harness.signedIn()]
    const { id } = jobOf('Pending')
    harness.sim.faults.add({ operation: 'cancelJob', action: { kind: 'delay', ms: 80 } })
    harness.sim.faults.add({ operation: 'cancelJob', action: { kind: 'killToken' } })
    const first = cancel(one, id)
    await eventually(() => sent().length === 1)
    const second = await cancel(two, id)
    expect(problemOf(await first).code).toBe('session_expired')
    expect(outputOf(cancelJob, second).state).toBe('done')
    expect([sent().length, applied()]).toEqual([2, 1])
  })
})

describe('after a restart', () => {
  const leftSending = (key: string, id: string): void => {
    const database = new Database(path.join(harness.directory, 'store.db'))
    database.exec(`update writes set state = 'sending' where key = '${key}' and target = '${id}'`)
    database.close()
  }

  it.each([
    ['after the effect', 'after', 'done'],
    ['before the effect', 'before', 'unconfirmed'],
  ] as const)('what was being sent, lost %s, is read back when its person asks, and is not sent again', async (_name, when, state) => {
    await start({ stored: true })
    const browser = await harness.signedIn()
    const { id } = jobOf('Pending')
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'cancelJob', when, action: { kind: 'reset' } })
    harness.sim.faults.add({ operation: 'queryJob', times: 4, action: { kind: 'hang' } })
    expect((await cancel(browser, id, key)).status).toBe(202)
    await harness.bff.close()
    leftSending(key, id)
    harness.sim.faults.clear()
    await harness.restart()
    expect(await outcome(browser, key)).toMatchObject({ state: 'checking', evidence: containing('restarted') })
    expect(await settled(browser, key)).toBe(state)
    expect(outputOf(cancelJob, await cancel(browser, id, key)).state).toBe(state)
    expect(sent()).toHaveLength(1)
  })
})

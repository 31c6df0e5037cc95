import { describe, expect, it } from 'vitest'
import type { Problem } from '@refreshboard/api-types'
import { problemOf, type Browser, type Reply } from '../testing/browser.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { createTestClock } from '../testing/test-clock.ts'

const attempts = Number(process.env['GUESS_RUNS'] ?? 250)
const atOnce = 30
const longestMs = 180_000

/** Refusals let through within a quarter of an hour: of one account from one network, of one network, of everyone. */
const perAccount = 10
const perNetwork = 60
const ofEveryone = 3000

/** As many as take everyone’s limit, where there is time. */
const networks = attempts > 1000 ? 100 : 3

const signIn = (browser: Browser, name: string, password: string, from?: string): Promise<Reply> =>
  browser.post('/api/session', { serverId: 'server', site: '', method: 'password', name, password }, from === undefined ? {} : { headers: { 'x-forwarded-for': from } })

/** Runs many at once, as somebody does who wants to be faster than a count. */
const inParallel = async (count: number, run: (n: number) => Promise<void>): Promise<void> => {
  let next = 0
  const work = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await run(n)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

const guessesAt = (harness: Harness, name: string): number => harness.sim.ledger.of('signIn').filter(({ body }) => body.includes(`name="${name}"`)).length

const withoutId = ({ requestId, ...problem }: Problem): Omit<Problem, 'requestId'> => {
  expect(requestId).not.toBe('')
  return problem
}

describe('guessing a password', () => {
  it(`${attempts} times at once, under forged addresses, among made-up names and over a restart, reaches Tableau no more often than the limit`, async () => {
    await using harness = await startHarness({ stored: true, clock: createTestClock() })
    const victims = ['admin', 'ADMIN', 'Admin']
    const codes = new Map<string, number>()
    const guess = async (n: number): Promise<void> => {
      const name = n % 4 === 0 ? (victims[n % victims.length] ?? '') : `made-up-${n}`
      const { code } = problemOf(await signIn(harness.browser(), name, `guess-${n}`, `${n % 250}.${n % 13}.1.1`))
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    const third = Math.ceil(attempts / 3)
    for (let from = 0; from < attempts; from += third) {
      if (from > 0) await harness.restart()
      await inParallel(Math.min(third, attempts - from), (n) => guess(from + n))
    }
    expect(harness.sim.ledger.of('signIn').length).toBe(perNetwork)
    expect(codes).toEqual(new Map([['sign_in_refused', perNetwork], ['throttled', attempts - perNetwork]]))
    const atVictim = victims.reduce((sum, name) => sum + guessesAt(harness, name), 0)
    expect(atVictim).toBeLessThanOrEqual(perAccount)
  }, longestMs)

  it('reaches Tableau ten times for one account, however it is spelt and whatever else is guessed meanwhile', async () => {
    await using harness = await startHarness({ clock: createTestClock() })
    await inParallel(40, async (n) => {
      await signIn(harness.browser(), ['admin', 'ADMIN', 'aDmin', 'ＡＤＭＩＮ'][n % 4] ?? '', 'x')
    })
    expect(harness.sim.ledger.of('signIn').length).toBe(perAccount)
    // A sign-in that succeeds takes nothing back from what was refused.
    expect((await signIn(harness.browser(), 'viewer', 'viewer')).status).toBe(201)
    expect(problemOf(await signIn(harness.browser(), 'admin', 'admin')).code).toBe('throttled')
  })

  it('locks nobody out elsewhere, nor for ever', async () => {
    const clock = createTestClock()
    await using harness = await startHarness({ clock, env: { TRUST_PROXY: '1' } })
    await inParallel(100, async (n) => {
      await signIn(harness.browser(), 'admin', `x${n}`, '6.6.6.6')
      await signIn(harness.browser(), `made-up-${n}`, 'x', '6.6.6.7')
    })
    expect(problemOf(await signIn(harness.browser(), 'admin', 'admin', '6.6.6.8')).code).toBe('throttled')
    expect((await signIn(harness.browser(), 'admin', 'admin', '7.7.7.7')).status).toBe(201)
    clock.advance(15 * 60_000)
    expect((await signIn(harness.browser(), 'admin', 'admin', '6.6.6.6')).status).toBe(201)
  })

  it('counts no sign-in that Tableau did not refuse, and many of those at once are many', async () => {
    await using harness = await startHarness({ clock: createTestClock() })
    const statuses: number[] = []
    await inParallel(80, async () => {
      statuses.push((await signIn(harness.browser(), 'viewer', 'viewer')).status)
    })
    expect(new Set(statuses)).toEqual(new Set([201]))
    harness.sim.faults.add({ operation: 'signIn', times: 70, action: { kind: 'status', status: 503 } })
    for (let n = 0; n < 70; n += 1) expect((await signIn(harness.browser(), 'viewer', 'viewer')).status).toBe(502)
    expect((await signIn(harness.browser(), 'viewer', 'viewer')).status).toBe(201)
  })

  it('says the same of a name that exists and of one that does not, in the same way', async () => {
    await using harness = await startHarness({ clock: createTestClock() })
    const told = async (name: string): Promise<unknown> => {
      harness.sim.ledger.clear()
      const problem = problemOf(await signIn(harness.browser(), name, 'wrong'))
      return [withoutId(problem), harness.sim.ledger.entries.map(({ operation, method, path }) => [operation, method, path])]
    }
    await told('somebody')
    expect(await told('admin')).toEqual(await told('nobody-of-this-name'))
  })

  it(`from ${networks} networks is bounded by each of them and by all together, and locks nobody out`, async () => {
    await using harness = await startHarness({ clock: createTestClock(), env: { TRUST_PROXY: '1' } })
    await inParallel(networks * (perNetwork + 10), async (n) => {
      await signIn(harness.browser(), `made-up-${n}`, 'x', `10.1.${n % networks}.1`)
    })
    expect(harness.sim.ledger.of('signIn').length).toBeLessThanOrEqual(Math.min(networks * perNetwork, ofEveryone + networks))
    expect((await signIn(harness.browser(), 'admin', 'admin', '7.7.7.7')).status).toBe(201)
  }, longestMs)
})

import { describe, expect, it } from 'vitest'
import { TableauApiError } from '@refreshboard/tableau-client'
import { openDatabase } from '../storage/database.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createSignInLimit } from './sign-in-limit.ts'

const limits = { windowMs: 60_000, account: 3, network: 6, everyone: 20, buckets: 50 }

const refusal = new TableauApiError('signIn', { httpStatus: 401, code: '401001', summary: 'Signin Error', detail: 'Error signing in' })

const startLimit = async () => {
  const database = await openDatabase(':memory:')
  const clock = createTestClock()
  const limit = createSignInLimit(database, clock, limits)
  let sent = 0
  const guess = (account: string, network: string): Promise<string> =>
    limit.guarded({ account, network }, () => {
      sent += 1
      return Promise.reject(refusal)
    }).catch((error: unknown) => (error === refusal ? 'refused' : 'throttled'))
  const succeed = (account: string, network: string): Promise<string> =>
    limit.guarded({ account, network }, () => Promise.resolve('in')).catch(() => 'throttled')
  const rows = async () => (await database.selectFrom('sign_in_attempts').selectAll().execute()).map(({ refused }) => refused)
  return { clock, limit, guess, succeed, rows, sent: () => sent }
}

describe('the limit of sign-ins', () => {
  it('leaves no trace of a sign-in that was not refused', async () => {
    const { succeed, rows } = await startLimit()
    expect(await succeed('a', '10.0.0.1')).toBe('in')
    expect(await rows()).toEqual([])
  })

  it('counts before it sends: many at once are no way round it', async () => {
    const { guess, sent } = await startLimit()
    await Promise.all(Array.from({ length: 50 }, (_, n) => guess(`name-${n}`, '10.0.0.1')))
    expect(sent()).toBe(limits.network)
  })

  it('asks to come back soon where only sign-ins that are under way are in the way', async () => {
    const { limit, clock, succeed } = await startLimit()
    const answers: (() => void)[] = []
    const hanging = Array.from({ length: limits.network }, (_, n) =>
      limit.guarded({ account: `name-${n}`, network: '10.0.0.1' }, () => new Promise<string>((resolve) => answers.push(() => resolve('in')))),
    )
    await expect.poll(() => answers.length).toBe(limits.network)
    await expect(limit.guarded({ account: 'late', network: '10.0.0.1' }, () => Promise.resolve('in'))).rejects.toMatchObject({ facts: { retryAt: clock.now() + 1000 } })
    for (const answer of answers) answer()
    await Promise.all(hanging)
    expect(await succeed('late', '10.0.0.1')).toBe('in')
  })

  it('is bounded, and names made up by the hundred do not push out the one that is guessed', async () => {
    const { guess, rows } = await startLimit()
    for (let n = 0; n < limits.account; n += 1) await guess('victim', '10.0.0.1')
    for (let n = 0; n < 200; n += 1) await guess(`made-up-${n}`, `10.1.${n}.1`)
    expect((await rows()).length).toBeLessThanOrEqual(limits.buckets)
    expect(await guess('victim', '10.0.0.1')).toBe('throttled')
  })

  it('lets a network that is new in even when everyone together has been refused too often', async () => {
    const { guess, succeed } = await startLimit()
    for (let n = 0; n < limits.everyone; n += 1) await guess(`name-${n}`, `10.1.${n}.1`)
    expect(await guess('name-0', '10.1.0.1')).toBe('throttled')
    expect(await succeed('person', '10.2.0.1')).toBe('in')
    expect(await guess('person', '10.2.0.1')).toBe('refused')
    expect(await succeed('person', '10.2.0.1')).toBe('throttled')
  })

  it('begins anew when its window is over', async () => {
    const { clock, guess, limit, rows } = await startLimit()
    for (let n = 0; n < limits.account; n += 1) await guess('a', '10.0.0.1')
    clock.advance(limits.windowMs - 1)
    expect(await guess('a', '10.0.0.1')).toBe('throttled')
    clock.advance(1)
    expect(await guess('a', '10.0.0.1')).toBe('refused')
    expect(await rows()).toEqual([1, 1, 1])
    clock.advance(limits.windowMs)
    await limit.purge()
    expect(await rows()).toEqual([])
  })
})

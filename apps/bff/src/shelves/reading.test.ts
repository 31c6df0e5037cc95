import { TableauApiError } from '@refreshboard/tableau-client'
import { describe, expect, it } from 'vitest'
import { SessionEnded } from '../session/session-ended.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { fakeTableau, somePrincipal } from '../testing/fake-tableau.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { Reading } from './reading.ts'

const session = (sessionId = 'one', principal = somePrincipal()): TableauSession => fakeTableau({ answer: () => undefined, sessionId, principal })
const refusal = (code: string, retryAfterMs?: number): TableauApiError => new TableauApiError('list', { code, summary: 's', detail: 'd', httpStatus: Number(code.slice(0, 3)), retryAfterMs })

/** A reading whose loads are settled by hand. */
const setUp = () => {
  const clock = createTestClock()
  const loads: { with: string; succeed: (value: number, date?: number) => Promise<void>; fail: (error: unknown) => Promise<void> }[] = []
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  const reading = new Reading<number>({
    principal: somePrincipal(),
    clock,
    freshMs: 5000,
    load: (tableau) =>
      new Promise((resolve, reject) => {
        loads.push({
          with: tableau.sessionId,
          succeed: (value, date) => {
            resolve({ value, date })
            return settle()
          },
          fail: (error) => {
            reject(error instanceof Error ? error : new Error('no error'))
            return settle()
          },
        })
      }),
  })
  const read = (tableau = session()) => reading.read(tableau)
  const load = (at: number) => loads[at] ?? { with: '', succeed: () => Promise.reject(new Error('no such load')), fail: () => Promise.reject(new Error('no such load')) }
  return { clock, loads, load, reading, read, settle }
}

describe('a reading', () => {
  it('happens once for all who ask, and is shared while it is fresh', async () => {
    const { loads, load, read, clock } = setUp()
    const asked = [read(), read(), read()]
    await load(0).succeed(1)
    expect((await Promise.all(asked)).map(({ value }) => value)).toEqual([1, 1, 1])
    clock.advance(4999)
    expect(await read()).toMatchObject({ value: 1, ageMs: 4999 })
    expect(loads).toHaveLength(1)
  })

  it('is done again when it is no longer fresh, and shows what is there meanwhile', async () => {
    const { loads, load, read, clock } = setUp()
    const first = read()
    await load(0).succeed(1)
    await first
    clock.advance(5000)
    const patient = read()
    clock.advance(250)
    expect(await patient).toMatchObject({ value: 1, ageMs: 5250 })
    const quick = read()
    await load(1).succeed(2)
    expect(await quick).toMatchObject({ value: 2, ageMs: 250 })
    expect(loads).toHaveLength(2)
  })

  it('rests four times as long as it took', async () => {
    const { loads, load, read, clock } = setUp()
    const first = read()
    clock.advance(3000)
    await load(0).succeed(1)
    await first
    clock.advance(8999)
    expect((await read()).value).toBe(1)
    expect(loads).toHaveLength(1)
    clock.advance(1)
    const again = read()
    await load(1).succeed(2)
    expect((await again).value).toBe(2)
  })

  it('that expired is done again at once, also when it was under way then', async () => {
    const { load, loads, read, reading } = setUp()
    const early = read()
    reading.expire()
    await load(0).succeed(1)
    expect((await early).value).toBe(1)
    const late = read()
    await load(1).succeed(2)
    expect((await late).value).toBe(2)
    expect((await read()).value).toBe(2)
    expect(loads).toHaveLength(2)
  })

  it('of now began after it was asked for', async () => {
    const { load, loads, read, reading, settle } = setUp()
    const early = read()
    const now = reading.readNow(session())
    await load(0).succeed(1)
    await settle()
    expect(loads).toHaveLength(2)
    await load(1).succeed(2)
    expect([(await early).value, (await now).value]).toEqual([1, 2])
  })

  it('tells Tableau’s clock as it goes on', async () => {
    const { load, read, clock } = setUp()
    const first = read()
    await load(0).succeed(1, 1_000_000)
    await first
    clock.advance(1500)
    expect(await read()).toMatchObject({ readAt: 1_000_000, tableauNow: 1_001_500 })
  })
})

describe('a reading that fails', () => {
  it('keeps the last good figures with the reason, and is tried less and less often', async () => {
    const { load, loads, read, clock } = setUp()
    const first = read()
    await load(0).succeed(1)
    await first
    clock.advance(5000)
    const failing = read()
    await load(1).fail(refusal('500000'))
    expect(await failing).toMatchObject({ value: 1, failure: refusal('500000') })
    clock.advance(1999)
    await read()
    expect(loads).toHaveLength(2)
    clock.advance(1)
    const again = read()
    await load(2).fail(refusal('500000'))
    await again
    clock.advance(3999)
    await read()
    expect(loads).toHaveLength(3)
    clock.advance(1)
    const well = read()
    await load(3).succeed(4)
    expect(await well).toMatchObject({ value: 4, failure: undefined })
  })

  it('is the answer when there is nothing yet', async () => {
    const { load, read } = setUp()
    const first = read()
    await load(0).fail(refusal('500000'))
    await expect(first).rejects.toMatchObject({ code: '500000' })
    await expect(read()).rejects.toMatchObject({ code: '500000' })
  })

  it('for want of a permission takes away what was there', async () => {
    const { load, read, clock } = setUp()
    const first = read()
    await load(0).succeed(1)
    await first
    clock.advance(5000)
    const refused = read()
    await load(1).fail(refusal('403004'))
    await expect(refused).rejects.toMatchObject({ code: '403004' })
  })

  it('because Tableau asks to wait is not tried before, not even for a reading of now', async () => {
    const { load, loads, read, reading, clock } = setUp()
    const first = read()
    await load(0).fail(refusal('429000', 60_000))
    await expect(first).rejects.toMatchObject({ code: '429000' })
    clock.advance(59_999)
    await expect(reading.readNow(session())).rejects.toMatchObject({ code: '429000' })
    expect(loads).toHaveLength(1)
    clock.advance(1)
    const now = reading.readNow(session())
    await load(1).succeed(2)
    expect((await now).value).toBe(2)
  })

  it('is not a reading of now', async () => {
    const { load, read, reading } = setUp()
    const first = read()
    await load(0).succeed(1)
    await first
    const now = reading.readNow(session())
    await load(1).fail(refusal('500000'))
    await expect(now).rejects.toMatchObject({ code: '500000' })
  })

  it('with a dead token ends that session alone; another one of the same person reads on', async () => {
    const { load, loads, read } = setUp()
    const lender = read(session('one'))
    const other = read(session('two'))
    await load(0).fail(new SessionEnded('one'))
    await expect(lender).rejects.toBeInstanceOf(SessionEnded)
    await load(1).succeed(2)
    expect((await other).value).toBe(2)
    expect(loads.map((one) => one.with)).toEqual(['one', 'two'])
  })
})

it('is not shown to another principal', async () => {
  const { load, read, reading } = setUp()
  const first = read()
  await load(0).succeed(1)
  await first
  await expect(read(session('three', somePrincipal('other')))).rejects.toThrow('asked by another principal')
  await expect(reading.readNow(session('three', somePrincipal('other')))).rejects.toThrow('asked by another principal')
})

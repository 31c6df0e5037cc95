import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { luidSchema, type Luid } from '@refreshboard/api-types'
import { principalKey, type PrincipalKey } from '../../session/principal.ts'
import { SessionEnded } from '../../session/session-ended.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { ExtractsQuestions, oldestExtractsMs, type Extracts, type ExtractsQuestion } from './kept-extracts.ts'

const luid = (n: number): Luid => luidSchema.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)
const personOf = (userId: string): PrincipalKey => principalKey({ serverId: 'server', siteId: 'site', userId })
const me = personOf('me')
const perSchedule = 1000
const hundred = Array.from({ length: 100 }, (_, n) => luid(n))
const listed = (ids: readonly Luid[], as = 'a task'): Map<Luid, string> => new Map(ids.map((id) => [id, as]))

let clock: TestClock
let questions: ExtractsQuestions
/** The schedules that Tableau was asked for, in order; each takes a second. */
let reads: Luid[]
beforeEach(() => {
  clock = createTestClock()
  clock.advance(1_000_000)
  questions = new ExtractsQuestions(clock)
  reads = []
})

const read = async (id: Luid): Promise<Extracts> => {
  reads.push(id)
  await clock.delay(perSchedule)
  return new Map([[id, { id, refreshType: 'FullRefresh' }]])
}
interface Told {
  readonly told: unknown
  readonly error: unknown
}
const ask = (question: ExtractsQuestion, asked = listed(hundred), how = read, sessionId = 'mine'): Promise<Told> =>
  question.answer(asked, { sessionId, read: how, until: clock.monotonic() + 10_000 }).then(
    ({ extracts, since }) => ({ told: [extracts.size, Math.round((clock.monotonic() - since) / 1000)], error: undefined }),
    (error: unknown) => ({ told: undefined, error }),
  )
const passing = async (ms: number): Promise<void> => {
  for (let left = ms; left > 0; left -= 500) {
    await turn()
    clock.advance(500)
  }
  await turn()
}
const after = async (ms: number, reply: Promise<Told>): Promise<Told> => {
  await passing(ms)
  return reply
}

describe('what is on many schedules', () => {
  it('is told to take longer, read on meanwhile, and asked for once each over all requests', async () => {
    const question = questions.of(me)
    const first = await after(10_500, ask(question))
    expect(first.error).toMatchObject({ code: 'overloaded', detail: 'The tasks of 40 of 100 schedules have been read so far. This goes on in the background: ask again in a few seconds. Nothing was sent to Tableau.' })
    await passing(5000)
    expect(reads.length).toBeGreaterThan(56)
    expect(questions.of(me)).toBe(question)
    expect(await after(10_000, ask(question))).toEqual({ told: [100, expect.closeTo(25, -1)], error: undefined })
    expect([reads.length, new Set(reads).size]).toEqual([100, 100])
  })

  it('is read anew once it was answered, and for each person by themselves', async () => {
    const question = questions.of(me)
    await after(2000, ask(question, listed([luid(1)])))
    questions.answered(me, question)
    await after(2000, ask(questions.of(me), listed([luid(1)])))
    await after(2000, ask(questions.of(personOf('you')), listed([luid(1)])))
    expect(reads).toEqual([luid(1), luid(1), luid(1)])
  })

  it('is read again where the list has other tasks on a schedule', async () => {
    const question = questions.of(me)
    await after(2000, ask(question, listed([luid(1), luid(2)])))
    await after(2000, ask(question, new Map([...listed([luid(1)]), ...listed([luid(2)], 'another task')])))
    expect(reads).toEqual([luid(1), luid(2), luid(2)])
  })

  it('is never older than it says, and read again when it is too old', async () => {
    const question = questions.of(me)
    await after(2000, ask(question, listed([luid(1)])))
    clock.advance(oldestExtractsMs - 10_000)
    expect((await ask(question, listed([luid(1)]))).told).toEqual([1, oldestExtractsMs / 1000 - 8])
    clock.advance(10_000)
    expect((await after(2000, ask(question, listed([luid(1)])))).told).toEqual([1, expect.closeTo(1, -1)])
    expect(reads).toEqual([luid(1), luid(1)])
  })

  it('is read no further where nobody asks any more, and forgotten then', async () => {
    const question = questions.of(me)
    const many = listed(Array.from({ length: 1000 }, (_, n) => luid(n)))
    await after(10_500, ask(question, many))
    await passing(90_000)
    expect(reads.length).toBeLessThan(260)
    clock.advance(5 * 60_000)
    expect(questions.of(me)).not.toBe(question)
  })

  it('is kept for so many people at a time', () => {
    for (let n = 0; n < 60; n += 1) questions.of(personOf(`${n}`))
    expect(questions.size).toBe(50)
  })

  it('is read on by another browser when the session ends that read it', async () => {
    const question = questions.of(me)
    const ended = new SessionEnded('theirs')
    const dies = async (): Promise<Extracts> => {
      await clock.delay(perSchedule)
      throw ended
    }
    const theirs = ask(question, listed([luid(1)]), dies, 'theirs')
    const mine = ask(question, listed([luid(1)]))
    await passing(3000)
    expect((await theirs).error).toBe(ended)
    expect((await mine).told).toEqual([1, expect.closeTo(1, -1)])
  })
})

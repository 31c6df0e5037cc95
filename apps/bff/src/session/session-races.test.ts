import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, type Database } from '../storage/database.ts'
import { someFacts } from '../testing/some-facts.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createSessionStore, type SessionStore } from './session-store.ts'
import { createSessions } from './sessions.ts'

const seed = process.env['FC_SEED']
const runs = { numRuns: Number(process.env['SIGN_OUT_RUNS'] ?? 100), ...(seed === undefined ? {} : { seed: Number(seed) }) }

/** The store, each of whose calls begins, and answers, when the scheduler says so. */
const scheduled = (store: SessionStore, scheduler: fc.Scheduler): SessionStore => {
  const turn = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    await scheduler.schedule(Promise.resolve(), `${name} begins`)
    const result = await run()
    await scheduler.schedule(Promise.resolve(), `${name} answers`)
    return result
  }
  return {
    insert: (row) => turn('insert', () => store.insert(row)),
    find: (row) => turn('find', () => store.find(row)),
    touch: (row, at) => turn('touch', () => store.touch(row, at)),
    end: (row) => turn('end', () => store.end(row)),
    remove: (row) => turn('remove', () => store.remove(row)),
    ofOwner: (owner) => turn('list', () => store.ofOwner(owner)),
    purge: (now, since) => turn('purge', () => store.purge(now, since)),
  }
}

const accepted = (opening: Promise<unknown>): Promise<boolean> =>
  opening.then(
    () => true,
    () => false,
  )

describe('a session that was ended', () => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase(':memory:')
  })
  afterAll(() => database.destroy())

  it('is accepted by no request that comes afterwards, whatever else was under way', async () => {
    const store = createSessionStore(database)
    const ways = ['sign-out', 'from another browser', 'site switch'] as const
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.shuffledSubarray([...ways], { minLength: 1 }), fc.integer({ min: 0, max: 3 }), async (scheduler, chosen, readers) => {
        const clock = createTestClock()
        const options = { serverKey: randomBytes(32), clock, idleMinutes: 240 }
        const plain = createSessions({ ...options, store })
        const { cookieValue, session } = await plain.create(someFacts('first'))
        const other = await plain.create(someFacts('second'))
        const sessions = createSessions({ ...options, store: scheduled(store, scheduler) })
        let switched = 0
        let signedOut = 0
        clock.advance(5000)
        const slow = Array.from({ length: readers }, () => accepted(sessions.open(cookieValue, true)))
        const end: Record<(typeof ways)[number], () => Promise<void>> = {
          'sign-out': async () => {
            if (await sessions.discard(cookieValue)) signedOut += 1
          },
          'from another browser': async () => void (await sessions.end(other.session, undefined, () => Promise.resolve())),
          'site switch': async () => {
            const third = await sessions.create(someFacts('third'))
            if (!(await sessions.drop(session))) await sessions.discard(third.cookieValue)
            else switched += 1
          },
        }
        const afterwards = chosen.map(async (way) => {
          await end[way]()
          return await Promise.all([accepted(sessions.open(cookieValue, true)), accepted(sessions.open(cookieValue, false))])
        })
        await scheduler.waitFor(Promise.all([...slow, ...afterwards]))
        expect((await Promise.all(afterwards)).flat()).toEqual(chosen.flatMap(() => [false, false]))
        // What only a site switch ended goes on there; what was signed out does not.
        expect((await store.ofOwner(session.principalTag)).filter(({ id }) => id !== other.session.id).length).toBeLessThanOrEqual(switched)
        expect(signedOut + switched).toBeLessThanOrEqual(1)
        await database.deleteFrom('sessions').execute()
        expect(await store.find(session.id)).toBeUndefined()
        expect(await accepted(plain.open(cookieValue, false))).toBe(false)
      }),
      runs,
    )
  })
})

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { TableauApiError } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Database } from '../storage/database.ts'
import { createLocks } from '../writes/locks.ts'
import { networkOf } from './networks.ts'

interface SignInLimits {
  windowMs: number
  /** By one network for one account. */
  account: number
  /** By one network. */
  network: number
  /** By everyone. */
  everyone: number
  /** The most buckets that are kept. */
  buckets: number
}

/**
 * Refused sign-ins that are let through to Tableau within a window. `everyone` is fifty networks at their limit, or a
 * tenth of 30,000 people who mistype in the same quarter of an hour: an ordinary morning stays below it.
 */
const signInLimits: SignInLimits = { windowMs: 15 * 60_000, account: 10, network: 60, everyone: 3000, buckets: 50_000 }

/** Beyond the limit for everyone, a network may be refused this often: guesses from many networks end, and nobody is locked out by others. */
const networkInSiege = 1

/** Places taken by sign-ins that are under way come back when those end. */
const retrySoonMs = 1000

export interface SignInLimit {
  /**
   * Runs a sign-in unless too many were refused, one at a time for each account: a second sign-in with a personal access
   * token ends the first one's session. It counts as refused before it is sent, so that many at once are no way round the
   * limit, and no longer when Tableau did not refuse it (401001).
   */
  guarded<T>(who: { account: string; network: string }, signIn: () => Promise<T>): Promise<T>
  purge(): Promise<void>
}

/** A place in a bucket, for as long as its window lasts. */
interface Place {
  readonly bucket: string
  readonly refused: number
  readonly windowEndsAt: number
}

const bucketOf = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/** Tableau's names know no case, and one account must not be guessed under many spellings. */
const folded = (account: string): string => account.normalize('NFKC').toLowerCase()

export const createSignInLimit = (database: Database, clock: Clock, limits: SignInLimits = signInLimits): SignInLimit => {
  const turns = createLocks()
  /** How many sign-ins are under way, by bucket. */
  const underWay = new Map<string, number>()

  const take = async (store: Database, bucket: string, now: number): Promise<Place> => {
    const isOver = sql<boolean>`sign_in_attempts.window_ends_at <= ${now}`
    const row = await store
      .insertInto('sign_in_attempts')
      .values({ bucket, refused: 1, window_ends_at: now + limits.windowMs })
      .onConflict((conflict) =>
        conflict.column('bucket').doUpdateSet({
          refused: sql<number>`case when ${isOver} then 1 else sign_in_attempts.refused + 1 end`,
          window_ends_at: sql<number>`case when ${isOver} then ${now + limits.windowMs} else sign_in_attempts.window_ends_at end`,
        }),
      )
      .returningAll()
      .executeTakeFirstOrThrow()
    return { bucket, refused: row.refused, windowEndsAt: row.window_ends_at }
  }

  const assertWithin = (place: Place, limit: number, now: number): void => {
    if (place.refused <= limit) return
    const isFullOfRefusals = place.refused - (underWay.get(place.bucket) ?? 0) > limit
    throw new ProblemError('throttled', 'Too many sign-ins were refused. Wait, or sign in from another network; nothing was sent to Tableau.', {
      retryAt: isFullOfRefusals ? place.windowEndsAt : now + retrySoonMs,
    })
  }

  /** Keeps the table bounded. The bucket with the fewest refusals goes first: names made up by the thousand do not push out the one that is guessed. */
  const evict = async (store: Database): Promise<void> => {
    const { count } = await store
      .selectFrom('sign_in_attempts')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count <= limits.buckets) return
    const surplus = store
      .selectFrom('sign_in_attempts')
      .select('bucket')
      .orderBy('refused')
      .orderBy('window_ends_at')
      .limit(count - limits.buckets)
    await store.deleteFrom('sign_in_attempts').where('bucket', 'in', surplus).execute()
  }

  /** Takes a place in every bucket, or in none. */
  const reserve = (buckets: { everyone: string; network: string; account: string }): Promise<Place[]> => {
    const now = clock.now()
    return database.transaction().execute(async (store) => {
      const everyone = await take(store, buckets.everyone, now)
      const network = await take(store, buckets.network, now)
      assertWithin(network, everyone.refused > limits.everyone ? networkInSiege : limits.network, now)
      const account = await take(store, buckets.account, now)
      assertWithin(account, limits.account, now)
      await evict(store)
      return [everyone, network, account]
    })
  }

  const giveBack = async (places: readonly Place[]): Promise<void> => {
    await database.transaction().execute(async (store) => {
      for (const { bucket, windowEndsAt } of places) {
        const inItsWindow = store.updateTable('sign_in_attempts').where('bucket', '=', bucket).where('window_ends_at', '=', windowEndsAt)
        await inItsWindow.set((row) => ({ refused: row('refused', '-', 1) })).execute()
        await store.deleteFrom('sign_in_attempts').where('bucket', '=', bucket).where('refused', '<=', 0).execute()
      }
    })
  }

  const count = (places: readonly Place[], change: 1 | -1): void => {
    for (const { bucket } of places) {
      const now = (underWay.get(bucket) ?? 0) + change
      if (now > 0) underWay.set(bucket, now)
      else underWay.delete(bucket)
    }
  }

  return {
    guarded: ({ account, network }, signIn) => {
      const from = networkOf(network)
      const name = folded(account)
      const buckets = { everyone: bucketOf('everyone'), network: bucketOf('network', from), account: bucketOf('account', from, name) }
      return turns.run(name, async () => {
        const places = await reserve(buckets)
        count(places, 1)
        let isRefused = false
        try {
          return await signIn()
        } catch (error) {
          isRefused = error instanceof TableauApiError && error.code === '401001'
          throw error
        } finally {
          count(places, -1)
          // A store that fails here must not turn a sign-in that succeeded into an error: the place then counts until its window ends.
          if (!isRefused) await giveBack(places).catch(() => undefined)
        }
      })
    },
    purge: async () => {
      await database.deleteFrom('sign_in_attempts').where('window_ends_at', '<=', clock.now()).execute()
    },
  }
}

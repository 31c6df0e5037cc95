import { createHash } from 'node:crypto'
import { TableauApiError } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Database } from '../storage/database.ts'

/** Refused sign-ins that are let through to Tableau within a window: by one network for one account, and by one network. */
const signInLimits = { windowMs: 15 * 60_000, account: 10, network: 60 } as const

/** The most buckets that are kept; the ones that end first go. */
const maxBuckets = 50_000

export interface SignInLimit {
  /**
   * Runs a sign-in unless too many were refused, one at a time for each account: a second sign-in with a personal access
   * token ends the first one's session. Counts a refusal (401001).
   */
  guarded<T>(who: { account: string; network: string }, signIn: () => Promise<T>): Promise<T>
  purge(): Promise<void>
}

/** One site's worth of addresses counts as one: /24 of IPv4, /56 of IPv6. */
const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':').replace(/(:?)([0-9a-f]*)[0-9a-f]{2}$/, '$1$2') : plain.split('.').slice(0, 3).join('.')
}

const bucketOf = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

export const createSignInLimit = (database: Database, clock: Clock): SignInLimit => {
  const queues = new Map<string, Promise<unknown>>()

  /** Runs after whatever runs under the same name. */
  const inTurn = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const before = queues.get(name) ?? Promise.resolve()
    const mine = before.then(run, run)
    const settled = mine.then(
      () => undefined,
      () => undefined,
    )
    queues.set(name, settled)
    try {
      return await mine
    } finally {
      if (queues.get(name) === settled) queues.delete(name)
    }
  }

  const assertFree = async (bucket: string, limit: number): Promise<void> => {
    const row = await database.selectFrom('sign_in_attempts').selectAll().where('bucket', '=', bucket).executeTakeFirst()
    if (!row || row.window_ends_at <= clock.now() || row.refused < limit) return
    throw new ProblemError('throttled', 'Too many sign-ins were refused. Wait, or sign in from another network; nothing was sent to Tableau.', {
      retryAt: row.window_ends_at,
    })
  }

  const count = async (bucket: string): Promise<void> => {
    const now = clock.now()
    await database.deleteFrom('sign_in_attempts').where('bucket', '=', bucket).where('window_ends_at', '<=', now).execute()
    await database
      .insertInto('sign_in_attempts')
      .values({ bucket, refused: 1, window_ends_at: now + signInLimits.windowMs })
      .onConflict((conflict) => conflict.column('bucket').doUpdateSet((set) => ({ refused: set('sign_in_attempts.refused', '+', 1) })))
      .execute()
  }

  return {
    guarded: ({ account, network }, signIn) => {
      const byNetwork = bucketOf('network', networkOf(network))
      const byAccount = bucketOf('account', networkOf(network), account)
      return inTurn(account, async () => {
        await assertFree(byAccount, signInLimits.account)
        await assertFree(byNetwork, signInLimits.network)
        try {
          return await signIn()
        } catch (error) {
          if (error instanceof TableauApiError && error.code === '401001') {
            await count(byAccount)
            await count(byNetwork)
          }
          throw error
        }
      })
    },
    purge: async () => {
      await database.deleteFrom('sign_in_attempts').where('window_ends_at', '<=', clock.now()).execute()
      const surplus = database.selectFrom('sign_in_attempts').select('bucket').orderBy('refused', 'desc').offset(maxBuckets).limit(1_000_000)
      await database.deleteFrom('sign_in_attempts').where('bucket', 'in', surplus).execute()
    },
  }
}

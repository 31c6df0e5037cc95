import { sql } from 'kysely'
import { z } from 'zod'
import { luidSchema } from '@refreshboard/api-types'
import type { Clock } from '../clock.ts'
import type { Database } from '../storage/database.ts'
import { sealSignOut, unsealSignOut } from './seal.ts'
import type { OpenSession } from './sessions.ts'

/** What one sign-out at Tableau needs. */
const heldSchema = z.object({ token: z.string().min(1), siteId: luidSchema })
export type Held = z.infer<typeof heldSchema>

/**
 * The sign-outs that Tableau has not been told of yet: they outlive a Tableau that does not answer, and this process. A token
 * that this process never saw, because another browser’s cookie seals it, is not among them and lives until Tableau ends it.
 */
export interface SignOuts {
  /** Puts one down before its session is deleted here, so that it is not lost in between; in memory alone when the store has no room. */
  plan: (session: Pick<OpenSession, 'id' | 'facts'>) => Promise<void>
  /** Tries one now; when that fails it is tried again with growing pauses. Never rejects. */
  attempt(id: string): Promise<void>
  /** Forgets those whose token Tableau has ended by itself, and goes on with the others, as after a start. */
  drain(): Promise<void>
}

/** Beyond it the ones that end first go: their tokens end soonest. */
const maxPlanned = 5000

const minuteMs = 60_000

/** How long a token lives without use where Tableau did not say so: Cloud's limit, and a Server's unless its administrator changed it. */
const tokenLifeMs = { cloud: 120 * minuteMs, server: 240 * minuteMs }
const longestLifeMs = 24 * 60 * minuteMs

const firstPauseMs = 2000
/** With a try of 3 s it stays below a minute after Tableau is back. */
const longestPauseMs = 45_000

interface Planned {
  serverId: string
  held: Held
  expiresAt: number
}

export const createSignOuts = (options: {
  database: Database
  serverKey: Uint8Array
  clock: Clock
  stop: AbortSignal
  /** Signs out at Tableau; true when the token is dead afterwards, also when it was before. */
  signOut: (serverId: string, held: Held) => Promise<boolean>
}): SignOuts => {
  const { database, serverKey, clock } = options
  const underWay = new Map<string, Promise<boolean>>()
  const unrecorded = new Map<string, Planned>()
  let trying: Promise<void> | undefined

  const forget = async (id: string): Promise<void> => {
    unrecorded.delete(id)
    await database.deleteFrom('sign_outs').where('id', '=', id).execute()
  }

  const recorded = async (id: string): Promise<Planned | undefined> => {
    const row = await database.selectFrom('sign_outs').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) return undefined
    const text = unsealSignOut(serverKey, id, new Uint8Array(row.sealed))
    if (text !== undefined) return { serverId: row.server_id, held: heldSchema.parse(JSON.parse(text)), expiresAt: row.expires_at }
    // Sealed with another key, or changed: nobody can make this sign-out any more.
    await forget(id)
    return undefined
  }

  const carryOut = async (id: string): Promise<boolean> => {
    const planned = unrecorded.get(id) ?? (await recorded(id))
    if (!planned) return true
    if (clock.now() < planned.expiresAt && !(await options.signOut(planned.serverId, planned.held))) return false
    await forget(id)
    return true
  }

  /** One at a time for each: a token is signed out once. */
  const once = (id: string): Promise<boolean> => {
    const known = underWay.get(id)
    if (known) return known
    const mine = carryOut(id)
      .catch(() => false)
      .finally(() => underWay.delete(id))
    underWay.set(id, mine)
    return mine
  }

  /** In no order, so that one which Tableau always refuses does not keep the others waiting. */
  const left = async (): Promise<{ id: string; serverId: string }[]> => {
    const rows = await database.selectFrom('sign_outs').select(['id', 'server_id']).orderBy(sql`random()`).execute()
    return [...rows.map((row) => ({ id: row.id, serverId: row.server_id })), ...[...unrecorded].map(([id, { serverId }]) => ({ id, serverId }))]
  }

  /** True when none is left. A server that does not answer one is not asked for the others in the same round. */
  const round = async (): Promise<boolean> => {
    const silent = new Set<string>()
    for (const { id, serverId } of await left()) {
      if (options.stop.aborted) return false
      if (!silent.has(serverId) && !(await once(id))) silent.add(serverId)
    }
    return silent.size === 0
  }

  const goOn = async (firstMs: number): Promise<void> => {
    for (let pauseMs = firstMs; ; pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, pauseMs * 2))) {
      if (pauseMs > 0) await clock.delay(pauseMs, options.stop)
      if (await round()) return
    }
  }

  const keepTrying = (firstMs: number): void => {
    // It ends early when the application stops, and when the store fails; the next start, or minute, goes on.
    trying ??= goOn(firstMs)
      .catch(() => undefined)
      .finally(() => (trying = undefined))
  }

  return {
    plan: async ({ id, facts }) => {
      const held: Held = { token: facts.token, siteId: facts.site.id }
      const expiresAt = clock.now() + Math.min(longestLifeMs, facts.tokenIdleMs ?? tokenLifeMs[facts.flavor])
      try {
        await database
          .insertInto('sign_outs')
          .values({ id, server_id: facts.serverId, sealed: sealSignOut(serverKey, id, JSON.stringify(held)), expires_at: expiresAt })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      } catch {
        if (unrecorded.size < maxPlanned) unrecorded.set(id, { serverId: facts.serverId, held, expiresAt })
      }
    },
    attempt: async (id) => {
      if (!(await once(id))) keepTrying(firstPauseMs)
    },
    drain: async () => {
      await database.deleteFrom('sign_outs').where('expires_at', '<=', clock.now()).execute()
      const surplus = database.selectFrom('sign_outs').select('id').orderBy('expires_at', 'desc').offset(maxPlanned).limit(1_000_000)
      await database.deleteFrom('sign_outs').where('id', 'in', surplus).execute()
      keepTrying(0)
    },
  }
}

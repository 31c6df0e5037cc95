import { z } from 'zod'
import { luidSchema } from '@refreshboard/api-types'
import type { Clock } from '../clock.ts'
import type { Database } from '../storage/database.ts'
import { sealSignOut, unsealSignOut } from './seal.ts'
import type { OpenSession } from './sessions.ts'

/** What one sign-out at Tableau needs. */
const heldSchema = z.object({ token: z.string().min(1), siteId: luidSchema })
export type Held = z.infer<typeof heldSchema>

/** The sign-outs that Tableau has not been told of yet: they outlive a Tableau that does not answer, and this process. */
export interface SignOuts {
  /** Puts one down before its session is deleted here, so that it is not lost in between; in memory alone when the store has no room. */
  plan: (session: Pick<OpenSession, 'id' | 'facts' | 'idleExpiresAt'>) => Promise<void>
  /** Tries one now. Never rejects. */
  attempt(id: string): Promise<void>
  /** Tries all that are left, one after the other; forgets those whose token Tableau has ended by itself. */
  drain(): Promise<void>
}

/** Beyond it the ones that end first go: their tokens end soonest. */
const maxPlanned = 5000

export const createSignOuts = (options: {
  database: Database
  serverKey: Uint8Array
  clock: Clock
  /** Signs out at Tableau; true when the token is dead afterwards, also when it was before. */
  signOut: (serverId: string, held: Held) => Promise<boolean>
}): SignOuts => {
  const { database, serverKey, clock } = options
  const underWay = new Map<string, Promise<void>>()
  const unrecorded = new Map<string, { serverId: string; held: Held }>()

  const forget = async (id: string): Promise<void> => {
    await database.deleteFrom('sign_outs').where('id', '=', id).execute()
  }

  const carryOut = async (id: string): Promise<void> => {
    const row = await database.selectFrom('sign_outs').selectAll().where('id', '=', id).executeTakeFirst()
    const unwritten = unrecorded.get(id)
    if (unwritten && (await options.signOut(unwritten.serverId, unwritten.held))) unrecorded.delete(id)
    if (!row) return
    const text = unsealSignOut(serverKey, id, new Uint8Array(row.sealed))
    // Sealed with another key, or changed: nobody can make this sign-out any more.
    if (text === undefined) return forget(id)
    const isDead = await options.signOut(row.server_id, heldSchema.parse(JSON.parse(text)))
    if (isDead) await forget(id)
  }

  /** One at a time for each: a token is signed out once. */
  const attempt = (id: string): Promise<void> => {
    const known = underWay.get(id)
    if (known) return known
    const mine = carryOut(id)
      .catch(() => undefined)
      .finally(() => underWay.delete(id))
    underWay.set(id, mine)
    return mine
  }

  return {
    plan: async ({ id, facts, idleExpiresAt }) => {
      const held: Held = { token: facts.token, siteId: facts.site.id }
      try {
        await database
          .insertInto('sign_outs')
          .values({ id, server_id: facts.serverId, sealed: sealSignOut(serverKey, id, JSON.stringify(held)), expires_at: idleExpiresAt })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      } catch {
        unrecorded.set(id, { serverId: facts.serverId, held })
      }
    },
    attempt,
    drain: async () => {
      await database.deleteFrom('sign_outs').where('expires_at', '<=', clock.now()).execute()
      const surplus = database.selectFrom('sign_outs').select('id').orderBy('expires_at', 'desc').offset(maxPlanned).limit(1_000_000)
      await database.deleteFrom('sign_outs').where('id', 'in', surplus).execute()
      const rows = await database.selectFrom('sign_outs').select('id').orderBy('expires_at').execute()
      for (const id of new Set([...rows.map((row) => row.id), ...unrecorded.keys()])) await attempt(id)
    },
  }
}

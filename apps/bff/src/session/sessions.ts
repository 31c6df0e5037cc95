import { z } from 'zod'
import { flavorSchema, luidSchema, serverIdSchema, sessionSchema } from '@refreshboard/api-types'
import type { Clock } from '../clock.ts'
import type { SessionRow } from '../storage/database.ts'
import { ProblemError } from '../http/problem-error.ts'
import { principalKey, type PrincipalKey } from './principal.ts'
import { isCookieValue, newCookieValue, rowIdOf, seal, sealVersion, unseal } from './seal.ts'
import type { SessionStore } from './session-store.ts'

/** What a session knows; kept sealed. */
const sessionFactsSchema = z.object({
  token: z.string().min(1),
  serverId: serverIdSchema,
  flavor: flavorSchema,
  productVersion: z.string(),
  apiVersion: z.string(),
  site: z.object({ id: luidSchema, name: z.string(), contentUrl: z.string() }),
  user: sessionSchema.shape.user,
  idleMs: z.int().min(1),
})
export type SessionFacts = z.infer<typeof sessionFactsSchema>

/** One signed-in browser, as a request sees it. Times are milliseconds since 1970. */
export interface OpenSession {
  readonly id: string
  readonly facts: SessionFacts
  readonly principal: PrincipalKey
  readonly idleExpiresAt: number
  readonly expiresAt: number
}

/** A session is over after this long, whatever happens in it. */
const absoluteLifeMs = 12 * 60 * 60_000

const minutes = (count: number): number => count * 60_000

/** Cloud ends an idle token after 120 minutes, so ours must not outlive it. A Server's limit is its administrator's. */
const cloudIdleMs = minutes(120)

/** The idle clock is not written more often than this. */
const touchEveryMs = 1000

export interface Sessions {
  /** Makes a session with an id of its own. `tokenIdleMs`: how long Tableau's token lives without use, if Tableau said so. */
  create(facts: Omit<SessionFacts, 'idleMs'>, tokenIdleMs?: number): Promise<{ cookieValue: string; session: OpenSession }>
  /**
   * The session of a cookie. `active` moves its idle clock. Throws `session_expired` when Tableau ended it and the browser
   * was not told yet, `unauthenticated` when there is none; an unknown value is never adopted.
   */
  open(cookieValue: string | undefined, active: boolean): Promise<OpenSession>
  /** Ends the session of a cookie here, if there is one; afterwards no request is accepted with it. */
  discard(cookieValue: string | undefined): Promise<OpenSession | undefined>
  /** Tableau ended it: its token is forgotten at once, and its browser is told once. */
  markEnded(id: string): Promise<void>
  /** What a request of an ended session is told: once `session_expired`, then `unauthenticated`. */
  endedProblem(id: string): Promise<ProblemError>
  purge(): Promise<void>
}

const notSignedIn = (): ProblemError =>
  new ProblemError('unauthenticated', 'There is no session, or it ended after a time without use. Sign in to go on.')

const expired = (): ProblemError =>
  new ProblemError(
    'session_expired',
    'Tableau no longer accepts this session: it expired, was ended by an administrator, or the same personal access token signed in elsewhere. Sign in again; nothing was repeated.',
  )

export const createSessions = (options: {
  store: SessionStore
  serverKey: Uint8Array
  clock: Clock
  idleMinutes: number
}): Sessions => {
  const { store, serverKey, clock } = options

  const read = (row: SessionRow, cookieValue: string): OpenSession | undefined => {
    const context = { rowId: row.id, version: row.version, createdAt: row.created_at, expiresAt: row.expires_at }
    const text = unseal(serverKey, cookieValue, context, new Uint8Array(row.sealed))
    if (text === undefined) return undefined
    const facts = sessionFactsSchema.parse(JSON.parse(text))
    return {
      id: row.id,
      facts,
      principal: principalKey({ serverId: facts.serverId, siteId: facts.site.id, userId: facts.user.id }),
      idleExpiresAt: row.active_at + facts.idleMs,
      expiresAt: row.expires_at,
    }
  }

  const isOver = (session: OpenSession, now: number): boolean => now >= session.idleExpiresAt || now >= session.expiresAt

  /** The living session of a cookie, `'ended'` with its row's id when Tableau ended it, or nothing. */
  const look = async (cookieValue: string | undefined): Promise<OpenSession | { ended: string } | undefined> => {
    if (cookieValue === undefined || !isCookieValue(cookieValue)) return undefined
    const row = await store.find(rowIdOf(serverKey, cookieValue))
    if (!row) return undefined
    if (row.ended !== 0) return { ended: row.id }
    const session = read(row, cookieValue)
    if (session && !isOver(session, clock.now())) return session
    await store.remove(row.id)
    return undefined
  }

  const endedProblem = async (id: string): Promise<ProblemError> => ((await store.remove(id)) ? expired() : notSignedIn())

  const touched = async (session: OpenSession): Promise<OpenSession> => {
    const now = clock.now()
    const idleExpiresAt = now + session.facts.idleMs
    if (idleExpiresAt - session.idleExpiresAt < touchEveryMs) return session
    await store.touch(session.id, now)
    return { ...session, idleExpiresAt }
  }

  return {
    create: async (given, tokenIdleMs = Number.POSITIVE_INFINITY) => {
      const now = clock.now()
      const ours = minutes(options.idleMinutes)
      const idleMs = Math.max(1, Math.min(ours, tokenIdleMs, given.flavor === 'cloud' ? cloudIdleMs : ours))
      const facts: SessionFacts = { ...given, idleMs }
      const expiresAt = now + absoluteLifeMs
      const cookieValue = newCookieValue()
      const id = rowIdOf(serverKey, cookieValue)
      const context = { rowId: id, version: sealVersion, createdAt: now, expiresAt }
      const sealed = seal(serverKey, cookieValue, context, JSON.stringify(facts))
      await store.insert({ id, version: sealVersion, sealed, created_at: now, active_at: now, expires_at: expiresAt, ended: 0 })
      const principal = principalKey({ serverId: facts.serverId, siteId: facts.site.id, userId: facts.user.id })
      return { cookieValue, session: { id, facts, principal, idleExpiresAt: now + idleMs, expiresAt } }
    },
    open: async (cookieValue, active) => {
      const found = await look(cookieValue)
      if (!found) throw notSignedIn()
      if ('ended' in found) throw await endedProblem(found.ended)
      return active ? touched(found) : found
    },
    discard: async (cookieValue) => {
      const found = await look(cookieValue)
      if (!found) return undefined
      const living = 'facts' in found ? found : undefined
      await store.remove('facts' in found ? found.id : found.ended)
      return living
    },
    markEnded: (id) => store.end(id),
    endedProblem,
    purge: () => store.purge(clock.now(), clock.now() - minutes(options.idleMinutes)),
  }
}

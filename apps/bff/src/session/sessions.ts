import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { flavorSchema, luidSchema, serverIdSchema, sessionSchema, type SessionEntry } from '@refreshboard/api-types'
import { instant, type Clock } from '../clock.ts'
import type { SessionRow } from '../storage/database.ts'
import { ProblemError } from '../http/problem-error.ts'
import { StorageError } from '../storage/storage-error.ts'
import { principalKey, type PrincipalKey } from './principal.ts'
import { isCookieValue, newCookieValue, principalTagOf, rowIdOf, seal, sealVersion, unseal } from './seal.ts'
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
  /** The IANA zone in which the tasks of a site of Tableau Cloud run, where Query Site told it. */
  siteTimeZone: z.string().optional(),
  idleMs: z.int().min(1),
  /** How long Tableau's token lives without use, if Tableau said so. */
  tokenIdleMs: z.int().min(1).optional(),
})
export type SessionFacts = z.infer<typeof sessionFactsSchema>

/** One signed-in browser, as a request sees it. Times are milliseconds since 1970. */
export interface OpenSession {
  readonly id: string
  readonly facts: SessionFacts
  readonly principal: PrincipalKey
  /** Stands for the principal outside. */
  readonly principalTag: string
  readonly idleExpiresAt: number
  readonly expiresAt: number
}

/** A session is over after this long, whatever happens in it. */
const absoluteLifeMs = 12 * 60 * 60_000

const minutes = (count: number): number => count * 60_000

/** Cloud ends an idle token after 120 minutes, so ours must not outlive it. A Server's limit is its administrator's. */
const cloudIdleMs = minutes(120)

/** The most sessions whose facts are remembered, for the sake of a sign-out from another browser. */
const maxRemembered = 5000

/** Run on a session that is about to be deleted. */
type BeforeEnd = (session: OpenSession) => Promise<void>

/** The idle clock is not written more often than this. */
const touchEveryMs = 1000

export interface Sessions {
  /** Makes a session with an id of its own. `tokenIdleMs`: how long Tableau's token lives without use, if Tableau said so. */
  create(facts: Omit<SessionFacts, 'idleMs' | 'tokenIdleMs'>, tokenIdleMs?: number, browser?: string): Promise<{ cookieValue: string; session: OpenSession }>
  /**
   * The session of a cookie. `active` moves its idle clock. Throws `session_expired` when Tableau ended it and the browser
   * was not told yet, `unauthenticated` when there is none; an unknown value is never adopted.
   */
  open(cookieValue: string | undefined, active: boolean): Promise<OpenSession>
  /** Whether a session that was opened before is still one: for work that outlives its request. */
  lives(id: string): Promise<boolean>
  /** Ends the session of a cookie here, if there is one; afterwards no request is accepted with it. */
  discard(cookieValue: string | undefined, before?: BeforeEnd): Promise<OpenSession | undefined>
  /** Ends one here that Tableau has ended, such as by a change of the site; false when it was ended by somebody else meanwhile. */
  drop(session: OpenSession): Promise<boolean>
  /** The sessions of the same principal, the newest first. */
  list(session: OpenSession): Promise<SessionEntry[]>
  /**
   * Ends sessions of the same principal: the one with this public id, or all. Resolves with those whose token this process
   * has seen; the token of another one is sealed with its cookie, and lives until Tableau ends it.
   */
  end(session: OpenSession, publicId: string | undefined, before: BeforeEnd): Promise<{ ended: number; known: OpenSession[] }>
  /** Tableau ended it: its token is forgotten at once, and its browser is told once. */
  markEnded(id: string): Promise<void>
  /** What a request of an ended session is told: once `session_expired`, then `unauthenticated`. */
  endedProblem(id: string): Promise<ProblemError>
  purge(): Promise<void>
}

export const notSignedIn = (): ProblemError =>
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
  const remembered = new Map<string, OpenSession>()
  /** Sessions that are being ended, or whose end the store could not record. */
  const dead = new Set<string>()
  /** Sessions that Tableau ended, and whose browser was told; the last ones. */
  const toldEnded = new Set<string>()

  const remember = (session: OpenSession): OpenSession => {
    remembered.delete(session.id)
    remembered.set(session.id, session)
    if (remembered.size > maxRemembered) remembered.delete(remembered.keys().next().value ?? '')
    return session
  }

  const isOver = (session: OpenSession, now: number): boolean => now >= session.idleExpiresAt || now >= session.expiresAt

  const read = (row: SessionRow, cookieValue: string): OpenSession | undefined => {
    const context = { rowId: row.id, version: row.version, createdAt: row.created_at, expiresAt: row.expires_at }
    const text = unseal(serverKey, cookieValue, context, new Uint8Array(row.sealed))
    if (text === undefined) return undefined
    const facts = sessionFactsSchema.parse(JSON.parse(text))
    const principal = principalKey({ serverId: facts.serverId, siteId: facts.site.id, userId: facts.user.id })
    return remember({
      id: row.id,
      facts,
      principal,
      principalTag: principalTagOf(serverKey, principal),
      idleExpiresAt: row.active_at + facts.idleMs,
      expiresAt: row.expires_at,
    })
  }

  /** The living session of a cookie, `'ended'` with its row's id when Tableau ended it, or nothing. */
  const look = async (cookieValue: string | undefined): Promise<OpenSession | { ended: string } | undefined> => {
    if (cookieValue === undefined || !isCookieValue(cookieValue)) return undefined
    const id = rowIdOf(serverKey, cookieValue)
    // Asked before, because its end may be complete when the row that is read here arrives; and after, because it may begin meanwhile.
    if (dead.has(id)) return undefined
    const row = await store.find(id)
    if (!row || dead.has(id)) return undefined
    if (row.ended !== 0) return { ended: row.id }
    const session = read(row, cookieValue)
    if (session && !isOver(session, clock.now())) return session
    await store.remove(row.id)
    return undefined
  }

  const endedProblem = async (id: string): Promise<ProblemError> => {
    if (!(await store.remove(id))) return notSignedIn()
    toldEnded.add(id)
    if (toldEnded.size > maxRemembered) toldEnded.delete(toldEnded.values().next().value ?? '')
    return expired()
  }

  /** True when this call ended it. Once it began, no request is accepted with it any more, whatever the store does. */
  const destroy = async (id: string, session: OpenSession | undefined, before: BeforeEnd | undefined): Promise<boolean> => {
    if (dead.has(id)) return false
    dead.add(id)
    remembered.delete(id)
    if (session) await before?.(session)
    try {
      const removed = await store.remove(id)
      dead.delete(id)
      return removed
    } catch {
      // It stays dead here, and is deleted when the store can do that again.
      return true
    }
  }

  const touched = async (session: OpenSession): Promise<OpenSession> => {
    const now = clock.now()
    const idleExpiresAt = now + session.facts.idleMs
    if (idleExpiresAt - session.idleExpiresAt < touchEveryMs) return session
    try {
      await store.touch(session.id, now)
    } catch (error) {
      // Who is signed in goes on reading while nothing can be written; the clock then stands still.
      if (error instanceof StorageError) return session
      throw error
    }
    return remember({ ...session, idleExpiresAt })
  }

  const livingOf = async (session: OpenSession): Promise<SessionRow[]> => {
    const now = clock.now()
    const rows = await store.ofOwner(session.principalTag)
    // How long each may be idle is sealed: where this process has not seen it, the longest time that there is.
    const idleMsOf = (row: SessionRow): number => remembered.get(row.id)?.facts.idleMs ?? minutes(options.idleMinutes)
    return rows.filter((row) => !dead.has(row.id) && now < row.expires_at && now < row.active_at + idleMsOf(row))
  }

  return {
    create: async (given, tokenIdleMs = Number.POSITIVE_INFINITY, browser = '') => {
      const now = clock.now()
      const ours = minutes(options.idleMinutes)
      const idleMs = Math.max(1, Math.min(ours, tokenIdleMs, given.flavor === 'cloud' ? cloudIdleMs : ours))
      const facts: SessionFacts = { ...given, idleMs, ...(Number.isFinite(tokenIdleMs) ? { tokenIdleMs } : {}) }
      const expiresAt = now + absoluteLifeMs
      const cookieValue = newCookieValue()
      const id = rowIdOf(serverKey, cookieValue)
      const context = { rowId: id, version: sealVersion, createdAt: now, expiresAt }
      const sealed = seal(serverKey, cookieValue, context, JSON.stringify(facts))
      const principal = principalKey({ serverId: facts.serverId, siteId: facts.site.id, userId: facts.user.id })
      const owner = principalTagOf(serverKey, principal)
      await store.insert({ id, version: sealVersion, sealed, created_at: now, active_at: now, expires_at: expiresAt, ended: 0, public_id: randomUUID(), owner, browser })
      return { cookieValue, session: remember({ id, facts, principal, principalTag: owner, idleExpiresAt: now + idleMs, expiresAt }) }
    },
    open: async (cookieValue, active) => {
      const found = await look(cookieValue)
      if (!found) throw notSignedIn()
      if ('ended' in found) throw await endedProblem(found.ended)
      return active ? touched(found) : found
    },
    lives: async (id) => {
      const row = dead.has(id) ? undefined : await store.find(id)
      if (!row || dead.has(id) || row.ended !== 0) return false
      const idleMs = remembered.get(id)?.facts.idleMs ?? minutes(options.idleMinutes)
      return clock.now() < row.expires_at && clock.now() < row.active_at + idleMs
    },
    discard: async (cookieValue, before) => {
      const found = await look(cookieValue)
      if (!found) return undefined
      const living = 'facts' in found ? found : undefined
      const ended = await destroy('facts' in found ? found.id : found.ended, living, before)
      return ended ? living : undefined
    },
    // A request that was still on its way when the site changed may have found the old token dead, and been told so.
    drop: async ({ id }) => (await destroy(id, undefined, undefined)) || toldEnded.delete(id),
    list: async (session) =>
      (await livingOf(session)).map((row) => ({
        id: row.public_id,
        current: row.id === session.id,
        signedInAt: instant(row.created_at),
        lastActiveAt: instant(row.active_at),
        browser: row.browser === '' ? 'A browser' : row.browser,
      })),
    end: async (session, publicId, before) => {
      const rows = (await livingOf(session)).filter((row) => publicId === undefined || row.public_id === publicId)
      let ended = 0
      const known: OpenSession[] = []
      for (const row of rows) {
        const living = row.id === session.id ? session : remembered.get(row.id)
        if (!(await destroy(row.id, living, before))) continue
        ended += 1
        if (living) known.push(living)
      }
      return { ended, known }
    },
    markEnded: (id) => {
      remembered.delete(id)
      return store.end(id)
    },
    endedProblem,
    purge: async () => {
      for (const id of dead) {
        await store.remove(id)
        dead.delete(id)
      }
      for (const session of remembered.values()) if (isOver(session, clock.now())) remembered.delete(session.id)
      await store.purge(clock.now(), clock.now() - minutes(options.idleMinutes))
    },
  }
}

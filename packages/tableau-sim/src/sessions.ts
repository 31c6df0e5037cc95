import { randomBytes } from 'node:crypto'
import type { Account, Membership } from './accounts.ts'
import type { VirtualClock } from './clock.ts'
import type { Site } from './site.ts'

/** Tableau Server's default of `wgserver.session.idle_limit`. */
export const idleLimitMs = 240 * 60_000

/** Tableau Cloud's, which nobody can change. */
export const cloudIdleLimitMs = 120 * 60_000

export interface Session {
  readonly token: string
  readonly account: Account
  readonly membership: Membership
  readonly site: Site
  /** The personal access token it was made with. */
  readonly pat: string | undefined
  lastUsedAt: number
}

/** Who is signed in. A personal access token has one session; password sign-ins live side by side. */
export class Sessions {
  /** How long a session lives without being used. */
  readonly idleLimitMs: number
  readonly #clock: VirtualClock
  readonly #byToken = new Map<string, Session>()

  constructor(clock: VirtualClock, limitMs: number) {
    this.#clock = clock
    this.idleLimitMs = limitMs
  }

  open(account: Account, membership: Membership, site: Site, pat: string | undefined): Session {
    if (pat !== undefined) {
      // Signing in again with a personal access token ends its former session (tableau/server-client-python#717).
      for (const session of this.#byToken.values()) if (session.pat === pat) this.#byToken.delete(session.token)
    }
    const token = `${randomBytes(16).toString('base64url')}|${randomBytes(24).toString('base64url')}|${site.id}`
    const session: Session = { token, account, membership, site, pat, lastUsedAt: this.#clock.now() }
    this.#byToken.set(token, session)
    account.lastLoginAt = session.lastUsedAt
    return session
  }

  /** The living session of a token, without touching it. */
  find(token: string): Session | undefined {
    const session = this.#byToken.get(token)
    if (session === undefined) return undefined
    if (this.#clock.now() - session.lastUsedAt <= this.idleLimitMs) return session
    this.#byToken.delete(token)
    return undefined
  }

  /** The living session of a token; its idle time begins anew. */
  use(token: string): Session | undefined {
    const session = this.find(token)
    if (session !== undefined) session.lastUsedAt = this.#clock.now()
    return session
  }

  list(): Session[] {
    return [...this.#byToken.keys()].flatMap((token) => this.find(token) ?? [])
  }

  /** False where the token was dead already. */
  killToken(token: string): boolean {
    return this.#byToken.delete(token)
  }

  killAll(): void {
    this.#byToken.clear()
  }
}

import type { Route } from './context.ts'
import type { OperationName } from './operations.ts'
import type { Site } from './site.ts'

/** Runs by hand are counted apart from other writes, as Tableau Cloud has a limit of its own for them. */
export type RateLimitKind = 'reads' | 'writes' | 'runs'

/** So many calls of a kind in a window of the virtual clock, for all users of a site together. */
export interface RateLimit {
  readonly kind: RateLimitKind
  readonly calls: number
  readonly windowMs: number
}

interface Window {
  readonly endsAt: number
  calls: number
}

const unlimited: readonly OperationName[] = ['serverInfo', 'signIn', 'signOut', 'switchSite', 'currentSession']

const kindOf = ({ operation, method }: Pick<Route, 'operation' | 'method'>): RateLimitKind | undefined => {
  if (unlimited.includes(operation)) return undefined
  if (operation === 'runExtractRefreshTask') return 'runs'
  return method === 'GET' ? 'reads' : 'writes'
}

/** The limits that are on; none unless a test or `--rate-limit` sets one. */
export class RateLimits {
  readonly #limits = new Map<RateLimitKind, RateLimit>()
  #windows = new WeakMap<Site, Map<RateLimitKind, Window>>()

  /** Replaces that of the same kind, and counts anew. */
  set(limit: RateLimit): void {
    this.#limits.set(limit.kind, limit)
    this.#windows = new WeakMap()
  }

  clear(): void {
    this.#limits.clear()
    this.#windows = new WeakMap()
  }

  /** Counts a call; the seconds to wait where it is one too many, which is then not counted. */
  take(site: Site, route: Pick<Route, 'operation' | 'method'>, now: number): number | undefined {
    const kind = kindOf(route)
    const limit = kind === undefined ? undefined : this.#limits.get(kind)
    if (limit === undefined) return undefined
    const ofSite = this.#windows.get(site) ?? new Map<RateLimitKind, Window>()
    this.#windows.set(site, ofSite)
    const known = ofSite.get(limit.kind)
    const window = known === undefined || known.endsAt <= now ? { endsAt: now + limit.windowMs, calls: 0 } : known
    ofSite.set(limit.kind, window)
    if (window.calls >= limit.calls) return secondsToSay(window.endsAt - now)
    window.calls += 1
    return undefined
  }
}

/** Rounded up, to whole minutes from one on: the text names nothing finer. */
const secondsToSay = (ms: number): number => {
  const seconds = Math.max(Math.ceil(ms / 1000), 1)
  return seconds > 60 ? Math.ceil(seconds / 60) * 60 : seconds
}

import type { SiteBudget } from '@refreshboard/api-types'
import { instant, type Clock } from '../clock.ts'
import type { SessionFacts } from './sessions.ts'

const hourMs = 60 * 60_000
/** A window moves on by parts of this number. */
const parts = 60

/**
 * What Tableau Cloud was reported to allow a site (its capacity page, by a digest of rate limits; a 429000 for refreshes was seen
 * by tableau/server-client-python#952). They are no promise, so nothing is refused by them here.
 */
const kinds = {
  jobs: { operations: ['queryJobs', 'queryJob', 'cancelJob'], windowMs: 24 * hourMs, about: 20_000 },
  runs: { operations: ['runExtractRefreshTask'], windowMs: hourMs, about: 60 },
} as const
type Kind = keyof typeof kinds

/** Calls within a window that moves, by the monotonic clock. */
class MovingCount {
  readonly #counts = new Map<number, number>()
  readonly #partMs: number

  constructor(windowMs: number) {
    this.#partMs = windowMs / parts
  }

  add(now: number): void {
    const part = Math.floor(now / this.#partMs)
    this.#counts.set(part, (this.#counts.get(part) ?? 0) + 1)
    this.#forget(part)
  }

  within(now: number): number {
    this.#forget(Math.floor(now / this.#partMs))
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }

  #forget(part: number): void {
    for (const old of this.#counts.keys()) if (old <= part - parts) this.#counts.delete(old)
  }
}

/** What Refreshboard itself asked of each site of Tableau Cloud, by everyone together. Counted from its start on. */
export interface SiteBudgets {
  count(facts: SiteOf, operation: string): void
  /** Undefined for a Server, which has no such limits. */
  of(facts: SiteOf): SiteBudget | undefined
}

type SiteOf = Pick<SessionFacts, 'serverId' | 'site' | 'flavor'>

const kindOf = (operation: string): Kind | undefined => (['jobs', 'runs'] as const).find((kind) => kinds[kind].operations.some((one) => one === operation))

export const createSiteBudgets = (clock: Clock): SiteBudgets => {
  const since = clock.now()
  const bySite = new Map<string, Record<Kind, MovingCount>>()
  const countsOf = ({ serverId, site }: SiteOf): Record<Kind, MovingCount> => {
    const key = `${serverId} ${site.id}`
    const known = bySite.get(key)
    if (known) return known
    const made = { jobs: new MovingCount(kinds.jobs.windowMs), runs: new MovingCount(kinds.runs.windowMs) }
    bySite.set(key, made)
    return made
  }
  return {
    count: (facts, operation) => {
      const kind = kindOf(operation)
      if (facts.flavor === 'cloud' && kind !== undefined) countsOf(facts)[kind].add(clock.monotonic())
    },
    of: (facts) => {
      if (facts.flavor !== 'cloud') return undefined
      const counts = countsOf(facts)
      const now = clock.monotonic()
      return {
        since: instant(since),
        jobCallsADay: { used: counts.jobs.within(now), about: kinds.jobs.about },
        runsAnHour: { used: counts.runs.within(now), about: kinds.runs.about },
      }
    },
  }
}

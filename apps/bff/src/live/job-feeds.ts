import type { Clock } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import { JobFeed } from './job-feed.ts'

/** A feed that nobody asked for this long is dropped. */
export const idleFeedMs = 5 * 60_000
const maxFeeds = 200
/** Over all feeds; a row takes roughly half a kilobyte. */
const maxRows = 1_000_000

export interface JobFeeds {
  /** The feed of a principal, made at the first question. */
  of(principal: PrincipalKey): JobFeed
  /** Drops what nobody asks for, and the longest unasked beyond the bounds. */
  tidy(): void
  readonly count: number
  close(): void
}

/** One feed for each principal: what one person may see is never shown to another. */
export const createJobFeeds = (clock: Clock): JobFeeds => {
  const feeds = new Map<PrincipalKey, JobFeed>()
  const drop = (feed: JobFeed): void => {
    feed.close()
    feeds.delete(feed.principal)
  }
  const tidy = (): void => {
    const byAge = [...feeds.values()].toSorted((a, b) => a.lastAskedAt - b.lastAskedAt)
    let rows = byAge.reduce((sum, feed) => sum + feed.rowsHeld, 0)
    for (const feed of byAge) {
      const idle = clock.monotonic() - feed.lastAskedAt >= idleFeedMs
      const crowded = (feeds.size > maxFeeds || (rows > maxRows && feeds.size > 1)) && !feed.isReading
      if (!idle && !crowded) continue
      rows -= feed.rowsHeld
      drop(feed)
    }
  }
  return {
    of: (principal) => {
      const known = feeds.get(principal)
      if (known) return known
      const made = new JobFeed(principal, clock)
      feeds.set(principal, made)
      tidy()
      return made
    },
    tidy,
    get count() {
      return feeds.size
    },
    close: () => {
      for (const feed of feeds.values()) feed.close()
      feeds.clear()
    },
  }
}

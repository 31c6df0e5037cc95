import type { Job } from '@refreshboard/api-types'
import type { JobIndex } from './job-index.ts'

/**
 * Rows that were read one by one since the sweep that the index comes from. They are taken into an index all at once, when somebody asks
 * for it: among tens of thousands of jobs an index costs too much to be made for each of many cancels.
 */
export class JobPatches {
  readonly #rows = new Map<string, Job>()
  /** When each was read, by the monotonic clock. */
  readonly #readAt = new Map<string, number>()
  /** Whether some are not in the index yet. */
  #isBehind = false

  /** The row as it was read by itself, at `since` (by the monotonic clock) or later. */
  find(id: string, since = Number.NEGATIVE_INFINITY): Job | undefined {
    return (this.#readAt.get(id) ?? Number.NEGATIVE_INFINITY) >= since ? this.#rows.get(id) : undefined
  }

  add(job: Job, readAt: number): void {
    this.#rows.set(job.id, job)
    this.#readAt.set(job.id, readAt)
    this.#isBehind = true
  }

  /** Forgets those of before `since`: a sweep that began then has them. Its index has none of the later ones. */
  keepSince(since: number): void {
    for (const [id, readAt] of this.#readAt) {
      if (readAt >= since) continue
      this.#rows.delete(id)
      this.#readAt.delete(id)
    }
    this.#isBehind = this.#rows.size > 0
  }

  /** The index that was given here last, or that of a new sweep, with all of them; itself where it has them. */
  into(index: JobIndex): JobIndex {
    if (!this.#isBehind) return index
    this.#isBehind = false
    return index.with(this.#rows)
  }
}

import type { VirtualClock } from './clock.ts'
import { isOver } from './jobs.ts'
import type { Job, JobStatus } from './jobs.ts'
import type { Random } from './random.ts'
import type { Site } from './site.ts'

/** How long after a job was queued, or a slot came free, the backgrounder looks for work. */
const pickUpAfterMs = 1_000
const hourMs = 3_600_000

interface Entry {
  readonly site: Site
  readonly job: Job
}

/**
 * The backgrounder: N slots for the whole server take waiting jobs by priority (lower first), then by age. Everything
 * happens at its time on the virtual clock; nothing is polled.
 */
export class JobEngine {
  readonly slots: number
  readonly #clock: VirtualClock
  readonly #random: Random
  readonly #onEnd: (site: Site, job: Job) => void
  readonly #waiting = new Set<Entry>()
  readonly #ends = new Map<Job, () => void>()
  #busySlots = 0
  #pickUpDue = false
  #started = false

  /** `onEnd` hears of every job that ended, once. */
  constructor(clock: VirtualClock, random: Random, slots: number, onEnd: (site: Site, job: Job) => void) {
    this.#clock = clock
    this.#random = random
    this.slots = slots
    this.#onEnd = onEnd
  }

  /** Begins to take jobs. Until then a scenario can be laid out in any order. */
  start(): void {
    this.#started = true
    this.#schedulePickUp()
  }

  /** Takes a job over in the state it is in. */
  adopt(site: Site, job: Job): void {
    if (job.held || isOver(job)) return
    if (job.status === 'InProgress') {
      this.#busySlots += 1
      this.#endAt(site, job, (job.startedAt ?? job.createdAt) + job.runsForMs)
      return
    }
    this.#waiting.add({ site, job })
    this.#schedulePickUp()
  }

  /**
   * Cancel Job on a job that is not over: a waiting one ends at once, a running one within 8 s. False when its cancel
   * was already under way, so that nothing changed.
   */
  cancel(site: Site, job: Job): boolean {
    if (isOver(job) || job.cancelling) return false
    if (job.status === 'Pending') {
      this.#forgetWaiting(job)
      this.#finish(site, job, 'Cancelled')
      return true
    }
    job.cancelling = true
    // From here on the cancel wins, even where the job would have ended in the meantime.
    this.#endAt(site, job, this.#clock.now() + this.#random.between(2_000, 8_000), 'Cancelled')
    return true
  }

  /** Purges what ended longer ago than that, every hour; jobs marked as kept stay. */
  purgeHourly(sites: readonly Site[], retentionMs: number): void {
    this.#clock.at(this.#clock.now() + hourMs, () => {
      const oldest = this.#clock.now() - retentionMs
      for (const site of sites) site.purge((job) => !job.kept && job.endedAt !== undefined && job.endedAt < oldest)
      this.purgeHourly(sites, retentionMs)
    })
  }

  #schedulePickUp(): void {
    if (!this.#started || this.#pickUpDue || this.#waiting.size === 0 || this.#busySlots >= this.slots) return
    this.#pickUpDue = true
    this.#clock.at(this.#clock.now() + pickUpAfterMs, () => {
      this.#pickUpDue = false
      while (this.#busySlots < this.slots) {
        const entry = this.#next()
        if (entry === undefined) return
        this.#run(entry)
      }
    })
  }

  #next(): Entry | undefined {
    let best: Entry | undefined
    for (const entry of this.#waiting) if (best === undefined || isAhead(entry.job, best.job)) best = entry
    return best
  }

  #run(entry: Entry): void {
    const { site, job } = entry
    this.#waiting.delete(entry)
    this.#busySlots += 1
    const now = this.#clock.now()
    job.status = 'InProgress'
    job.startedAt = now
    job.updatedAt = now
    site.touch(job)
    this.#endAt(site, job, now + job.runsForMs)
  }

  #endAt(site: Site, job: Job, at: number, status: JobStatus = job.outcome): void {
    this.#ends.get(job)?.()
    this.#ends.set(
      job,
      this.#clock.at(at, () => {
        if (!job.held) this.#busySlots -= 1
        this.#finish(site, job, status)
        this.#schedulePickUp()
      }),
    )
  }

  #finish(site: Site, job: Job, status: JobStatus): void {
    const now = this.#clock.now()
    this.#ends.delete(job)
    job.status = status
    job.cancelling = false
    // What it would have said had it run to its end.
    if (status === 'Cancelled') job.finalNotes = ''
    job.endedAt = now
    job.updatedAt = now
    site.touch(job)
    this.#onEnd(site, job)
  }

  #forgetWaiting(job: Job): void {
    for (const entry of this.#waiting) if (entry.job === job) this.#waiting.delete(entry)
  }
}

const isAhead = (a: Job, b: Job): boolean =>
  a.priority !== b.priority ? a.priority < b.priority : a.createdAt !== b.createdAt ? a.createdAt < b.createdAt : a.order < b.order

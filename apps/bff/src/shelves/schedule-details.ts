import { luidSchema, type Luid, type Schedule } from '@refreshboard/api-types'
import { getServerSchedule, TableauApiError, TableauProtocolError } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { indexLagMs } from './overlay.ts'

/** So many are asked for at once. */
const atOnce = 4
/** One that could not be read is asked for again after this. */
const retryMs = 30_000
/** Without `updatedAt` nothing tells that a schedule changed. */
const undatedMs = 60_000

interface Detail {
  readonly schedule: Schedule
  readonly at: number
}

interface Pause {
  readonly error: unknown
  readonly until: number
}

/** About this one schedule, and not about Tableau as a whole: gone, withheld from this user, or not understood. */
const isAboutOne = (error: unknown): boolean =>
  (error instanceof TableauApiError || error instanceof TableauProtocolError) && error.retryAfterMs === undefined && (error.httpStatus ?? 500) < 500

const isOlder = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && Date.parse(a) < Date.parse(b)

/**
 * What Get Server Schedule tells of each schedule. A list has neither times nor order, so each is read once and kept until
 * its `updatedAt` moves, which it does at every firing, too.
 */
export class ScheduleDetails {
  readonly #clock: Clock
  readonly #known = new Map<string, Detail>()
  /** Until when a schedule is not asked for again. */
  readonly #failed = new Map<string, number>()
  readonly #stop = new AbortController()
  #loading: Promise<void> | undefined
  #pause: Pause | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#known.size
  }

  /** Why nothing is read at present, if that is so. */
  get failure(): unknown {
    return this.#pause && this.#clock.monotonic() < this.#pause.until ? this.#pause.error : undefined
  }

  /** Takes in a whole schedule: the reply of a write, or one that was read by itself. */
  take(schedule: Schedule): void {
    this.#known.set(schedule.id, { schedule, at: this.#clock.monotonic() })
    this.#failed.delete(schedule.id)
  }

  /** The detail as it was last read. */
  peek(id: string): Schedule | undefined {
    return this.#known.get(id)?.schedule
  }

  /** The detail, if it was taken in since a reading of the list began (by the monotonic clock). */
  since(id: string, listedAt: number): Schedule | undefined {
    const detail = this.#known.get(id)
    return detail === undefined || detail.at < listedAt ? undefined : detail.schedule
  }

  /** A row of the list with its detail; undefined when that is not known, or of an older state. */
  of(row: Schedule, listedAt: number): Schedule | undefined {
    const detail = this.#known.get(row.id)
    if (!detail) return undefined
    const { schedule, at } = detail
    if (row.updatedAt === undefined || schedule.updatedAt === undefined) return this.#clock.monotonic() - at < undatedMs ? { ...schedule, ...row } : undefined
    if (isOlder(schedule.updatedAt, row.updatedAt)) return undefined
    // The list runs behind a write for a while, and a second write within the same second has the same date.
    const canLag = listedAt - at < indexLagMs
    if (isOlder(row.updatedAt, schedule.updatedAt)) return canLag ? schedule : undefined
    return canLag ? { ...row, ...schedule } : { ...schedule, ...row }
  }

  /**
   * The detail, if a list that was read since runs behind it: its row is older by Tableau's own dates. Of the same second neither is known
   * to be the later, and the row may be somebody else's doing.
   */
  ahead(row: Schedule, listedAt: number): Schedule | undefined {
    const detail = this.#known.get(row.id)
    return detail !== undefined && listedAt - detail.at < indexLagMs && isOlder(row.updatedAt, detail.schedule.updatedAt) ? detail.schedule : undefined
  }

  /** Whether reading it now has a chance. */
  isWanted(row: Schedule): boolean {
    return luidSchema.safeParse(row.id).success && (this.#failed.get(row.id) ?? Number.NEGATIVE_INFINITY) <= this.#clock.monotonic()
  }

  /** Reads what is missing, unless that is under way. Never rejects. */
  load(tableau: TableauSession, missing: readonly Schedule[]): Promise<void> {
    if (this.#loading) return this.#loading
    if (missing.length === 0 || this.failure !== undefined) return Promise.resolve()
    const queue = missing.map(({ id }) => luidSchema.parse(id))
    this.#pause = undefined
    const work = async (): Promise<void> => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        if (!(await this.#readOne(tableau, id))) queue.length = 0
      }
    }
    const loading = this.#run(work)
    this.#loading = loading
    return loading
  }

  /** Forgets what is in no list any more. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const [id, { at }] of this.#known) if (!ids.has(id) && this.#clock.monotonic() - at >= indexLagMs) this.#known.delete(id)
    for (const id of this.#failed.keys()) if (!ids.has(id)) this.#failed.delete(id)
  }

  forget(id: string): void {
    this.#known.delete(id)
  }

  close(): void {
    this.#stop.abort(new Error('the shelf was closed'))
  }

  async #run(work: () => Promise<void>): Promise<void> {
    await Promise.all(Array.from({ length: atOnce }, work))
    this.#loading = undefined
  }

  /** False when going on is of no use. */
  async #readOne(tableau: TableauSession, id: Luid): Promise<boolean> {
    try {
      const { value } = await tableau.call(getServerSchedule, { scheduleId: id }, { signal: this.#stop.signal })
      this.take(value)
      return true
    } catch (error) {
      // It says nothing about Tableau: the next request reads on with its own token.
      if (error instanceof SessionEnded || this.#stop.signal.aborted) return false
      const until = this.#clock.monotonic() + retryMs
      if (isAboutOne(error)) {
        this.#failed.set(id, until)
        return true
      }
      const wait = error instanceof TableauApiError || error instanceof TableauProtocolError ? (error.retryAfterMs ?? 0) : 0
      this.#pause = { error, until: Math.max(until, this.#clock.monotonic() + wait) }
      return false
    }
  }
}

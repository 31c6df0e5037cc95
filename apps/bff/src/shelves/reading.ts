import { isRefusal, TableauApiError, TableauProtocolError } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { within } from './patience.ts'

/** How long a request waits for newer figures before it is answered with what is there. */
export const patienceMs = 250

/** All in milliseconds. */
const times = {
  /** No reading starts sooner than this many times the last one took: a slow Tableau is asked less often. */
  restFactor: 4,
  firstBackOff: 2000,
  longestBackOff: 60_000,
} as const

/** What was read, as one request is shown it. */
export interface ReadingView<T> {
  readonly value: T
  /** By the monotonic clock. */
  readonly startedAt: number
  readonly ageMs: number
  /** Tableau's clock when it was read, and now, as far as the BFF can tell; milliseconds since 1970. */
  readonly readAt: number
  readonly tableauNow: number
  /** Why the last attempt to read again failed; undefined when it did not. */
  readonly failure: unknown
}

/** What a load gives; `date` is Tableau's clock at its reply. */
export interface Loaded<T> {
  readonly value: T
  readonly date: number | undefined
}

export interface ReadingOptions<T> {
  readonly principal: PrincipalKey
  readonly clock: Clock
  /** Figures are read again when they are older, in milliseconds. */
  readonly freshMs: number
  readonly load: (tableau: TableauSession, signal: AbortSignal) => Promise<Loaded<T>>
}

interface Figures<T> extends Loaded<T> {
  readonly serial: number
  readonly startedAt: number
  readonly durationMs: number
  /** The time of day here when it was read; stands in for Tableau's. */
  readonly now: number
  readonly readAtMonotonic: number
}

interface Running {
  readonly serial: number
  /** Resolves with the error when it failed, never rejects. */
  readonly done: Promise<{ error: unknown } | undefined>
}

interface Failure {
  readonly error: unknown
  readonly inARow: number
  /** Nothing is read before this, by the monotonic clock. */
  readonly until: number
  readonly askedToWait: boolean
}

const waitOf = (error: unknown): number =>
  error instanceof TableauApiError || error instanceof TableauProtocolError ? (error.retryAfterMs ?? 0) : 0

/**
 * Something that one principal can read, read at most once for everyone who asks as that principal. There is no timer:
 * reading happens when somebody asks for figures that are no longer fresh. The last good ones stay when reading fails.
 */
export class Reading<T> {
  readonly #options: ReadingOptions<T>
  readonly #stop = new AbortController()
  #figures: Figures<T> | undefined
  #running: Running | undefined
  #failure: Failure | undefined
  #serial = 0
  /** Figures of this reading and of those before it are known to be behind. */
  #expired = 0

  constructor(options: ReadingOptions<T>) {
    this.#options = options
  }

  /** What was read last, without asking Tableau. */
  get value(): T | undefined {
    return this.#figures?.value
  }

  /** When the reading of {@link value} began, by the monotonic clock. */
  get startedAt(): number | undefined {
    return this.#figures?.startedAt
  }

  get isReading(): boolean {
    return this.#running !== undefined
  }

  /**
   * The figures, as fresh as can be had soon; waits to the end when there are none yet. Throws what reading threw when
   * there is nothing to show, and SessionEnded when it was this session's token that is dead.
   */
  async read(tableau: TableauSession): Promise<ReadingView<T>> {
    this.#assertOwn(tableau)
    for (;;) {
      const running = this.#running ?? (this.#isDue() ? this.#start(tableau) : undefined)
      if (!running) return this.#viewOrThrow()
      const finished = await this.#waitFor(running)
      if (!finished?.failed) return this.#viewOrThrow()
      if (!this.#isAnothersEnd(finished.failed.error, tableau)) return this.#viewOrThrow()
    }
  }

  /** As read, but of a reading that began after this was asked, or its error. */
  async readNow(tableau: TableauSession): Promise<ReadingView<T>> {
    this.#assertOwn(tableau)
    this.expire()
    const after = this.#serial
    for (;;) {
      if (this.#failure?.askedToWait === true && this.#options.clock.monotonic() < this.#failure.until) throw this.#failure.error
      const running = this.#running ?? this.#start(tableau)
      const failed = await running.done
      if (failed && !this.#isAnothersEnd(failed.error, tableau) && running.serial > after) throw failed.error
      if (!failed && running.serial > after) return this.#viewOrThrow()
    }
  }

  /** The figures are known to be behind: the next request reads again. */
  expire(): void {
    this.#expired = this.#serial
  }

  close(): void {
    this.#stop.abort(new Error('the shelf was closed'))
  }

  #assertOwn(tableau: TableauSession): void {
    if (tableau.principal !== this.#options.principal) throw new Error('a shelf was asked by another principal')
  }

  /** Another browser of the same person lent its token, and that one is dead: this one's may live. */
  #isAnothersEnd(error: unknown, tableau: TableauSession): boolean {
    if (!(error instanceof SessionEnded)) return false
    if (error.sessionId === tableau.sessionId) throw error
    return true
  }

  #isDue(): boolean {
    const now = this.#options.clock.monotonic()
    if (this.#failure && now < this.#failure.until) return false
    const figures = this.#figures
    if (!figures || figures.serial <= this.#expired) return true
    return now - figures.startedAt >= Math.max(this.#options.freshMs, figures.durationMs * times.restFactor)
  }

  #start(tableau: TableauSession): Running {
    this.#serial += 1
    const serial = this.#serial
    const startedAt = this.#options.clock.monotonic()
    const done = this.#options.load(tableau, this.#stop.signal).then(
      (loaded) => {
        this.#succeed(loaded, serial, startedAt)
        return undefined
      },
      (error: unknown) => {
        this.#fail(error)
        return { error }
      },
    )
    const running = { serial, done }
    this.#running = running
    return running
  }

  #succeed(loaded: Loaded<T>, serial: number, startedAt: number): void {
    const { clock } = this.#options
    const readAtMonotonic = clock.monotonic()
    this.#figures = { ...loaded, serial, startedAt, durationMs: readAtMonotonic - startedAt, now: clock.now(), readAtMonotonic }
    this.#failure = undefined
    this.#running = undefined
  }

  #fail(error: unknown): void {
    this.#running = undefined
    // It says nothing about Tableau: the next session that asks reads at once.
    if (error instanceof SessionEnded) return
    // Who may no longer see it is not shown what was there before.
    if (isRefusal(error)) this.#figures = undefined
    const inARow = (this.#failure?.inARow ?? 0) + 1
    const backOff = Math.min(times.longestBackOff, times.firstBackOff * 2 ** (inARow - 1))
    const wait = waitOf(error)
    this.#failure = { error, inARow, until: this.#options.clock.monotonic() + Math.max(backOff, wait), askedToWait: wait > 0 }
  }

  /** Undefined when the patience of a request ended first, and there is something to show it. */
  async #waitFor(running: Running): Promise<{ failed: { error: unknown } | undefined } | undefined> {
    const finished = running.done.then((failed) => ({ failed }))
    if (!this.#figures) return finished
    return within(this.#options.clock, finished, patienceMs)
  }

  #viewOrThrow(): ReadingView<T> {
    const figures = this.#figures
    if (!figures) throw this.#failure?.error ?? new Error('a shelf has neither figures nor a failure')
    const { value, startedAt, date, now, readAtMonotonic } = figures
    const elapsed = this.#options.clock.monotonic()
    const readAt = date ?? now
    return {
      value,
      startedAt,
      ageMs: Math.max(0, Math.round(elapsed - startedAt)),
      readAt,
      tableauNow: readAt + Math.max(0, elapsed - readAtMonotonic),
      failure: this.#failure?.error,
    }
  }
}

import type { Flavor, Job, JobsAge } from '@refreshboard/api-types'
import { isRefusal, queryJobs, sweepPages, TableauApiError, TableauProtocolError, type Page, type PageRequest, type TableauReply } from '@refreshboard/tableau-client'
import { instant, type Clock } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { JobIndex } from './job-index.ts'
import { JobPatches } from './job-patches.ts'

/** All in milliseconds. */
const feedTimes = {
  /** How often to read again while a job waits or runs, and otherwise. Tableau Cloud counts requests, so it is asked less often. */
  every: { server: { busy: 5000, idle: 30_000 }, cloud: { busy: 15_000, idle: 60_000 } },
  /** No sweep starts sooner than this many times the last one took: a slow Tableau is asked less often. */
  restFactor: 4,
  /** How long after the start of a reading requests wait for it, before they are answered with what is there. */
  patience: 250,
  /** How long a request waits that can do nothing without all jobs. */
  longestWait: 20_000,
  firstBackOff: 2000,
  longestBackOff: 60_000,
} as const

/** The jobs as one request is shown them. `failure` is why the last attempt to read again failed. */
export interface FeedView {
  readonly index: JobIndex
  readonly age: Omit<JobsAge, 'failure'>
  readonly failure: unknown
  /** Which reading of the feed it comes from: the first is 1. */
  readonly reading: number
}

interface Figures {
  readonly index: JobIndex
  readonly reading: number
  readonly startedAt: number
  readonly durationMs: number
  /** Tableau's clock at its first page. */
  readonly readAt: number
  readonly available: number | undefined
}

interface Running {
  readonly reading: number
  readonly startedAt: number
  /** What has arrived, by id. */
  readonly rows: Map<string, Job>
  readonly firstPage: Promise<void>
  /** Resolves with the error when it failed, never rejects. */
  readonly done: Promise<{ error: unknown } | undefined>
  readAt: number | undefined
  available: number | undefined
  partial: JobIndex | undefined
}

interface Failure {
  readonly error: unknown
  readonly inARow: number
  /** Nothing is read before this, by the monotonic clock. */
  readonly until: number
}

const newestFirst = { field: 'createdAt', direction: 'desc' } as const

/** Not every server sorts jobs: a 400 that is not about the page is about that. */
const refusesSort = (error: unknown): boolean =>
  error instanceof TableauApiError && error.code.startsWith('400') && error.code !== '400006' && error.code !== '400007'

const waitOf = (error: unknown): number =>
  error instanceof TableauApiError || error instanceof TableauProtocolError ? (error.retryAfterMs ?? 0) : 0

/**
 * All jobs that one principal sees, read at most once for everyone who asks as that principal. There is no timer: reading
 * happens when somebody asks for figures that are no longer fresh.
 */
export class JobFeed {
  readonly principal: PrincipalKey
  readonly #clock: Clock
  readonly #stop = new AbortController()
  #flavor: Flavor = 'server'
  #figures: Figures | undefined
  #running: Running | undefined
  #readings = 0
  #failure: Failure | undefined
  #tableauClock: { date: number; at: number } | undefined
  #sortRefused = false
  #expiredAt = Number.NEGATIVE_INFINITY
  #patches = new JobPatches()
  lastAskedAt: number

  constructor(principal: PrincipalKey, clock: Clock) {
    this.principal = principal
    this.#clock = clock
    this.lastAskedAt = clock.monotonic()
  }

  get rowsHeld(): number {
    return (this.#figures?.index.jobs.length ?? 0) + (this.#running?.rows.size ?? 0)
  }

  get isReading(): boolean {
    return this.#running !== undefined
  }

  /** How many readings have begun: what one tells whose number is higher was read after this was asked. */
  get readings(): number {
    return this.#readings
  }

  /**
   * The jobs, as fresh as can be had soon. Waits for the first page when there is nothing yet. Throws what reading threw
   * when there is nothing to show, and SessionEnded when it was this session's token that is dead.
   */
  async read(tableau: TableauSession): Promise<FeedView> {
    return this.#read(tableau, (running) => running.startedAt + feedTimes.patience)
  }

  /**
   * Reads until that is enough, 20 s at most, and again where a reading that is over was not; undefined when it takes longer, which goes
   * on in the background. Throws as {@link read} does, and why reading failed where what there is is not enough.
   */
  async readUntil(tableau: TableauSession, isEnough: (view: FeedView) => boolean): Promise<FeedView | undefined> {
    const until = this.#clock.monotonic() + feedTimes.longestWait
    let view = await this.read(tableau)
    while (!isEnough(view)) {
      // It is not read again before a while is over.
      if (view.failure !== undefined && !this.isReading) throw view.failure
      if (this.#clock.monotonic() >= until) return undefined
      if (view.age.complete && !this.isReading) this.expire()
      view = await this.#read(tableau, () => until)
    }
    return view
  }

  async #read(tableau: TableauSession, untilOf: (running: Running) => number): Promise<FeedView> {
    if (tableau.principal !== this.principal) throw new Error('a feed was asked by another principal')
    this.lastAskedAt = this.#clock.monotonic()
    this.#flavor = tableau.flavor
    for (;;) {
      const running = this.#running ?? (this.#isDue() ? this.#start(tableau) : undefined)
      if (!running) return this.#viewOrThrow()
      const finished = await this.#waitFor(running, untilOf(running))
      if (!finished) return this.#viewOf(running)
      if (!finished.failed) return this.#viewOrThrow()
      const { error } = finished.failed
      // Another browser of the same person lent its token, and that one is dead: this one's may live.
      if (error instanceof SessionEnded && error.sessionId !== tableau.sessionId) continue
      if (error instanceof SessionEnded) throw error
      return this.#viewOrThrow()
    }
  }

  /** A row as it was last seen, without asking Tableau. */
  peek(id: string): Job | undefined {
    return this.#patches.find(id) ?? this.#figures?.index.find(id) ?? this.#running?.rows.get(id)
  }

  /** As {@link peek}, but undefined where the row is known to be behind. */
  peekFresh(id: string): Job | undefined {
    const patch = this.#patches.find(id, this.#expiredAt)
    if (patch !== undefined) return patch
    return this.#figures === undefined || this.#figures.startedAt <= this.#expiredAt ? undefined : this.peek(id)
  }

  get index(): JobIndex | undefined {
    return this.#current()?.index
  }

  /** Takes in one job that was just read by itself, until a later sweep has it. */
  patch(job: Job): void {
    if (this.peek(job.id) === undefined) return
    this.#patches.add(job, this.#clock.monotonic())
  }

  /** The figures are known to be behind: the next request reads again. */
  expire(): void {
    this.#expiredAt = this.#clock.monotonic()
  }

  close(): void {
    this.#stop.abort(new Error('the feed was closed'))
  }

  /** The figures with every row that was read by itself since. */
  #current(): Figures | undefined {
    const figures = this.#figures
    if (!figures) return undefined
    const index = this.#patches.into(figures.index)
    if (index !== figures.index) this.#figures = { ...figures, index }
    return this.#figures
  }

  #everyMs(): number {
    const figures = this.#current()
    const every = feedTimes.every[this.#flavor]
    if (!figures) return every.busy
    return Math.max(figures.index.busy ? every.busy : every.idle, Math.round(figures.durationMs * feedTimes.restFactor))
  }

  #isDue(): boolean {
    const now = this.#clock.monotonic()
    if (this.#failure && now < this.#failure.until) return false
    const figures = this.#figures
    if (!figures) return true
    return figures.startedAt <= this.#expiredAt || now - figures.startedAt >= this.#everyMs()
  }

  #start(tableau: TableauSession): Running {
    let onFirstPage = (): void => undefined
    const rows = new Map<string, Job>()
    const firstPage = new Promise<void>((resolve) => {
      onFirstPage = resolve
    })
    const startedAt = this.#clock.monotonic()
    this.#readings += 1
    const running: Running = { reading: this.#readings, startedAt, rows, firstPage, done: Promise.resolve(undefined), readAt: undefined, available: undefined, partial: undefined }
    const sweep = sweepPages((page, signal) => this.#fetch(tableau, running, page, signal), {
      signal: this.#stop.signal,
      onPage: (page, progress) => {
        for (const job of page.rows) rows.set(job.id, job)
        running.available = progress.available
        running.partial = undefined
        onFirstPage()
      },
    })
    const done = sweep.then(
      ({ rows: all, available }) => {
        this.#succeed(running, all, available)
        return undefined
      },
      (error: unknown) => {
        this.#fail(error)
        return { error }
      },
    )
    const started = Object.assign(running, { done })
    this.#running = started
    return started
  }

  async #fetch(tableau: TableauSession, running: Running, page: PageRequest, signal: AbortSignal): Promise<TableauReply<Page<Job>>> {
    const reply = await this.#query(tableau, page, signal)
    const date = reply.date ?? this.#clock.now()
    this.#tableauClock = { date, at: this.#clock.monotonic() }
    running.readAt ??= date
    return reply
  }

  async #query(tableau: TableauSession, page: PageRequest, signal: AbortSignal): Promise<TableauReply<Page<Job>>> {
    if (!this.#sortRefused) {
      try {
        return await tableau.call(queryJobs, { ...page, sort: newestFirst }, { signal })
      } catch (error) {
        if (!refusesSort(error)) throw error
        this.#sortRefused = true
      }
    }
    return tableau.call(queryJobs, page, { signal })
  }

  #succeed(running: Running, all: Job[], available: number | undefined): void {
    const readAt = running.readAt ?? this.#clock.now()
    this.#patches.keepSince(running.startedAt)
    this.#figures = {
      index: new JobIndex(all, readAt),
      reading: running.reading,
      startedAt: running.startedAt,
      durationMs: this.#clock.monotonic() - running.startedAt,
      readAt,
      available,
    }
    this.#failure = undefined
    this.#running = undefined
  }

  #fail(error: unknown): void {
    this.#running = undefined
    // It says nothing about Tableau: the next session that asks reads at once.
    if (error instanceof SessionEnded) return
    // Who may no longer see the jobs is not shown those of before.
    if (isRefusal(error)) {
      this.#figures = undefined
      this.#patches = new JobPatches()
    }
    const inARow = (this.#failure?.inARow ?? 0) + 1
    const backOff = Math.min(feedTimes.longestBackOff, feedTimes.firstBackOff * 2 ** (inARow - 1))
    this.#failure = { error, inARow, until: this.#clock.monotonic() + Math.max(backOff, waitOf(error)) }
  }

  /** Undefined when it took longer than `until` (by the monotonic clock), and there is something to show it. */
  async #waitFor(running: Running, until: number): Promise<{ failed: { error: unknown } | undefined } | undefined> {
    const timer = new AbortController()
    const finished = running.done.then((failed) => ({ failed }))
    const patience = this.#clock.delay(Math.max(0, until - this.#clock.monotonic()), timer.signal).then(
      () => undefined,
      () => undefined,
    )
    try {
      const first = await Promise.race([finished, patience])
      if (first !== undefined || this.#figures) return first
      return await Promise.race([finished, running.firstPage.then(() => undefined)])
    } finally {
      timer.abort()
    }
  }

  #viewOf(running: Running): FeedView {
    if (this.#figures) return this.#viewOrThrow()
    const readAt = running.readAt ?? this.#clock.now()
    running.partial ??= new JobIndex([...running.rows.values()], readAt)
    return {
      index: running.partial,
      age: this.#age(running.startedAt, readAt, false, running.rows.size, running.available),
      failure: undefined,
      reading: running.reading,
    }
  }

  #viewOrThrow(): FeedView {
    const figures = this.#current()
    if (!figures) throw this.#failure?.error ?? new Error('a feed has neither figures nor a failure')
    const { index, startedAt, readAt, available, reading } = figures
    return { index, age: this.#age(startedAt, readAt, true, index.jobs.length, available), failure: this.#failure?.error, reading }
  }

  #age(startedAt: number, readAt: number, complete: boolean, read: number, available: number | undefined): Omit<JobsAge, 'failure'> {
    const now = this.#clock.monotonic()
    const tableauNow = this.#tableauClock ? this.#tableauClock.date + (now - this.#tableauClock.at) : this.#clock.now()
    return {
      ageMs: Math.max(0, Math.round(now - startedAt)),
      readAt: instant(readAt),
      tableauNow: instant(tableauNow),
      everyMs: this.#everyMs(),
      complete,
      read,
      ...(available === undefined ? {} : { available }),
    }
  }
}

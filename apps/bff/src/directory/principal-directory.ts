import { isRefusal, queryProjects, queryUsersOnSite, TableauApiError, TableauProtocolError, type PageRequest, type TableauEndpoint, type TableauReply } from '@refreshboard/tableau-client'
import type { Content } from '@refreshboard/api-types'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { PrincipalKey } from '../session/principal.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { Taken } from '../shelves/taken.ts'
import type { ContentDirectory, DirectoryView } from './content-directory.ts'
import { countOf, idsWithoutName, noRows, sweepContent, type ContentRows } from './content-sweep.ts'
import { Listing, type Names } from './listing.ts'
import { NameBook } from './name-book.ts'

/** All in milliseconds. */
const times = {
  /** Names are read again when they are older, unless they are wanted fresher. */
  fresh: 5 * 60_000,
  /** However far behind they are known to be, no sooner than this after the last reading began … */
  rest: 5000,
  /** … and than this many times what that took: a slow Tableau is asked less often. */
  restFactor: 4,
  /** How long a request waits before it is answered with what is there. */
  patience: 250,
  firstBackOff: 2000,
  longestBackOff: 60_000,
} as const

interface Figures {
  readonly serial: number
  readonly listing: Listing
  readonly rows: number
  readonly startedAt: number
  readonly durationMs: number
  /** Not everything was read: there is too much of it. */
  readonly cut: boolean
}

interface Running {
  readonly serial: number
  readonly startedAt: number
  /** What has arrived. */
  readonly rows: ContentRows
  /** Made of the rows when it is asked for, until more arrive. */
  partial: Listing | undefined
  /** Resolves with the error when it failed, never rejects. */
  readonly done: Promise<{ error: unknown } | undefined>
}

interface Failure {
  readonly error: unknown
  readonly inARow: number
  /** Nothing is read before this, by the monotonic clock. */
  readonly until: number
}

const keyOf = ({ kind, id }: Pick<Content, 'kind' | 'id'>): string => `${kind} ${id}`

const waitOf = (error: unknown): number =>
  error instanceof TableauApiError || error instanceof TableauProtocolError ? (error.retryAfterMs ?? 0) : 0

export interface PrincipalDirectoryOptions {
  readonly principal: PrincipalKey
  readonly clock: Clock
  /** Workbooks and data sources together; those beyond are not read. */
  readonly maxRows: number
}

/**
 * The directory of one principal, read at most once for everyone who asks as that principal. There is no timer: reading
 * happens when somebody asks for names that are no longer fresh, and nobody who can be shown some waits for it.
 */
export class PrincipalDirectory implements ContentDirectory {
  readonly principal: PrincipalKey
  readonly #clock: Clock
  readonly #maxRows: number
  readonly #stop = new AbortController()
  readonly #projects: NameBook
  readonly #owners: NameBook
  readonly #taken: Taken<Content>
  #figures: Figures | undefined
  #running: Running | undefined
  /** What a first reading that failed had read. */
  #remains: ContentRows | undefined
  #failure: Failure | undefined
  #tableauClock: { date: number; at: number } | undefined
  #serial = 0
  /** Names of this reading and of those before it are known to be behind. */
  #expired = 0
  lastAskedAt: number

  constructor(options: PrincipalDirectoryOptions) {
    const { clock } = options
    this.principal = options.principal
    this.#clock = clock
    this.#maxRows = options.maxRows
    this.lastAskedAt = clock.monotonic()
    this.#taken = new Taken(clock)
    this.#projects = new NameBook(clock, (tableau, page, signal) => this.#call(tableau, queryProjects, page, signal))
    this.#owners = new NameBook(clock, async (tableau, page, signal) => {
      const reply = await this.#call(tableau, queryUsersOnSite, page, signal)
      return { ...reply, value: { ...reply.value, rows: reply.value.rows.map(({ id, name, fullName }) => ({ id, name: fullName ?? name })) } }
    })
  }

  get rowsHeld(): number {
    return this.#taken.size + (this.#figures?.rows ?? 0) + (this.#running ? countOf(this.#running.rows) : 0) + (this.#remains ? countOf(this.#remains) : 0)
  }

  get isReading(): boolean {
    return this.#running !== undefined
  }

  async read(tableau: TableauSession, { freshMs = times.fresh }: { freshMs?: number } = {}): Promise<DirectoryView> {
    if (tableau.principal !== this.principal) throw new Error('a directory was asked by another principal')
    this.lastAskedAt = this.#clock.monotonic()
    for (;;) {
      const running = this.#running ?? (this.#isDue(freshMs) ? this.#start(tableau) : undefined)
      if (!running || (this.#figures && !this.#isBehind(this.#figures))) return this.#view(tableau)
      const failed = await this.#waitFor(running)
      if (!(failed?.error instanceof SessionEnded)) return this.#view(tableau)
      // Another browser of the same person lent its token, and that one is dead: this one's may live.
      if (failed.error.sessionId === tableau.sessionId) throw failed.error
    }
  }

  peek(kind: Content['kind'], id: string): Content | undefined {
    const figures = this.#figures
    const taken = this.#taken.since(keyOf({ kind, id }), figures?.startedAt)
    if (taken === undefined) return figures?.listing.contentOf(kind, id)
    return figures?.listing.named(taken) ?? taken
  }

  seen(content: Content): void {
    this.#taken.take(keyOf(content), content)
  }

  expire(): void {
    this.#expired = this.#serial
  }

  close(): void {
    this.#stop.abort(new Error('the directory was closed'))
  }

  #isBehind(figures: Figures): boolean {
    return figures.serial <= this.#expired
  }

  #isDue(freshMs: number): boolean {
    const now = this.#clock.monotonic()
    if (this.#failure && now < this.#failure.until) return false
    const figures = this.#figures
    if (!figures) return true
    const age = now - figures.startedAt
    const rest = Math.max(times.rest, figures.durationMs * times.restFactor)
    return age >= Math.max(this.#isBehind(figures) ? 0 : freshMs, rest)
  }

  #start(tableau: TableauSession): Running {
    this.#serial += 1
    const startedAt = this.#clock.monotonic()
    const rows: ContentRows = this.#remains ?? noRows()
    this.#remains = undefined
    const running: Running = { serial: this.#serial, startedAt, rows, partial: undefined, done: Promise.resolve(undefined) }
    const done = this.#load(tableau, running).then(
      (read) => {
        this.#succeed(tableau, running, read)
        return undefined
      },
      (error: unknown) => {
        this.#fail(running, error)
        return { error }
      },
    )
    const started = Object.assign(running, { done })
    this.#running = started
    return started
  }

  async #load(tableau: TableauSession, running: Running): Promise<{ rows: ContentRows; cut: boolean }> {
    const { signal } = this.#stop
    const read = await sweepContent({
      call: (endpoint, page, stop) => this.#call(tableau, endpoint, page, stop),
      maxRows: this.#maxRows,
      signal,
      onPage: (kind, rows) => {
        for (const row of rows) running.rows[kind].set(row.id, row)
        running.partial = undefined
      },
    })
    const owners = idsWithoutName(read.rows, ({ owner }) => owner)
    owners.delete(tableau.user.id)
    await this.#projects.fill(tableau, idsWithoutName(read.rows, ({ project }) => project), signal)
    await this.#owners.fill(tableau, owners, signal)
    return read
  }

  async #call<O>(tableau: TableauSession, endpoint: TableauEndpoint<PageRequest, O>, page: PageRequest, signal: AbortSignal): Promise<TableauReply<O>> {
    const reply = await tableau.call(endpoint, page, { signal })
    this.#tableauClock = { date: reply.date ?? this.#clock.now(), at: this.#clock.monotonic() }
    return reply
  }

  #succeed(tableau: TableauSession, running: Running, read: { rows: ContentRows; cut: boolean }): void {
    const { serial, startedAt } = running
    const durationMs = this.#clock.monotonic() - startedAt
    this.#figures = { serial, listing: this.#listing(tableau, read.rows), rows: countOf(read.rows), startedAt, durationMs, cut: read.cut }
    this.#failure = undefined
    this.#running = undefined
  }

  #fail(running: Running, error: unknown): void {
    this.#running = undefined
    // Who may no longer see the content is not shown that of before.
    if (isRefusal(error)) this.#figures = undefined
    else if (!this.#figures) this.#remains = running.rows
    // It says nothing about Tableau: the next session that asks reads at once.
    if (error instanceof SessionEnded) return
    const inARow = (this.#failure?.inARow ?? 0) + 1
    const backOff = Math.min(times.longestBackOff, times.firstBackOff * 2 ** (inARow - 1))
    this.#failure = { error, inARow, until: this.#clock.monotonic() + Math.max(backOff, waitOf(error)) }
  }

  /** The failure, if it failed in time; undefined when it succeeded, or when the patience of a request ended first. */
  async #waitFor(running: Running): Promise<{ error: unknown } | undefined> {
    const timer = new AbortController()
    const patience = this.#clock.delay(times.patience, timer.signal).then(
      () => undefined,
      () => undefined,
    )
    try {
      return await Promise.race([running.done, patience])
    } finally {
      timer.abort()
    }
  }

  #listing({ user }: TableauSession, rows: ContentRows): Listing {
    const names: Names = {
      project: (id) => this.#projects.nameOf(id),
      owner: (id) => (id === user.id ? (user.fullName ?? user.name) : this.#owners.nameOf(id)),
    }
    return new Listing({ workbook: [...rows.workbook.values()], datasource: [...rows.datasource.values()] }, names)
  }

  /** What there is while nothing was read completely. */
  #partial(tableau: TableauSession): Listing {
    const running = this.#running
    if (running) return (running.partial ??= this.#listing(tableau, running.rows))
    return this.#listing(tableau, this.#remains ?? noRows())
  }

  #view(tableau: TableauSession): DirectoryView {
    const figures = this.#figures
    const listing = figures?.listing ?? this.#partial(tableau)
    const now = this.#clock.monotonic()
    const startedAt = figures?.startedAt ?? this.#running?.startedAt ?? now
    return {
      contentOf: (kind, id) => listing.contentOf(kind, id),
      contents: (kind) => listing.contents(kind),
      named: (content) => listing.named(content),
      complete: figures !== undefined,
      ageMs: Math.max(0, Math.round(now - startedAt)),
      tableauNow: this.#tableauClock ? this.#tableauClock.date + (now - this.#tableauClock.at) : this.#clock.now(),
      failure: this.#failure?.error ?? (figures?.cut === true ? this.#cutProblem() : undefined),
    }
  }

  #cutProblem(): ProblemError {
    return new ProblemError('overloaded', `This site has more workbooks and data sources than are kept here (${this.#maxRows}). The others have no names, and are not found.`)
  }
}

import { isRefusal, sweepPages, TableauError, type Page, type PageRequest, type TableauReply } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import type { TableauSession } from '../session/tableau-session.ts'

/** How long a name is taken for right, and a missing one for not to be had. */
const keptMs = 60 * 60_000

interface Named {
  readonly id: string
  readonly name: string
}

type ReadNames = (tableau: TableauSession, page: PageRequest, signal: AbortSignal) => Promise<TableauReply<Page<Named>>>

/**
 * Names of what rows refer to by id alone. The list they come from is read only while a name is wanted that was not looked
 * for within the hour, and only as far as the last wanted one. Nobody waits for a name: where the list is refused, as Tableau
 * keeps its users for administrators, or cannot be read, names stay missing.
 */
export class NameBook {
  readonly #clock: Clock
  readonly #read: ReadNames
  readonly #names = new Map<string, string>()
  /** When a name was last looked for, by id. */
  readonly #soughtAt = new Map<string, number>()
  #refusedAt = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, read: ReadNames) {
    this.#clock = clock
    this.#read = read
  }

  nameOf(id: string): string | undefined {
    return this.#names.get(id)
  }

  /** Reads what is missing of the wanted names, and forgets all others. Throws SessionEnded, and the reason of an abort. */
  async fill(tableau: TableauSession, wanted: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    for (const id of this.#soughtAt.keys()) if (!wanted.has(id)) this.#soughtAt.delete(id)
    for (const id of this.#names.keys()) if (!wanted.has(id)) this.#names.delete(id)
    const since = this.#clock.monotonic() - keptMs
    if (this.#refusedAt > since) return
    const missing = new Set([...wanted].filter((id) => (this.#soughtAt.get(id) ?? Number.NEGATIVE_INFINITY) <= since))
    if (missing.size === 0) return
    try {
      await this.#sweep(tableau, wanted, missing, signal)
    } catch (error) {
      if (!(error instanceof TableauError)) throw error
      if (!isRefusal(error)) return
      this.#refusedAt = this.#clock.monotonic()
      // Who may no longer see them is not shown those of before.
      this.#names.clear()
    }
  }

  async #sweep(tableau: TableauSession, wanted: ReadonlySet<string>, missing: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const open = new Set(missing)
    const enough = new AbortController()
    const sweep = sweepPages((page, ending) => this.#read(tableau, page, ending), {
      signal: AbortSignal.any([signal, enough.signal]),
      concurrency: 1,
      onPage: ({ rows }) => {
        for (const { id, name } of rows) {
          if (!wanted.has(id)) continue
          this.#names.set(id, name)
          open.delete(id)
        }
        if (open.size === 0) enough.abort(new Error('every name was found'))
      },
    })
    await sweep.catch((error: unknown) => {
      if (!enough.signal.aborted) throw error
    })
    const now = this.#clock.monotonic()
    for (const id of missing) this.#soughtAt.set(id, now)
  }
}

import type { FaultAction } from './faults.ts'
import type { OperationName } from './operations.ts'

/** One request as it was received, and what became of it. */
export interface LedgerEntry {
  readonly seq: number
  /** ISO 8601, on the simulator's clock. */
  readonly at: string
  /** Null for a path or verb that is no simulated method. */
  operation: OperationName | null
  readonly method: string
  /** As received, without the query. */
  readonly path: string
  /** As received, without the `?`. */
  readonly query: string
  /** `X-Tableau-Auth` as received. */
  readonly token: string | null
  /** The account whose living session the token was; at sign-in, the account that it opened a session for. */
  user: string | null
  /** The name of that session's site. */
  site: string | null
  /** Null while there is no answer, and for good where the request hung or was reset. */
  status: number | null
  /** Tableau's six-digit code of a refusal. */
  code: string | null
  /** The body as text. */
  body: string
  /** Whether it changed the world: a session opened or ended, a job cancelled or on its way to be, a schedule or task made, changed, run, deleted. */
  applied: boolean
  /** The faults that were injected into it, in order. */
  readonly faults: FaultAction['kind'][]
}

/** One entry for every request received, refused and faulted ones included. */
export class Ledger {
  readonly #entries: LedgerEntry[] = []
  #seq = 0

  get entries(): readonly LedgerEntry[] {
    return this.#entries
  }

  open(entry: Pick<LedgerEntry, 'at' | 'method' | 'path' | 'query' | 'token'>): LedgerEntry {
    this.#seq += 1
    const opened: LedgerEntry = {
      seq: this.#seq,
      ...entry,
      operation: null,
      user: null,
      site: null,
      status: null,
      code: null,
      body: '',
      applied: false,
      faults: [],
    }
    this.#entries.push(opened)
    if (this.#entries.length > maxEntries) this.#entries.splice(0, this.#entries.length - maxEntries)
    return opened
  }

  of(operation: OperationName): LedgerEntry[] {
    return this.#entries.filter((entry) => entry.operation === operation)
  }

  clear(): void {
    this.#entries.length = 0
  }
}

/** A demo may run for weeks; the oldest entries go. */
const maxEntries = 100_000

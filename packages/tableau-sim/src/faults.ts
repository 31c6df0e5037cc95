import type { OperationName } from './operations.ts'

/** What happens instead of, or around, the right answer. */
export type FaultAction =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string; readonly contentType?: string }
  | {
      readonly kind: 'tableauError'
      readonly status: number
      readonly code: string
      readonly summary: string
      readonly detail: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** A page of a proxy or a login page; 200 unless told. */
  | { readonly kind: 'html'; readonly status?: number }
  /** Never answers; the connection stays open until the client or `close()` ends it. */
  | { readonly kind: 'hang' }
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset' }
  /**
   * The right answer, cut after that many bytes of its body. `clean` (the default) corrects Content-Length, so that HTTP
   * looks complete; `reset` announces the whole length and breaks off.
   */
  | { readonly kind: 'truncate'; readonly bytes: number; readonly close?: 'clean' | 'reset' }
  /** Real milliseconds, then the right answer. */
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  /** Ends the session of this request's token, then goes on. */
  | { readonly kind: 'killToken' }
  | { readonly kind: 'killAllTokens' }
  /** Asks to wait: by a Retry-After header, or by 429000 with the time in its text. */
  | { readonly kind: 'throttle'; readonly seconds: number; readonly style: 'header' | 'text' }

export interface FaultRule {
  /** Unless given: any request, also one that is no simulated method. */
  readonly operation?: OperationName | '*'
  /** Against the path as received, without the query. */
  readonly path?: RegExp
  /** The account of the request's session. */
  readonly user?: string
  /** 1 = the next request that matches. */
  readonly nth?: number
  /** How many matching requests in a row, from the nth on; 1 unless given, `Infinity` until removed. */
  readonly times?: number
  /**
   * Before the effect (the default: nothing is applied) or after it. `delay`, `killToken` and `killAllTokens` let the
   * request go on either way; `truncate` always comes after.
   */
  readonly when?: 'before' | 'after'
  readonly action: FaultAction
}

export interface DueFault {
  readonly when: 'before' | 'after'
  readonly action: FaultAction
}

interface ActiveRule {
  readonly rule: FaultRule
  seen: number
}

/** The faults that are armed. Several that match one request all apply, in the order they were added. */
export class Faults {
  #rules: ActiveRule[] = []

  add(rule: FaultRule): { remove(): void } {
    const active: ActiveRule = { rule, seen: 0 }
    this.#rules.push(active)
    return {
      remove: () => {
        this.#rules = this.#rules.filter((candidate) => candidate !== active)
      },
    }
  }

  clear(): void {
    this.#rules = []
  }

  /** Counts the request against every rule and tells which are due. */
  take(request: { operation: OperationName | null; path: string; user: string | null }): DueFault[] {
    const due: DueFault[] = []
    for (const active of this.#rules) {
      const { rule } = active
      if (rule.operation !== undefined && rule.operation !== '*' && rule.operation !== request.operation) continue
      if (rule.path !== undefined && request.path.search(rule.path) < 0) continue
      if (rule.user !== undefined && rule.user !== request.user) continue
      active.seen += 1
      const first = rule.nth ?? 1
      if (active.seen >= first && active.seen < first + (rule.times ?? 1)) due.push({ when: rule.when ?? 'before', action: rule.action })
    }
    return due
  }
}

/** How Tableau puts a wait into words (tableau/server-client-python#952). */
export const waitInWords = (seconds: number): string =>
  seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} minute${seconds === 60 ? '' : 's'}` : `${seconds} second${seconds === 1 ? '' : 's'}`

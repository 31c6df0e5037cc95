import type { ErrorCode, TableauError } from '@refreshboard/api-types'

interface ProblemFacts {
  fields?: Record<string, string>
  tableau?: TableauError
  /** When a repeat has a chance, in milliseconds since 1970. */
  retryAt?: number
  /** Header `Allow` of a 405. */
  allow?: string
}

/** An answer that is an error: thrown anywhere, written by the error mapper alone. `detail` is a sentence for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ErrorCode
  readonly detail: string
  readonly facts: ProblemFacts

  constructor(code: ErrorCode, detail: string, facts: ProblemFacts = {}, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options)
    this.code = code
    this.detail = detail
    this.facts = facts
  }
}

/**
 * What is known about a call that failed. `not-sent`: no byte of the request left this machine. `answered`: Tableau
 * refused it, completely and readably. `unknown`: anything in between, so a write may or may not have been applied.
 */
export type Outcome = 'not-sent' | 'answered' | 'unknown'

/** Base of everything that `call` rejects with, an aborted signal excepted. Messages hold no token, password or body. */
export abstract class TableauError extends Error {
  abstract readonly outcome: Outcome
  /** The name of the endpoint object, such as `queryJobs`. */
  readonly operation: string

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(`${operation}: ${message}`, options)
    this.operation = operation
  }
}

/** Tableau answered with `<error code><summary/><detail/></error>`, whatever the HTTP status was. */
export class TableauApiError extends TableauError {
  override readonly name = 'TableauApiError'
  readonly outcome = 'answered'
  /** Six digits as a rule (the references also print `40500` and `404`); decisions are made on it alone. */
  readonly code: string
  readonly summary: string
  /** Tableau's useful sentence, localised; it can quote what the request held, so it is not part of `message`. */
  readonly detail: string
  readonly httpStatus: number
  /** How long Tableau asks to wait, from `Retry-After` or from the text; at most one hour. */
  readonly retryAfterMs?: number

  constructor(
    operation: string,
    fields: { code: string; summary: string; detail: string; httpStatus: number; retryAfterMs?: number | undefined },
  ) {
    super(operation, `Tableau answered ${fields.code} (HTTP ${fields.httpStatus})`)
    this.code = fields.code
    this.summary = fields.summary
    this.detail = fields.detail
    this.httpStatus = fields.httpStatus
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs
  }
}

/** Whether Tableau answered that this person may not (a code that begins with 403); not that the session is over, nor that there is no such thing. */
export const isRefusal = (error: unknown): error is TableauApiError => error instanceof TableauApiError && error.code.startsWith('403')

/** The reply was not Tableau's: an HTML page, cut off, a foreign root, a missing field, too large. */
export class TableauProtocolError extends TableauError {
  override readonly name = 'TableauProtocolError'
  readonly outcome: 'not-sent' | 'unknown'
  readonly reason: string
  /** Absent when the fault came before the status line could be read. */
  readonly httpStatus?: number
  /** The reply was over a limit: asking again would only cost the same again. */
  readonly tooLarge: boolean
  /** A gateway's `Retry-After`, where it sent one with its own page. */
  readonly retryAfterMs?: number

  constructor(
    operation: string,
    reason: string,
    fields: {
      httpStatus?: number | undefined
      retryAfterMs?: number | undefined
      tooLarge?: boolean
      /** False when it was the question for the version that went wrong, before the call itself. */
      sent?: boolean
      cause?: unknown
    } = {},
  ) {
    super(operation, reason, fields.cause === undefined ? undefined : { cause: fields.cause })
    this.reason = reason
    this.outcome = fields.sent === false ? 'not-sent' : 'unknown'
    this.tooLarge = fields.tooLarge ?? false
    if (fields.httpStatus !== undefined) this.httpStatus = fields.httpStatus
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs
  }
}

export type UnreachableKind = 'refused' | 'dns' | 'tls' | 'timeout' | 'reset' | 'redirect' | 'network'

/** There was no complete reply. */
export class TableauUnreachableError extends TableauError {
  override readonly name = 'TableauUnreachableError'
  readonly outcome: 'not-sent' | 'unknown'
  readonly kind: UnreachableKind
  /** Whether a byte of the request can have left. */
  readonly sent: boolean
  /** The code of the system or of TLS (`ECONNREFUSED`, `CERT_HAS_EXPIRED`), or the host that a redirect named. */
  readonly reason: string

  constructor(operation: string, fields: { kind: UnreachableKind; sent: boolean; reason: string }) {
    super(operation, `no answer from Tableau: ${fields.kind} (${fields.reason}), ${fields.sent ? 'after' : 'before'} sending`)
    this.kind = fields.kind
    this.sent = fields.sent
    this.reason = fields.reason
    this.outcome = fields.sent ? 'unknown' : 'not-sent'
  }
}

/** This server's REST API version does not offer the endpoint. Nothing was sent. */
export class TableauUnsupportedError extends TableauError {
  override readonly name = 'TableauUnsupportedError'
  readonly outcome = 'not-sent'
  /** The server's version, such as `3.15`; `unknown` for a server too old to tell. */
  readonly apiVersion: string
  /** First version that has it. */
  readonly since: string
  /** Last version that has it. */
  readonly until?: string

  constructor(operation: string, fields: { apiVersion: string; since: string; until?: string | undefined }) {
    const range = fields.until === undefined ? `${fields.since} or later` : `${fields.since} to ${fields.until}`
    super(operation, `needs REST API ${range}, this server has ${fields.apiVersion}`)
    this.apiVersion = fields.apiVersion
    this.since = fields.since
    if (fields.until !== undefined) this.until = fields.until
  }
}

/** The caller's input cannot be sent as it is. Nothing was sent. */
export class TableauInputError extends TableauError {
  override readonly name = 'TableauInputError'
  readonly outcome = 'not-sent'
  /** Where the value stands in the request: `site@contentUrl`, `filter.title`, `{jobId}`. */
  readonly field: string
  readonly reason: string

  constructor(operation: string, field: string, reason: string) {
    super(operation, `${field} ${reason}`)
    this.field = field
    this.reason = reason
  }
}

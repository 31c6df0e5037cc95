import { z } from 'zod'

/**
 * Every error code the BFF may answer with, and its HTTP status. The list is closed: a new code is a new row here and a
 * sentence in the web app, which does not compile without one.
 */
export const errorStatus = {
  /** JSON that cannot be parsed, or a query string that is none. */
  bad_request: 400,
  /** A path segment that should be a LUID or a UUID and is not. */
  bad_id: 400,
  /** A well-formed input that breaks a rule; `fields` says which. */
  validation: 422,
  /** No session, or one that ended earlier. */
  unauthenticated: 401,
  /** Tableau refused the credentials (401001). */
  sign_in_refused: 401,
  /** Tableau ended the session while it was in use (401002); answered once, then `unauthenticated`. */
  session_expired: 401,
  /** The request did not come from our own page. */
  origin_refused: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  /** Somebody else changed the item since it was read. */
  changed_elsewhere: 409,
  /** The same refresh is already queued or running (409093). */
  already_queued: 409,
  /** The job ended before it could be cancelled (403091). */
  already_finished: 409,
  /** An `Idempotency-Key` came back with another body. */
  idempotency_mismatch: 422,
  too_large: 413,
  /** Tableau or the BFF asks to wait; `retryAt` says until when. */
  throttled: 429,
  /** This server's version, flavour or settings do not offer it. */
  unsupported_here: 409,
  /** Tableau answered with an error that nothing above describes; `tableau` holds it. */
  upstream_refused: 502,
  /** The reply was not Tableau's: HTML, cut off, a foreign root, a missing field. */
  upstream_unreadable: 502,
  upstream_unreachable: 502,
  upstream_timeout: 504,
  overloaded: 503,
  storage_unavailable: 503,
  internal: 500,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof errorStatus

const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(errorStatus, value)

/** All codes, in the order of the table. */
export const errorCodes: readonly ErrorCode[] = Object.keys(errorStatus).filter(isErrorCode)

/** Tableau's own words for a refusal: the six-digit code, its summary and the sentence that says why. */
export const tableauErrorSchema = z.object({
  code: z.string(),
  summary: z.string(),
  detail: z.string(),
})
export type TableauError = z.infer<typeof tableauErrorSchema>

/** The body of every error the BFF answers with, as `application/problem+json` (RFC 9457). */
export const problemSchema = z.object({
  code: z.enum(errorCodes),
  /** A short sentence for people, the same for each occurrence of the code. */
  title: z.string(),
  /** What happened this time, and what to do next. */
  detail: z.string(),
  status: z.int(),
  /** Found in one log line of the BFF. */
  requestId: z.string(),
  /** Input path (`site`, `body.name`) → what is wrong with it. */
  fields: z.record(z.string(), z.string()).optional(),
  tableau: tableauErrorSchema.optional(),
  /** When a repeat has a chance, ISO 8601 in UTC. */
  retryAt: z.iso.datetime().optional(),
})
export type Problem = z.infer<typeof problemSchema>

/** The media type of {@link problemSchema}. */
export const problemMediaType = 'application/problem+json'

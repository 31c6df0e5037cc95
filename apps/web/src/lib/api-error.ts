import type { ErrorCode, Problem, TableauError } from '@refreshboard/api-types'

/** What can go wrong between this page and the BFF, beside the codes that the BFF itself answers with. */
type LocalCode =
  /** The browser knows that it has no network; nothing was sent. */
  | 'offline'
  /** The BFF did not answer. */
  | 'unreachable'
  /** The BFF did not answer in time. */
  | 'timed_out'
  /** The answer was not the BFF's, or breaks the contract. */
  | 'unreadable'

export type FailureCode = ErrorCode | LocalCode

interface ApiErrorInit {
  code: FailureCode
  /** Whether the BFF received the request. `unknown`: it may have; a write must then be asked for, never repeated. */
  received: 'yes' | 'no' | 'unknown'
  problem?: Problem | undefined
  requestId?: string | undefined
  cause?: unknown
}

/** A call of the BFF that did not succeed. */
export class ApiError extends Error {
  readonly code: FailureCode
  readonly received: 'yes' | 'no' | 'unknown'
  readonly problem: Problem | undefined
  readonly requestId: string | undefined

  constructor(init: ApiErrorInit) {
    super(init.problem?.detail ?? sentences[init.code].title, { cause: init.cause })
    this.name = 'ApiError'
    this.code = init.code
    this.received = init.received
    this.problem = init.problem
    this.requestId = init.requestId ?? init.problem?.requestId
  }
}

interface Sentence {
  /** What is the matter, one sentence. */
  title: string
  /** What to do next, one sentence. */
  next: string
}

/** The sentence for each code. A code without one does not compile. */
export const sentences: Record<FailureCode, Sentence> = {
  bad_request: { title: 'The request could not be read.', next: 'Load the page again; if it stays, report the request id.' },
  bad_id: { title: 'That is not the id of anything in Tableau.', next: 'Open it from its list again.' },
  validation: { title: 'Something in the form breaks a rule.', next: 'See the message at the field.' },
  unauthenticated: { title: 'Your session has ended.', next: 'Sign in again to go on; nothing here is lost.' },
  sign_in_refused: { title: 'Tableau refused the sign-in.', next: 'Check the name, the password or token, and the site.' },
  session_expired: { title: 'Tableau ended your session.', next: 'Sign in again to go on; nothing here is lost.' },
  origin_refused: {
    title: 'The request was refused because it did not come from Refreshboard’s own address.',
    next: 'Open Refreshboard at the address that your administrator gave you.',
  },
  forbidden: { title: 'Tableau does not allow this for your role.', next: 'Ask a site administrator.' },
  not_found: { title: 'It is not there any more.', next: 'It may have been deleted, or you may not see it.' },
  method_not_allowed: { title: 'This version of Refreshboard cannot do that.', next: 'Load the page again.' },
  conflict: { title: 'Tableau says that this conflicts with something that exists.', next: 'Read Tableau’s own words and change the input.' },
  changed_elsewhere: { title: 'Somebody else changed it in the meantime.', next: 'Look at the new state, then decide again.' },
  already_queued: { title: 'The same refresh is already queued or running.', next: 'Wait for it, or cancel it first.' },
  already_finished: { title: 'The job had already finished.', next: 'There is nothing left to cancel.' },
  idempotency_mismatch: { title: 'This action was already sent with other values.', next: 'Close the dialog and start again.' },
  too_large: { title: 'That is more than can be sent at once.', next: 'Make the selection smaller.' },
  throttled: { title: 'Tableau asks to wait.', next: 'It goes on by itself when the time is over.' },
  unsupported_here: { title: 'This Tableau does not offer that.', next: 'Its version, edition or settings leave it out.' },
  upstream_refused: { title: 'Tableau refused the request.', next: 'Read Tableau’s own words below.' },
  upstream_unreadable: { title: 'Tableau’s answer could not be read.', next: 'Something between Refreshboard and Tableau may have answered instead.' },
  upstream_unreachable: { title: 'Refreshboard cannot reach Tableau.', next: 'It keeps trying; check whether Tableau is up.' },
  upstream_timeout: { title: 'Tableau did not answer in time.', next: 'It keeps trying; Tableau may be under load.' },
  overloaded: { title: 'Refreshboard has too much to do at the moment.', next: 'It tries again by itself.' },
  storage_unavailable: { title: 'Refreshboard cannot reach its own storage.', next: 'Tell whoever runs Refreshboard.' },
  internal: { title: 'Refreshboard made a mistake.', next: 'Try again; if it stays, report the request id.' },
  offline: { title: 'This computer is offline.', next: 'Nothing was sent. Try again when the network is back.' },
  unreachable: { title: 'Refreshboard’s server does not answer.', next: 'Check the network; it may also be restarting.' },
  timed_out: { title: 'Refreshboard’s server did not answer in time.', next: 'Check the network, then try again.' },
  unreadable: { title: 'The answer of Refreshboard’s server could not be read.', next: 'Load the page again; something in between may have answered.' },
}

/** What a notice shows about a failure. */
export interface Failure {
  code: FailureCode
  title: string
  /** What happened this time, when the server said so. */
  detail: string | undefined
  next: string
  tableau: TableauError | undefined
  requestId: string | undefined
  /** Milliseconds since 1970 at which a repeat has a chance. */
  retryAt: number | undefined
}

const ofProblem = (problem: Problem): Failure => ({
  code: problem.code,
  ...sentences[problem.code],
  detail: problem.detail === '' || problem.detail === problem.title ? undefined : problem.detail,
  tableau: problem.tableau,
  requestId: problem.requestId,
  retryAt: problem.retryAt === undefined ? undefined : Date.parse(problem.retryAt),
})

/** The sentences for anything that was thrown, or for a problem that came inside an answer. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof ApiError) {
    if (error.problem !== undefined) return ofProblem(error.problem)
    return { code: error.code, ...sentences[error.code], detail: undefined, tableau: undefined, requestId: error.requestId, retryAt: undefined }
  }
  return { code: 'internal', ...sentences.internal, title: 'This page made a mistake.', detail: undefined, tableau: undefined, requestId: undefined, retryAt: undefined }
}

export const failureOfProblem = ofProblem

const unrefused = { tableau: undefined, requestId: undefined, retryAt: undefined } as const

/** A write that was looked for and was not done, without a refusal of which it could be told. */
export const notDone = (evidence: string): Failure => ({ ...unrefused, code: 'conflict', title: 'It was not done.', detail: evidence, next: evidence })

/** A write of which the server knows nothing. */
export const neverArrived: Failure = {
  ...unrefused,
  code: 'unreachable',
  title: 'It was not sent.',
  detail: 'Refreshboard’s server never received it, so Tableau was not asked. You can send it again.',
  next: '',
}

export type SessionEndCode = 'session_expired' | 'unauthenticated'

/** The code when the session is gone, which the sign-in dialog shows: nothing else has to. */
export const sessionEndOf = (error: unknown): SessionEndCode | undefined =>
  error instanceof ApiError && (error.code === 'session_expired' || error.code === 'unauthenticated') ? error.code : undefined

export const isSessionEnd = (error: unknown): boolean => sessionEndOf(error) !== undefined

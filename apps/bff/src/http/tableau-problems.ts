import type { ErrorCode, TableauError } from '@refreshboard/api-types'
import {
  TableauApiError,
  TableauInputError,
  TableauProtocolError,
  TableauUnreachableError,
  TableauUnsupportedError,
} from '@refreshboard/tableau-client'
import { instant } from '../clock.ts'
import { ProblemError } from './problem-error.ts'
import { tableauCodes } from './tableau-codes.ts'
import { meaningOf } from './tableau-meanings.ts'

/** What a code becomes that nobody foresaw. */
const byFamily: Readonly<Record<string, ErrorCode>> = { '403': 'forbidden', '404': 'not_found', '409': 'conflict' }

/** The operations in which 401001 means that the person's own credentials or site were refused. */
const signsIn = new Set(['signIn', 'switchSite'])

/** What to do about a code that nobody foresaw. */
const next: Partial<Record<ErrorCode, string>> = {
  sign_in_refused: 'Check the site, the name and the secret. Tableau says the same for each of them.',
  forbidden: 'Ask an administrator of the site for the permission.',
  not_found: 'It may have been deleted. Load the list again.',
  conflict: 'Nothing was changed.',
}

/** Which field of a schedule's or a task's form Tableau refuses: its times (409004) or its name (409021). */
const fieldByCode: Readonly<Record<string, string>> = { '409004': 'recurrence', '409021': 'name' }
const formOf: Readonly<Record<string, string>> = { createServerSchedule: '', updateServerSchedule: 'changes.', createCloudExtractRefreshTask: '', updateCloudExtractRefreshTask: 'changes.' }

/** Without a time from Tableau, this long. */
const defaultWaitMs = 60_000

const codeOf = (error: TableauApiError): ErrorCode => {
  if (error.code === '401001' && signsIn.has(error.operation)) return 'sign_in_refused'
  if (error.retryAfterMs !== undefined && (error.httpStatus === 429 || error.httpStatus === 503)) return 'throttled'
  return meaningOf(error)?.code ?? tableauCodes[error.code]?.becomes ?? byFamily[error.code.slice(0, 3)] ?? 'upstream_refused'
}

const adviceOf = (error: TableauApiError, code: ErrorCode): string => {
  if (code === 'sign_in_refused') return next.sign_in_refused ?? ''
  return meaningOf(error)?.next ?? tableauCodes[error.code]?.next ?? next[code] ?? 'Nothing was repeated. Try again, or show the request id to whoever runs Tableau.'
}

const throttled = (retryAt: number, facts: { tableau?: TableauError }, cause: Error): ProblemError => {
  const until = `${instant(retryAt).slice(11, 16)} UTC`
  return new ProblemError('throttled', `Tableau asks to wait until ${until}. Nothing is repeated by itself.`, { ...facts, retryAt }, { cause })
}

const fromApiError = (error: TableauApiError, now: number): ProblemError => {
  const code = codeOf(error)
  const said = error.detail === '' ? error.summary : error.detail
  const tableau = { code: error.code, summary: error.summary, detail: error.detail }
  if (code === 'throttled') {
    return throttled(now + (error.retryAfterMs ?? defaultWaitMs), { tableau }, error)
  }
  const advice = adviceOf(error, code)
  const [form, field] = [formOf[error.operation], fieldByCode[error.code]]
  const facts = { tableau, ...(form === undefined || field === undefined ? {} : { fields: { [`${form}${field}`]: said } }) }
  return new ProblemError(code, `Tableau says: ${said.trim().replace(/([^.!?])$/, '$1.')} ${advice}`, facts, { cause: error })
}

const unreachable: Readonly<Record<string, string>> = {
  refused: 'The connection was refused: Tableau is not running there, or a firewall stands between.',
  dns: 'The name of the server could not be resolved.',
  tls: 'The certificate of the server was not accepted: whoever runs the server must renew or complete it.',
  reset: 'The connection broke before the reply was complete.',
  redirect: 'The server wants to send us to another address, which is never followed: correct the configured address.',
}

const fromUnreachable = (error: TableauUnreachableError): ProblemError => {
  const sent = error.sent ? '' : ' Nothing was sent.'
  return error.kind === 'timeout'
    ? new ProblemError('upstream_timeout', `Tableau gave no complete answer within the time allowed.${sent} Try again in a moment.`, {}, { cause: error })
    : new ProblemError(
        'upstream_unreachable',
        `${unreachable[error.kind] ?? 'The connection failed.'}${sent} Try again in a moment.`,
        {},
        { cause: error },
      )
}

/** The problem that an error of the Tableau client is for the browser; undefined for any other throwable. */
export const tableauProblem = (error: unknown, now: number): ProblemError | undefined => {
  if (error instanceof TableauApiError) return fromApiError(error, now)
  if (error instanceof TableauUnreachableError) return fromUnreachable(error)
  if (error instanceof TableauInputError) {
    return new ProblemError('validation', `The value of ${error.field} ${error.reason}. Nothing was sent to Tableau.`, {
      fields: { [error.field.split(/[@.]/).at(-1) ?? error.field]: error.reason },
    })
  }
  if (error instanceof TableauProtocolError && error.retryAfterMs !== undefined) {
    return throttled(now + error.retryAfterMs, {}, error)
  }
  if (error instanceof TableauProtocolError) {
    return new ProblemError(
      'upstream_unreadable',
      'What came back is not a complete reply of Tableau: a proxy’s page, a cut-off reply, or another program. Nothing of it was used. Try again in a moment.',
      {},
      { cause: error },
    )
  }
  if (error instanceof TableauUnsupportedError) {
    const wanted = error.until === undefined ? `${error.since} or later` : `${error.since} to ${error.until}`
    return new ProblemError(
      'unsupported_here',
      `This server speaks ${/^\d/.test(error.apiVersion) ? `version ${error.apiVersion}` : error.apiVersion} of Tableau’s REST API, and this needs ${wanted}: another version of Tableau.`,
      {},
      { cause: error },
    )
  }
  return undefined
}

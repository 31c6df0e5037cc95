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

/**
 * What Tableau's six-digit codes mean here. The code decides, never the HTTP status: 409087 comes with 403, 404003 means
 * that the API version does not have the method. (REST reference, § Error codes; the codes of each method.)
 *
 * 401002 is absent: it ends a session and is dealt with where the session's token is used.
 */
const byCode: Readonly<Record<string, ErrorCode>> = {
  '403069': 'unsupported_here',
  '400008': 'validation',
  '403047': 'unsupported_here',
  '403070': 'conflict',
  '403091': 'already_finished',
  '404003': 'unsupported_here',
  '40500': 'unsupported_here',
  '405000': 'unsupported_here',
  '409004': 'validation',
  '409087': 'forbidden',
  '409093': 'already_queued',
  '429000': 'throttled',
}

const byFamily: Readonly<Record<string, ErrorCode>> = { '403': 'forbidden', '404': 'not_found', '409': 'conflict' }

/** The operations in which 401001 means that the person's own credentials or site were refused. */
const signsIn = new Set(['signIn', 'switchSite'])

const next: Partial<Record<ErrorCode, string>> = {
  sign_in_refused: 'Check the site, the name and the secret. Tableau says the same for each of them.',
  forbidden: 'Ask an administrator of the site for the permission.',
  already_finished: 'There is nothing left to cancel.',
  already_queued: 'Wait for the one that is queued or running.',
  not_found: 'It may have been deleted. Load the list again.',
  conflict: 'Nothing was changed.',
  validation: 'Correct it and save again; nothing was changed.',
  unsupported_here: 'It needs another version or another kind of Tableau.',
}

const isGone = 'It may have been deleted. Load the list again.'

/** What to do about a code whose family says too little. */
const nextByCode: Readonly<Record<string, string>> = {
  '400047': 'Choose a schedule for extracts.',
  '400059': 'The schedule was not deleted. Try again, or delete it in Tableau’s own pages.',
  '400064': 'The schedule was not made. Try again, or make it in Tableau’s own pages.',
  '400071': 'The schedule was not changed. Try again, or change it in Tableau’s own pages.',
  '403047': 'Only extract refresh tasks can be run from here.',
  '404023': `The schedule is gone. ${isGone}`,
  '404026': 'The task may have been deleted, or it belongs to a virtual connection, which cannot be managed from here. Load the list again.',
  '404027': `The schedule is gone. ${isGone}`,
  '409021': 'All sites of the server share its schedules, and each has a name of its own: choose another name.',
}

const adds = new Set(['addWorkbookToSchedule', 'addDatasourceToSchedule'])

/** An error of one operation that means something else there (jobs-tasks-schedules reference, the method's Errors). */
const meaningOf = (error: TableauApiError): { code: ErrorCode; next: string } | undefined => {
  if (error.code === '500000' && adds.has(error.operation)) {
    return { code: 'not_found', next: 'This is what Tableau answers when it does not know the schedule: the schedule may have been deleted. Load the list of schedules again.' }
  }
  if (error.code === '403004' && error.operation === 'runExtractRefreshTask') {
    return { code: 'forbidden', next: 'Owners and administrators can run a task, unless it belongs to a virtual connection, or “Run now” is switched off for the site.' }
  }
  if (error.code === '403004' && error.operation === 'updateCloudExtractRefreshTask') {
    return { code: 'forbidden', next: 'The owner of a task and administrators of the site can change it.' }
  }
  if (error.code === '403004' && error.operation === 'createCloudExtractRefreshTask') {
    return { code: 'forbidden', next: 'Administrators of the site and Creators can make tasks.' }
  }
  if (error.code === '404026' && error.operation === 'createCloudExtractRefreshTask') {
    return { code: 'not_found', next: 'Choose a workbook or a data source that has an extract.' }
  }
  return undefined
}

/** Which field of a schedule's or a task's form Tableau refuses: its times (409004) or its name (409021). */
const fieldByCode: Readonly<Record<string, string>> = { '409004': 'recurrence', '409021': 'name' }
const formOf: Readonly<Record<string, string>> = { createServerSchedule: '', updateServerSchedule: 'changes.', createCloudExtractRefreshTask: '', updateCloudExtractRefreshTask: 'changes.' }

/** Without a time from Tableau, this long. */
const defaultWaitMs = 60_000

const codeOf = (error: TableauApiError): ErrorCode => {
  if (error.code === '401001' && signsIn.has(error.operation)) return 'sign_in_refused'
  if (error.retryAfterMs !== undefined && (error.httpStatus === 429 || error.httpStatus === 503)) return 'throttled'
  return meaningOf(error)?.code ?? byCode[error.code] ?? byFamily[error.code.slice(0, 3)] ?? 'upstream_refused'
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
  const advice = meaningOf(error)?.next ?? nextByCode[error.code] ?? next[code] ?? 'Nothing was repeated. Try again, or show the request id to whoever runs Tableau.'
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
    return new ProblemError(
      'unsupported_here',
      `This server speaks version ${error.apiVersion} of Tableau’s REST API, which does not have this. It needs another version of Tableau.`,
      {},
      { cause: error },
    )
  }
  return undefined
}

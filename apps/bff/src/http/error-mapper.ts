import type { ErrorRequestHandler, Response } from 'express'
import { errorStatus, problemMediaType, type Problem } from '@refreshboard/api-types'
import { TableauError } from '@refreshboard/tableau-client'
import { StorageError } from '../storage/storage-error.ts'
import { placesOf, type Logger } from './logger.ts'
import { ProblemError } from './problem-error.ts'
import { factsOf } from './request-facts.ts'
import { tableauProblem } from './tableau-problems.ts'
import { titles } from './titles.ts'

/** `limit` is what the reader of the body was told to take, in bytes. */
const tooLarge = (error: Error): ProblemError => {
  const limit = 'limit' in error && typeof error.limit === 'number' ? error.limit : undefined
  return new ProblemError('too_large', limit === undefined ? 'The body is longer than this address takes.' : `A body may have ${Math.floor(limit / 1024).toLocaleString('en-US')} kB at most here.`)
}

/** What Express and its body reader say about a request they cannot use. */
const fromHttpError = (error: Error): ProblemError | undefined => {
  if (!('status' in error) || typeof error.status !== 'number' || error.status < 400 || error.status > 499) return undefined
  if (error.status === 413) return tooLarge(error)
  if (error.status === 415) {
    return new ProblemError('validation', 'A body must be sent without compression, in UTF-8.', { fields: { 'content-encoding': 'is not supported' } })
  }
  if (error.status === 404) return new ProblemError('not_found', 'There is no such file. Load the page again: a new version may be out.')
  return new ProblemError('bad_request', 'The address or the body of the request could not be read.')
}

/** Any throwable as a problem. What nobody foresaw is `internal`, and says nothing of itself. */
export const toProblemError = (error: unknown, now: number): ProblemError => {
  if (error instanceof ProblemError) return error
  const upstream = tableauProblem(error, now)
  if (upstream) return upstream
  if (error instanceof StorageError) {
    return new ProblemError('storage_unavailable', 'Nothing was changed. Try again in ten seconds, or show the request id to whoever runs this application.', {}, { cause: error })
  }
  if (error instanceof URIError) return new ProblemError('bad_request', 'The address is not percent-encoded UTF-8.')
  const http = error instanceof Error ? fromHttpError(error) : undefined
  return http ?? new ProblemError('internal', 'This is a fault of the application. Show the request id to whoever runs it.', {}, { cause: error })
}

/** The body of an error. */
export const toProblem = (error: ProblemError, requestId: string): Problem => {
  const { fields, tableau, retryAt } = error.facts
  return {
    code: error.code,
    title: titles[error.code],
    detail: error.detail,
    status: errorStatus[error.code],
    requestId,
    ...(fields === undefined ? {} : { fields }),
    ...(tableau === undefined ? {} : { tableau }),
    ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt).toISOString() }),
  }
}

const logUnexpected = (log: Logger, problem: ProblemError, requestId: string): void => {
  const { cause } = problem
  if (problem.code !== 'internal' && problem.code !== 'storage_unavailable' && !(cause instanceof TableauError)) return
  const fields = {
    requestId,
    code: problem.code,
    ...(cause instanceof Error ? { error: cause.name } : {}),
    ...(cause instanceof TableauError ? { upstream: cause.operation } : {}),
    ...(cause instanceof Error && problem.code === 'internal' ? { at: placesOf(cause) } : {}),
  }
  if (problem.code === 'internal' || problem.code === 'storage_unavailable') log.error('failed', fields)
  else log.info('Tableau refused or failed', fields)
}

const send = (response: Response, problem: Problem, error: ProblemError, now: number): void => {
  response.status(problem.status)
  response.setHeader('content-type', problemMediaType)
  response.setHeader('cache-control', 'no-store')
  if (error.facts.allow !== undefined) response.setHeader('allow', error.facts.allow)
  if (error.facts.retryAt !== undefined) response.setHeader('retry-after', String(Math.max(1, Math.ceil((error.facts.retryAt - now) / 1000))))
  const body = JSON.stringify(problem)
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(body)
}

/** The one place where an error becomes an answer. */
export const errorMapper =
  (log: Logger, now: () => number): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const facts = factsOf(request)
    const problemError = toProblemError(error, now())
    facts.problem = problemError
    logUnexpected(log, problemError, facts.id)
    if (response.headersSent) {
      // Half an answer is out: only breaking the connection tells the reader that it is not whole.
      response.destroy()
      return
    }
    send(response, toProblem(problemError, facts.id), problemError, now())
  }

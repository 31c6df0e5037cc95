import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { requestIdHeader } from '@refreshboard/api-types'
import type { Logger } from './logger.ts'
import type { ProblemError } from './problem-error.ts'

/** What the application knows of a request beside its input. */
export interface RequestFacts {
  readonly id: string
  readonly startedAt: number
  /** Template of the matched route, for the log. */
  route?: string
  operation?: string
  /** What was answered, when it was an error. */
  problem?: ProblemError
}

const facts = new WeakMap<Request, RequestFacts>()

/** The facts of a request; every request has them from {@link requestFacts} on. */
export const factsOf = (request: Request): RequestFacts => {
  const known = facts.get(request)
  if (known) return known
  // An id that came with the request is not trusted: it could carry anything into the log.
  const made: RequestFacts = { id: randomUUID(), startedAt: performance.now() }
  facts.set(request, made)
  return made
}

/** Gives every request an id, and writes one line when its answer has left. */
export const requestFacts =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const known = factsOf(request)
    response.setHeader(requestIdHeader, known.id)
    response.once('close', () => {
      const upstream = known.problem?.facts.tableau?.code
      log.info('request', {
        requestId: known.id,
        method: request.method,
        status: response.writableFinished ? response.statusCode : 499,
        ms: Math.round(performance.now() - known.startedAt),
        ...(known.route === undefined ? {} : { route: known.route }),
        ...(known.operation === undefined ? {} : { operation: known.operation }),
        ...(known.problem === undefined ? {} : { code: known.problem.code }),
        ...(upstream === undefined ? {} : { upstreamCode: upstream }),
      })
    })
    next()
  }

import type { Request, RequestHandler } from 'express'
import { staticHeader } from '@refreshboard/api-types'
import { ProblemError } from './problem-error.ts'

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** Whether the browser says, or the request itself shows, that it was made by our own page. */
const comesFromHere = (request: Request, publicOrigin: string): boolean => {
  const site = request.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = request.get('origin')
  if (origin !== undefined) return origin === publicOrigin
  return isRead(request.method)
}

/** Whether the request carries a body at all; without one no type is asked. */
export const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || (request.headers['content-length'] ?? '0') !== '0'

const isJson = (request: Request): boolean =>
  /^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test((request.get('content-type') ?? '').trim())

const foreign = (): ProblemError =>
  new ProblemError('origin_refused', 'It came from another site or address. Open the application itself and try again there.')

const hasStaticHeader = (request: Request): boolean => request.get(staticHeader.name) === staticHeader.value

/**
 * Only our own page may call the API: `Sec-Fetch-Site: same-origin`; where a browser sends no such header, an `Origin` that
 * is ours; a GET with neither is judged by the static header alone, which all need, and which a foreign page cannot set. A
 * body must be JSON, so that no form can send one.
 */
export const guard =
  (publicOrigin: () => string): RequestHandler =>
  (request, _response, next) => {
    if (!comesFromHere(request, publicOrigin())) throw foreign()
    if (!hasStaticHeader(request)) {
      throw new ProblemError('origin_refused', `The header ${staticHeader.name}: ${staticHeader.value} is missing, which the application’s own page always sends.`)
    }
    if (hasBody(request) && !isJson(request)) {
      throw new ProblemError('validation', 'A body must be JSON: send it with Content-Type: application/json.', {
        fields: { 'content-type': 'must be application/json' },
      })
    }
    next()
  }

/**
 * The same for what a page shows as an image, which cannot carry a header of ours: then the browser itself must have said
 * where it comes from. No body is taken.
 */
export const imageGuard =
  (publicOrigin: () => string): RequestHandler =>
  (request, _response, next) => {
    const isTold = request.get('sec-fetch-site') !== undefined || request.get('origin') !== undefined
    if (!comesFromHere(request, publicOrigin()) || !(isTold || hasStaticHeader(request))) throw foreign()
    if (hasBody(request)) throw new ProblemError('validation', 'An image is asked for without a body.', { fields: { body: 'is not allowed' } })
    next()
  }

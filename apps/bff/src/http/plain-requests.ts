import type { RequestHandler } from 'express'
import { ProblemError } from './problem-error.ts'

const isDecodable = (target: string): boolean => {
  try {
    return !decodeURIComponent(target.split('?', 1)[0] ?? '').includes('\0')
  } catch {
    return false
  }
}

/**
 * Refuses requests that two programs could read differently: a target with a scheme and host of its own, a path that is not
 * percent-encoded UTF-8, a transfer encoding other than chunked. Node would answer all of them.
 */
export const plainRequestsOnly: RequestHandler = (request, response, next) => {
  const encoding = request.headers['transfer-encoding']
  if (request.url.startsWith('/') && isDecodable(request.url) && (encoding === undefined || encoding.toLowerCase() === 'chunked')) {
    next()
    return
  }
  response.setHeader('connection', 'close')
  throw new ProblemError('bad_request', 'The address or the transfer encoding of the request is not one that is answered here.')
}

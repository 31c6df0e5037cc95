import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { RequestHandler } from 'express'
import { ProblemError } from './problem-error.ts'

/** A browser sends about twenty, and each proxy a few more. */
const maxHeaders = 100

const isDecodable = (target: string): boolean => {
  try {
    return !decodeURIComponent(target.split('?', 1)[0] ?? '').includes('\0')
  } catch {
    return false
  }
}

const hostShape = /^([\w.~-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i

/** One host, and one that is a name or an address: of two, two programs could each believe another one. HTTP/1.0 needs none. */
const hasOneHost = ({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean => {
  const count = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  return count === 0 ? httpVersion === '1.0' : count === 1 && hostShape.test(headers.host ?? '')
}

/** HTTP/1.0 knows no chunks, and HTTP/0.9 no headers. */
const hasPlainFraming = ({ httpVersion, headers }: IncomingMessage): boolean => {
  const encoding = headers['transfer-encoding']
  return encoding === undefined ? httpVersion === '1.1' || httpVersion === '1.0' : httpVersion === '1.1' && encoding.toLowerCase() === 'chunked'
}

const isLong = ({ rawHeaders }: IncomingMessage): boolean => rawHeaders.length > 2 * maxHeaders

/** Whether every program reads it as the same request. */
export const isPlain = (request: IncomingMessage): boolean => {
  const { url = '', headers } = request
  const isExpected = headers.expect === undefined || headers.expect.toLowerCase() === '100-continue'
  return url.startsWith('/') && isDecodable(url) && hasPlainFraming(request) && isExpected && hasOneHost(request) && !isLong(request)
}

/** Where one request was in doubt, nothing that came behind it is one: Node has parsed it already. */
const doubtful = new WeakSet<Socket>()

/**
 * Refuses requests that two programs could read differently: a target with a scheme and host of its own, a path that is not
 * percent-encoded UTF-8, a transfer encoding other than chunked, two hosts. Node would answer all of them, and then what came
 * behind them.
 */
export const plainRequestsOnly: RequestHandler = (request, response, next) => {
  // Its connection ends with the answer to the one before.
  if (doubtful.has(request.socket)) return
  if (isPlain(request)) {
    next()
    return
  }
  doubtful.add(request.socket)
  response.setHeader('connection', 'close')
  if (isLong(request)) throw new ProblemError('too_large', `A request may have ${maxHeaders} headers at most.`)
  throw new ProblemError('bad_request', 'The address, the host or the transfer encoding of the request is not one that is answered here.')
}

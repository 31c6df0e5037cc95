import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getHealth, getReady, requestIdHeader, signOut, type Endpoint } from '@refreshboard/api-types'
import { bareHeaders } from './bare-answer.ts'
import { toProblem } from './error-mapper.ts'
import type { LoadLimit } from './load-limit.ts'
import type { Logger } from './logger.ts'
import { isPlain } from './plain-requests.ts'
import type { Turn } from './turn.ts'

/** What is answered however much there is to do: whoever watches the process must see it live, and a sign-out is final. */
const first: ReadonlySet<string> = new Set([getHealth, getReady, signOut].map(({ method, path }) => `${method} ${path}`))

/** Whether it needs no place among the requests that are worked on. */
export const goesFirst = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): boolean => first.has(`${method} ${path}`)

const seemsFirst = ({ method = '', url = '' }: IncomingMessage): boolean => first.has(`${method} ${url.split('?', 1)[0] ?? ''}`)

/** One line of the log for all that were turned away within this time: a line each would cost as much as the answer. */
const lineEveryMs = 1000

interface AdmissionOptions {
  load: LoadLimit
  turn: Turn
  log: Logger
}

/**
 * Turns away what there is no room for, before the application sees it: an early 503 costs a tenth of an answer, so that
 * there is time left to answer the others.
 */
export const admission = ({ load, turn, log }: AdmissionOptions) => {
  let turnedAway = 0

  const tell = (): void => {
    log.warn('requests turned away', { turnedAway })
    turnedAway = 0
  }

  const turnAway = (response: ServerResponse): void => {
    if (turnedAway === 0) setTimeout(tell, lineEveryMs).unref()
    turnedAway += 1
    const requestId = randomUUID()
    const body = JSON.stringify(toProblem(load.overloaded(), requestId))
    response.writeHead(503, { ...bareHeaders, 'Retry-After': '1', [requestIdHeader]: requestId, 'Content-Length': Buffer.byteLength(body) })
    response.end(body)
  }

  return (application: RequestListener): RequestListener =>
    (request, response) => {
      // What is in doubt is refused by the application, which ends its connection.
      if (seemsFirst(request) || (!load.isFull() && turn.takes(load.underWay())) || !isPlain(request)) application(request, response)
      else turnAway(response)
    }
}

import type { Request, RequestHandler } from 'express'
import { getHealth, getReady, signOut, type Endpoint } from '@refreshboard/api-types'
import type { LoadLimit } from './load-limit.ts'
import type { Turn } from './turn.ts'

/** What is answered however much there is to do: whoever watches the process must see it live, and a sign-out is final. */
const first: ReadonlySet<string> = new Set([getHealth, getReady, signOut].map(({ method, path }) => `${method} ${path}`))

/** Whether it needs no place among the requests that are worked on. */
export const goesFirst = ({ method, path }: Pick<Request | Endpoint, 'method' | 'path'>): boolean => first.has(`${method} ${path}`)

/**
 * Turns away what there is no room for, before its session is looked up or its body read: an early 503 costs little, and
 * a late one as much as an answer.
 */
export const admission =
  (load: LoadLimit, turn: Turn): RequestHandler =>
  (request, _response, next) => {
    if (!goesFirst(request) && (load.isFull() || !turn.takes(load.underWay()))) throw load.overloaded()
    next()
  }

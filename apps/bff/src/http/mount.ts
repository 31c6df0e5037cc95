import { Router, type Request, type Response } from 'express'
import {
  backgroundHeader,
  contract,
  idempotencyHeader,
  intentionKeySchema,
  principalHeader,
  type Contract,
  type Endpoint,
  type EndpointName,
  type IntentionKey,
  type ParsedInputOf,
} from '@refreshboard/api-types'
import { browserLabel } from '../session/browser-label.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { OpenSession, Sessions } from '../session/sessions.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { goesFirst } from './admission.ts'
import { readBody } from './body.ts'
import { guard } from './guard.ts'
import type { Handler, Handlers, Reply } from './handler.ts'
import { assertReadableQuery, parseInput } from './input.ts'
import type { LoadLimit } from './load-limit.ts'
import { noStore } from './no-store.ts'
import { ProblemError } from './problem-error.ts'
import { factsOf } from './request-facts.ts'
import type { Turn } from './turn.ts'

/** What the API is mounted with: a handler for each endpoint, and what stands before all of them. */
export interface MountOptions {
  handlers: Handlers
  sessions: Sessions
  tableauOf: (session: OpenSession) => TableauSession
  readCookie: (header: string | undefined) => string | undefined
  publicOrigin: () => string
  load: LoadLimit
  turn: Turn
}

const keyOf = (endpoint: Endpoint, request: Request): IntentionKey | undefined => {
  const header = request.get(idempotencyHeader)
  if (endpoint.effect !== 'tableau' || header === undefined) return undefined
  const parsed = intentionKeySchema.safeParse(header)
  if (parsed.success) return parsed.data
  throw new ProblemError('bad_id', 'Idempotency-Key must be a UUID. Nothing was sent to Tableau.', { fields: { [idempotencyHeader]: 'must be a UUID' } })
}

const isBackground = (request: Request): boolean => request.get(backgroundHeader.name) === backgroundHeader.value

/** Our own answer, checked by the contract; what the contract does not know stays here. */
const checked = (endpoint: Endpoint, body: unknown): unknown => {
  if (endpoint.output === undefined) return undefined
  const parsed = endpoint.output.safeParse(body)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map((issue) => issue.path.map(String).join('.'))
  throw new Error(`the answer of ${endpoint.resource}.${endpoint.operation} breaks the contract at ${places.join(', ')}`)
}

/**
 * A page that was loaded for another account or site of the same browser (another tab signed in since) neither does nor reads
 * anything under the one that is signed in now.
 */
const assertSamePrincipal = (session: OpenSession, request: Request, response: Response): void => {
  response.setHeader(principalHeader, session.principalTag)
  const believed = request.get(principalHeader)
  if (believed === undefined || believed === session.principalTag) return
  throw new ProblemError('conflict', 'Another account or site was opened in this browser since this page was loaded. Nothing was done; load the page again.')
}

const send = (response: Response, endpoint: Endpoint, reply: Reply<unknown>, body: unknown): void => {
  response.status(reply.status ?? endpoint.status)
  if (reply.cookie !== undefined) response.setHeader('set-cookie', reply.cookie)
  if (reply.clearSiteData !== undefined) response.setHeader('clear-site-data', reply.clearSiteData)
  if (body === undefined) {
    response.end()
    return
  }
  // Express's own way would compare it with what the caller says to hold, which is nothing here, and answer 304.
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(body))
}

// Name ties the handler to the endpoint whose input it is given.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
const answer = async <Name extends EndpointName>(name: Name, options: MountOptions, request: Request, response: Response): Promise<void> => {
  const endpoint: Endpoint = contract[name]
  const handler: Handler<Contract[Name]> = options.handlers[name]
  const cookie = options.readCookie(request.headers.cookie)
  const session = endpoint.access === 'session' ? await options.sessions.open(cookie, !isBackground(request)) : undefined
  if (session) assertSamePrincipal(session, request, response)
  // Whoever sends a body slowly holds no place meanwhile.
  const body = await readBody(request, response, endpoint.bodyBytes)
  const leave = endpoint.access === 'open' || goesFirst(endpoint) ? () => undefined : options.load.enter(session?.id)
  try {
    if (endpoint.access !== 'open') assertReadableQuery(request.url)
    const query = endpoint.access === 'open' ? {} : request.query
    // parseInput has just parsed it by this endpoint's own schemas, which is what ParsedInputOf says of it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const input = parseInput(endpoint, { params: request.params, query, body }) as ParsedInputOf<Contract[Name]>
    const reply = await handler({
      input,
      cookie,
      key: keyOf(endpoint, request),
      requestId: factsOf(request).id,
      network: request.ip ?? '',
      browser: browserLabel(request.get('user-agent')),
      signedIn: session && { session, tableau: options.tableauOf(session) },
    })
    if (!goesFirst(endpoint)) await options.turn.share()
    send(response, endpoint, reply, checked(endpoint, reply.body))
  } catch (error) {
    throw error instanceof SessionEnded ? await options.sessions.endedProblem(error.sessionId) : error
  } finally {
    leave()
  }
}

const verbs = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const

// The contract's keys are the endpoint names, which Object.keys does not know.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const names = Object.keys(contract) as EndpointName[]

const pathsOf = (): Map<string, EndpointName[]> => {
  const byPath = new Map<string, EndpointName[]>()
  for (const name of names) byPath.set(contract[name].path, [...(byPath.get(contract[name].path) ?? []), name])
  return byPath
}

const allowOf = (endpoints: EndpointName[]): string => {
  const methods = endpoints.map((name) => contract[name].method)
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ')
}

/**
 * The whole API: each endpoint of the contract behind the guard (but for the open ones), its session, its schemas and its
 * handler. Another method of a known path is a 405, another path a 404; neither depends on who asks.
 */
export const mountContract = (options: MountOptions): Router => {
  const router = Router({ caseSensitive: true, strict: true })
  const guarded = guard(options.publicOrigin)
  router.use('/api', noStore)
  for (const [path, endpoints] of pathsOf()) {
    const route = router.route(path)
    for (const name of endpoints) {
      const endpoint: Endpoint = contract[name]
      route[verbs[endpoint.method]](
        (request, _response, next) => {
          const facts = factsOf(request)
          facts.route = endpoint.path
          facts.operation = `${endpoint.resource}.${endpoint.operation}`
          if (endpoint.access === 'open') next()
          else guarded(request, _response, next)
        },
        (request, response) => answer(name, options, request, response),
      )
    }
    const allow = allowOf(endpoints)
    route.all((request) => {
      factsOf(request).route = path
      throw new ProblemError('method_not_allowed', `${request.method} is not offered here; ${allow} is.`, { allow })
    })
  }
  router.use('/api', () => {
    throw new ProblemError('not_found', 'The API has no such address. The page may be of another version: load it again.')
  })
  return router
}

import { parseSetCookie } from 'cookie'
import type { z } from 'zod'
import { problemMediaType, problemSchema, type Endpoint, type OutputOf, type Problem } from '@refreshboard/api-types'

export interface Reply {
  status: number
  headers: Headers
  text: string
  /** The parsed body; undefined when there is none. */
  json: unknown
}

interface Request {
  method?: string
  headers?: Record<string, string>
  body?: unknown
  /** Sent as it is instead of `body`. */
  raw?: string | Uint8Array
  background?: boolean
  key?: string
  /** Aborted, it breaks the connection. */
  signal?: AbortSignal
}

/** What a page of ours sends, with a cookie jar; headers given in a request win, an empty one is left out. */
export interface Browser {
  cookies: Map<string, string>
  request(path: string, request?: Request): Promise<Reply>
  get(path: string, request?: Request): Promise<Reply>
  post(path: string, body?: unknown, request?: Request): Promise<Reply>
  signIn(account: string, site?: string): Promise<Reply>
  signInByToken(site?: string): Promise<Reply>
  signOut(): Promise<Reply>
}

const pageHeaders = { 'sec-fetch-site': 'same-origin', 'x-refreshboard': '1' }

export const createBrowser = (origin: () => string): Browser => {
  const cookies = new Map<string, string>()
  const keep = (headers: Headers): void => {
    for (const line of headers.getSetCookie()) {
      const { name, value, maxAge } = parseSetCookie(line)
      if (maxAge === 0 || value === undefined || value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
  }
  const request: Browser['request'] = async (path, given = {}) => {
    const headers = new Headers(pageHeaders)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie !== '') headers.set('cookie', cookie)
    if (given.body !== undefined || given.raw !== undefined) headers.set('content-type', 'application/json')
    if (given.background === true) headers.set('x-refreshboard-background', '1')
    if (given.key !== undefined) headers.set('idempotency-key', given.key)
    for (const [name, value] of Object.entries(given.headers ?? {})) {
      if (value === '') headers.delete(name)
      else headers.set(name, value)
    }
    const body = given.raw ?? (given.body === undefined ? undefined : JSON.stringify(given.body))
    const response = await fetch(origin() + path, { method: given.method ?? 'GET', headers, redirect: 'manual', ...(body === undefined ? {} : { body }), ...(given.signal === undefined ? {} : { signal: given.signal }) })
    const text = await response.text()
    keep(response.headers)
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, json }
  }
  const browser: Browser = {
    cookies,
    request,
    get: (path, given) => request(path, given),
    post: (path, body, given) => request(path, { ...given, method: 'POST', ...(body === undefined ? {} : { body }) }),
    signIn: (account, site = '') => browser.post('/api/session', { serverId: 'server', site, method: 'password', name: account, password: account }),
    signInByToken: (site = '') =>
      browser.post('/api/session', { serverId: 'server', site, method: 'pat', personalAccessTokenName: 'demo-pat', personalAccessTokenSecret: 'demo-pat-secret' }),
    signOut: () => request('/api/session', { method: 'DELETE' }),
  }
  return browser
}

/** A place in a program or on a disk, or a page: nothing that an error may tell. A time, or a “node: 4” of Tableau's, is none. */
const inside = /node_modules|\bnode:[a-z_]+[/:]|\.[cm]?[jt]sx?:\d+:\d+|\/src\/|<html|\\n\s*at \S/i

/** The body of an error; fails when the reply is not exactly a problem. */
export const problemOf = (reply: Reply): Problem => {
  if (reply.headers.get('content-type') !== problemMediaType) throw new Error(`not a problem: ${reply.status} ${reply.text}`)
  const problem = problemSchema.strict().parse(reply.json)
  if (problem.status !== reply.status) throw new Error('the problem has another status than its reply')
  if (problem.requestId !== reply.headers.get('x-request-id')) throw new Error('the problem has another request id than its reply')
  if (inside.test(reply.text)) throw new Error('a problem tells of the inside')
  return problem
}

/** The body of a success, by the contract. */
export const outputOf = <E extends Endpoint & { output: z.ZodType }>(endpoint: E, reply: Reply): OutputOf<E> => {
  if (reply.status >= 300) throw new Error(`answered ${reply.status} ${reply.text}`)
  // What the endpoint's own schema has parsed is its output.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return endpoint.output.parse(reply.json) as OutputOf<E>
}

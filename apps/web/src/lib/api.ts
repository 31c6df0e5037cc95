import {
  backgroundHeader,
  idempotencyHeader,
  principalHeader,
  problemMediaType,
  problemSchema,
  requestIdHeader,
  staticHeader,
  type Endpoint,
  type InputOf,
  type OutputOf,
} from '@refreshboard/api-types'
import { ApiError } from './api-error.ts'
import { identityTaken, principal } from './session-store.ts'

/** No answer older than this is shown, whatever it says. */
export const answerDeadlineMs = 25_000

export interface CallOptions {
  signal?: AbortSignal
  /** No person caused this call: it does not move the session's idle clock. */
  background?: boolean
  /** The intention of a person that this write carries out. */
  idempotencyKey?: string
}

interface Parts {
  params?: Record<string, string>
  query?: Record<string, string | undefined>
  body?: unknown
}

const addressOf = (path: string, { params = {}, query = {} }: Parts): string => {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, value)
  return search.size === 0 ? filled : `${filled}?${search.toString()}`
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const refusal = (response: Response, text: string): ApiError => {
  const requestId = response.headers.get(requestIdHeader) ?? undefined
  const isProblem = response.headers.get('content-type')?.startsWith(problemMediaType) === true
  const parsed = problemSchema.safeParse(isProblem ? parseJson(text) : undefined)
  return parsed.success
    ? new ApiError({ code: parsed.data.code, problem: parsed.data, received: 'yes', requestId })
    : // A proxy in between answered: whether the BFF was reached is not known.
      new ApiError({ code: 'unreadable', received: 'unknown', requestId })
}

/**
 * Calls one endpoint of the contract and parses its answer by it. Rejects with {@link ApiError}, or with the signal's
 * reason when the caller gave up. Nothing is ever repeated here.
 */
export const call = async <E extends Endpoint>(endpoint: E, input: InputOf<E>, options: CallOptions = {}): Promise<OutputOf<E>> => {
  // The endpoint's type made sure of the parts; here only their presence matters.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const parts = (input ?? {}) as Parts
  if (endpoint.method !== 'GET' && !navigator.onLine) throw new ApiError({ code: 'offline', received: 'no' })

  const headers = new Headers({ accept: 'application/json', [staticHeader.name]: staticHeader.value })
  if (options.background === true) headers.set(backgroundHeader.name, backgroundHeader.value)
  if (options.idempotencyKey !== undefined) headers.set(idempotencyHeader, options.idempotencyKey)
  if (parts.body !== undefined) headers.set('content-type', 'application/json')
  const mine = principal()
  if (mine !== undefined) headers.set(principalHeader, mine)

  const deadline = new AbortController()
  const giveUp = () => deadline.abort(options.signal?.reason)
  options.signal?.addEventListener('abort', giveUp)
  if (options.signal?.aborted === true) giveUp()
  const timer = setTimeout(() => deadline.abort(), answerDeadlineMs)
  // Timers stand still while a computer sleeps; the wall clock tells.
  const sentAt = Date.now()
  let response: Response
  let text: string
  try {
    response = await fetch(addressOf(endpoint.path, parts), {
      method: endpoint.method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: deadline.signal,
      ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
    })
    text = await response.text()
  } catch (error) {
    if (options.signal?.aborted === true) throw error
    if (deadline.signal.aborted) throw new ApiError({ code: 'timed_out', received: 'unknown', cause: error })
    // That nothing was sent, as `offline` says, holds for a reading alone: the rest may have arrived before the network went.
    throw new ApiError({ code: endpoint.method === 'GET' && !navigator.onLine ? 'offline' : 'unreachable', received: 'unknown', cause: error })
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', giveUp)
  }
  if (Date.now() - sentAt > answerDeadlineMs + 5_000) throw new ApiError({ code: 'timed_out', received: 'unknown' })

  const theirs = response.headers.get(principalHeader)
  // Unless this page has moved on to another identity by itself meanwhile.
  if (mine !== undefined && theirs !== null && theirs !== mine && mine === principal()) identityTaken()
  if (!response.ok) throw refusal(response, text)
  const parsed = endpoint.output?.safeParse(parseJson(text))
  if (parsed?.success === false) {
    const requestId = response.headers.get(requestIdHeader) ?? undefined
    throw new ApiError({ code: 'unreadable', received: 'yes', requestId, cause: parsed.error })
  }
  // OutputOf is the output of exactly this schema, undefined where there is none.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return parsed?.data as OutputOf<E>
}

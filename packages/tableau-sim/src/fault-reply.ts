import { waitInWords } from './faults.ts'
import type { FaultAction } from './faults.ts'
import type { LedgerEntry } from './ledger.ts'
import { htmlPage, refusalReply } from './reply.ts'
import type { Reply } from './reply.ts'
import type { World } from './world.ts'

export const waitFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Does what the fault asks for; undefined when the request then goes on as if nothing had happened. */
export const applyFault = async (action: FaultAction, entry: LedgerEntry, options: { world: World; apiVersion: string }): Promise<Reply | undefined> => {
  if (action.kind === 'delay') await waitFor(action.ms)
  if (action.kind === 'killToken' && entry.token !== null) options.world.sessions.killToken(entry.token)
  if (action.kind === 'killAllTokens') options.world.sessions.killAll()
  return replyOf(action, options.apiVersion)
}

const replyOf = (action: FaultAction, apiVersion: string): Reply | undefined => {
  switch (action.kind) {
    case 'status':
      return {
        status: action.status,
        ...(action.headers && { headers: action.headers }),
        ...(action.body !== undefined && { body: action.body, contentType: action.contentType ?? 'text/plain' }),
      }
    case 'tableauError':
      return { ...refusalReply(apiVersion, action), ...(action.headers && { headers: action.headers }) }
    case 'html':
      return htmlPage(action.status ?? 200)
    case 'hang':
    case 'reset':
      return { status: 0, silence: action.kind }
    case 'redirect':
      return { status: action.status, headers: { location: action.location } }
    case 'throttle':
      return throttled(action.seconds, action.style, apiVersion)
    case 'truncate':
    case 'delay':
    case 'killToken':
    case 'killAllTokens':
    default:
      return undefined
  }
}

/** 429000, as Tableau Cloud words it or with a Retry-After header. */
export const throttled = (seconds: number, style: 'header' | 'text', apiVersion: string): Reply => {
  const refusal = { status: 429, code: '429000', summary: 'Too Many Requests' }
  return style === 'header'
    ? { ...refusalReply(apiVersion, { ...refusal, detail: 'Too many requests.' }), headers: { 'retry-after': String(seconds) } }
    : refusalReply(apiVersion, { ...refusal, detail: `Too many requests. Please retry after ${waitInWords(seconds)}.` })
}

import { TableauApiError, TableauProtocolError } from './errors.ts'
import type { TableauEndpoint } from './endpoint.ts'
import type { HttpReply } from './transport.ts'
import { dateOf, waitFromHeader, waitFromText } from './wait.ts'
import { child, childrenOf, requiredWord, type XmlElement, XmlReadError } from './xml/element.ts'

/** Tableau's words, shown and stored by others: without the token of the call, should a proxy quote what it was sent. */
const withoutToken = (text: string, token: string | undefined): string => (token === undefined || token === '' ? text : text.replaceAll(token, '…'))

/** Throws Tableau's own refusal if the reply holds one, whatever its HTTP status. */
const throwApiError = (operation: string, reply: HttpReply, root: XmlElement, now: number, token: string | undefined): void => {
  const error = child(root, 'error')
  if (error === undefined) return
  const code = requiredWord(error, 'code')
  // It goes into logs: digits, and nothing that a reply could hide there.
  if (!/^\d{1,6}$/.test(code)) throw new XmlReadError('code of <error> is not a number')
  const textOf = (name: string): string => withoutToken(child(error, name)?.text.trim() ?? '', token)
  const summary = textOf('summary')
  const detail = textOf('detail')
  const retryAfterMs = waitFromHeader(reply.headers, now) ?? waitFromText(`${detail} ${summary}`)
  throw new TableauApiError(operation, { code, summary, detail, httpStatus: reply.status, retryAfterMs })
}

/** The part of an endpoint that a reply needs. */
export type ReplyDecoder<O> = Pick<TableauEndpoint<never, O>, 'name' | 'reply' | 'decode'>

/** What a call gives. */
export interface TableauReply<O> {
  readonly value: O
  /** Tableau's clock at the reply (its `Date` header), in milliseconds. */
  readonly date?: number
  /** What Tableau warns of in a success. */
  readonly warnings: string[]
}

/**
 * The root of a success, `undefined` for one without a body. Bytes and root decide: an `<error>` is Tableau's whatever
 * the status says, and a status alone proves nothing (a gateway's 401 page is not a dead token).
 */
const rootOf = (operation: string, kind: 'body' | 'none', reply: HttpReply, now: number, token: string | undefined): XmlElement | undefined => {
  const { root, status } = reply
  if (root !== undefined) throwApiError(operation, reply, root, now, token)
  const success = status >= 200 && status < 300
  if (success && (root !== undefined || kind === 'none')) return root
  const retryAfterMs = waitFromHeader(reply.headers, now)
  const reason = root === undefined ? 'the reply is empty' : 'the reply is neither a success nor an error of Tableau’s'
  throw new TableauProtocolError(operation, reason, { httpStatus: status, retryAfterMs })
}

/** What Tableau warns of in a success (an interval longer than a cache's life, say). */
const warningsOf = (root: XmlElement | undefined): string[] => {
  const list = root === undefined ? undefined : child(root, 'warnings')
  if (list === undefined) return []
  return childrenOf(list, 'warning').flatMap((warning) => warning.attributes['message'] ?? [])
}

/** A success without a body, for `decode`. */
const emptyRoot: XmlElement = { name: 'tsResponse', attributes: {}, children: [], text: '' }

/**
 * From a complete reply to the contract's type. `now` is what a `Retry-After` date is read against when the reply has no
 * `Date`. `token` is what the call was made with: refusals and warnings do not quote it.
 *
 * @throws {TableauApiError} for an `<error>`. @throws {TableauProtocolError} for anything that is not this endpoint's reply.
 */
export const decodeReply = <O>(endpoint: ReplyDecoder<O>, reply: HttpReply, now: number, token?: string): TableauReply<O> => {
  try {
    const root = rootOf(endpoint.name, endpoint.reply, reply, now, token)
    const date = dateOf(reply.headers)
    return { value: endpoint.decode(root ?? emptyRoot), warnings: warningsOf(root).map((text) => withoutToken(text, token)), ...(date === undefined ? {} : { date }) }
  } catch (error) {
    if (!(error instanceof XmlReadError)) throw error
    throw new TableauProtocolError(endpoint.name, error.message, { httpStatus: reply.status, cause: error })
  }
}

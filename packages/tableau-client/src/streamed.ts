import type { IncomingHttpHeaders } from 'node:http'
import { TableauApiError, TableauProtocolError, TableauUnreachableError } from './errors.ts'
import { decodeReply } from './reply.ts'
import { codeOf, kindOf, redirectHost } from './transport.ts'
import { waitFromHeader } from './wait.ts'
import { createXmlReader, defaultLimits } from './xml/reader.ts'
import { type XmlElement, XmlReadError } from './xml/element.ts'

// For a method whose success is no XML (Query Workbook Preview Image) and is streamed by somebody else: its failures, in
// the same classes as those of `call`.

/** Tableau's `<error>` is small; a login page need not be read to its end. */
const limits = { ...defaultLimits, bytes: 64 * 1024 }

const rootOf = (body: Uint8Array): XmlElement | undefined => {
  const reader = createXmlReader(limits)
  reader.write(body)
  return reader.end()
}

/**
 * What a complete reply says that is not the wanted one: Tableau's own refusal, or that it is not Tableau's. `body` is not
 * compressed.
 */
export const streamedRefusal = (
  operation: string,
  reply: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Uint8Array },
): TableauApiError | TableauProtocolError => {
  const { status, headers, body } = reply
  try {
    decodeReply({ name: operation, reply: 'none', decode: () => undefined }, { status, headers, root: rootOf(body) }, Date.now())
  } catch (error) {
    if (error instanceof TableauApiError || error instanceof TableauProtocolError) return error
    if (!(error instanceof XmlReadError)) throw error
    return new TableauProtocolError(operation, error.message, { httpStatus: status, retryAfterMs: waitFromHeader(headers), cause: error })
  }
  return new TableauProtocolError(operation, 'the reply is a success of another kind', { httpStatus: status })
}

/** A redirect, which is never followed. */
export const streamedRedirect = (operation: string, headers: IncomingHttpHeaders, origin: string): TableauUnreachableError =>
  new TableauUnreachableError(operation, { kind: 'redirect', sent: true, reason: redirectHost(headers, origin) })

/** There was no complete reply; `error` is what Node's HTTP threw. */
export const streamedFailure = (operation: string, error: unknown): TableauUnreachableError => {
  const code = codeOf(error)
  const kind = kindOf(code)
  return new TableauUnreachableError(operation, { kind, sent: !['refused', 'dns', 'tls'].includes(kind), reason: code })
}

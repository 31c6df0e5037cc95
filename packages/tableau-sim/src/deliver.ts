import type { ServerResponse } from 'node:http'
import type { LedgerEntry } from './ledger.ts'
import type { Reply } from './reply.ts'

/** Puts the reply on the wire and into the ledger. The `Date` header is the simulator's time, not this machine's. */
export const deliver = (reply: Reply, entry: LedgerEntry, response: ServerResponse, now: number): void => {
  if (reply.silence === 'hang') return
  if (reply.silence === 'reset') {
    resetConnection(response)
    return
  }
  entry.status = reply.status
  entry.code = reply.code ?? null
  const body = typeof reply.body === 'object' ? Buffer.from(reply.body) : Buffer.from(reply.body ?? '', 'utf8')
  response.statusCode = reply.status
  response.setHeader('Date', new Date(now).toUTCString())
  response.setHeader('Server', 'Tableau')
  if (reply.contentType !== undefined) response.setHeader('Content-Type', reply.contentType)
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value)
  if (reply.cut === undefined) {
    if (reply.status !== 204 && reply.status !== 304) response.setHeader('Content-Length', body.length)
    response.end(body)
    return
  }
  const part = body.subarray(0, reply.cut.bytes)
  response.setHeader('Content-Length', reply.cut.close === 'clean' ? part.length : body.length)
  if (reply.cut.close === 'clean') response.end(part)
  else {
    response.write(part, () => resetConnection(response))
  }
}

const resetConnection = (response: ServerResponse): void => {
  const { socket } = response
  // resetAndDestroy sends RST; a plain destroy would look like an orderly end.
  if (socket === null) response.destroy()
  else socket.resetAndDestroy()
}

import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { decodeReply, type ReplyDecoder, type TableauReply } from '../reply.ts'
import { readAll } from './read-all.ts'

const folder = new URL('../fixtures/', import.meta.url)

/** `jobs/list-empty`, for every recorded reply. */
export const fixtureNames: readonly string[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.xml'))
  .map((name) => name.slice(0, -'.xml'.length).replaceAll('\\', '/'))
  .toSorted()

/** A recorded reply without the blank line at its end. */
export const fixture = (name: string): Buffer => Buffer.from(readFileSync(new URL(`${name}.xml`, folder), 'utf8').trimEnd())

/** What `call` makes of these bytes, but for the network: the same reader, the same decision, the same decoding. */
export const answer = <O>(
  endpoint: ReplyDecoder<O>,
  bytes: Uint8Array,
  { status = 200, headers = {} }: { status?: number; headers?: IncomingHttpHeaders } = {},
): TableauReply<O> => {
  return decodeReply(endpoint, { status, headers, root: readAll(bytes) }, Date.UTC(2024, 4, 1))
}

/** What a piece of work throws; a test that gets nothing here fails. */
export const thrownBy = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** What a promise rejects with; a test whose promise resolves fails. */
export const rejectionOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new Error('nothing was rejected')
}

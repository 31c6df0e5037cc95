import { auditRecordSchema, auditStates, intentionKeySchema, tableauRequestSchema, type AuditRecord, type AuditState } from '@refreshboard/api-types'
import { z } from 'zod'
import { instant } from '../clock.ts'
import type { AuditRow } from '../storage/database.ts'
import type { AuditEntry } from './audit-store.ts'

const recordShape = auditRecordSchema.shape

/** The body of the event that something is sent. */
const sentSchema = z.object({
  who: recordShape.who,
  site: recordShape.site,
  target: recordShape.target,
  request: tableauRequestSchema,
  before: recordShape.before,
  requestId: recordShape.requestId,
})
export type SentBody = z.infer<typeof sentSchema>

/** The body of the event that something became known of it. */
const knownSchema = z.object({ evidence: z.string(), tableau: recordShape.tableau, after: recordShape.after })
export type KnownBody = z.infer<typeof knownSchema>

const notYetKnown = 'No answer is recorded: it is on its way, or the application ended before the answer came.'
const unreadable = 'This record cannot be read: its text is not what this application wrote.'
const unreadableAnswer = 'What became of it cannot be read: its text is not what this application wrote.'

/** Undefined for a text that is no such body: somebody has changed it. */
const bodyIn = <T>(schema: z.ZodType<T>, row: AuditRow): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(row.body)).data
  } catch {
    return undefined
  }
}

/** The first moment there is, where a column holds none. */
const instantOf = (at: number): string => (Number.isFinite(new Date(at).getTime()) ? instant(at) : instant(0))

const noKey = '00000000-0000-0000-0000-000000000000'
const isState = (text: string | undefined): text is AuditState => auditStates.some((state) => state === text)

/** What is searched of a record: who, what it was done to, what that is called, the operation and the request id. In lower case. */
export const searchOf = ({ who, target, requestId }: SentBody, operation: string): string => [who.name, target.id, target.name ?? '', operation, requestId].join('\n').toLowerCase()

/**
 * In place of a body that cannot be read: what the text to search tells, where each part is in its place. Nothing else is made up.
 */
const fromSearch = ({ search, operation }: AuditRow): Omit<SentBody, 'request'> => {
  const parts = search.split('\n')
  const [who = '', id = '', name = '', , requestId = ''] = parts.length === 5 && parts[3] === operation.toLowerCase() ? parts : []
  return { who: { id: '', name: who === '' ? 'unknown' : who }, site: '', target: { id, ...(name === '' ? {} : { name }) }, requestId }
}

/** What the columns of a record say, which are all there is where its body cannot be read. */
const columnsOf = ({ sent, known }: AuditEntry): Omit<AuditRecord, keyof SentBody | 'evidence'> => ({
  seq: sent.seq,
  at: instantOf(sent.at),
  serverId: sent.server_id,
  operation: sent.operation,
  state: isState(known?.state) ? known.state : 'sent',
  ...(known === undefined ? {} : { knownAt: instantOf(known.at) }),
  key: intentionKeySchema.safeParse(sent.key).data ?? intentionKeySchema.parse(noKey),
  ...(recordShape.bulkId.safeParse(sent.bulk_id).success ? { bulkId: sent.bulk_id } : {}),
})

/** A record as the contract has it. One whose text was changed into something else is told by its columns, and says so. */
export const auditRecordOf = (entry: AuditEntry): AuditRecord => {
  const columns = columnsOf(entry)
  const sent = bodyIn(sentSchema, entry.sent)
  if (sent === undefined) return { ...columns, ...fromSearch(entry.sent), evidence: unreadable }
  if (entry.known === undefined) return { ...columns, ...sent, evidence: notYetKnown }
  const known = bodyIn(knownSchema, entry.known)
  return { ...columns, ...sent, ...(known ?? { evidence: unreadableAnswer }) }
}

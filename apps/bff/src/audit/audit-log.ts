import { auditRecordSchema, type AuditRecord, type AuditState, type WriteResult } from '@refreshboard/api-types'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { instant } from '../clock.ts'
import type { Logger } from '../http/logger.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import type { AuditRow } from '../storage/database.ts'
import type { Intention } from '../writes/intention.ts'
import { operationOf } from '../writes/write-laws.ts'
import type { AuditEntry, AuditStore } from './audit-store.ts'
import type { ToldOf, Written } from './told-of.ts'

const recordShape = auditRecordSchema.shape

const sentSchema = z.object({
  who: recordShape.who,
  site: recordShape.site,
  target: recordShape.target,
  request: recordShape.request,
  before: recordShape.before,
  requestId: recordShape.requestId,
})

const knownSchema = z.object({ evidence: z.string(), tableau: recordShape.tableau, after: recordShape.after })

/** What became known of something that was sent. */
export interface Known {
  readonly state: Exclude<AuditState, 'sent'>
  readonly evidence: string
  readonly tableau?: AuditRecord['tableau']
  /** What it made. */
  readonly result?: WriteResult | undefined
}

/** Who wrote what to Tableau, and what came of it: one record for each request that goes out. */
export interface AuditLog {
  /**
   * The session through which an intention is sent: whatever it calls that is no reading is on the disk, in the audit, before it goes
   * out.
   */
  recording(tableau: TableauSession, intention: Intention): TableauSession
  /** Adds what became known of the last thing that was sent under a key; nothing when nothing was. */
  known(tableau: TableauSession, write: Written & { readonly key: string }, known: Known): Promise<void>
}

/** Long enough for every name and every request of ours; what is longer says so. */
const maxText = 20_000
const cut = (text: string): string => (text.length <= maxText ? text : `${text.slice(0, maxText)} … (${text.length} characters)`)
/** A text that the store can hold: half a surrogate pair and NUL are none. */
const storable = (text: string): string => text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD')

export const createAuditLog = ({ store, toldOf, clock, log }: { store: AuditStore; toldOf: ToldOf; clock: Clock; log: Logger }): AuditLog => ({
  recording: (tableau, intention) => ({
    ...tableau,
    call: async (endpoint, input, options) => {
      if (endpoint.operation !== 'read') {
        const { method, path, body } = await tableau.requestOf(endpoint, input)
        const { user, site } = tableau
        const operation = operationOf(intention.write)
        const { name, facts } = toldOf.before(tableau, { operation, target: intention.target }) ?? {}
        const sent: z.infer<typeof sentSchema> = {
          who: { id: user.id, name: user.name },
          site: site.contentUrl,
          target: { id: intention.target, ...(name === undefined ? {} : { name }) },
          request: { method, path, ...(body === undefined ? {} : { xml: cut(body) }) },
          ...(facts === undefined ? {} : { before: facts }),
          requestId: intention.requestId,
        }
        await store.append({
          of: null,
          principal: tableau.principal,
          server_id: tableau.serverId,
          site_id: site.id,
          at: clock.now(),
          key: intention.key,
          operation,
          bulk_id: intention.bulkId ?? '',
          state: 'sent',
          search: storable([user.name, intention.target, name ?? '', operation, intention.requestId].join('\n').toLowerCase()),
          body: storable(JSON.stringify(sent)),
        })
      }
      return tableau.call(endpoint, input, options)
    },
  }),
  known: async (tableau, { key, ...write }, { state, evidence, tableau: words, result }) => {
    const { principal } = tableau
    try {
      const sent = await store.find(principal, key)
      if (!sent) return
      const after = state === 'done' ? toldOf.after(tableau, write, result) : undefined
      const known: z.infer<typeof knownSchema> = { evidence, ...(words === undefined ? {} : { tableau: words }), ...(after === undefined ? {} : { after }) }
      await store.append({ of: sent.seq, principal, server_id: sent.server_id, site_id: sent.site_id, at: clock.now(), key, operation: sent.operation, bulk_id: sent.bulk_id, state, search: '', body: storable(JSON.stringify(known)) })
    } catch (error) {
      log.error('what became of a write could not be added to the audit', { error: error instanceof Error ? error.name : 'unknown' })
    }
  },
})

const notYetKnown = 'No answer is recorded: it is on its way, or the application ended before the answer came.'

const parsed = (row: AuditRow): unknown => {
  const body: unknown = JSON.parse(row.body)
  return body
}

/** A record as the contract has it. */
export const auditRecordOf = ({ sent, known }: AuditEntry): AuditRecord => {
  const { evidence, tableau, after } = known === undefined ? { evidence: notYetKnown } : knownSchema.parse(parsed(known))
  return auditRecordSchema.parse({
    ...sentSchema.parse(parsed(sent)),
    seq: sent.seq,
    at: instant(sent.at),
    serverId: sent.server_id,
    operation: sent.operation,
    state: known?.state ?? 'sent',
    evidence,
    ...(tableau === undefined ? {} : { tableau }),
    ...(after === undefined ? {} : { after }),
    ...(known === undefined ? {} : { knownAt: instant(known.at) }),
    key: sent.key,
    ...(sent.bulk_id === '' ? {} : { bulkId: sent.bulk_id }),
  })
}

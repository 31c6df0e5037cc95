import type { AuditRecord, AuditState, WriteResult } from '@refreshboard/api-types'
import type { TableauRequestLine } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import { nameOfError, type Logger } from '../http/logger.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import type { AuditRow } from '../storage/database.ts'
import type { Intention } from '../writes/intention.ts'
import { operationOf } from '../writes/write-laws.ts'
import { searchOf, type KnownBody, type SentBody } from './audit-record.ts'
import type { AuditStore } from './audit-store.ts'
import type { ToldOf, Written } from './told-of.ts'

/** What became known of something that was sent. */
export interface Known {
  readonly state: Exclude<AuditState, 'sent'>
  readonly evidence: string
  readonly tableau?: AuditRecord['tableau']
  /** What it made. */
  readonly result?: WriteResult | undefined
}

/** One attempt to send an intention. */
interface Recording {
  /**
   * The session through which it is sent: whatever it calls that is no reading is on the disk, in the audit, before it goes out.
   */
  readonly tableau: TableauSession
  /**
   * Adds what became known of what this attempt sent last; nothing when it sent nothing, whatever an earlier attempt under the same key
   * has sent. Never rejects.
   */
  known(known: Known): Promise<void>
}

/** Who wrote what to Tableau, and what came of it: one record for each request that goes out. */
export interface AuditLog {
  recording(tableau: TableauSession, intention: Intention): Recording
  /**
   * Adds what became known of a write that an earlier process sent: of the last thing that was sent under its key, unless its outcome is
   * known. Never rejects.
   */
  known(tableau: TableauSession, write: Written & { readonly key: string }, known: Known): Promise<void>
}

/** Long enough for every name and every request of ours; what is longer says so. */
const maxText = 20_000
const cut = (text: string): string => (text.length <= maxText ? text : `${text.slice(0, maxText)} … (${text.length} characters)`)
/** A text that the store can hold: half a surrogate pair and NUL are none. */
const storable = (text: string): string => text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD')

/** What of the event that something is sent goes into what becomes known of it. */
type SentEvent = Pick<AuditRow, 'seq' | 'principal' | 'server_id' | 'site_id' | 'key' | 'operation' | 'bulk_id'>

export const createAuditLog = ({ store, toldOf, clock, log }: { store: AuditStore; toldOf: ToldOf; clock: Clock; log: Logger }): AuditLog => {
  const add = async (sent: SentEvent, tableau: TableauSession, write: Written, { state, evidence, tableau: words, result }: Known): Promise<void> => {
    const after = state === 'done' ? toldOf.after(tableau, write, result) : undefined
    const known: KnownBody = { evidence, ...(words === undefined ? {} : { tableau: words }), ...(after === undefined ? {} : { after }) }
    const { seq, principal, server_id, site_id, key, operation, bulk_id } = sent
    await store.append({ of: seq, principal, server_id, site_id, at: clock.now(), key, operation, bulk_id, state, search: '', body: storable(JSON.stringify(known)) })
  }

  const added = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log.error('what became of a write could not be added to the audit', { error: nameOfError(error) })
    }
  }

  const addSent = async (tableau: TableauSession, intention: Intention, { method, path, body }: TableauRequestLine): Promise<SentEvent> => {
    const { user, site } = tableau
    const operation = operationOf(intention.write)
    const { name, facts } = toldOf.before(tableau, { operation, target: intention.target }) ?? {}
    const sent: SentBody = {
      who: { id: user.id, name: user.name },
      site: site.contentUrl,
      target: { id: intention.target, ...(name === undefined ? {} : { name }) },
      request: { method, path, ...(body === undefined ? {} : { xml: cut(body) }) },
      ...(facts === undefined ? {} : { before: facts }),
      requestId: intention.requestId,
    }
    const event = { principal: tableau.principal, server_id: tableau.serverId, site_id: site.id, key: intention.key, operation, bulk_id: intention.bulkId ?? '' }
    const seq = await store.append({
      ...event,
      of: null,
      at: clock.now(),
      state: 'sent',
      search: storable(searchOf(sent, operation)),
      body: storable(JSON.stringify(sent)),
    })
    return { ...event, seq }
  }

  return {
    recording: (tableau, intention) => {
      let sent: SentEvent | undefined
      return {
        tableau: {
          ...tableau,
          call: async (endpoint, input, options) => {
            if (endpoint.operation !== 'read') {
              sent = await addSent(tableau, intention, await tableau.requestOf(endpoint, input))
            }
            return tableau.call(endpoint, input, options)
          },
        },
        known: (known) =>
          added(async () => {
            if (sent !== undefined) await add(sent, tableau, { operation: sent.operation, target: intention.target }, known)
          }),
      }
    },
    known: (tableau, { key, ...write }, known) =>
      added(async () => {
        const sent = await store.findOpen(tableau.principal, key)
        if (sent) await add(sent, tableau, write, known)
      }),
  }
}

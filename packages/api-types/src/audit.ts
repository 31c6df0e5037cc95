import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { tableauErrorSchema } from './errors.ts'
import { instantSchema, intentionKeySchema } from './ids.ts'
import { listOf } from './list-of.ts'
import { wholeNumber } from './whole-number.ts'
import { tableauRequestSchema } from './would-send.ts'

/**
 * What is known of a write that went out: `sent` (no answer yet, or the process ended before it came), `done`, `refused` (Tableau
 * answered and did nothing), `unsent` (it is certain that it never arrived), `checking` (the reply was lost and the item is being read
 * back), `unconfirmed` (reading back did not settle it).
 */
export const auditStates = ['sent', 'done', 'refused', 'unsent', 'checking', 'unconfirmed'] as const
export type AuditState = (typeof auditStates)[number]

/** Values in words by label: `{ Name: 'Nightly', Repeats: 'Mon–Fri at 05:00' }`. */
const factsSchema = z.record(z.string(), z.string())

/** One request that was sent to Tableau to change something there, by whom, and what came of it. */
export const auditRecordSchema = z.object({
  /** Counts up; never used twice. */
  seq: z.int().min(1),
  /** When it was sent. */
  at: instantSchema,
  who: z.object({ id: z.string(), name: z.string() }),
  /** Where: the id of the server in our configuration, and the content URL of the site. */
  serverId: z.string(),
  site: z.string(),
  /** The contract operation, such as `schedules.update`. */
  operation: z.string(),
  /** What was written to: an id of Tableau's, and its name where it was known. */
  target: z.object({ id: z.string(), name: z.string().optional() }),
  /** Absent where the record cannot be read any more, since somebody has changed its text. */
  request: tableauRequestSchema.optional(),
  /** What was seen of it before, and what it was afterwards, as far as either was read. */
  before: factsSchema.optional(),
  after: factsSchema.optional(),
  state: z.enum(auditStates),
  /** What was seen, in a sentence. */
  evidence: z.string(),
  /** Tableau's own words for a refusal. */
  tableau: tableauErrorSchema.optional(),
  /** When that became known; absent while it is `sent`. */
  knownAt: instantSchema.optional(),
  requestId: z.string(),
  key: intentionKeySchema,
  /** The bulk run that it belongs to. */
  bulkId: z.uuid().optional(),
})
export type AuditRecord = z.infer<typeof auditRecordSchema>

export const maxAuditWindow = 500

export const auditQuerySchema = z.strictObject({
  /** Anywhere in person, target, operation or request id, without regard to case. */
  q: z.string().trim().max(200).optional(),
  /** Comma-separated contract operations. */
  operation: listOf(z.string().max(100)).optional(),
  /** Comma-separated {@link auditStates}. */
  state: listOf(z.enum(auditStates, { error: `each is one of ${auditStates.join(', ')}` })).optional(),
  /** `from` ≤ at < `to`. */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  /** Only the writes of one bulk run. */
  bulk: z.uuid('must be a UUID').optional(),
  /** Only records before this `seq`: the list stays still while new ones come. */
  before: wholeNumber(1, 999_999_999).optional(),
  offset: wholeNumber(0, 999_999_999).default(0),
  limit: wholeNumber(1, maxAuditWindow).default(100),
})

/**
 * What was written to Tableau through this application, newest first. Administrators (Tableau is asked each time) see the site's,
 * others their own. Records are only ever added; each is chained to the one before by a keyed hash, and the oldest go beyond about 50,000.
 */
export const listAudit = endpoint({
  resource: 'audit',
  operation: 'list',
  method: 'GET',
  path: '/api/audit',
  query: auditQuerySchema,
  output: z.object({
    rows: z.array(auditRecordSchema),
    /** How many match, over all windows. */
    total: z.int().min(0),
    scope: z.enum(['site', 'own']),
    /** The operations that there are records of, without any filter. */
    operations: z.array(z.string()),
    /** The chain from the oldest kept event on (about two for each record), followed at most ten minutes ago; broken: something was changed or taken out of the store. */
    chain: z.object({ intact: z.boolean(), checked: z.int().min(0), brokenAt: z.int().optional() }),
  }),
})

import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { problemSchema } from './errors.ts'
import { instantSchema, intentionKeySchema } from './ids.ts'

/**
 * What became of a write that was sent to Tableau.
 *
 * `done`: Tableau has applied it. `not_done`: Tableau refused it, or it is certain that it never arrived.
 * `checking`: the reply was lost; the item is being read back. `unconfirmed`: reading back did not settle it. Nothing is
 * ever repeated by itself.
 */
export const writeStateSchema = z.enum(['checking', 'done', 'not_done', 'unconfirmed'])
export type WriteState = z.infer<typeof writeStateSchema>

/** Ids are Tableau's; `warnings` are its own words in a success (an interval longer than a cache's life, say). */
export const writeResultSchema = z.object({
  scheduleId: z.string().optional(),
  taskId: z.string().optional(),
  jobId: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  /** What somebody else had changed since `seen`, elsewhere than this edit, and what was kept; sentences. */
  merged: z.array(z.string()).optional(),
  /** The fields of an edit that were already as wanted, by somebody else's doing: they were not sent, and an undo leaves them. */
  alike: z.array(z.string()).optional(),
  /** What of this edit Tableau did not keep: it was sent, and is read otherwise after the save; sentences. */
  differs: z.array(z.string()).optional(),
  /** What somebody else changed in the same moment, which this edit did not send and which stays; sentences. */
  moved: z.array(z.string()).optional(),
})
export type WriteResult = z.infer<typeof writeResultSchema>

/** The outcome of one intention. Answered with 202 while `checking`, with 200 otherwise. */
export const writeOutcomeSchema = z.object({
  key: intentionKeySchema,
  /** The contract operation, such as `jobs.cancel`. */
  operation: z.string(),
  state: writeStateSchema,
  /** When the BFF accepted it. */
  startedAt: instantSchema,
  /** What was seen, in a sentence for people. */
  evidence: z.string(),
  /** What the write made, and what Tableau warns of; only what is known. */
  result: writeResultSchema.optional(),
  /** Why it is `not_done`. */
  problem: problemSchema.optional(),
})
export type WriteOutcome = z.infer<typeof writeOutcomeSchema>

/** What became of a write, by its `Idempotency-Key`; 404 `not_found` for a key of another person or older than 24 h. */
export const getWrite = endpoint({
  resource: 'writes',
  operation: 'get',
  method: 'GET',
  path: '/api/writes/:key',
  params: z.object({ key: intentionKeySchema }),
  output: writeOutcomeSchema,
})

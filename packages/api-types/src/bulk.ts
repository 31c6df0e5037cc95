import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { problemSchema } from './errors.ts'
import { instantSchema, intentionKeySchema, luidSchema } from './ids.ts'
import { jobStatusGroups } from './jobs.ts'
import { writeResultSchema } from './writes.ts'

/** The most items of one run. */
export const maxBulkItems = 1000

const ids = z
  .array(luidSchema)
  .min(1, 'Choose at least one')
  .max(maxBulkItems, 'At most 1,000 at a time')
  .refine((list) => new Set(list).size === list.length, 'Each can be chosen once')

/** Everything that matches a filter, which the BFF works out: the filters of `GET /api/jobs`. */
const matchingJobs = z.strictObject({
  status: z.array(z.enum(jobStatusGroups)).max(10).optional(),
  type: z.array(z.string().max(100)).max(50).optional(),
  q: z.string().trim().max(200).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  upTo: instantSchema.optional(),
})

/** Some by their ids. The pages of tasks and schedules hold all rows, so that what matches their filters is named by ids too. */
const chosen = z.strictObject({ ids })

/** What shall be done to many, and to which. */
export const planBulkSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('jobs.cancel'), select: z.union([chosen, z.strictObject({ matching: matchingJobs })]) }),
  z.strictObject({ action: z.literal('tasks.run'), select: chosen }),
  z.strictObject({ action: z.literal('tasks.delete'), select: chosen }),
  /** To another schedule: added there, seen there, and only then deleted here. */
  z.strictObject({ action: z.literal('tasks.move'), select: chosen, scheduleId: luidSchema }),
  z.strictObject({ action: z.literal('schedules.suspend'), select: chosen }),
  z.strictObject({ action: z.literal('schedules.resume'), select: chosen }),
])
export type PlanBulk = z.output<typeof planBulkSchema>

/** `schedules.apply` is planned by `POST /api/schedules-as-code/plan`. */
export const bulkActions = ['jobs.cancel', 'tasks.run', 'tasks.delete', 'tasks.move', 'schedules.suspend', 'schedules.resume', 'schedules.apply'] as const
export type BulkActionName = (typeof bulkActions)[number]

/**
 * How far one item is. `left_out`: nothing is done to it, for `reason`. `planned`: not yet. `sending`, `checking` (the reply was lost,
 * it is read back). Then `done`, `refused` (see `problem`), `unconfirmed`, or `half_done`: a part of it stands (a task that was added
 * and whose old one is still there), and `reason` says what is left to do, `problem` why it was not done where that was refused. One of
 * which a part stands tells it in `evidence` and `result` also while it is `sending` or `checking`.
 */
export const bulkItemStates = ['left_out', 'planned', 'sending', 'checking', 'done', 'refused', 'unconfirmed', 'half_done'] as const
export type BulkItemState = (typeof bulkItemStates)[number]

/** What becomes of an item of a plan of schedules; `act` for every other action. */
export const bulkSteps = ['act', 'create', 'change', 'delete', 'unchanged', 'cannot'] as const
export type BulkStep = (typeof bulkSteps)[number]

export const bulkItemSchema = z.object({
  /** Its place in the order of work, from 0. */
  n: z.int().min(0),
  /** What it is about: an id of Tableau's, or a name for what is not there yet. */
  id: z.string(),
  name: z.string(),
  /** Project, schedule: what tells two of a name apart. */
  about: z.string().optional(),
  step: z.enum(bulkSteps),
  /** What will happen to it, in words. */
  will: z.string(),
  /** Field by field, in words; for `change`. */
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })).optional(),
  state: z.enum(bulkItemStates),
  reason: z.string().optional(),
  /** What was seen. */
  evidence: z.string().optional(),
  problem: problemSchema.optional(),
  result: writeResultSchema.optional(),
  /** The intentions under which it was or is sent, in order; empty for one that is left out. */
  keys: z.array(intentionKeySchema),
})
export type BulkItem = z.infer<typeof bulkItemSchema>

/**
 * `planned`: a dry run, nothing is sent. `running`. `waiting`: Tableau asked to wait until `retryAt`; it goes on by itself. What is
 * paused or interrupted meanwhile keeps `retryAt`, and waits until then when it is resumed.
 * `pausing` and `stopping`: what is under way is finished first. `paused`: by a person. `interrupted`: the process was restarted or the
 * session ended; it goes on when this person opens the application again. `halted`: something was refused that all others would be
 * refused for as well; `why` says what. `stopped`: for good, by a person. `done`: nothing is left to do.
 */
export const bulkRunStates = ['planned', 'running', 'waiting', 'pausing', 'paused', 'interrupted', 'halted', 'stopping', 'stopped', 'done'] as const
export type BulkRunState = (typeof bulkRunStates)[number]

export const bulkRunSchema = z.object({
  id: z.uuid(),
  action: z.enum(bulkActions),
  /** “Cancel 12 jobs”. */
  title: z.string(),
  state: z.enum(bulkRunStates),
  /** Why it does not go on. */
  why: z.string().optional(),
  retryAt: instantSchema.optional(),
  /** Stands for exactly this set and what would happen to each; a start names it. */
  digest: z.string(),
  /** What to know before it is started: what cannot be undone, whom else it concerns. */
  warnings: z.array(z.string()),
  counts: z.partialRecord(z.enum(bulkItemStates), z.int().min(0)),
  plannedAt: instantSchema,
  startedAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
})
export type BulkRun = z.infer<typeof bulkRunSchema>

export const bulkRunWithItemsSchema = bulkRunSchema.extend({ items: z.array(bulkItemSchema) })
export type BulkRunWithItems = z.infer<typeof bulkRunWithItemsSchema>

/**
 * A dry run: names what would happen to each item and why some are left out, and sends nothing. `unsupported_here` or `forbidden`
 * where none of it can be done, 422 `validation` when nothing matches or more than 1,000 do. Kept for an hour unless it is started.
 */
export const planBulk = endpoint({
  resource: 'bulk',
  operation: 'plan',
  method: 'POST',
  path: '/api/bulk',
  status: 201,
  body: planBulkSchema,
  output: bulkRunWithItemsSchema,
})

/** This person's runs on this site, the newest first: those that are not over, and the last 50 that are. */
export const listBulk = endpoint({
  resource: 'bulk',
  operation: 'list',
  method: 'GET',
  path: '/api/bulk',
  output: z.object({ runs: z.array(bulkRunSchema) }),
})

const bulkParams = z.object({ id: z.uuid('must be a UUID') })

/** One run of this person with its items; 404 `not_found` for another's and for one that was never started and is an hour old. */
export const getBulk = endpoint({
  resource: 'bulk',
  operation: 'get',
  method: 'GET',
  path: '/api/bulk/:id',
  params: bulkParams,
  output: bulkRunWithItemsSchema,
})

/**
 * Carries a plan out. It is planned again first: 409 `changed_elsewhere` when what would be done is no longer what `digest` stands for;
 * the run then holds the new plan, under a new digest, and nothing is sent. A run that was started before is answered as it is.
 */
export const startBulk = endpoint({
  resource: 'bulk',
  operation: 'start',
  method: 'POST',
  path: '/api/bulk/:id/start',
  effect: 'bulk',
  params: bulkParams,
  body: z.strictObject({ digest: z.string().max(200) }),
  output: bulkRunSchema,
})

/** Finishes what is under way and sends nothing more until it is resumed. */
export const pauseBulk = endpoint({ resource: 'bulk', operation: 'pause', method: 'POST', path: '/api/bulk/:id/pause', effect: 'bulk', params: bulkParams, output: bulkRunSchema })

/** Goes on with a run that is paused, interrupted or halted: what was refused stays refused, what was not sent is sent. */
export const resumeBulk = endpoint({ resource: 'bulk', operation: 'resume', method: 'POST', path: '/api/bulk/:id/resume', effect: 'bulk', params: bulkParams, output: bulkRunSchema })

/** Finishes what is under way and ends the run; the rest stays `planned`. */
export const stopBulk = endpoint({ resource: 'bulk', operation: 'stop', method: 'POST', path: '/api/bulk/:id/stop', effect: 'bulk', params: bulkParams, output: bulkRunSchema })

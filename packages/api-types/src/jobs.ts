import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { problemSchema } from './errors.ts'
import { instantSchema, luidSchema } from './ids.ts'
import { listOf } from './list-of.ts'
import { wholeNumber } from './whole-number.ts'
import { writeOutcomeSchema } from './writes.ts'

/** Tableau's closed list of job states (`backgroundJob@status`). */
export const jobStatuses = ['Pending', 'InProgress', 'Success', 'Failed', 'Cancelled'] as const
export type JobStatus = (typeof jobStatuses)[number]

/** What the counts are by: Tableau's states, and `Other` for one that this version does not know. */
export const jobStatusGroups = [...jobStatuses, 'Other'] as const
export type JobStatusGroup = (typeof jobStatusGroups)[number]

const isJobStatus = (status: string): status is JobStatus => jobStatuses.some((known) => known === status)

/** The group a raw status is counted and filtered under. */
export const jobStatusGroup = (status: string): JobStatusGroup => (isJobStatus(status) ? status : 'Other')

/** One row of Query Jobs. Times are Tableau's, in UTC. */
export const jobSchema = z.object({
  /** A LUID as a rule; Tableau's own samples hold ids that are none, so a row is shown with any and acted on with a LUID only. */
  id: z.string().min(1),
  /** One of {@link jobStatuses}; an unknown one is passed through as it is. */
  status: z.string(),
  /** Tableau's `jobType`, an open set: `refresh_extracts`, `run_flow` … */
  jobType: z.string(),
  /** 1 runs first; absent where Tableau leaves it out. */
  priority: z.int().optional(),
  createdAt: instantSchema,
  startedAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
  /** The content's name; older servers leave it out. */
  title: z.string().optional(),
  /** The content's kind or project; older servers leave it out. */
  subtitle: z.string().optional(),
})
export type Job = z.infer<typeof jobSchema>

export const jobSortFields = ['createdAt', 'startedAt', 'endedAt', 'waited', 'ran', 'priority', 'status', 'jobType', 'title'] as const
export type JobSortField = (typeof jobSortFields)[number]

/** The most rows that one window can hold. */
export const maxJobsWindow = 1000

/**
 * The search parameters of a window of jobs. `status` and `type` are comma-separated lists (any of them), `q` is found
 * anywhere in title, subtitle, type or id without regard to case, `from` and `to` bound `createdAt`
 * (`from` ≤ createdAt < `to`), `sort` is `field:asc` or `field:desc`.
 *
 * `upTo` hides the jobs created after that instant and counts them in `newer`, so that a list stays still under the
 * reader: pass the `newest` of the first answer.
 */
export const jobsQuerySchema = z.strictObject({
  status: listOf(z.enum(jobStatusGroups)).optional(),
  type: listOf(z.string().max(100)).optional(),
  q: z.string().trim().max(200).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  sort: z
    .templateLiteral([z.enum(jobSortFields), ':', z.enum(['asc', 'desc'])])
    .default('createdAt:desc'),
  offset: wholeNumber(0, 999_999_999).default(0),
  limit: wholeNumber(1, maxJobsWindow).default(100),
  upTo: instantSchema.optional(),
})
export type JobsQuery = z.output<typeof jobsQuerySchema>

/** How old the figures are, and whether all of Tableau's jobs are in them. */
export const jobsAgeSchema = z.object({
  /** Milliseconds from the start of the sweep that these figures come from to this answer, by a monotonic clock. */
  ageMs: z.int().min(0),
  /** Tableau's clock (its `Date` header) when that sweep was read. */
  readAt: instantSchema,
  /** Tableau's clock now, as far as the BFF can tell. */
  tableauNow: instantSchema,
  /** How often the BFF reads again at present, in milliseconds: every 5 s while a job waits or runs, else every 30 s. */
  everyMs: z.int().min(0),
  /** False while the first sweep is still under way: `read` of `available` jobs are here. */
  complete: z.boolean(),
  read: z.int().min(0),
  /** Tableau's `totalAvailable`; absent where it leaves that out. It can differ from `read` after a complete sweep. */
  available: z.int().min(0).optional(),
  /** Why the last attempt to read again failed; these are then the last good figures. */
  failure: problemSchema.optional(),
})
export type JobsAge = z.infer<typeof jobsAgeSchema>

/** One window of the jobs that match. */
export const jobsWindowSchema = z.object({
  rows: z.array(jobSchema),
  /** How many jobs match, over all windows. */
  total: z.int().min(0),
  /** How many match by status, were `status` not filtered. */
  counts: z.record(z.enum(jobStatusGroups), z.int().min(0)),
  /** How many match by type, were `type` not filtered; the largest first. */
  types: z.array(z.object({ jobType: z.string(), count: z.int().min(0) })),
  /** All jobs of the site, without any filter. */
  all: z.int().min(0),
  /** How many match but were created after `upTo`. */
  newer: z.int().min(0),
  /** The latest `createdAt` known; absent when there is no job. */
  newest: instantSchema.optional(),
  age: jobsAgeSchema,
})
export type JobsWindow = z.infer<typeof jobsWindowSchema>

/** A window of the site's jobs, sorted, filtered and counted over all of them (Query Jobs). */
export const listJobs = endpoint({
  resource: 'jobs',
  operation: 'list',
  method: 'GET',
  path: '/api/jobs',
  query: jobsQuerySchema,
  output: jobsWindowSchema,
})

/** Jobs per slot of time, for the strip above the table. */
export const jobsHistogram = endpoint({
  resource: 'jobs',
  operation: 'histogram',
  method: 'GET',
  path: '/api/jobs/histogram',
  /** The same filters as the list; `from` and `to` bound the strip instead of the last 24 hours. */
  query: jobsQuerySchema.pick({ status: true, type: true, q: true, from: true, to: true }),
  output: z.object({
    slotMs: z.int().min(1),
    slots: z.array(z.object({ at: instantSchema, failed: z.int().min(0), other: z.int().min(0) })),
    age: jobsAgeSchema,
  }),
})

/** The content that a job works on. */
export const jobContentSchema = z.object({
  kind: z.enum(['workbook', 'datasource', 'view', 'flow', 'virtualConnection']),
  id: z.string(),
  name: z.string().optional(),
})
export type JobContent = z.infer<typeof jobContentSchema>

/** What Query Job tells beyond the row. `finishCode` 1 means an error only when `completedAt` is there. */
export const jobDetailSchema = z.object({
  job: jobSchema,
  /** `query`: read from Query Job just now. `list`: Tableau does not let this job be queried; only the row is known. */
  source: z.enum(['query', 'list']),
  /** Why `source` is `list`, in Tableau's words. */
  unavailable: z.object({ code: z.string(), summary: z.string(), detail: z.string() }).optional(),
  /** Tableau's `type`, such as `RefreshExtract`; its names differ from `jobType`. */
  type: z.string().optional(),
  mode: z.string().optional(),
  /** 0 to 100; most kinds go from 0 to 100 in one step. */
  progress: z.int().optional(),
  updatedAt: instantSchema.optional(),
  completedAt: instantSchema.optional(),
  /** 0 success, 1 error (or still running), 2 cancelled, 3 completed by Bridge. */
  finishCode: z.int().optional(),
  content: jobContentSchema.optional(),
  /** Free text, often many lines of a driver's message. */
  notes: z.string().optional(),
  statusNotes: z.array(z.object({ type: z.string(), value: z.string().optional(), text: z.string().optional() })),
  /** How many waiting jobs of this site Tableau would take before this one, by priority and age; only for a waiting job. */
  inFront: z.int().min(0).optional(),
})
export type JobDetail = z.infer<typeof jobDetailSchema>

const jobParams = z.object({ id: luidSchema })

/** One job with its notes (Query Job); falls back to the list's row where Tableau refuses to query it (400031). */
export const getJob = endpoint({
  resource: 'jobs',
  operation: 'get',
  method: 'GET',
  path: '/api/jobs/:id',
  params: jobParams,
  output: jobDetailSchema,
})

/**
 * Cancels a waiting or running job (Cancel Job). Sent once. 409 `already_finished` when it ended before (403091), 202
 * with `checking` when the reply was lost: then `GET /api/writes/:key` tells.
 */
export const cancelJob = endpoint({
  resource: 'jobs',
  operation: 'cancel',
  method: 'POST',
  path: '/api/jobs/:id/cancel',
  effect: 'tableau',
  params: jobParams,
  output: writeOutcomeSchema,
})

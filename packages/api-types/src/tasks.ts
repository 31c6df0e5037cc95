import { z } from 'zod'
import { contentSchema } from './content.ts'
import { dataAgeSchema } from './data-age.ts'
import { endpoint } from './endpoint.ts'
import { instantSchema, luidSchema } from './ids.ts'
import { jobSchema } from './jobs.ts'
import { recurrenceSchema } from './recurrence.ts'
import { permissionSchema } from './session.ts'
import { writeOutcomeSchema } from './writes.ts'

/** Tableau stops running a task after so many failures in a row (`backgrounder.failure_threshold_for_run_prevention`, its default). */
export const suspensionThreshold = 5

/** An extract refresh task, its content's names joined in. */
export const taskSchema = z.object({
  id: z.string().min(1),
  priority: z.int().optional(),
  /** From {@link suspensionThreshold} on Tableau is likely to have suspended it; REST neither says so nor resumes it. */
  consecutiveFailedCount: z.int().optional(),
  /** Tableau's `type`, such as `RefreshExtractTask`. It does not tell full from incremental. */
  type: z.string().optional(),
  /** `FullRefresh` or `IncrementalRefresh`; only where List Extract Refresh Tasks in Server Schedule was read. */
  refreshType: z.string().optional(),
  /** A task can be without one. Tableau Cloud's has neither id nor name, and its recurrence instead. */
  schedule: z
    .object({
      id: z.string().optional(),
      name: z.string().optional(),
      state: z.string().optional(),
      type: z.string().optional(),
      priority: z.int().optional(),
      frequency: z.string().optional(),
      nextRunAt: instantSchema.optional(),
      recurrence: recurrenceSchema.optional(),
    })
    .optional(),
  /** Absent for a virtual connection, whose task REST can neither tell nor run. Without a name where this user may not see it. */
  content: contentSchema.optional(),
})
export type Task = z.infer<typeof taskSchema>

/** Every extract refresh task of the site that the user may see (List Extract Refresh Tasks in Site; it knows no pages). */
export const listTasks = endpoint({
  resource: 'tasks',
  operation: 'list',
  method: 'GET',
  path: '/api/tasks',
  output: z.object({
    tasks: z.array(taskSchema),
    /** Administrators see the site's, others their own. */
    scope: z.enum(['site', 'own']),
    /** False while names of content are still being read: ask again. */
    named: z.boolean(),
    /** Whether this site lets refreshes be run by hand (`runNowEnabled`). */
    runNow: permissionSchema,
    age: dataAgeSchema,
  }),
})

const taskParams = z.object({ id: luidSchema })

/**
 * The latest refresh of the task's content among the jobs (by content name: Tableau's list names no task). `unknown` with
 * the reason where the user may not list jobs.
 */
export const getTaskJob = endpoint({
  resource: 'jobs',
  operation: 'ofTask',
  method: 'GET',
  path: '/api/tasks/:id/job',
  params: taskParams,
  output: z.discriminatedUnion('known', [z.object({ known: z.literal(true), job: jobSchema.optional() }), z.object({ known: z.literal(false), reason: z.string() })]),
})

/**
 * Runs a task now (Run Extract Refresh Task). `result.jobId` names the job. 409 `already_queued` when the same content is
 * queued or running (409093): `GET /api/tasks/:id/job` finds that job.
 */
export const runTask = endpoint({
  resource: 'tasks',
  operation: 'run',
  method: 'POST',
  path: '/api/tasks/:id/run',
  effect: 'tableau',
  params: taskParams,
  output: writeOutcomeSchema,
})

/** Deletes a task: its content stays and is no longer refreshed by it (Delete Extract Refresh Task). */
export const deleteTask = endpoint({
  resource: 'tasks',
  operation: 'delete',
  method: 'DELETE',
  path: '/api/tasks/:id',
  effect: 'tableau',
  params: taskParams,
  output: writeOutcomeSchema,
})

import { z } from 'zod'
import { cloudRecurrenceSchema } from './cloud-recurrence.ts'
import { contentSchema } from './content.ts'
import { dataAgeSchema } from './data-age.ts'
import { endpoint } from './endpoint.ts'
import { instantSchema, luidSchema } from './ids.ts'
import { jobSchema } from './jobs.ts'
import { recurrenceSchema } from './recurrence.ts'
import { permissionSchema } from './session.ts'
import { serverTimeZoneSchema } from './time-zone.ts'
import { writeOutcomeSchema } from './writes.ts'

/** Tableau stops running a task after so many failures in a row (`backgrounder.failure_threshold_for_run_prevention`, its default). */
export const suspensionThreshold = 5

/** What a task of Tableau Cloud can be told to do (extract reference, § Update Cloud Extract Refresh Task). */
export const refreshTypes = ['FullRefresh', 'IncrementalRefresh'] as const
export type RefreshType = (typeof refreshTypes)[number]

/** An extract refresh task, its content's names joined in. */
export const taskSchema = z.object({
  id: z.string().min(1),
  priority: z.int().optional(),
  /** From {@link suspensionThreshold} on Tableau is likely to have suspended it; REST neither says so nor resumes it. */
  consecutiveFailedCount: z.int().optional(),
  /** Tableau's `type`, such as `RefreshExtractTask`. It does not tell full from incremental. */
  type: z.string().optional(),
  /**
   * `FullRefresh` or `IncrementalRefresh`: on Server only where List Extract Refresh Tasks in Server Schedule was read, on Cloud
   * wherever `type` tells it.
   */
  refreshType: z.string().optional(),
  /**
   * A task can be without one. Tableau Cloud's is the task's own: neither id, name nor state, its recurrence instead, in the
   * site's time zone. It has no `nextRunAt` where Tableau runs it no more.
   */
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

const usedSchema = z.object({ used: z.int().min(0), about: z.int().min(1) })

/** How much of what Tableau Cloud is reported to allow a site was used through this application, by everyone together. */
export const siteBudgetSchema = z.object({
  /** Nothing is known of before. */
  since: instantSchema,
  /** Calls that list, read or cancel jobs, in the last 24 hours. */
  jobCallsADay: usedSchema,
  /** Refreshes that were run by hand, in the last hour. */
  runsAnHour: usedSchema,
})
export type SiteBudget = z.infer<typeof siteBudgetSchema>

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
    /**
     * Whether this user may change refresh type and recurrence of these tasks: on Cloud alone. Administrators change all, and others
     * the tasks they own, of which their list consists.
     */
    edit: permissionSchema,
    /** On Cloud, for administrators. */
    budget: siteBudgetSchema.optional(),
    /** The zone in which Cloud's recurrences run: the site's, where Query Site tells it, or inferred. Absent on Server. */
    timeZone: serverTimeZoneSchema.optional(),
    age: dataAgeSchema,
  }),
})

const contentId = luidSchema.optional()
const refreshType = z.enum(refreshTypes, 'Choose a full or an incremental refresh')

export const createTaskSchema = z
  .strictObject({ refreshType: refreshType.default('FullRefresh'), workbookId: contentId, datasourceId: contentId, recurrence: cloudRecurrenceSchema })
  .refine(({ workbookId, datasourceId }) => (workbookId === undefined) !== (datasourceId === undefined), { error: 'Choose one workbook or one data source', path: ['workbookId'] })
export type CreateTask = z.output<typeof createTaskSchema>

/**
 * Makes an extract refresh task with a schedule of its own (extract reference, § Create Cloud Extract Refresh Task: Cloud only,
 * API 3.20; administrators and Creators). `result.taskId` names the new one. `upstream_refused` with Tableau's own detail on
 * 409004, an invalid recurrence. On Server a task is made by adding content to a schedule.
 */
export const createTask = endpoint({
  resource: 'tasks',
  operation: 'create',
  method: 'POST',
  path: '/api/tasks',
  effect: 'tableau',
  body: createTaskSchema,
  output: writeOutcomeSchema,
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

/** What of a task can be changed; absent stays as it is. `recurrence` replaces all times: Cloud knows no change of a part. */
export const taskChangesSchema = z.strictObject({ refreshType: refreshType.optional(), recurrence: cloudRecurrenceSchema.optional() })
export type TaskChanges = z.output<typeof taskChangesSchema>

export const updateTaskSchema = z.strictObject({
  changes: taskChangesSchema.refine((changes) => Object.values(changes).some((value) => value !== undefined), 'There is nothing to change'),
  /** What the person saw of the fields that change; `nextRunAt` is no part of it. */
  seen: z.strictObject({ refreshType: z.string().optional(), frequency: z.string().optional(), recurrence: recurrenceSchema.optional() }),
})
export type UpdateTask = z.output<typeof updateTaskSchema>

/**
 * Changes a task of Tableau Cloud (extract reference, § Update Cloud Extract Refresh Task, API 3.20; administrators and the task's
 * owner). The task is read first: 409 `changed_elsewhere` when a field of `seen` is another now.
 */
export const updateTask = endpoint({
  resource: 'tasks',
  operation: 'update',
  method: 'PATCH',
  path: '/api/tasks/:id',
  effect: 'tableau',
  params: taskParams,
  body: updateTaskSchema,
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

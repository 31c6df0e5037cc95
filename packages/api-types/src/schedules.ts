import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { instantSchema, luidSchema } from './ids.ts'
import { dataAgeSchema } from './data-age.ts'
import { recurrenceSchema, serverRecurrenceSchema } from './recurrence.ts'
import { taskSchema } from './tasks.ts'
import { serverTimeZoneSchema } from './time-zone.ts'
import { writeOutcomeSchema } from './writes.ts'

/** What Create Server Schedule can make; DataAcceleration with API 3.8 to 3.15 alone. A list also holds `ActiveDirectorySync`, `System` … */
export const scheduleTypes = ['Extract', 'Subscription', 'Flow', 'DataAcceleration'] as const
export const scheduleStates = ['Active', 'Suspended'] as const
export const executionOrders = ['Parallel', 'Serial'] as const

/** A schedule of the server, which all its sites share. Unknown types, states and frequencies are passed through. */
export const scheduleSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  state: z.string(),
  type: z.string(),
  frequency: z.string(),
  /** 1 to 100, lower first; 0 occurs. */
  priority: z.int().optional(),
  createdAt: instantSchema.optional(),
  /** Moves whenever the schedule fires: no sign of an edit. */
  updatedAt: instantSchema.optional(),
  /** A suspended schedule has one too. */
  nextRunAt: instantSchema.optional(),
  /** After this it fires no more. */
  endScheduleAt: instantSchema.optional(),
  /** `Parallel` or `Serial`; only Get Server Schedule tells it. */
  executionOrder: z.string().optional(),
  /** Only Get Server Schedule (API 3.8) tells it; absent until it was read. */
  recurrence: recurrenceSchema.optional(),
})
export type Schedule = z.infer<typeof scheduleSchema>

/**
 * Every schedule of the server (List Server Schedules, all pages), with what Get Server Schedule tells of each, as far as
 * it has been read: while `details.known` < `details.wanted` ask again.
 */
export const listSchedules = endpoint({
  resource: 'schedules',
  operation: 'list',
  method: 'GET',
  path: '/api/schedules',
  output: z.object({
    schedules: z.array(scheduleSchema),
    details: z.object({
      known: z.int().min(0),
      wanted: z.int().min(0),
      /** Why no more can be known, for people (an API before 3.8). */
      unavailable: z.string().optional(),
    }),
    /** Extract refresh tasks by schedule id, of this site, as far as this user may see them; absent when they cannot be read. */
    tasks: z.object({ scope: z.enum(['site', 'own']), counts: z.record(z.string(), z.int().min(0)) }).optional(),
    timeZone: serverTimeZoneSchema.optional(),
    age: dataAgeSchema,
  }),
})

const scheduleParams = z.object({ id: luidSchema })

/** One schedule as it is now (Get Server Schedule; before API 3.8 its row of the list, without recurrence). */
export const getSchedule = endpoint({
  resource: 'schedules',
  operation: 'get',
  method: 'GET',
  path: '/api/schedules/:id',
  params: scheduleParams,
  output: scheduleSchema,
})

/** Anything but the characters of XML 1.0 § 2.2, in which alone a name can be sent; half a character is one of them. */
const unsendable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

const name = z
  .string('Enter a name')
  .trim()
  .min(1, 'Enter a name')
  .max(255, 'The name must have at most 255 characters')
  .refine((text) => !unsendable.test(text), 'The name holds a character that cannot be sent to Tableau')
const priority = z.int('The priority must be a whole number from 1 to 100').min(1, 'The priority must be 1 to 100; 1 runs first').max(100, 'The priority must be 1 to 100; 1 runs first')
const executionOrder = z.enum(executionOrders, 'Choose whether its tasks run in parallel or one after the other')

export const createScheduleSchema = z.strictObject({
  name,
  type: z.enum(scheduleTypes, 'Choose what it is for: Extract, Subscription, Flow or DataAcceleration'),
  priority: priority.default(50),
  executionOrder: executionOrder.default('Parallel'),
  recurrence: serverRecurrenceSchema,
})
export type CreateSchedule = z.output<typeof createScheduleSchema>

/**
 * Makes a schedule (Create Server Schedule). Server administrators only. 409 `conflict` when the name is taken (409021),
 * 422 or `upstream_refused` with Tableau's own detail on 409004 and 400xxx. `result.scheduleId` names the new one.
 */
export const createSchedule = endpoint({
  resource: 'schedules',
  operation: 'create',
  method: 'POST',
  path: '/api/schedules',
  effect: 'tableau',
  body: createScheduleSchema,
  output: writeOutcomeSchema,
})

/** What of a schedule can be changed; absent stays as it is. `recurrence` replaces all times. */
export const scheduleChangesSchema = z.strictObject({
  name: name.optional(),
  state: z.enum(scheduleStates, 'A schedule is Active or Suspended').optional(),
  priority: priority.optional(),
  executionOrder: executionOrder.optional(),
  recurrence: serverRecurrenceSchema.optional(),
})
export type ScheduleChanges = z.output<typeof scheduleChangesSchema>

export const updateScheduleSchema = z.strictObject({
  changes: scheduleChangesSchema.refine((changes) => Object.values(changes).some((value) => value !== undefined), 'There is nothing to change'),
  /** What the person saw of the fields that change; `updatedAt` and `nextRunAt` are no part of it. */
  seen: scheduleSchema.pick({ name: true, state: true, priority: true, executionOrder: true, frequency: true, recurrence: true }).partial().strict(),
})
export type UpdateSchedule = z.output<typeof updateScheduleSchema>

/**
 * Changes a schedule (Update Server Schedule). Server administrators only. The schedule is read first: 409
 * `changed_elsewhere` when a field of `seen` is another now. A Weekly schedule is always sent with its days, or Tableau
 * would run it on all seven; times that REST cannot express are never sent.
 */
export const updateSchedule = endpoint({
  resource: 'schedules',
  operation: 'update',
  method: 'PATCH',
  path: '/api/schedules/:id',
  effect: 'tableau',
  params: scheduleParams,
  body: updateScheduleSchema,
  output: writeOutcomeSchema,
})

/** Deletes a schedule for all sites, with the tasks on it (Delete Server Schedule). Server administrators only. */
export const deleteSchedule = endpoint({
  resource: 'schedules',
  operation: 'delete',
  method: 'DELETE',
  path: '/api/schedules/:id',
  effect: 'tableau',
  params: scheduleParams,
  output: writeOutcomeSchema,
})

/**
 * The extract refresh tasks of this site on a schedule. For administrators with `refreshType`
 * (List Extract Refresh Tasks in Server Schedule, the only place that tells full from incremental).
 */
export const listScheduleTasks = endpoint({
  resource: 'tasks',
  operation: 'ofSchedule',
  method: 'GET',
  path: '/api/schedules/:id/tasks',
  params: scheduleParams,
  output: z.object({
    tasks: z.array(taskSchema),
    scope: z.enum(['site', 'own']),
    /** False for who may not see full or incremental. */
    refreshTypes: z.boolean(),
    /** False while names of content are still being read: ask again. */
    named: z.boolean(),
    age: dataAgeSchema,
  }),
})

const contentId = luidSchema.optional()

export const addedKinds = ['extractRefresh', 'dataAcceleration'] as const

export const addToScheduleSchema = z
  .strictObject({ workbookId: contentId, datasourceId: contentId, kind: z.enum(addedKinds, 'An extract refresh or a data acceleration task can be added').default('extractRefresh') })
  .refine(({ workbookId, datasourceId }) => (workbookId === undefined) !== (datasourceId === undefined), { error: 'Choose one workbook or one data source', path: ['workbookId'] })
  .refine(({ kind, datasourceId }) => kind === 'extractRefresh' || datasourceId === undefined, { error: 'Only a workbook can be accelerated', path: ['datasourceId'] })
export type AddToSchedule = z.output<typeof addToScheduleSchema>

/**
 * Adds a workbook or a data source to an Extract schedule, always as a full refresh (Add Workbook / Data Source to Server
 * Schedule). Administrators, owners and project leaders. Tableau answers an unknown schedule with 500000. `dataAcceleration`: a
 * workbook to a DataAcceleration schedule, API 3.8 to 3.15, administrators only; `unsupported_here` elsewhere.
 */
export const addToSchedule = endpoint({
  resource: 'tasks',
  operation: 'add',
  method: 'POST',
  path: '/api/schedules/:id/tasks',
  effect: 'tableau',
  params: scheduleParams,
  body: addToScheduleSchema,
  output: writeOutcomeSchema,
})

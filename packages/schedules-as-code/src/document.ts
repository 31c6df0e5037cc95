import { executionOrders, maxSchedulesYaml, recurrenceSchema, scheduleStates, scheduleTypes, serverRecurrenceSchema } from '@refreshboard/api-types'
import { z } from 'zod'
import { projectPathFault } from './project-path.ts'

/** The longest text that is read, in characters. */
export const maxText = maxSchedulesYaml
/** The most schedules of a text. */
export const maxSchedules = 5000
/** The most content of one schedule. */
export const maxContentOfOne = 5000

/** Anything but the characters of XML 1.0 § 2.2, in which alone a name can be sent. */
const unsendable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

const nameOf = (what: string, longest: number) =>
  z
    .string(`The name of ${what} is a text; put it in quotes`)
    .min(1, `The name of ${what} is missing`)
    .max(longest, `The name of ${what} has at most ${longest} characters`)
    .refine((text) => !unsendable.test(text), { error: `The name of ${what} holds a character that cannot be sent to Tableau`, params: { rule: 'unsendable-character' } })

const asReadSchema = z.strictObject({ 'as-read': z.strictObject(recurrenceSchema.shape) })

type Repeats = z.output<typeof serverRecurrenceSchema> | z.output<typeof asReadSchema>

const isAsRead = (value: unknown): boolean => typeof value === 'object' && value !== null && 'as-read' in value

/** One of two shapes, told apart before they are checked: the faults are those of the shape that was meant. */
const repeats = z.unknown().transform((value, context): Repeats => {
  const parsed = (isAsRead(value) ? asReadSchema : serverRecurrenceSchema).safeParse(value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, path: [...issue.path], input: undefined })
  return z.NEVER
})

const order = z.enum(executionOrders, 'The order is Parallel or Serial')

const contentSchema = z
  .strictObject({
    workbook: nameOf('a workbook', 1000).optional(),
    datasource: nameOf('a data source', 1000).optional(),
    /** From the top, “Finance/EMEA”; a `/` or `\` in a name is written `\/` and `\\`. */
    project: z
      .string('A project is a text; put it in quotes')
      .superRefine((text, context) => {
        const fault = projectPathFault(text)
        if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, params: { rule: 'project-path' } })
      })
      .optional(),
    refresh: z.enum(['full', 'incremental'], 'A refresh is full or incremental').optional(),
  })
  .refine(({ workbook, datasource }) => (workbook === undefined) !== (datasource === undefined), { error: 'Name one workbook or one data source', params: { rule: 'one-content' } })

const priorityRule = 'The priority is a whole number from 1 to 100; 1 runs first'

const scheduleSchema = z
  .strictObject({
    name: nameOf('a schedule', 255),
    type: z.enum(scheduleTypes, `A schedule is for ${scheduleTypes.join(', ')}`),
    state: z.enum(scheduleStates, 'A schedule is Active or Suspended').optional(),
    priority: z.int(priorityRule).min(1, priorityRule).max(100, priorityRule).optional(),
    order: order.optional(),
    repeats: repeats.optional(),
    /** After this it fires no more, as Tableau reports it: shown and compared, never applied. */
    ends: z.iso.datetime('An end is an instant in UTC, such as "2027-01-31T00:00:00Z"').optional(),
    /** What of the site is on it; absent: whatever is on it stays. */
    content: z.array(contentSchema, 'The content is a list').max(maxContentOfOne, `At most ${maxContentOfOne} for one schedule`).optional(),
  })
  .refine(({ type, content }) => content === undefined || type === 'Extract', { error: 'Only an Extract schedule has content here', path: ['content'], params: { rule: 'content-needs-extract' } })

/** The format, of which this is version 1. Fields that are absent are left as they are at Tableau. */
export const documentSchema = z.strictObject({
  refreshboard: z.literal(1, 'The text begins with “refreshboard: 1”, the version of its format'),
  schedules: z.array(scheduleSchema, 'The schedules are a list').max(maxSchedules, `At most ${maxSchedules} schedules`),
})
export type ScheduleDocument = z.output<typeof documentSchema>
export type DocumentSchedule = ScheduleDocument['schedules'][number]
export type DocumentContent = NonNullable<DocumentSchedule['content']>[number]

/** Two rows that mean the same are the same text. */
export const contentKey = ({ workbook, datasource, project, refresh }: DocumentContent): string =>
  JSON.stringify([workbook === undefined ? 'datasource' : 'workbook', project ?? null, workbook ?? datasource, refresh ?? null])

/** “the workbook “Sales by region” (Finance/EMEA)”. */
export const contentWords = ({ workbook, datasource, project }: DocumentContent): string =>
  `the ${workbook === undefined ? 'data source' : 'workbook'} “${workbook ?? datasource ?? ''}”${project === undefined ? '' : ` (${project})`}`

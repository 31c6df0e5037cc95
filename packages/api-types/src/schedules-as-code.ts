import { z } from 'zod'
import { bulkRunWithItemsSchema } from './bulk.ts'
import { endpoint } from './endpoint.ts'

/** The longest text of schedules, in characters. */
export const maxSchedulesYaml = 1_000_000

/**
 * The schedules of the server and what of this site is on them, by names and not by ids, as YAML: the same text for the same
 * schedules. `notes` says what the text holds that REST cannot write, and what it could not name.
 */
export const exportSchedules = endpoint({
  resource: 'schedules',
  operation: 'export',
  method: 'GET',
  path: '/api/schedules-as-code',
  output: z.object({ yaml: z.string(), schedules: z.int().min(0), tasks: z.int().min(0), notes: z.array(z.string()) }),
})

/** One thing that is wrong (`fault`: nothing is planned) or doubtful (`lint`) in a text of schedules. */
export const yamlFindingSchema = z.object({
  /** From 1. */
  line: z.int().min(1),
  column: z.int().min(1),
  /** `schedules[3].repeats.days`. */
  path: z.string(),
  /** A short name of the rule that it breaks, such as `unknown-field` or `weekly-needs-days`. */
  rule: z.string(),
  message: z.string(),
})
export type YamlFinding = z.infer<typeof yamlFindingSchema>

/**
 * What applying a text would do: nothing is sent. With `faults` there is no `run`; otherwise start it with
 * `POST /api/bulk/:id/start`. It works in order, and the first error halts it. `prune`: schedules and tasks that the text does not
 * name are deleted; otherwise they are kept.
 */
export const planSchedules = endpoint({
  resource: 'schedules',
  operation: 'plan',
  method: 'POST',
  path: '/api/schedules-as-code/plan',
  bodyBytes: 4 * maxSchedulesYaml,
  body: z.strictObject({ yaml: z.string('Give the text of the schedules').max(maxSchedulesYaml, 'At most 1,000,000 characters'), prune: z.boolean().default(false) }),
  output: z.object({ faults: z.array(yamlFindingSchema), lint: z.array(yamlFindingSchema), run: bulkRunWithItemsSchema.optional() }),
})

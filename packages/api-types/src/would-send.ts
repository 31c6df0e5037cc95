import { z } from 'zod'
import { endpoint } from './endpoint.ts'

export const wouldSendSchema = z.strictObject({
  /** The write of this API that is meant, as `GET /api/writes/:key` names it: `schedules.update`; or `bulk.item`, with `id` and `n`, for one of a planned run. */
  operation: z.string().max(100),
  /** The `:names` of its path. */
  params: z.record(z.string().max(100), z.string().max(500)).default({}),
  /** Its body, as it would be sent. */
  body: z.unknown().optional(),
})

/** One request to Tableau's REST API, as it would go out. It holds no token. */
export const tableauRequestSchema = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  /** From `/api/` on. */
  path: z.string(),
  /** The body, indented by nothing and changed by nothing: what is sent. */
  xml: z.string().optional(),
})
export type TableauRequest = z.infer<typeof tableauRequestSchema>

/**
 * What a write would send to Tableau, from the encoder that sends it, after the same readings and with the same refusals
 * (`changed_elsewhere`, `unsupported_here` …); nothing is sent. 422 `validation` for an operation that writes nothing to Tableau, and
 * for an input that breaks the rules of that operation, as that operation itself would say it.
 */
export const wouldSend = endpoint({
  resource: 'writes',
  operation: 'wouldSend',
  method: 'POST',
  path: '/api/would-send',
  body: wouldSendSchema,
  output: z.object({
    /** In the order in which they go out; a task that is moved takes two. None where there is nothing to send. */
    requests: z.array(
      tableauRequestSchema.extend({
        /** The same as a command for a POSIX shell; the token is `$TABLEAU_TOKEN`. */
        curl: z.string(),
      }),
    ),
    /** Why there is nothing to send, as a sentence. */
    nothing: z.string().optional(),
  }),
})

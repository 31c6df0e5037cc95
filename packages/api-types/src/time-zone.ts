import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** The zone in which schedules run. `inferred`: found by comparing start times with next runs; `others` zones fit as well. */
export const serverTimeZoneSchema = z.object({ name: z.string(), inferred: z.boolean(), others: z.int().min(0).optional() })
export type ServerTimeZone = z.infer<typeof serverTimeZoneSchema>

/** The zone in which the server runs its schedules: configured, or inferred; absent when neither is possible. */
export const getTimeZone = endpoint({
  resource: 'schedules',
  operation: 'timeZone',
  method: 'GET',
  path: '/api/time-zone',
  output: z.object({ timeZone: serverTimeZoneSchema.optional() }),
})

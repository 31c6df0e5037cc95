import { z } from 'zod'
import { problemSchema } from './errors.ts'
import { instantSchema } from './ids.ts'

/** How old an answer's figures are. */
export const dataAgeSchema = z.object({
  /** Milliseconds since they were read from Tableau, by a monotonic clock. */
  ageMs: z.int().min(0),
  /** Tableau's clock at this answer, as far as the BFF can tell. */
  tableauNow: instantSchema,
  /** Why the last attempt to read again failed; these are then the last good figures. */
  failure: problemSchema.optional(),
})
export type DataAge = z.infer<typeof dataAgeSchema>

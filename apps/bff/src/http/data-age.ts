import type { DataAge } from '@refreshboard/api-types'
import { instant } from '../clock.ts'
import { toProblem, toProblemError } from './error-mapper.ts'

/** The age of figures, as every answer tells it. `tableauNow` and `now` are milliseconds since 1970. */
export const dataAgeOf = (figures: { readonly ageMs: number; readonly tableauNow: number; readonly failure: unknown }, requestId: string, now: number): DataAge => ({
  ageMs: Math.max(0, Math.round(figures.ageMs)),
  tableauNow: instant(figures.tableauNow),
  ...(figures.failure === undefined ? {} : { failure: toProblem(toProblemError(figures.failure, now), requestId) }),
})

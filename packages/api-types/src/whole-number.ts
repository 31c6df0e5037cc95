import { z } from 'zod'

/** A whole number of a query string, within bounds. */
export const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(from, `must be ${from} to ${to}`).max(to, `must be ${from} to ${to}`))

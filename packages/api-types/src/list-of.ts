import { z } from 'zod'

/** A comma-separated search parameter, at most 50; none where nothing stands between the commas. */
export const listOf = <T extends string>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(50))

import { z } from 'zod'

/** A list in an address: `Failed,Success`. Parts that are none are left out. */
export const listOf = <T extends string>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => item.safeParse(part).success))
    .pipe(z.array(item))
    .catch([])

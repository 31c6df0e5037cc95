import { z } from 'zod'

/** What of an edit is known before it is sent, and belongs into its result whether the reply comes or is lost. */
export const editNotesSchema = z.object({
  /** What somebody else had changed meanwhile; sentences. */
  merged: z.array(z.string()).optional(),
  /** The fields that were already as they were wanted, so that they are not sent. */
  alike: z.array(z.string()).optional(),
})
export type EditNotes = z.infer<typeof editNotesSchema>

/** `left`: what of the wanted changes is sent. */
export const editNotesOf = (wanted: object, left: object, merged: readonly string[]): EditNotes => {
  const alike = Object.keys(wanted).filter((field) => !Object.hasOwn(left, field))
  return { ...(merged.length === 0 ? {} : { merged: [...merged] }), ...(alike.length === 0 ? {} : { alike }) }
}

/** The wanted changes without those that were not sent. */
export const sentOnly = <T extends object>(wanted: T, { alike = [] }: EditNotes): Partial<T> =>
  // Fewer of the fields of T, which is what Partial says.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  Object.fromEntries(Object.entries(wanted).filter(([field]) => !alike.includes(field))) as Partial<T>

/** What of an edit the result tells, with the differences that were seen afterwards; sentences. */
export const editResult = ({ merged, alike }: EditNotes, differs: readonly string[]): EditNotes & { differs?: string[] } => ({
  ...(merged === undefined ? {} : { merged }),
  ...(alike === undefined ? {} : { alike }),
  ...(differs.length === 0 ? {} : { differs: [...differs] }),
})

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

/** What is read after a save that is neither what was sent nor as it was before; sentences. */
export interface Differences {
  /** What was sent and Tableau did not keep. */
  readonly differs: readonly string[]
  /** What was not sent: somebody else changed it in the same moment, and it stays. */
  readonly moved: readonly string[]
}

interface Compared<F> {
  /** Sent, and not reported so. */
  readonly missing: readonly F[]
  /** Not sent, and another than before. */
  readonly moved: readonly F[]
  readonly nameOf: (field: F) => string
  /** A field in words, as it was read right before the save. */
  readonly before: (field: F) => string
  /** The same, as it was read after it. */
  readonly saved: (field: F) => string
}

/** The fields that are not as they should be after a save, in sentences. */
export const differencesIn = <F>({ missing, moved, nameOf, before, saved }: Compared<F>): Differences => ({
  differs: missing.map((field) => `It reports the ${nameOf(field)} as ${saved(field)}, which is not what was sent.`),
  moved: moved.map((field) => `The ${nameOf(field)} was ${before(field)} and is now ${saved(field)}: somebody else has changed it in the same moment.`),
})

/** An edit of which nothing of the kind was seen, or could be. */
export const noDifferences: Differences = { differs: [], moved: [] }

/** All of them, as the evidence of a write tells them. */
export const asSentences = ({ differs, moved }: Differences): string[] => [...differs, ...moved]

/** What of an edit the result tells, with the differences that were seen afterwards. */
export const editResult = ({ merged, alike }: EditNotes, { differs, moved }: Differences): EditNotes & { differs?: string[]; moved?: string[] } => ({
  ...(merged === undefined ? {} : { merged }),
  ...(alike === undefined ? {} : { alike }),
  ...(differs.length === 0 ? {} : { differs: [...differs] }),
  ...(moved.length === 0 ? {} : { moved: [...moved] }),
})

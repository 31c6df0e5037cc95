import { ProblemError } from '../http/problem-error.ts'

/** Two edits of one item, field by field. */
interface TwoEdits<F extends string> {
  /** What the person changed. */
  readonly mine: readonly F[]
  /** What of it is not there already, as far as that can be told. */
  readonly left: readonly F[]
  /** What is another now than the person saw. */
  readonly theirs: readonly F[]
  readonly nameOf: (field: F) => string
  /** In words, as the person saw it and as it is. */
  readonly before: (field: F) => string
  readonly now: (field: F) => string
}

/**
 * What somebody else had changed meanwhile beside an edit, as sentences. What both changed to different values collides:
 * `changed_elsewhere`, which names each such field.
 */
export const mergedFields = <F extends string>({ mine, left, theirs, nameOf, before, now }: TwoEdits<F>): string[] => {
  const was = (field: F): string => `The ${nameOf(field)} was ${before(field)} and is now ${now(field)}`
  const collisions = theirs.filter((field) => left.includes(field))
  if (collisions.length > 0) {
    throw new ProblemError('changed_elsewhere', `${collisions.map((field) => `${was(field)}.`).join(' ')} Nothing was sent to Tableau.`, {
      fields: Object.fromEntries(collisions.map((field) => [`changes.${field}`, `${was(field)}.`])),
    })
  }
  return theirs.map((field) => (mine.includes(field) ? `Somebody else has set the ${nameOf(field)} to ${now(field)}, too.` : `${was(field)}: somebody else has changed it, and that stays.`))
}

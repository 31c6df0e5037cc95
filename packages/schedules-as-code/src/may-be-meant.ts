import { kindOf, nameOf } from './content-book.ts'
import type { DocumentContent } from './document.ts'
import type { NearGuard } from './near-names.ts'
import type { NamedContent } from './steps.ts'

/** Whether content may be meant by a row of the text that means nothing; `unsure`: there were too many to compare. */
type Fate = 'meant' | 'unsure' | 'other'

interface MayBeMeant {
  readonly fateOf: (content: NamedContent) => Fate
  /** The names that a row may mean. */
  readonly namesOf: (row: DocumentContent) => readonly string[]
}

const keyOf = (kind: string, name: string): string => JSON.stringify([kind, name])

/**
 * What of a schedule's content may be meant by rows that mean nothing on the site: all of nearly a row's name, in whatever project.
 * Only what would be taken off is compared, so that it can be done to the end; where it cannot, nothing of it is taken off.
 */
export const mayBeMeant = (missing: readonly DocumentContent[], doomed: readonly NamedContent[], near: NearGuard): MayBeMeant => {
  const fates = new Map<string, Fate>()
  const meant = new Map<DocumentContent, string[]>()
  const others = new Map(doomed.map((content) => [keyOf(content.kind, content.name), content]))
  for (const row of missing) {
    const names: string[] = []
    for (const [key, { kind, name }] of others) {
      if (kind !== kindOf(row)) continue
      const nearness = near(nameOf(row), name)
      if (nearness === 'near') {
        names.push(name)
        fates.set(key, 'meant')
      } else if (nearness === 'tooMany' && !fates.has(key)) fates.set(key, 'unsure')
    }
    meant.set(row, names)
  }
  return { fateOf: ({ kind, name }) => fates.get(keyOf(kind, name)) ?? 'other', namesOf: (row) => meant.get(row) ?? [] }
}

import type { Content } from '@refreshboard/api-types'
import { fold } from './fold.ts'

type Kind = Content['kind']

/** A name by its id; undefined where it is not known. */
type NameOf = (id: string) => string | undefined

export interface Names {
  readonly project: NameOf
  readonly owner: NameOf
}

type Reference = Content['project']

const namedReference = (reference: Reference, nameOf: NameOf): Reference => {
  if (reference?.id === undefined || reference.name !== undefined) return reference
  const name = nameOf(reference.id)
  return name === undefined ? reference : { ...reference, name }
}

/** The same row when there is nothing to add. */
const withNames = (row: Content, names: Names): Content => {
  const project = namedReference(row.project, names.project)
  const owner = namedReference(row.owner, names.owner)
  if (project === row.project && owner === row.owner) return row
  return { ...row, ...(project === undefined ? {} : { project }), ...(owner === undefined ? {} : { owner }) }
}

/** Behind every name. */
const nameless = '\uFFFF'

const compare = (a: string, b: string): number => {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** By name without its case and accents, then as it is written, then by id: one order, on every machine. */
const sorted = (rows: readonly Content[]): Content[] =>
  rows
    .map((row) => ({ row, key: row.name === undefined ? nameless : fold(row.name) }))
    .toSorted((a, b) => compare(a.key, b.key) || compare(a.row.name ?? '', b.row.name ?? '') || compare(a.row.id, b.row.id))
    .map(({ row }) => row)

/** Rows of one moment with their names, each list sorted once. Immutable: another reading makes another listing. */
export class Listing {
  readonly #rows: Readonly<Record<Kind, ReadonlyMap<string, Content>>>
  readonly #names: Names
  readonly #sorted = new Map<Kind, readonly Content[]>()

  constructor(rows: Readonly<Record<Kind, readonly Content[]>>, names: Names) {
    const byId = (list: readonly Content[]): ReadonlyMap<string, Content> => new Map(list.map((row) => [row.id, withNames(row, names)]))
    this.#rows = { workbook: byId(rows.workbook), datasource: byId(rows.datasource) }
    this.#names = names
  }

  contentOf(kind: Kind, id: string): Content | undefined {
    return this.#rows[kind].get(id)
  }

  contents(kind: Kind): readonly Content[] {
    const known = this.#sorted.get(kind)
    if (known) return known
    const made = sorted([...this.#rows[kind].values()])
    this.#sorted.set(kind, made)
    return made
  }

  named(content: Content): Content {
    return withNames(content, this.#names)
  }
}

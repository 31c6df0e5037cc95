import type { Content } from '@refreshboard/api-types'
import { fold } from './fold.ts'

/** No name holds a line break. */
const textOf = ({ name, project, owner }: Content): string => fold([name ?? '', project?.name ?? '', owner?.name ?? ''].join('\n'))

/** The folded texts of a list, made at its first search. */
const textsOf = new WeakMap<readonly Content[], readonly string[]>()

const searchable = (rows: readonly Content[]): readonly string[] => {
  const known = textsOf.get(rows)
  if (known) return known
  const made = rows.map(textOf)
  textsOf.set(rows, made)
  return made
}

/** Those in whose name, project or owner `q` is found, without regard to case and accents; in the order of the list. */
export const findContent = (rows: readonly Content[], q: string | undefined): readonly Content[] => {
  const wanted = fold(q ?? '')
  if (wanted === '') return rows
  const texts = searchable(rows)
  return rows.filter((_row, at) => texts[at]?.includes(wanted))
}

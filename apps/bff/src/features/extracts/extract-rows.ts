import type { Content, ExtractRow, ExtractsQuery } from '@refreshboard/api-types'
import { fold } from '../../directory/fold.ts'

/** What is listed and filtered: an item, and the tasks on it that are known. */
export interface Row extends ExtractRow {
  /** Undefined where no tasks are known at all. */
  readonly scheduled: boolean | undefined
}

type Filter = 'kind' | 'extract' | 'encrypted' | 'scheduled'

const filters = ['kind', 'extract', 'encrypted', 'scheduled'] as const

const yesNo = (value: boolean | undefined): 'yes' | 'no' | undefined => (value === undefined ? undefined : value ? 'yes' : 'no')

/** What a row is to each filter; undefined where Tableau does not tell, which matches nothing. */
const facetsOf = ({ content, scheduled }: Row): Readonly<Record<Filter, string | undefined>> => ({
  kind: content.kind,
  extract: yesNo(content.hasExtracts),
  encrypted: yesNo(content.encryptExtracts),
  scheduled: yesNo(scheduled),
})

interface Counts {
  kind: Record<Content['kind'], number>
  extract: Record<'yes' | 'no', number>
  encrypted: Record<'yes' | 'no', number>
  scheduled: Record<'yes' | 'no', number>
}

const add = (count: Readonly<Record<string, number>>, key: string | undefined): void => {
  // What is counted has a place already; nothing else does.
  if (key !== undefined && Object.hasOwn(count, key)) Object.assign(count, { [key]: (count[key] ?? 0) + 1 })
}

/** The rows that match, and of each filter how many would match were it not set. */
export const filterRows = (rows: readonly Row[], query: Pick<ExtractsQuery, Filter>): { found: Row[]; counts: Counts } => {
  const counts: Counts = { kind: { workbook: 0, datasource: 0 }, extract: { yes: 0, no: 0 }, encrypted: { yes: 0, no: 0 }, scheduled: { yes: 0, no: 0 } }
  const found: Row[] = []
  for (const row of rows) {
    const facets = facetsOf(row)
    const misses = filters.filter((filter) => query[filter] !== undefined && query[filter] !== facets[filter])
    if (misses.length === 0) found.push(row)
    if (misses.length > 1) continue
    for (const filter of misses.length === 0 ? filters : misses) add(counts[filter], facets[filter])
  }
  return { found, counts }
}

type Field = 'name' | 'project' | 'owner' | 'updatedAt'

const keyOf = ({ name, project, owner, updatedAt }: Content, field: Field): string => {
  if (field === 'updatedAt') return updatedAt ?? ''
  return fold({ name, project: project?.name, owner: owner?.name }[field] ?? '')
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const fieldOf = (sort: ExtractsQuery['sort']): Field => {
  const fields = ['name', 'project', 'owner', 'updatedAt'] as const
  return fields.find((field) => sort.startsWith(`${field}:`)) ?? 'name'
}

/** By the field of `sort`, what has none last whatever the direction; then by name and id, so that no two readings differ. */
export const sortRows = <T extends { readonly content: Content }>(rows: readonly T[], sort: ExtractsQuery['sort']): T[] => {
  const field = fieldOf(sort)
  const sign = sort.endsWith(':desc') ? -1 : 1
  return rows
    .map((row) => ({ row, key: keyOf(row.content, field), name: keyOf(row.content, 'name') }))
    .toSorted(
      (a, b) =>
        Number(a.key === '') - Number(b.key === '') || sign * compare(a.key, b.key) || compare(a.name, b.name) || compare(a.row.content.id, b.row.content.id),
    )
    .map(({ row }) => row)
}

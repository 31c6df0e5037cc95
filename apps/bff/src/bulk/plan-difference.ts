import type { BulkItemRow } from '../storage/database.ts'

/** So many are told by name. */
const named = 3

const namesOf = (rows: readonly BulkItemRow[]): string => {
  const names = rows.slice(0, named).map(({ name, reason }) => `“${name}”${reason === null ? '' : ` (${reason.replace(/\.$/, '')})`}`)
  return `${names.join(', ')}${rows.length > named ? ` and ${rows.length - named} more` : ''}`
}

const sentence = (rows: readonly BulkItemRow[], what: string): string => (rows.length === 0 ? '' : `${what}: ${namesOf(rows)}.`)

/** What is planned now that was not before, what is no longer, and what is to be done otherwise; sentences. */
export const differenceOf = (before: readonly BulkItemRow[], now: readonly BulkItemRow[]): string => {
  const [planned, planning] = [before, now].map((rows) => new Map(rows.filter(({ state }) => state === 'planned').map((row) => [row.id, row])))
  const added = [...(planning?.values() ?? [])].filter(({ id }) => planned?.has(id) !== true)
  const isGone = ({ id }: BulkItemRow): boolean => planned?.has(id) === true && planning?.has(id) !== true
  const gone = [...now.filter(isGone), ...before.filter((row) => isGone(row) && !now.some(({ id }) => id === row.id))]
  const other = [...(planning?.values() ?? [])].filter((row) => {
    const old = planned?.get(row.id)
    return old !== undefined && (old.step !== row.step || old.will !== row.will || old.changes !== row.changes || old.input !== row.input)
  })
  const sentences = [sentence(gone, 'No longer to be done'), sentence(added, 'New'), sentence(other, 'Changed meanwhile')].filter((text) => text !== '')
  return sentences.length === 0 ? 'The order of the work changed.' : sentences.join(' ')
}

import { SortChoice } from '../../components/sort-choice.tsx'
import { jobColumns } from './job-columns.tsx'
import type { JobsSort } from './jobs.search.ts'

const sorts: { value: JobsSort; label: string }[] = jobColumns.flatMap(({ sort, label, first }) => (sort === undefined ? [] : [{ value: `${sort}:${first ?? 'asc'}` as const, label: `By ${label.toLowerCase()}` }]))

/** How the cards of a narrow page are sorted. */
export const JobsSortChoice = ({ sort, onSort }: { sort: JobsSort; onSort: (sort: JobsSort) => void }) => <SortChoice choices={sorts} sort={sort} onSort={onSort} />

import { NativeSelect } from '@mantine/core'
import { jobColumns } from './job-columns.tsx'
import type { JobsSort } from './jobs.search.ts'

const sorts: { value: JobsSort; label: string }[] = jobColumns.flatMap(({ sort, label, first }) => (sort === undefined ? [] : [{ value: `${sort}:${first ?? 'asc'}` as const, label: `By ${label.toLowerCase()}` }]))

/** How the cards of a narrow page are sorted, which have no heads of columns. */
export const JobsSortChoice = ({ sort, onSort }: { sort: JobsSort; onSort: (sort: JobsSort) => void }) => (
  <NativeSelect
    aria-label="Sort"
    size="xs"
    data={sorts}
    value={sort}
    onChange={(event) => {
      const chosen = sorts.find(({ value }) => value === event.currentTarget.value)
      if (chosen !== undefined) onSort(chosen.value)
    }}
  />
)

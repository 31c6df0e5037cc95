import type { JobStatusGroup, JobsWindow } from '@refreshboard/api-types'
import { useMediaQuery } from '@mantine/hooks'
import { forwardRef, lazy, Suspense } from 'react'
import { FilterBar, FilterChip, FilterChips } from '../../components/filter-bar.tsx'
import { StatusIcon } from '../../components/job-status.tsx'
import { statusOrder, statusWords } from '../../lib/job-words.ts'
import type { JobsFilter, JobsSearch, JobsSort } from './jobs.search.ts'
import { SearchField } from '../../components/search-field.tsx'
import { TimeFilter } from '../../components/time-filter.tsx'
import { TypeFilter } from './type-filter.tsx'
import classes from './jobs-toolbar.module.css'

// Only where there is no room for the heads of the columns, which sort as well.
const JobsSortChoice = lazy(async () => ({ default: (await import('./jobs-sort-choice.tsx')).JobsSortChoice }))

interface JobsToolbarProps {
  search: JobsSearch
  data: Pick<JobsWindow, 'counts' | 'types'> | undefined
  zone: { name: string; label: string }
  /** Tableau's clock, milliseconds since 1970. */
  now: () => number
  onFilter: (patch: Partial<JobsFilter>, replace?: boolean) => void
  onSort: (sort: JobsSort) => void
}

const toggled = <T extends string>(list: readonly T[], item: T): T[] => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item])

/** One filter bar: states with their counts, type, time, search. */
export const JobsToolbar = forwardRef<HTMLInputElement, JobsToolbarProps>(({ search, data, zone, now, onFilter, onSort }, searchRef) => {
  const narrow = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false })
  const chip = (group: JobStatusGroup) => {
    const active = search.status.includes(group)
    const jobs = data?.counts[group] ?? 0
    if (group === 'Other' && jobs === 0 && !active) return null
    return (
      <FilterChip
        key={group}
        icon={<StatusIcon group={group} size={14} />}
        label={statusWords[group]}
        count={data === undefined ? undefined : jobs}
        active={active}
        tone={group === 'Failed' ? 'failed' : undefined}
        onToggle={() => onFilter({ status: toggled(search.status, group) })}
      />
    )
  }
  return (
    <FilterBar>
      <FilterChips>{statusOrder.map(chip)}</FilterChips>
      <div className={classes['others']}>
        <TypeFilter chosen={search.type} types={data?.types ?? []} onChange={(type) => onFilter({ type })} />
        <TimeFilter from={search.from} to={search.to} zone={zone} now={now} onChange={(range) => onFilter(range)} />
        {narrow && (
          <div className={classes['sort']}>
            <Suspense fallback={null}>
              <JobsSortChoice sort={search.sort} onSort={onSort} />
            </Suspense>
          </div>
        )}
        <SearchField ref={searchRef} label="Search jobs" q={search.q} onChange={(q) => onFilter({ q }, true)} />
      </div>
    </FilterBar>
  )
})
JobsToolbar.displayName = 'JobsToolbar'

import { scheduleStates } from '@refreshboard/api-types'
import type { Ref } from 'react'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { FilterBar, FilterChip, FilterChips } from '../../components/filter-bar.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { SortChoice } from '../../components/sort-choice.tsx'
import { ScheduleStateIcon } from './schedule-state.tsx'
import { tally, type ScheduleRow } from './schedule-rows.ts'
import { typeInWords } from './schedule-words.ts'
import { scheduleColumns } from './schedule-columns.tsx'
import type { SchedulesFilter, SchedulesSearch, SchedulesSort } from './schedules.search.ts'
import classes from './schedules-toolbar.module.css'

interface SchedulesToolbarProps {
  searchRef: Ref<HTMLInputElement>
  search: SchedulesSearch
  /** Every schedule; absent before the first answer. */
  rows: readonly ScheduleRow[] | undefined
  onFilter: (patch: Partial<SchedulesFilter>, replace?: boolean) => void
  onSort: (sort: SchedulesSort) => void
}

const toggled = (list: readonly string[], item: string): string[] => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item])

const sorts: { value: SchedulesSort; label: string }[] = scheduleColumns.map(({ sort, label, first }) => ({ value: `${sort}:${first}` as const, label: `By ${label.toLowerCase()}` }))

/** One filter bar: states with their counts, type, search. */
export const SchedulesToolbar = ({ searchRef, search, rows, onFilter, onSort }: SchedulesToolbarProps) => {
  const states = tally(rows ?? [], ({ schedule }) => schedule.state, [...scheduleStates, ...search.state])
  const types = tally(rows ?? [], ({ schedule }) => schedule.type, []).map(({ value, count }) => ({ key: value, label: typeInWords(value), count }))
  return (
    <FilterBar>
      <FilterChips>
        {states.map(({ value, count }) => (
          <FilterChip
            key={value}
            icon={<ScheduleStateIcon state={value} size={14} />}
            label={value}
            count={rows === undefined ? undefined : count}
            active={search.state.includes(value)}
            onToggle={() => onFilter({ state: toggled(search.state, value) })}
          />
        ))}
      </FilterChips>
      <div className={classes['others']}>
        <ChoiceFilter label="Type" many="types" chosen={search.type} choices={types} onChange={(type) => onFilter({ type })} />
        {search.view === 'table' && <SortChoice choices={sorts} sort={search.sort} className={classes['sort']} onSort={onSort} />}
        <SearchField ref={searchRef} label="Search schedules" q={search.q} onChange={(q) => onFilter({ q }, true)} />
      </div>
    </FilterBar>
  )
}

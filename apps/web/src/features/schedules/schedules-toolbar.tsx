import { scheduleStates } from '@refreshboard/api-types'
import { NativeSelect } from '@mantine/core'
import type { Ref } from 'react'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { ScheduleStateIcon } from './schedule-state.tsx'
import { tally, type ScheduleRow } from './schedule-rows.ts'
import { formatCount, typeInWords } from './schedule-words.ts'
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
    <section className={classes['bar']} aria-label="Filters">
      <div className={classes['chips']}>
        {states.map(({ value, count }) => (
          <button
            key={value}
            type="button"
            className={classes['chip']}
            aria-pressed={search.state.includes(value)}
            aria-label={rows === undefined ? value : `${value} ${formatCount(count)}`}
            onClick={() => onFilter({ state: toggled(search.state, value) })}
          >
            <ScheduleStateIcon state={value} size={14} />
            {value}
            <span className={classes['count']}>{rows === undefined ? '' : formatCount(count)}</span>
          </button>
        ))}
      </div>
      <div className={classes['others']}>
        <ChoiceFilter label="Type" many="types" chosen={search.type} choices={types} onChange={(type) => onFilter({ type })} />
        {search.view === 'table' && (
          <NativeSelect
            aria-label="Sort"
            size="xs"
            className={classes['sort'] ?? ''}
            data={sorts}
            value={search.sort}
            onChange={(event) => {
              const chosen = sorts.find(({ value }) => value === event.currentTarget.value)
              if (chosen !== undefined) onSort(chosen.value)
            }}
          />
        )}
        <SearchField ref={searchRef} label="Search schedules" q={search.q} onChange={(q) => onFilter({ q }, true)} />
      </div>
    </section>
  )
}

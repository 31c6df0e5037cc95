import type { Task } from '@refreshboard/api-types'
import { NativeSelect } from '@mantine/core'
import { useMemo, type Ref } from 'react'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { chipClass, FilterBar, FilterChip, FilterChips } from '../../components/filter-bar.tsx'
import { IconAlertTriangle, IconX } from '../../components/icons.ts'
import { SearchField } from '../../components/search-field.tsx'
import { SortChoice } from '../../components/sort-choice.tsx'
import { useSession } from '../../lib/session-store.ts'
import { taskColumns, type TaskColumn } from './task-columns.tsx'
import { choicesOf, filterTasks, type Facet } from './task-list.ts'
import { failuresOf, taskName } from '../../lib/task-words.ts'
import { taskGroups, type TaskGroup, type TasksFilter, type TasksSearch, type TasksSort } from './tasks.search.ts'
import classes from './tasks-toolbar.module.css'

interface TasksToolbarProps {
  searchRef: Ref<HTMLInputElement>
  search: TasksSearch
  tasks: readonly Task[] | undefined
  onFilter: (patch: Partial<TasksFilter>, replace?: boolean) => void
  onGroup: (group: TaskGroup) => void
  onSort: (sort: TasksSort) => void
}

const serverGroups: Record<TaskGroup, string> = { schedule: 'Grouped by schedule', project: 'Grouped by project', owner: 'Grouped by owner', none: 'Not grouped' }
const facets: readonly { facet: Facet; label: string; many: string }[] = [
  { facet: 'project', label: 'Project', many: 'projects' },
  { facet: 'owner', label: 'Owner', many: 'owners' },
  { facet: 'schedule', label: 'Schedule', many: 'schedules' },
]
const sortsOf = (columns: readonly TaskColumn[]): { value: TasksSort; label: string }[] => [
  { value: 'name:asc', label: 'By content' },
  ...columns.flatMap(({ id, sort, label, first }) => (sort === undefined ? [] : [{ value: `${sort}:${first ?? 'asc'}` as const, label: id === 'schedule' && label !== 'Schedule' ? 'By cadence' : `By ${label.toLowerCase()}` }])),
]

/** What the bar is called by on a Server, and on Tableau Cloud, where how often a task runs stands in for its schedule. */
const looks = {
  server: { groups: serverGroups, facets, sorts: sortsOf(taskColumns.server) },
  cloud: {
    groups: { ...serverGroups, schedule: 'Grouped by cadence' },
    facets: facets.map((choice) => (choice.facet === 'schedule' ? { ...choice, label: 'Cadence', many: 'cadences' } : choice)),
    sorts: sortsOf(taskColumns.cloud),
  },
} as const

const TroubleChip = ({ search, tasks, onFilter }: Pick<TasksToolbarProps, 'search' | 'tasks' | 'onFilter'>) => {
  const trouble = useMemo(() => filterTasks(tasks ?? [], search, 'trouble').filter((task) => failuresOf(task) > 0).length, [tasks, search])
  return (
    <FilterChip
      icon={<IconAlertTriangle size={14} aria-hidden />}
      label="Only trouble"
      count={tasks === undefined ? undefined : trouble}
      active={search.trouble}
      tone="late"
      onToggle={() => onFilter({ trouble: !search.trouble })}
    />
  )
}

/** The one workbook or data source that the list was narrowed to from elsewhere. */
const ContentChip = ({ search, tasks, onFilter }: Pick<TasksToolbarProps, 'search' | 'tasks' | 'onFilter'>) => {
  if (search.content === undefined) return null
  const task = tasks?.find(({ content }) => content?.id === search.content)
  const name = task === undefined ? 'one workbook or data source' : taskName(task)
  return (
    <button type="button" className={chipClass} aria-pressed aria-label={`Only ${name}: show all content`} onClick={() => onFilter({ content: undefined })}>
      <span data-ellipsis className={classes['content']}>
        Only {name}
      </span>
      <IconX size={14} aria-hidden />
    </button>
  )
}

/** One filter bar: trouble, how to group, project, owner, schedule, search. */
export const TasksToolbar = ({ searchRef, search, tasks, onFilter, onGroup, onSort }: TasksToolbarProps) => {
  const { groups: groupWords, facets: facetLooks, sorts } = looks[useSession().server.flavor]
  const choices = useMemo(() => facets.map(({ facet }) => choicesOf(tasks ?? [], search, facet)), [tasks, search])
  return (
    <FilterBar>
      <FilterChips>
        <TroubleChip search={search} tasks={tasks} onFilter={onFilter} />
        <ContentChip search={search} tasks={tasks} onFilter={onFilter} />
      </FilterChips>
      <div className={classes['others']}>
        <NativeSelect
          aria-label="Group"
          size="xs"
          className={classes['group'] ?? ''}
          data={taskGroups.map((value) => ({ value, label: groupWords[value] }))}
          value={search.group}
          onChange={(event) => {
            const chosen = taskGroups.find((group) => group === event.currentTarget.value)
            if (chosen !== undefined) onGroup(chosen)
          }}
        />
        {facetLooks.map(({ facet, label, many }, index) => (
          <ChoiceFilter key={facet} label={label} many={many} chosen={search[facet]} choices={choices[index] ?? []} onChange={(keys) => onFilter({ [facet]: keys })} />
        ))}
      </div>
      <div className={classes['find']}>
        <SortChoice choices={sorts} sort={search.sort} className={classes['sort']} onSort={onSort} />
        <SearchField ref={searchRef} label="Search tasks" q={search.q} onChange={(q) => onFilter({ q }, true)} />
      </div>
    </FilterBar>
  )
}

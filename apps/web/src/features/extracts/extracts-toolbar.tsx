import type { Content } from '@refreshboard/api-types'
import type { Ref } from 'react'
import { FilterBar, FilterChip } from '../../components/filter-bar.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { SortChoice } from '../../components/sort-choice.tsx'
import { useSession } from '../../lib/session-store.ts'
import { extractColumns } from './extract-columns.tsx'
import type { HeldWindow } from './extracts.queries.ts'
import type { ExtractsFilter, ExtractsSearch, ExtractsSort } from './extracts.search.ts'
import classes from './extracts-toolbar.module.css'

interface ExtractsToolbarProps {
  searchRef: Ref<HTMLInputElement>
  search: ExtractsSearch
  data: HeldWindow | undefined
  onFilter: (patch: Partial<ExtractsFilter>, replace?: boolean) => void
  onSort: (sort: ExtractsSort) => void
}

interface PairProps<T extends string> {
  /** What the two tell apart. */
  legend: string
  choices: readonly { value: T; label: string }[]
  counts: Record<T, number> | undefined
  chosen: T | undefined
  onChoose: (value: T | undefined) => void
}

/** Two of which one can be chosen, or neither. */
const Pair = <T extends string>({ legend, choices, counts, chosen, onChoose }: PairProps<T>) => (
  <fieldset className={classes['pair']} aria-label={legend}>
    {choices.map(({ value, label }) => (
      <FilterChip key={value} label={label} count={counts?.[value]} active={chosen === value} onToggle={() => onChoose(chosen === value ? undefined : value)} />
    ))}
  </fieldset>
)

const kinds: readonly { value: Content['kind']; label: string }[] = [
  { value: 'workbook', label: 'Workbooks' },
  { value: 'datasource', label: 'Data sources' },
]
const yesAndNo = (yes: string, no: string) => [{ value: 'yes', label: yes } as const, { value: 'no', label: no } as const]
const data = yesAndNo('Extract', 'Live')
const encryptions = yesAndNo('Encrypted', 'Not encrypted')
const scheduleds = { server: yesAndNo('On a schedule', 'On none'), cloud: yesAndNo('With a task', 'Without a task') } as const

const sorts: { value: ExtractsSort; label: string }[] = [
  { value: 'name:asc', label: 'By content' },
  ...extractColumns.server.flatMap(({ sort, label, first }) => (sort === undefined ? [] : [{ value: `${sort}:${first ?? 'asc'}` as const, label: `By ${label.toLowerCase()}` }])),
]

/** One filter bar: kind, extract or live, encryption, schedules, search. */
export const ExtractsToolbar = ({ searchRef, search, data: window, onFilter, onSort }: ExtractsToolbarProps) => {
  const { flavor } = useSession().server
  const counts = window?.counts
  return (
    <FilterBar>
      <div className={classes['chips']}>
        <Pair legend="Kind" choices={kinds} counts={counts?.kind} chosen={search.kind} onChoose={(kind) => onFilter({ kind })} />
        <Pair legend="Data" choices={data} counts={counts?.extract} chosen={search.extract} onChoose={(extract) => onFilter({ extract })} />
        {flavor === 'server' && <Pair legend="Encryption" choices={encryptions} counts={counts?.encrypted} chosen={search.encrypted} onChoose={(encrypted) => onFilter({ encrypted })} />}
        {window?.tasksOf !== 'none' && (
          <Pair legend="Refreshed" choices={scheduleds[flavor]} counts={counts?.scheduled} chosen={search.scheduled} onChoose={(scheduled) => onFilter({ scheduled })} />
        )}
      </div>
      <div className={classes['find']}>
        <SortChoice choices={sorts} sort={search.sort} className={classes['sort']} onSort={onSort} />
        <SearchField ref={searchRef} label="Search extracts" q={search.q} onChange={(q) => onFilter({ q }, true)} />
      </div>
    </FilterBar>
  )
}

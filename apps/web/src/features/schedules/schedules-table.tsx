/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows become cards where the room is short: as grids, table tags would lose their meaning */
import { useImperativeHandle, useRef, type Ref } from 'react'
import { SelectBox } from '../../components/bulk/select-box.tsx'
import type { RowAt, Selection } from '../../components/bulk/selection.ts'
import { IconArrowUp } from '../../components/icons.ts'
import { scheduleColumns, type CellContext, type ScheduleColumn } from './schedule-columns.tsx'
import type { ScheduleRow } from './schedule-rows.ts'
import { SchedulesRow } from './schedules-row.tsx'
import type { SchedulesSort } from './schedules.search.ts'
import classes from './schedules-table.module.css'

/** What the page asks of the table. */
export interface SchedulesTableHandle {
  /** Moves the focus to the next (1) or previous (-1) row. */
  step: (by: 1 | -1) => void
}

interface SchedulesTableProps {
  ref: Ref<SchedulesTableHandle>
  /** The rows that match; absent before the first answer: the rows are only shapes then. */
  rows: readonly ScheduleRow[] | undefined
  sort: SchedulesSort
  /** `Tasks`, or `Your tasks` where others are not told. */
  tasksLabel: string
  rowHeight: number
  context: CellContext
  onSort: (sort: SchedulesSort) => void
  selection: Selection
  onSelect: (row: RowAt, range: boolean) => void
  onSelectAll: (all: boolean) => void
}

const SortHeader = ({ column, label, sort, onSort }: { column: ScheduleColumn; label: string; sort: SchedulesSort; onSort: (sort: SchedulesSort) => void }) => {
  const [field, direction] = sort.split(':')
  const active = field === column.sort
  const next = active ? (direction === 'asc' ? 'desc' : 'asc') : column.first
  return (
    <div role="columnheader" data-col={column.sort} className={classes['cell']} aria-sort={active ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}>
      <button type="button" className={classes['sort']} onClick={() => onSort(`${column.sort}:${next}`)}>
        {label}
        {active && <IconArrowUp size={12} aria-hidden className={classes['arrow']} data-direction={direction} />}
      </button>
    </div>
  )
}

const shapes = Array.from({ length: 14 }, (_, index) => index)

/** The schedules that match. Rows are links; the rest of a row belongs to its link. */
export const SchedulesTable = ({ ref, rows, sort, tasksLabel, rowHeight, context, onSort, selection, onSelect, onSelectAll }: SchedulesTableProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const isSelected = (id: string) => selection === 'all' || selection.has(id)
  const some = selection === 'all' || selection.size > 0
  const all = rows !== undefined && rows.length > 0 && rows.every(({ schedule }) => isSelected(schedule.id))
  useImperativeHandle(ref, () => ({
    step: (by) => {
      const links = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
      const at = links.findIndex((link) => link === document.activeElement)
      const top = scroller.current?.getBoundingClientRect().top ?? 0
      const to = at < 0 ? links.find((link) => link.getBoundingClientRect().bottom >= top) : links[at + by]
      to?.focus()
    },
  }))
  return (
    <div ref={scroller} className={classes['scroller']} data-testid="schedules-scroller">
      <div role="table" aria-label="Schedules" aria-busy={rows === undefined} className={classes['table']} style={{ '--row': `${rowHeight}px` }}>
        <div role="rowgroup" className={classes['header']}>
          <div role="row" className={classes['headerRow']}>
            <div role="columnheader" data-col="select" className={classes['cell']}>
              <SelectBox label="Select all that match" checked={all} some={some} onSelect={() => onSelectAll(!some)} />
            </div>
            {scheduleColumns.map((column) => (
              <SortHeader key={column.sort} column={column} label={column.sort === 'tasks' ? tasksLabel : column.label} sort={sort} onSort={onSort} />
            ))}
            <div role="columnheader" data-col="fired" className={classes['cell']}>
              Last changed or fired
            </div>
            <div role="columnheader" data-col="id" className={classes['cell']}>
              Schedule id
            </div>
          </div>
        </div>
        <div role="rowgroup">
          {rows === undefined
            ? shapes.map((index) => <SchedulesRow key={index} row={undefined} index={index} context={context} onSelect={onSelect} />)
            : rows.map((row, index) => <SchedulesRow key={row.schedule.id} row={row} index={index} context={context} selected={isSelected(row.schedule.id)} onSelect={onSelect} />)}
        </div>
      </div>
    </div>
  )
}

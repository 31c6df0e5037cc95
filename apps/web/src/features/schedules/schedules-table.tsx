import { useImperativeHandle, useRef, type Ref } from 'react'
import { SelectBox } from '../../components/bulk/select-box.tsx'
import type { RowAt, Selection } from '../../components/bulk/selection.ts'
import { Head, ListTable, SortHead } from '../../components/list-table/list-table.tsx'
import { scheduleColumns, type CellContext } from './schedule-columns.tsx'
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
    <ListTable
      ref={scroller}
      label="Schedules"
      className={classes['columns']}
      busy={rows === undefined}
      head={
        <>
          <Head column="select">
            <SelectBox label="Select all that match" checked={all} some={some} onSelect={() => onSelectAll(!some)} />
          </Head>
          {scheduleColumns.map((column) => (
            <SortHead key={column.sort} column={{ ...column, id: column.sort, label: column.sort === 'tasks' ? tasksLabel : column.label }} sort={sort} onSort={onSort} />
          ))}
          <Head column="fired">Last changed or fired</Head>
          <Head column="id">Schedule id</Head>
        </>
      }
    >
      {rows === undefined
        ? shapes.map((index) => <SchedulesRow key={index} row={undefined} index={index} height={rowHeight} context={context} onSelect={onSelect} />)
        : rows.map((row, index) => <SchedulesRow key={row.schedule.id} row={row} index={index} height={rowHeight} context={context} selected={isSelected(row.schedule.id)} onSelect={onSelect} />)}
    </ListTable>
  )
}

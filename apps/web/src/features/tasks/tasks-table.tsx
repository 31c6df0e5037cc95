import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react'
import { paths } from '../../app/paths.ts'
import { SelectBox } from '../../components/bulk/select-box.tsx'
import type { Selection } from '../../components/bulk/selection.ts'
import { Head, ListTable, SortHead } from '../../components/list-table/list-table.tsx'
import { useSession } from '../../lib/session-store.ts'
import { taskColumns, type TaskColumn } from './task-columns.tsx'
import type { TaskItem } from './task-list.ts'
import { TasksGroupRow } from './tasks-group-row.tsx'
import { TasksRow, type RowContext } from './tasks-row.tsx'
import type { TasksSearch, TasksSort } from './tasks.search.ts'
import classes from './tasks-table.module.css'

/** What the page asks of the table. */
export interface TasksTableHandle {
  /** Moves the focus to the next (1) or previous (-1) row. */
  step: (by: 1 | -1) => void
  focusItem: (key: string) => void
  toTop: () => void
}

interface TasksTableProps {
  ref: Ref<TasksTableHandle>
  /** The rows; absent before the first answer: then they are only shapes. */
  items: readonly TaskItem[] | undefined
  search: TasksSearch
  heights: { row: number; group: number }
  context: RowContext
  onSort: (sort: TasksSort) => void
  onToggle: (group: string) => void
  selection: Selection
  /** Everything that matches is selected. */
  allSelected: boolean
  onSelectAll: (all: boolean) => void
}

const headerHeight = 32
const shapes = 40
const nameColumn: Omit<TaskColumn, 'render'> = { id: 'name', label: 'Content', sort: 'name' }

/** All tasks that match under the heads of their groups, of which only the rows in sight exist. A row belongs to its link. */
export const TasksTable = ({ ref, items, search, heights, context, onSort, onToggle, selection, allSelected, onSelectAll }: TasksTableProps) => {
  const { flavor } = useSession().server
  const shownColumns = taskColumns[flavor]
  const scroller = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState<{ key: string }>()
  const total = items?.length ?? shapes
  const some = selection === 'all' || selection.size > 0
  const current = focus === undefined || items === undefined ? -1 : items.findIndex(({ key }) => key === focus.key)
  // The React compiler, which could not follow it, is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items?.[index]?.kind === 'group' ? heights.group : heights.row),
    getItemKey: (index) => items?.[index]?.key ?? index,
    overscan: 12,
    scrollPaddingEnd: headerHeight,
    // The row with the focus stays, or the focus would fall to the page.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range)
      return current < 0 || rows.includes(current) ? rows : [...rows, current].toSorted((a, b) => a - b)
    },
  })
  useLayoutEffect(() => {
    virtualizer.measure()
  }, [virtualizer, heights.row, heights.group, items])

  const focusIndex = (index: number) => {
    const target = Math.max(0, Math.min(index, total - 1))
    const item = items?.[target]
    if (item === undefined) return
    setFocus({ key: item.key })
    virtualizer.scrollToIndex(target, { align: 'auto' })
  }
  const focused = useRef<{ key: string }>(undefined)
  useEffect(() => {
    if (focus === undefined || focused.current === focus) return
    const element = scroller.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(focus.key)}"]`)
    if (element === null || element === undefined) return
    element.focus({ preventScroll: true })
    focused.current = focus
  })

  useImperativeHandle(ref, () => ({
    step: (by) => {
      const top = virtualizer.getVirtualItems().find(({ start }) => start >= (scroller.current?.scrollTop ?? 0))?.index ?? 0
      focusIndex(current < 0 ? top : current + by)
    },
    focusItem: (key) => {
      const index = items?.findIndex((item) => item.key === key) ?? -1
      if (index >= 0) focusIndex(index)
    },
    toTop: () => {
      setFocus(undefined)
      if (scroller.current !== null) scroller.current.scrollTop = 0
    },
  }))

  return (
    <ListTable
      ref={scroller}
      label="Tasks"
      className={classes['columns']}
      rowCount={items === undefined ? -1 : total + 1}
      busy={items === undefined}
      height={virtualizer.getTotalSize()}
      head={
        <>
          <Head column="select">
            <SelectBox label="Select all that match" checked={allSelected} some={some} onSelect={() => onSelectAll(!some)} />
          </Head>
          {[nameColumn, ...shownColumns].map((column) => (
            <SortHead key={column.id} column={column} sort={search.sort} onSort={onSort} />
          ))}
          <Head column="run">Run</Head>
        </>
      }
    >
      {virtualizer.getVirtualItems().map(({ index, start, size, key }) => {
        const item = items?.[index]
        if (item?.kind === 'group') {
          return (
            <TasksGroupRow
              key={item.key}
              head={item}
              index={index}
              height={size}
              top={start}
              columns={shownColumns.length + 3}
              ofSchedule={search.group === 'schedule' && flavor === 'server'}
              context={context}
              onToggle={() => onToggle(item.key)}
            />
          )
        }
        return (
          <TasksRow
            key={String(key)}
            task={item?.task}
            itemKey={item?.key ?? ''}
            index={index}
            height={size}
            top={start}
            selected={item !== undefined && (selection === 'all' || selection.has(item.task.id))}
            open={item !== undefined && item.task.id === search.task}
            to={item === undefined ? '' : paths.tasks({ ...search, task: item.task.id })}
            context={context}
          />
        )
      })}
    </ListTable>
  )
}

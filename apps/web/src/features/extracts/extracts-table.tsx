/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual table are placed blocks: as grids, table tags would lose their meaning */
import type { ExtractRow } from '@refreshboard/api-types'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react'
import { paths } from '../../app/paths.ts'
import { IconArrowUp } from '../../components/icons.ts'
import { extractColumns, type CellContext, type ExtractColumn } from './extract-columns.tsx'
import { ExtractsRow } from './extracts-row.tsx'
import { openIn, opening, type ExtractsSearch, type ExtractsSort } from './extracts.search.ts'
import type { RowRange } from './use-extracts-view.ts'
import classes from './extracts-table.module.css'

/** What the page asks of the table. */
export interface ExtractsTableHandle {
  /** Moves the focus to the next (1) or previous (-1) row. */
  step: (by: 1 | -1) => void
  focusRow: (index: number) => void
  toTop: () => void
}

interface ExtractsTableProps {
  ref: Ref<ExtractsTableHandle>
  total: number
  rowAt: (index: number) => ExtractRow | undefined
  search: ExtractsSearch
  rowHeight: number
  context: CellContext
  dim: boolean
  /** False before the first answer: the rows are only shapes then. */
  loaded: boolean
  onRange: (range: RowRange) => void
  onSort: (sort: ExtractsSort) => void
}

const headerHeight = 32
const nameColumn: Omit<ExtractColumn, 'render'> = { id: 'name', label: 'Content', sort: 'name' }

const SortHeader = ({ column, sort, onSort }: { column: Omit<ExtractColumn, 'render'>; sort: ExtractsSort; onSort: (sort: ExtractsSort) => void }) => {
  const [field, direction] = sort.split(':')
  const sortBy = column.sort
  const active = sortBy !== undefined && field === sortBy
  const next = active ? (direction === 'asc' ? 'desc' : 'asc') : (column.first ?? 'asc')
  return (
    <div role="columnheader" data-col={column.id} className={classes['cell']} aria-sort={active ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}>
      {sortBy === undefined ? (
        column.label
      ) : (
        <button type="button" className={classes['sort']} onClick={() => onSort(`${sortBy}:${next}`)}>
          {column.label}
          {active && <IconArrowUp size={12} aria-hidden className={classes['arrow']} data-direction={direction} />}
        </button>
      )}
    </div>
  )
}

/** Everything that matches, of which only the rows in sight exist. A row belongs to its link. */
export const ExtractsTable = ({ ref, total, rowAt, search, rowHeight, context, dim, loaded, onRange, onSort }: ExtractsTableProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState<{ row: number }>()
  const current = focus?.row
  // The React compiler, which could not follow it, is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingEnd: headerHeight,
    // The row with the focus stays, or the focus would fall to the page.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range)
      return current === undefined || current >= total || rows.includes(current) ? rows : [...rows, current].toSorted((a, b) => a - b)
    },
  })
  useLayoutEffect(() => {
    virtualizer.measure()
  }, [virtualizer, rowHeight])

  const first = virtualizer.range?.startIndex ?? 0
  const last = virtualizer.range?.endIndex ?? 0
  useEffect(() => {
    onRange({ first, last: Math.max(first, Math.min(last, Math.max(0, total - 1))) })
  }, [first, last, total, onRange])

  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(index, total - 1))
    setFocus({ row: target })
    virtualizer.scrollToIndex(target, { align: 'auto' })
  }
  const currentId = current === undefined ? undefined : rowAt(current)?.content.id
  const focused = useRef<{ row: number }>(undefined)
  useEffect(() => {
    if (focus === undefined || focused.current === focus || currentId === undefined) return
    scroller.current?.querySelector<HTMLElement>(`[data-row="${focus.row}"]`)?.focus({ preventScroll: true })
    focused.current = focus
  }, [focus, currentId])

  useImperativeHandle(ref, () => ({
    step: (by) => {
      const top = Math.ceil((scroller.current?.scrollTop ?? 0) / rowHeight)
      focusRow(current === undefined ? top : current + by)
    },
    focusRow,
    toTop: () => {
      setFocus(undefined)
      if (scroller.current !== null) scroller.current.scrollTop = 0
    },
  }))

  const open = openIn(search)
  return (
    <div ref={scroller} className={classes['scroller']} data-flavor={context.flavor} data-dim={dim || undefined} data-testid="extracts-scroller">
      <div role="table" aria-label="Extracts" aria-rowcount={loaded ? total + 1 : -1} aria-busy={dim || !loaded} className={classes['table']}>
        <div role="rowgroup" className={classes['header']}>
          <div role="row" aria-rowindex={1} className={classes['headerRow']}>
            {[nameColumn, ...extractColumns[context.flavor]].map((column) => (
              <SortHeader key={column.id} column={column} sort={search.sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes['body']} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rowAt(index)
            return (
              <ExtractsRow
                key={row === undefined ? index : `${row.content.kind} ${row.content.id}`}
                row={row}
                index={index}
                height={rowHeight}
                top={start}
                open={row !== undefined && open !== undefined && row.content.id === open.id && row.content.kind === open.kind}
                to={row === undefined ? '' : paths.extracts({ ...search, ...opening(row.content) })}
                context={context}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

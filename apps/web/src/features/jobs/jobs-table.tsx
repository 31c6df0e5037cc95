/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual table are placed blocks: as grids, table tags would lose their meaning */
import type { Job } from '@refreshboard/api-types'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react'
import { paths } from '../../app/paths.ts'
import { SelectBox } from '../../components/bulk/select-box.tsx'
import type { RowAt, Selection } from '../../components/bulk/selection.ts'
import { IconArrowUp } from '../../components/icons.ts'
import { jobColumns, type CellContext } from './job-columns.tsx'
import { JobsRow } from './jobs-row.tsx'
import type { JobsSearch, JobsSort } from './jobs.search.ts'
import type { RowRange } from './use-jobs-view.ts'
import classes from './jobs-table.module.css'

/** What the page asks of the table. */
export interface JobsTableHandle {
  /** Moves the focus to the next (1) or previous (-1) row. */
  step: (by: 1 | -1) => void
  focusRow: (index: number) => void
  toTop: () => void
}

interface JobsTableProps {
  ref: Ref<JobsTableHandle>
  total: number
  rowAt: (index: number) => Job | undefined
  search: JobsSearch
  rowHeight: number
  context: CellContext
  dim: boolean
  /** False before the first answer: the rows are only shapes then. */
  loaded: boolean
  onRange: (range: RowRange) => void
  /** The first visible row, when scrolling came to rest. */
  onRest: (row: number) => void
  onSort: (sort: JobsSort) => void
  selection: Selection
  onSelect: (row: RowAt, range: boolean) => void
  onSelectAll: (all: boolean) => void
}

const headerHeight = 32
const restMs = 250

const SortHeader = ({ column, sort, onSort }: { column: (typeof jobColumns)[number] | { id: 'name'; label: string; sort: 'title'; first: 'asc' }; sort: JobsSort; onSort: (sort: JobsSort) => void }) => {
  const [field, direction] = sort.split(':')
  const active = column.sort !== undefined && field === column.sort
  const first = column.first ?? 'asc'
  const next = active ? (direction === 'asc' ? 'desc' : 'asc') : first
  const sortBy = column.sort
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

const nameColumn = { id: 'name', label: 'Content', sort: 'title', first: 'asc' } as const

/** All jobs that match, of which only the rows in sight exist. Rows are links; the rest of a row belongs to its link. */
export const JobsTable = ({ ref, total, rowAt, search, rowHeight, context, dim, loaded, onRange, onRest, onSort, selection, onSelect, onSelectAll }: JobsTableProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState<{ row: number }>()
  const current = focus?.row
  const [wanted, setWanted] = useState(search.row)
  const all = selection === 'all'
  const some = all || selection.size > 0
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

  // The address names the first row; it can be scrolled to once it is known how many there are.
  useLayoutEffect(() => {
    if (wanted === 0 || !loaded || total === 0 || scroller.current === null) return
    scroller.current.scrollTop = Math.min(wanted, total - 1) * rowHeight
    setWanted(0)
  }, [wanted, loaded, total, rowHeight])

  const range = virtualizer.range
  const first = wanted > 0 ? wanted : (range?.startIndex ?? 0)
  const last = wanted > 0 ? wanted : (range?.endIndex ?? 0)
  useEffect(() => {
    onRange({ first, last: Math.max(first, Math.min(last, Math.max(0, total - 1))) })
  }, [first, last, total, onRange])

  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(rest.current), [])
  // The address may have changed while the scrolling came to rest.
  const atRest = useRef(onRest)
  useEffect(() => {
    atRest.current = onRest
  })
  const scrolled = () => {
    clearTimeout(rest.current)
    rest.current = setTimeout(() => {
      if (scroller.current !== null) atRest.current(Math.round(scroller.current.scrollTop / rowHeight))
    }, restMs)
  }

  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(index, total - 1))
    setFocus({ row: target })
    virtualizer.scrollToIndex(target, { align: 'auto' })
  }
  const currentId = current === undefined ? undefined : rowAt(current)?.id
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
      setWanted(0)
      if (scroller.current !== null) scroller.current.scrollTop = 0
    },
  }))

  return (
    <div ref={scroller} className={classes['scroller']} onScroll={scrolled} data-dim={dim || undefined} data-testid="jobs-scroller">
      <div role="table" aria-label="Jobs" aria-rowcount={loaded ? total + 1 : -1} aria-busy={dim || !loaded} className={classes['table']}>
        <div role="rowgroup" className={classes['header']}>
          <div role="row" aria-rowindex={1} className={classes['headerRow']}>
            <div role="columnheader" data-col="select" className={classes['cell']}>
              <SelectBox label="Select all that match" checked={all} some={some} onSelect={() => onSelectAll(!some)} />
            </div>
            <SortHeader column={nameColumn} sort={search.sort} onSort={onSort} />
            {jobColumns.map((column) => (
              <SortHeader key={column.id} column={column} sort={search.sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes['body']} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const job = rowAt(index)
            return (
              <JobsRow
                key={index}
                job={job}
                index={index}
                height={rowHeight}
                top={start}
                open={job !== undefined && job.id === search.job}
                to={job === undefined ? '' : paths.jobs({ ...search, job: job.id })}
                context={context}
                selected={job !== undefined && (all || selection.has(job.id))}
                onSelect={onSelect}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

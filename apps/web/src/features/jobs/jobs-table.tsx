import type { Job } from '@refreshboard/api-types'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { paths } from '../../app/paths.ts'
import { SelectBox } from '../../components/bulk/select-box.tsx'
import type { RowAt, Selection } from '../../components/bulk/selection.ts'
import { Head, ListTable, SortHead } from '../../components/list-table/list-table.tsx'
import { useRows, type RowRange, type RowsHandle } from '../../components/list-table/use-rows.ts'
import { jobColumns, type CellContext } from './job-columns.tsx'
import { JobsRow } from './jobs-row.tsx'
import type { JobsSearch, JobsSort } from './jobs.search.ts'
import classes from './jobs-table.module.css'

interface JobsTableProps {
  ref: Ref<RowsHandle>
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

const restMs = 250

const nameColumn = { id: 'name', label: 'Content', sort: 'title', first: 'asc' } as const

/** All jobs that match, of which only the rows in sight exist. Rows are links; the rest of a row belongs to its link. */
export const JobsTable = ({ ref, total, rowAt, search, rowHeight, context, dim, loaded, onRange, onRest, onSort, selection, onSelect, onSelectAll }: JobsTableProps) => {
  const { scroller, virtualizer, handle } = useRows({ total, rowHeight, loaded, idAt: (index) => rowAt(index)?.id, onRange, startAt: search.row })
  useImperativeHandle(ref, () => handle)
  const all = selection === 'all'
  const some = all || selection.size > 0
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

  return (
    <ListTable
      ref={scroller}
      label="Jobs"
      className={classes['columns']}
      rowCount={loaded ? total + 1 : -1}
      busy={dim || !loaded}
      dim={dim}
      height={virtualizer.getTotalSize()}
      onScroll={scrolled}
      head={
        <>
          <Head column="select">
            <SelectBox label="Select all that match" checked={all} some={some} onSelect={() => onSelectAll(!some)} />
          </Head>
          <SortHead column={nameColumn} sort={search.sort} onSort={onSort} />
          {jobColumns.map((column) => (
            <SortHead key={column.id} column={column} sort={search.sort} onSort={onSort} />
          ))}
        </>
      }
    >
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
    </ListTable>
  )
}

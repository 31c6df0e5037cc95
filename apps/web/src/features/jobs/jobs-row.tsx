/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual table are placed blocks: as grids, table tags would lose their meaning */
import type { Job } from '@refreshboard/api-types'
import { memo } from 'react'
import { Link } from 'react-router'
import { SelectBox } from '../../components/bulk/select-box.tsx'
import type { RowAt } from '../../components/bulk/selection.ts'
import { Bone, Cell, rowClasses } from '../../components/list-table/list-table.tsx'
import { MiddleTruncate } from '../../components/middle-truncate.tsx'
import { jobColumns, type CellContext } from './job-columns.tsx'
import { jobName, statusInWords } from '../../lib/job-words.ts'

interface JobsRowProps {
  job: Job | undefined
  index: number
  height: number
  top: number
  open: boolean
  /** Where the name leads: the same page with this job open. */
  to: string
  context: CellContext
  selected: boolean
  onSelect: (row: RowAt, range: boolean) => void
}

/** One job, or the shape of one while it is being read. */
export const JobsRow = memo(({ job, index, height, top, open, to, context, selected, onSelect }: JobsRowProps) => (
  <div
    role="row"
    aria-rowindex={index + 2}
    className={rowClasses.placed}
    data-open={open || undefined}
    data-selected={selected || undefined}
    data-status={job?.status}
    style={{ height, transform: `translateY(${top}px)` }}
  >
    <Cell column="select">
      {job !== undefined && <SelectBox id={job.id} label={`Select ${jobName(job)}`} checked={selected} onSelect={(range) => onSelect({ id: job.id, index }, range)} />}
    </Cell>
    <Cell column="name">
      {job === undefined ? (
        <Bone />
      ) : (
        <>
          <Link
            to={to}
            preventScrollReset
            data-row={index}
            className={rowClasses.link}
            aria-label={`${jobName(job)}, ${statusInWords(job.status)}`}
            aria-current={open ? 'true' : undefined}
            title={jobName(job)}
          >
            <MiddleTruncate text={jobName(job)} />
          </Link>
          {job.subtitle !== undefined && <span className={rowClasses.beside}>{job.subtitle}</span>}
        </>
      )}
    </Cell>
    {jobColumns.map((column) => (
      <Cell key={column.id} column={column.id}>
        {job === undefined ? <Bone /> : column.render(job, context)}
      </Cell>
    ))}
  </div>
))
JobsRow.displayName = 'JobsRow'

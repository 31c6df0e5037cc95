/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are placed blocks, and cards where the room is short: as grids, table tags would lose their meaning */
import type { ReactNode, Ref, UIEventHandler } from 'react'
import { IconArrowUp } from '../icons.ts'
import classes from './list-table.module.css'

interface ListTableProps {
  ref: Ref<HTMLDivElement>
  /** “Jobs”; also what the scroller is found by. */
  label: string
  /** Its columns and areas by room. */
  className: string | undefined
  /** How many rows there are, the head among them; absent where all of them are here, −1 where it is not known yet. */
  rowCount?: number
  busy: boolean
  /** What is shown is not yet what was asked for. */
  dim?: boolean
  flavor?: 'server' | 'cloud'
  /** Of all rows together, where only those in sight are here; in pixels. */
  height?: number
  head: ReactNode
  onScroll?: UIEventHandler
  children: ReactNode
}

/** A list as a table that scrolls by itself under its head, and becomes cards where the room is short. */
export const ListTable = ({ ref, label, className, rowCount, busy, dim = false, flavor, height, head, onScroll, children }: ListTableProps) => (
  <div ref={ref} className={classes['scroller']} onScroll={onScroll} data-dim={dim || undefined} data-testid={`${label.toLowerCase()}-scroller`}>
    <div role="table" aria-label={label} aria-rowcount={rowCount} aria-busy={busy} data-flavor={flavor} className={`${classes['table']} ${className}`}>
      <div role="rowgroup" className={classes['header']}>
        <div role="row" aria-rowindex={rowCount === undefined ? undefined : 1} className={`${classes['line']} ${classes['headerRow']}`}>
          {head}
        </div>
      </div>
      <div role="rowgroup" className={classes['body']} style={{ height }}>
        {children}
      </div>
    </div>
  </div>
)

/** A head that does not sort. */
export const Head = ({ column, children }: { column: string; children: ReactNode }) => (
  <div role="columnheader" data-col={column} style={{ gridArea: column }} className={classes['cell']}>
    {children}
  </div>
)

interface SortedColumn<Field extends string> {
  id: string
  label: string
  sort?: Field | undefined
  /** Which way the first click sorts; ascending where it is not told. */
  first?: 'asc' | 'desc' | undefined
}

interface SortHeadProps<Field extends string> {
  column: SortedColumn<NoInfer<Field>>
  sort: `${Field}:${'asc' | 'desc'}`
  onSort: (sort: `${NoInfer<Field>}:${'asc' | 'desc'}`) => void
}

/** The head of a column, which sorts by it where that can be done, and the other way round at the second click. */
export const SortHead = <Field extends string>({ column, sort, onSort }: SortHeadProps<Field>) => {
  const { id, label, sort: by, first = 'asc' } = column
  const direction = by === undefined ? undefined : sort === `${by}:asc` ? 'asc' : sort === `${by}:desc` ? 'desc' : undefined
  if (by === undefined) return <Head column={id}>{label}</Head>
  const next = direction === undefined ? first : direction === 'asc' ? 'desc' : 'asc'
  return (
    <div role="columnheader" data-col={id} style={{ gridArea: id }} className={classes['cell']} aria-sort={direction === undefined ? undefined : direction === 'asc' ? 'ascending' : 'descending'}>
      <button type="button" className={classes['sort']} onClick={() => onSort(`${by}:${next}`)}>
        {label}
        {direction !== undefined && <IconArrowUp size={12} aria-hidden className={classes['arrow']} data-direction={direction} />}
      </button>
    </div>
  )
}

/** One value of a row. Its place is the area of its column's name. */
export const Cell = ({ column, pending = false, children }: { column: string; pending?: boolean; children?: ReactNode }) => (
  <div role="cell" data-col={column} data-pending={pending || undefined} style={{ gridArea: column }} className={classes['cell']}>
    {children}
  </div>
)

/** The shape of a value that is still being read. */
export const Bone = () => <span className={classes['bone']} />

/** Classes of a row and of what stands in it. */
export const rowClasses = {
  row: `${classes['line']} ${classes['row']}`,
  placed: `${classes['line']} ${classes['row']} ${classes['placed']}`,
  /** Of a line across all columns, placed by a virtualizer. */
  band: classes['band'],
  /** In a row: everything of it belongs to this link. */
  link: classes['link'],
  /** Told beside the name, until it has a column of its own. */
  beside: classes['beside'],
  /** The sign of what kind of content it is, before its name. */
  kind: classes['kind'],
} as const

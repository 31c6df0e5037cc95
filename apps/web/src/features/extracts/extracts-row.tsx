/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual table are placed blocks: as grids, table tags would lose their meaning */
import type { ExtractRow } from '@refreshboard/api-types'
import { memo, type ReactNode } from 'react'
import { Link } from 'react-router'
import { ContentIcon } from '../../components/content-picture.tsx'
import { MiddleTruncate } from '../../components/middle-truncate.tsx'
import { contentName, kindWords } from '../../lib/task-words.ts'
import { extractColumns, type CellContext } from './extract-columns.tsx'
import classes from './extracts-table.module.css'

interface ExtractsRowProps {
  row: ExtractRow | undefined
  index: number
  height: number
  top: number
  open: boolean
  /** Where the name leads: the same page with this one open. */
  to: string
  context: CellContext
}

const Cell = ({ column, children }: { column: string; children?: ReactNode }) => (
  <div role="cell" data-col={column} className={classes['cell']}>
    {children}
  </div>
)

const Bone = () => <span className={classes['bone']} />

const Name = ({ row: { content }, index, open, to }: Pick<ExtractsRowProps, 'index' | 'open' | 'to'> & { row: ExtractRow }) => {
  const name = contentName(content)
  return (
    <>
      <span className={classes['kind']}>
        <ContentIcon kind={content.kind} />
      </span>
      <Link to={to} preventScrollReset data-row={index} className={classes['link']} aria-label={`${name}, ${kindWords[content.kind].toLowerCase()}`} aria-current={open ? 'true' : undefined} title={name}>
        <MiddleTruncate text={name} />
      </Link>
      {content.project?.name !== undefined && <span className={classes['project']}>{content.project.name}</span>}
    </>
  )
}

/** One workbook or data source, or the shape of one while it is being read. */
export const ExtractsRow = memo(({ row, index, height, top, open, to, context }: ExtractsRowProps) => (
  <div role="row" aria-rowindex={index + 2} className={classes['row']} data-open={open || undefined} style={{ height, transform: `translateY(${top}px)` }}>
    <div role="cell" data-col="name" className={classes['cell']}>
      {row === undefined ? <Bone /> : <Name row={row} index={index} open={open} to={to} />}
    </div>
    {extractColumns[context.flavor].map((column) => (
      <Cell key={column.id} column={column.id}>
        {row === undefined ? <Bone /> : column.render(row, context)}
      </Cell>
    ))}
  </div>
))
ExtractsRow.displayName = 'ExtractsRow'

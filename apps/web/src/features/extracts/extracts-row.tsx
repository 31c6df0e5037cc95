/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual table are placed blocks: as grids, table tags would lose their meaning */
import type { ExtractRow } from '@refreshboard/api-types'
import { memo } from 'react'
import { Link } from 'react-router'
import { ContentIcon } from '../../components/content-picture.tsx'
import { Bone, Cell, rowClasses } from '../../components/list-table/list-table.tsx'
import { MiddleTruncate } from '../../components/middle-truncate.tsx'
import { contentName, kindWords } from '../../lib/task-words.ts'
import { extractColumns, type CellContext } from './extract-columns.tsx'

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

const Name = ({ row: { content }, index, open, to }: Pick<ExtractsRowProps, 'index' | 'open' | 'to'> & { row: ExtractRow }) => {
  const name = contentName(content)
  return (
    <>
      <span className={rowClasses.kind}>
        <ContentIcon kind={content.kind} />
      </span>
      <Link to={to} preventScrollReset data-row={index} className={rowClasses.link} aria-label={`${name}, ${kindWords[content.kind].toLowerCase()}`} aria-current={open ? 'true' : undefined} title={name}>
        <MiddleTruncate text={name} />
      </Link>
      {content.project?.name !== undefined && <span className={rowClasses.beside}>{content.project.name}</span>}
    </>
  )
}

/** One workbook or data source, or the shape of one while it is being read. */
export const ExtractsRow = memo(({ row, index, height, top, open, to, context }: ExtractsRowProps) => (
  <div role="row" aria-rowindex={index + 2} className={rowClasses.placed} data-open={open || undefined} style={{ height, transform: `translateY(${top}px)` }}>
    <Cell column="name">
      {row === undefined ? <Bone /> : <Name row={row} index={index} open={open} to={to} />}
    </Cell>
    {extractColumns[context.flavor].map((column) => (
      <Cell key={column.id} column={column.id}>
        {row === undefined ? <Bone /> : column.render(row, context)}
      </Cell>
    ))}
  </div>
))
ExtractsRow.displayName = 'ExtractsRow'

import type { ExtractRow } from '@refreshboard/api-types'
import { useImperativeHandle, type Ref } from 'react'
import { paths } from '../../app/paths.ts'
import { ListTable, SortHead } from '../../components/list-table/list-table.tsx'
import { useRows, type RowRange, type RowsHandle } from '../../components/list-table/use-rows.ts'
import { extractColumns, type CellContext, type ExtractColumn } from './extract-columns.tsx'
import { ExtractsRow } from './extracts-row.tsx'
import { openIn, opening, type ExtractsSearch, type ExtractsSort } from './extracts.search.ts'
import classes from './extracts-table.module.css'

interface ExtractsTableProps {
  ref: Ref<RowsHandle>
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

const nameColumn: Omit<ExtractColumn, 'render'> = { id: 'name', label: 'Content', sort: 'name' }

/** Everything that matches, of which only the rows in sight exist. A row belongs to its link. */
export const ExtractsTable = ({ ref, total, rowAt, search, rowHeight, context, dim, loaded, onRange, onSort }: ExtractsTableProps) => {
  const { scroller, virtualizer, handle } = useRows({ total, rowHeight, loaded, idAt: (index) => rowAt(index)?.content.id, onRange })
  useImperativeHandle(ref, () => handle)
  const open = openIn(search)
  return (
    <ListTable
      ref={scroller}
      label="Extracts"
      className={classes['columns']}
      rowCount={loaded ? total + 1 : -1}
      busy={dim || !loaded}
      dim={dim}
      flavor={context.flavor}
      height={virtualizer.getTotalSize()}
      head={[nameColumn, ...extractColumns[context.flavor]].map((column) => (
        <SortHead key={column.id} column={column} sort={search.sort} onSort={onSort} />
      ))}
    >
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
    </ListTable>
  )
}

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual table are placed blocks: as grids, table tags would lose their meaning */
import type { Permission, Session, Task } from '@refreshboard/api-types'
import { memo } from 'react'
import { Link } from 'react-router'
import { SelectBox } from '../../components/bulk/select-box.tsx'
import type { RowAt } from '../../components/bulk/selection.ts'
import { ContentIcon } from '../../components/content-picture.tsx'
import { IconPlugConnected } from '../../components/icons.ts'
import { Bone, Cell, rowClasses } from '../../components/list-table/list-table.tsx'
import { MiddleTruncate } from '../../components/middle-truncate.tsx'
import { RunCell } from './run-cell.tsx'
import { taskColumns, type CellContext } from './task-columns.tsx'
import { failureWords, taskName } from '../../lib/task-words.ts'

export interface RowContext extends CellContext {
  flavor: Session['server']['flavor']
  runNow: Permission
  /** False while names are still being read. */
  named: boolean
  onStarted: (key: string) => void
  onMore: (taskId: string) => void
  onSelect: (row: RowAt, range: boolean) => void
}

interface TasksRowProps {
  task: Task | undefined
  itemKey: string
  index: number
  height: number
  top: number
  open: boolean
  selected: boolean
  /** Where the name leads: the same page with this task open. */
  to: string
  context: RowContext
}

const Name = ({ task, itemKey, open, to, named }: { task: Task; itemKey: string; open: boolean; to: string; named: boolean }) => {
  const name = taskName(task)
  const failures = failureWords(task)
  return (
    <>
      <span className={rowClasses.kind}>{task.content === undefined ? <IconPlugConnected size={16} stroke={1.5} aria-hidden /> : <ContentIcon kind={task.content.kind} />}</span>
      <Link
        to={to}
        preventScrollReset
        data-item={itemKey}
        className={rowClasses.link}
        aria-label={failures === undefined ? name : `${name}, ${failures}`}
        aria-current={open ? 'true' : undefined}
        title={name}
      >
        {!named && task.content !== undefined && task.content.name === undefined ? <Bone /> : <MiddleTruncate text={name} />}
      </Link>
      {task.content?.project?.name !== undefined && <span className={rowClasses.beside}>{task.content.project.name}</span>}
    </>
  )
}

/** One task, or the shape of one while the list is being read. */
export const TasksRow = memo(({ task, itemKey, index, height, top, open, selected, to, context }: TasksRowProps) => (
  <div role="row" aria-rowindex={index + 2} className={rowClasses.placed} data-open={open || undefined} data-selected={selected || undefined} style={{ height, transform: `translateY(${top}px)` }}>
    <Cell column="select">
      {task !== undefined && <SelectBox id={task.id} label={`Select ${taskName(task)}`} checked={selected} onSelect={(range) => context.onSelect({ id: task.id, index }, range)} />}
    </Cell>
    <Cell column="name">
      {task === undefined ? <Bone /> : <Name task={task} itemKey={itemKey} open={open} to={to} named={context.named} />}
    </Cell>
    {taskColumns[context.flavor].map((column) => (
      <Cell key={column.id} column={column.id}>
        {task === undefined ? <Bone /> : column.render(task, context)}
      </Cell>
    ))}
    <Cell column="run">
      {task !== undefined && (
        <RunCell task={task} runNow={context.runNow} clock={context.clock} zone={context.zone} onStarted={() => context.onStarted(itemKey)} onMore={() => context.onMore(task.id)} />
      )}
    </Cell>
  </div>
))
TasksRow.displayName = 'TasksRow'

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual table are placed blocks: as grids, table tags would lose their meaning */
import { IconAlertTriangle, IconChevronRight, IconPlayerPause } from '../../components/icons.ts'
import { rowClasses } from '../../components/list-table/list-table.tsx'
import { NextRun } from '../../components/next-run.tsx'
import type { CellContext } from './task-columns.tsx'
import { troubleKey, type TaskGroupHead } from './task-list.ts'
import { isSuspendedSchedule } from '../../lib/task-words.ts'
import classes from './tasks-table.module.css'

interface TasksGroupRowProps {
  head: TaskGroupHead
  index: number
  height: number
  top: number
  columns: number
  /** Grouped by schedule: its state and next run are told once. */
  ofSchedule: boolean
  context: CellContext
  onToggle: () => void
}

const count = new Intl.NumberFormat('en-US')

/** The head of a group: what it holds, and how many. It folds by click, Enter and space. */
export const TasksGroupRow = ({ head, index, height, top, columns, ofSchedule, context, onToggle }: TasksGroupRowProps) => {
  const trouble = head.key === troubleKey
  const { schedule } = head.sample
  return (
    <div role="row" aria-rowindex={index + 2} className={`${rowClasses.band} ${classes['group']}`} data-trouble={trouble || undefined} style={{ height, transform: `translateY(${top}px)` }}>
      <div role="cell" aria-colspan={columns} className={classes['groupCell']}>
        <button type="button" data-item={head.key} aria-expanded={head.open} className={classes['fold']} onClick={onToggle}>
          <IconChevronRight size={16} aria-hidden className={classes['chevron']} data-open={head.open || undefined} />
          {trouble && <IconAlertTriangle size={16} aria-hidden />}
          <span data-ellipsis>{head.label}</span>
          <span className={classes['groupCount']}>
            {count.format(head.count)}
            <span className={classes['unseen']}> {head.count === 1 ? 'task' : 'tasks'}</span>
          </span>
        </button>
        {ofSchedule && !trouble && schedule !== undefined && (
          <span className={classes['groupHint']}>
            {isSuspendedSchedule(schedule) ? (
              <span className={classes['off']}>
                <IconPlayerPause size={13} aria-hidden /> suspended
              </span>
            ) : (
              schedule.nextRunAt !== undefined && <NextRun at={schedule.nextRunAt} zone={context.zone} clock={context.clock} />
            )}
          </span>
        )}
      </div>
    </div>
  )
}

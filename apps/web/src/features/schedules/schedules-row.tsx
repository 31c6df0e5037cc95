/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows become cards where the room is short: as grids, table tags would lose their meaning */
import { memo } from 'react'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { SelectBox } from '../../components/bulk/select-box.tsx'
import type { RowAt } from '../../components/bulk/selection.ts'
import { IconAlertTriangle } from '../../components/icons.ts'
import { Instant, tableauNow } from '../../components/job-cells.tsx'
import { Bone, Cell, rowClasses } from '../../components/list-table/list-table.tsx'
import { MiddleTruncate } from '../../components/middle-truncate.tsx'
import { scheduleColumns, type CellContext } from './schedule-columns.tsx'
import { isSuspended, type ScheduleRow } from './schedule-rows.ts'
import classes from './schedules-table.module.css'

interface SchedulesRowProps {
  row: ScheduleRow | undefined
  index: number
  /** In pixels. */
  height: number
  context: CellContext
  selected?: boolean
  onSelect: (row: RowAt, range: boolean) => void
}

/** One schedule, or the shape of one while they are being read. */
export const SchedulesRow = memo(({ row, index, height, context, selected = false, onSelect }: SchedulesRowProps) => {
  if (row === undefined) {
    return (
      <div role="row" className={`${rowClasses.row} ${classes['whole']}`} style={{ '--row': `${height}px` }}>
        {['select', ...scheduleColumns.map(({ sort }) => sort), 'fired', 'id'].map((column) => (
          <Cell key={column} column={column}>
            {column !== 'select' && <Bone />}
          </Cell>
        ))}
      </div>
    )
  }
  const { schedule, fault } = row
  return (
    <div role="row" className={`${rowClasses.row} ${classes['whole']}`} style={{ '--row': `${height}px` }} data-suspended={isSuspended(schedule) || undefined} data-selected={selected || undefined}>
      <Cell column="select">
        <SelectBox id={schedule.id} label={`Select ${schedule.name}`} checked={selected} onSelect={(range) => onSelect({ id: schedule.id, index }, range)} />
      </Cell>
      {scheduleColumns.map(({ sort, render }) => (
        <Cell key={sort} column={sort} pending={sort === 'repeats' && schedule.recurrence === undefined}>
          {render === undefined ? (
            <>
              <Link to={paths.schedule({ id: schedule.id })} data-row={schedule.id} className={rowClasses.link} title={schedule.name}>
                <MiddleTruncate text={schedule.name} />
              </Link>
              {fault !== undefined && (
                <span className={classes['fault']} title={fault}>
                  <IconAlertTriangle size={15} aria-hidden />
                  <span className={classes['hidden']}>{fault}</span>
                </span>
              )}
            </>
          ) : (
            render(row, context)
          )}
        </Cell>
      ))}
      <Cell column="fired">
        <Instant at={schedule.updatedAt} zone={context.zone} now={tableauNow(context.clock)} />
      </Cell>
      <Cell column="id">
        <span data-ellipsis>{schedule.id}</span>
      </Cell>
    </div>
  )
})
SchedulesRow.displayName = 'SchedulesRow'

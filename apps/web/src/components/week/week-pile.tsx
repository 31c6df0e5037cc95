import { zoneCity } from '@refreshboard/recurrence'
import { Link } from 'react-router'
import { Dialog } from '../dialog.tsx'
import type { WeekOf, WeekRow } from './week-rows.ts'
import { clockOfMinute, dateInWords, type CalendarDay } from './week-days.ts'
import type { Block } from './week-layout.ts'
import { pileInWords, tasksInWords, timesInWords } from './week-names.ts'
import classes from './week-notes.module.css'

interface PileDialogProps {
  of: WeekOf
  block: Block
  day: CalendarDay
  rowOf: ReadonlyMap<string, WeekRow>
  zone: string
  onClose: () => void
}

/** What a pile consists of, the largest first. */
export const PileDialog = ({ of, block, day, rowOf, zone, onClose }: PileDialogProps) => (
  <Dialog title={`${dateInWords(day.date)} ${timesInWords(block.fires)}, ${zoneCity(zone)}`} onClose={onClose}>
    <p className={classes['lead']}>{pileInWords(block.fires, of)}:</p>
    <ul className={classes['list']}>
      {block.fires
        .toSorted((a, b) => (b.tasks ?? 0) - (a.tasks ?? 0))
        .map(({ rowId, at, minute, suspended }) => {
          const row = rowOf.get(rowId)
          return row === undefined ? null : (
            <li key={`${rowId} ${at}`}>
              <span className={classes['when']}>{clockOfMinute(minute)}</span>
              <Link to={row.to} onClick={onClose}>
                {row.name}
              </Link>
              <span className={classes['dim']}>
                {of === 'schedule' && tasksInWords(row.tasks)}
                {suspended && ', suspended'}
              </span>
            </li>
          )
        })}
    </ul>
  </Dialog>
)

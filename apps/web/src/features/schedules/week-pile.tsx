import { zoneCity } from '@refreshboard/recurrence'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Dialog } from '../../components/dialog.tsx'
import type { ScheduleRow } from './schedule-rows.ts'
import { clockOfMinute, dateInWords, type CalendarDay } from './week-days.ts'
import type { Block } from './week-layout.ts'
import { pileInWords, tasksInWords, timesInWords } from './week-names.ts'
import classes from './week-notes.module.css'

interface PileDialogProps {
  block: Block
  day: CalendarDay
  rowOf: ReadonlyMap<string, ScheduleRow>
  zone: string
  onClose: () => void
}

/** What a pile consists of, the largest first. */
export const PileDialog = ({ block, day, rowOf, zone, onClose }: PileDialogProps) => (
  <Dialog title={`${dateInWords(day.date)} ${timesInWords(block.fires)}, ${zoneCity(zone)}`} onClose={onClose}>
    <p className={classes['lead']}>{pileInWords(block.fires)}:</p>
    <ul className={classes['list']}>
      {block.fires
        .toSorted((a, b) => (b.tasks ?? 0) - (a.tasks ?? 0))
        .map(({ scheduleId, at, minute, suspended }) => {
          const row = rowOf.get(scheduleId)
          return row === undefined ? null : (
            <li key={`${scheduleId} ${at}`}>
              <span className={classes['when']}>{clockOfMinute(minute)}</span>
              <Link to={paths.schedule({ id: scheduleId })} onClick={onClose}>
                {row.schedule.name}
              </Link>
              <span className={classes['dim']}>
                {tasksInWords(row.tasks)}
                {suspended && ', suspended'}
              </span>
            </li>
          )
        })}
    </ul>
  </Dialog>
)

import { useState } from 'react'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import type { ScheduleRow } from './schedule-rows.ts'
import { plural } from './schedule-words.ts'
import type { ServerZone } from './server-zone.ts'
import { changeInWords, clockOfMinute, dateInWords, type CalendarDay } from './week-days.ts'
import type { WeekFires } from './week-fires.ts'
import { oftenPerDay } from './week-layout.ts'
import { fireInWords, tasksInWords } from './week-names.ts'
import classes from './week-notes.module.css'

interface WeekNotesProps {
  week: WeekFires | undefined
  days: readonly CalendarDay[]
  zone: string
  server: ServerZone
}

const Name = ({ row }: { row: ScheduleRow }) => <Link to={paths.schedule({ id: row.schedule.id })}>{row.schedule.name}</Link>

/** The same as the picture, in order of time. */
const AsList = ({ week, zone }: { week: WeekFires; zone: string }) => {
  const rowOf = new Map(week.rows.map((row) => [row.schedule.id, row]))
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Schedule</th>
          <th scope="col">Tasks</th>
        </tr>
      </thead>
      <tbody>
        {week.days.flatMap(({ day, fires, often }) => {
          const starts = fires.map((fire) => ({ row: rowOf.get(fire.scheduleId), at: fire.at, when: fireInWords(fire, day, zone) }))
          const bands = often.map(({ row, fires: marks }) => {
            const [first, last] = [marks[0], marks.at(-1)]
            return { row, at: first?.at ?? 0, when: `${dateInWords(day.date)} ${clockOfMinute(first?.minute ?? 0)}–${clockOfMinute(last?.minute ?? 0)}, ${marks.length} times` }
          })
          return [...starts, ...bands]
            .toSorted((a, b) => a.at - b.at)
            .map(({ row, at, when }) =>
              row === undefined ? null : (
                <tr key={`${row.schedule.id} ${at}`}>
                  <td>{when}</td>
                  <td>
                    <Name row={row} />
                    {row.schedule.state === 'Suspended' && <span className={classes['dim']}> suspended</span>}
                  </td>
                  <td>{tasksInWords(row.tasks)}</td>
                </tr>
              ),
            )
        })}
      </tbody>
    </table>
  )
}

/** What the picture cannot say: how it was made, what is not in it, and the same in words. */
export const WeekNotes = ({ week, days, zone, server }: WeekNotesProps) => {
  const [listed, setListed] = useState(false)
  const often = new Map(week?.days.flatMap((day) => day.often.map(({ row }) => [row.schedule.id, row] as const)))
  const what = days.length === 1 ? 'day' : 'week'
  return (
    <div className={classes['notes']}>
      {days.map(({ date, change }) => (change === undefined ? null : <p key={date} className={classes['warn']}>{dateInWords(date)}: {changeInWords(change)}.</p>))}
      <p>
        The height of a block is its number of extract refresh tasks, not the time that they take, which is not known here. At the right of each day: the tasks that start in the hour. Dashed:
        suspended, and in no sum. Starts are computed from the schedules as they are now; earlier ones may have been others.
        {server.note !== undefined && ` ${server.note}`}
      </p>
      {often.size > 0 && (
        <section>
          <h3>More than {oftenPerDay} times a day, drawn as thin marks</h3>
          <ul className={classes['list']}>
            {[...often.values()].map((row) => (
              <li key={row.schedule.id}>
                <Name row={row} />
                <span className={classes['dim']}>
                  {row.repeats}, {tasksInWords(row.tasks)}
                  {row.schedule.state === 'Suspended' && ', suspended'}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {week !== undefined && week.unknown.length > 0 && (
        <section>
          <h3>Not drawn: {plural(week.unknown.length, 'schedule')} whose times are not known</h3>
          <ul className={classes['list']}>
            {week.unknown.map(({ row, reason }) => (
              <li key={row.schedule.id}>
                <Name row={row} />
                <span className={classes['dim']}>{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {week !== undefined && (
        <details className={classes['details']} onToggle={(event) => setListed(event.currentTarget.open)}>
          <summary>The {what} as a list</summary>
          {listed && <AsList week={week} zone={zone} />}
        </details>
      )}
    </div>
  )
}

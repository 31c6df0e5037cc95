import { useState } from 'react'
import { Link } from 'react-router'
import type { WeekRow } from './week-rows.ts'
import { plural } from '../../lib/count.ts'
import type { ServerZone } from '../../lib/server-zone.ts'
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

const Name = ({ row }: { row: WeekRow }) => <Link to={row.to}>{row.name}</Link>

/** The same as the picture, in order of time. */
const AsList = ({ week, zone }: { week: WeekFires; zone: string }) => {
  const rowOf = new Map(week.rows.map((row) => [row.id, row]))
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">{week.of === 'schedule' ? 'Schedule' : 'Task'}</th>
          {week.of === 'schedule' && <th scope="col">Tasks</th>}
        </tr>
      </thead>
      <tbody>
        {week.days.flatMap(({ day, fires, often }) => {
          const starts = fires.map((fire) => ({ row: rowOf.get(fire.rowId), at: fire.at, when: fireInWords(fire, day, zone) }))
          const bands = often.map(({ row, fires: marks }) => {
            const [first, last] = [marks[0], marks.at(-1)]
            return { row, at: first?.at ?? 0, when: `${dateInWords(day.date)} ${clockOfMinute(first?.minute ?? 0)}–${clockOfMinute(last?.minute ?? 0)}, ${marks.length} times` }
          })
          return [...starts, ...bands]
            .toSorted((a, b) => a.at - b.at)
            .map(({ row, at, when }) =>
              row === undefined ? null : (
                <tr key={`${row.id} ${at}`}>
                  <td>{when}</td>
                  <td>
                    <Name row={row} />
                    {row.suspended && <span className={classes['dim']}> suspended</span>}
                  </td>
                  {week.of === 'schedule' && <td>{tasksInWords(row.tasks)}</td>}
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
  const often = new Map(week?.days.flatMap((day) => day.often.map(({ row }) => [row.id, row] as const)))
  const what = days.length === 1 ? 'day' : 'week'
  return (
    <div className={classes['notes']}>
      {days.map(({ date, change }) => (change === undefined ? null : <p key={date} className={classes['warn']}>{dateInWords(date)}: {changeInWords(change)}.</p>))}
      <p>
        {week?.of === 'task'
          ? 'A block is one task, or several that start together; how long they take is not known here. At the right of each day: the tasks that start in the hour. Starts are computed from the times as they are now; earlier ones may have been others.'
          : 'The height of a block is its number of extract refresh tasks, not the time that they take, which is not known here. At the right of each day: the tasks that start in the hour. Dashed: suspended, and in no sum. Starts are computed from the schedules as they are now; earlier ones may have been others.'}
        {server.note !== undefined && ` ${server.note}`}
      </p>
      {often.size > 0 && (
        <section>
          <h3>More than {oftenPerDay} times a day, drawn as thin marks</h3>
          <ul className={classes['list']}>
            {[...often.values()].map((row) => (
              <li key={row.id}>
                <Name row={row} />
                <span className={classes['dim']}>
                  {row.repeats}
                  {week?.of === 'schedule' && `, ${tasksInWords(row.tasks)}`}
                  {row.suspended && ', suspended'}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {week !== undefined && week.unknown.length > 0 && (
        <section>
          <h3>Not drawn: {plural(week.unknown.length, week.of)} whose times are not known</h3>
          <ul className={classes['list']}>
            {week.unknown.map(({ row, reason }) => (
              <li key={row.id}>
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

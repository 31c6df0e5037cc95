import { zoneAbbreviation } from '../../lib/time.ts'
import type { WeekOf, WeekRow } from './week-rows.ts'
import { plural } from '../../lib/count.ts'
import { clockOfMinute, dateInWords, isSecondTime, type CalendarDay } from './week-days.ts'
import { tasksIn, type Fire } from './week-layout.ts'

const abbreviations = new Map<string, string>()

/** `PST`. Naming a zone is dear, and all times of most days have one name. */
const zoneOn = (day: CalendarDay, at: number, zone: string): string => {
  const key = `${zone} ${day.change === undefined || at < day.change.at ? day.date : `${day.date} later`}`
  const cached = abbreviations.get(key)
  if (cached !== undefined) return cached
  const name = zoneAbbreviation(at, zone)
  abbreviations.set(key, name)
  return name
}

/** `Tue 24 Nov 05:00 PST` */
export const fireInWords = ({ at, minute }: Fire, day: CalendarDay, zone: string): string =>
  `${dateInWords(day.date)} ${clockOfMinute(minute)} ${zoneOn(day, at, zone)}${isSecondTime(at, day, minute) ? ', the second time' : ''}`

export const tasksInWords = (tasks: WeekRow['tasks']): string => (tasks === undefined ? 'tasks not known' : plural(tasks, 'task'))

/** What a start is called where its picture is not seen: `Weekday early, Tue 24 Nov 05:00 PST, 38 tasks`. */
export const startInWords = (row: WeekRow, fire: Fire, day: CalendarDay, zone: string, of: WeekOf): string =>
  `${row.name}, ${fireInWords(fire, day, zone)}${of === 'schedule' ? `, ${tasksInWords(row.tasks)}` : ''}${fire.suspended ? ', suspended' : ''}`

/** `05:00`, or `05:00–05:45` for starts that are piled up. */
export const timesInWords = (fires: readonly Fire[]): string => {
  const minutes = fires.map(({ minute }) => minute)
  const [first, last] = [Math.min(...minutes), Math.max(...minutes)]
  return first === last ? clockOfMinute(first) : `${clockOfMinute(first)}–${clockOfMinute(last)}`
}

/** `9 schedules, 412 tasks`; of tasks their number says it. */
export const pileInWords = (fires: readonly Fire[], of: WeekOf): string => {
  const rows = plural(new Set(fires.map(({ rowId }) => rowId)).size, of)
  return of === 'task' ? rows : `${rows}, ${plural(tasksIn(fires), 'task')}`
}

import { readRhythm, runsBetween, type Recurrence } from '@refreshboard/recurrence'
import type { ServerZone } from '../../lib/server-zone.ts'
import { minuteOf, type CalendarDay } from './week-days.ts'
import { oftenPerDay, type Fire } from './week-layout.ts'
import type { WeekOf, WeekRow } from './week-rows.ts'

/** What starts on one day. */
export interface DayFires {
  day: CalendarDay
  /** Each drawn by itself, or in a pile. */
  fires: Fire[]
  /** Schedules that start all the time, with their starts. */
  often: { row: WeekRow; fires: Fire[] }[]
}

export interface WeekFires {
  of: WeekOf
  /** The schedules that were looked at. */
  rows: readonly WeekRow[]
  days: DayFires[]
  /** Those whose times are not known, and why. */
  unknown: { row: WeekRow; reason: string }[]
}

/** Why nothing can be computed of a schedule. */
export const unknownTimes = ({ recurrence }: { recurrence?: Recurrence | undefined }): string => {
  if (recurrence === undefined) return 'Its times have not been read.'
  const rhythm = readRhythm(recurrence)
  return rhythm.kind === 'unknown' ? rhythm.reason : 'Its times cannot be computed in this zone.'
}

const runsOf = ({ recurrence, endScheduleAt }: WeekRow, zone: ServerZone, from: number, to: number): number[] | undefined => {
  if (!zone.known || recurrence === undefined) return undefined
  // The bounds of runsBetween are (from, to].
  return runsBetween(recurrence, zone.name, from - 1, to - 1, endScheduleAt === undefined ? {} : { endScheduleAt: Date.parse(endScheduleAt) })
}

/** When each schedule starts on these days, by the rules of Tableau's own scheduler. */
export const firesOn = (rows: readonly WeekRow[], days: readonly CalendarDay[], zone: ServerZone, of: WeekOf = 'schedule'): WeekFires => {
  const [first, last] = [days[0], days.at(-1)]
  const week: WeekFires = { of, rows, days: days.map((day) => ({ day, fires: [], often: [] })), unknown: [] }
  if (first === undefined || last === undefined) return week
  for (const row of rows) {
    const runs = runsOf(row, zone, first.from, last.to)
    if (runs === undefined) {
      week.unknown.push({ row, reason: unknownTimes(row) })
      continue
    }
    const suspended = row.suspended
    const byDay = days.map((day) =>
      runs
        .filter((at) => at >= day.from && at < day.to)
        .map((at): Fire => ({ rowId: row.id, at, minute: minuteOf(at, day), tasks: row.tasks, suspended })),
    )
    const often = byDay.some((fires) => fires.length > oftenPerDay)
    for (const [index, fires] of byDay.entries()) {
      const day = week.days[index]
      if (day === undefined || fires.length === 0) continue
      if (often) day.often.push({ row, fires })
      else day.fires.push(...fires)
    }
  }
  return week
}

import { partsIn } from '../../lib/wall-parts.ts'
import { weekRowOf } from './week-rows.ts'
import { isSuspended, type ScheduleRow } from './schedule-rows.ts'
import type { ServerZone } from '../../lib/server-zone.ts'
import { dayOf, minuteOf, type CalendarDay } from '../../components/week/week-days.ts'
import { firesOn } from '../../components/week/week-fires.ts'
import { tasksIn, type Fire } from '../../components/week/week-layout.ts'

export const slotMinutes = 30

/** What others start within half an hour of the wall clock. */
interface Slot {
  minute: number
  starts: number
  tasks: number
}

/** A day of the server's calendar: what the other schedules start, by half hours. */
export interface DayLoad {
  day: CalendarDay
  slots: Slot[]
  /** How many schedules start at all, and how many tasks with them. */
  schedules: number
  tasks: number
  /** The fullest half hour; `undefined` on an empty day. */
  fullest: Slot | undefined
  /** Schedules whose times are not known, and which are therefore missing. */
  unknown: number
}

/** What the active schedules but one start on the day of the server's calendar that an instant is in. */
export const dayLoadOf = (rows: readonly ScheduleRow[], at: number, server: ServerZone, except: string | undefined): DayLoad | undefined => {
  if (!server.known) return undefined
  const day = dayOf(partsIn(at, server.name).date, server.name)
  const others = rows.filter(({ schedule }) => schedule.id !== except && !isSuspended(schedule))
  const { days, unknown } = firesOn(others.map(weekRowOf), [day], server)
  const fires: Fire[] = days.flatMap(({ fires, often }) => [...fires, ...often.flatMap((one) => one.fires)])
  const slots = Array.from({ length: (24 * 60) / slotMinutes }, (_, index): Slot => {
    const inSlot = fires.filter(({ minute }) => Math.floor(minute / slotMinutes) === index)
    return { minute: index * slotMinutes, starts: inSlot.length, tasks: tasksIn(inSlot) }
  })
  const fullest = slots.reduce<Slot | undefined>((most, slot) => (slot.starts > 0 && (most === undefined || slot.tasks > most.tasks || (slot.tasks === most.tasks && slot.starts > most.starts)) ? slot : most), undefined)
  return { day, slots, schedules: new Set(fires.map(({ rowId }) => rowId)).size, tasks: tasksIn(fires), fullest, unknown: unknown.length }
}

/** Where runs stand on the day, in minutes of its wall clock. */
export const minutesOn = (runs: readonly number[], day: CalendarDay): number[] => runs.filter((at) => at >= day.from && at < day.to).map((at) => minuteOf(at, day))

import { weekDays } from '../recurrence.ts'
import type { Interval, Recurrence } from '../recurrence.ts'

/** Times of tasks on Tableau Cloud. */
interface CloudTaskPlan {
  readonly times: Recurrence
  /** How many tasks get them, each a little later than the one before; content is dealt out in turn. */
  readonly tasks: number
}

const weekend = ['Sunday', 'Saturday']
const workdays = weekDays.filter((day) => !weekend.includes(day))
const on = (days: readonly string[]): Interval[] => days.map((weekDay) => ({ weekDay }))

export const hourly = (start: string, end: string, days: readonly string[] = weekDays, step: Interval = { hours: '1' }): Recurrence => ({ frequency: 'Hourly', start, end, intervals: [step, ...on(days)] })
export const daily = (hours: number, start: string, end?: string, days: readonly string[] = weekDays): Recurrence => ({ frequency: 'Daily', start, ...(end !== undefined && { end }), intervals: [{ hours: String(hours) }, ...on(days)] })
/** As clients other than the browser write it, who mean once a day: it runs every hour. */
export const dailyWithoutHours = (start: string, end?: string, days: readonly string[] = weekDays): Recurrence => ({ frequency: 'Daily', start, ...(end !== undefined && { end }), intervals: on(days) })
export const weekly = (start: string, day: string): Recurrence => ({ frequency: 'Weekly', start, intervals: on([day]) })
export const monthly = (start: string, ...days: readonly string[]): Recurrence => ({ frequency: 'Monthly', start, intervals: days.map((monthDay) => ({ monthDay })) })
export const weekDayOfMonth = (start: string, monthDay: string, weekDay: string): Recurrence => ({ frequency: 'Monthly', start, intervals: [{ monthDay, weekDay }] })

/** Every shape that List Extract Refresh Tasks can have on Cloud; those that fire often have few tasks. */
export const busyCloudTasks: readonly CloudTaskPlan[] = [
  { times: hourly('00:00:00', '00:00:00'), tasks: 2 },
  { times: hourly('07:25:00', '18:25:00', workdays), tasks: 3 },
  { times: hourly('08:05:00', '20:05:00', weekDays, { minutes: '60' }), tasks: 2 },
  { times: hourly('22:10:00', '03:10:00', weekend), tasks: 2 },
  { times: daily(2, '08:35:00', '18:35:00', workdays), tasks: 6 },
  { times: daily(4, '06:15:00', '18:15:00', workdays), tasks: 6 },
  { times: daily(4, '18:30:00', '23:30:00', ['Sunday', 'Wednesday']), tasks: 3 },
  { times: daily(6, '00:50:00', '18:50:00'), tasks: 6 },
  { times: daily(8, '05:10:00', '21:10:00'), tasks: 5 },
  { times: daily(12, '06:55:00', '18:55:00'), tasks: 8 },
  { times: daily(24, '02:15:00', '02:15:00'), tasks: 11 },
  { times: daily(24, '04:30:00', '04:30:00', workdays), tasks: 11 },
  { times: daily(24, '12:10:00'), tasks: 5 },
  { times: dailyWithoutHours('09:20:00', '16:20:00', workdays), tasks: 2 },
  { times: dailyWithoutHours('03:45:00'), tasks: 1 },
  { times: weekly('03:20:00', 'Sunday'), tasks: 6 },
  { times: weekly('05:00:00', 'Monday'), tasks: 6 },
  { times: weekly('21:50:00', 'Wednesday'), tasks: 4 },
  { times: weekly('23:00:00', 'Saturday'), tasks: 6 },
  { times: monthly('04:05:00', '1'), tasks: 5 },
  { times: monthly('02:40:00', '10', '25'), tasks: 3 },
  { times: monthly('02:45:00', '1', '15'), tasks: 3 },
  { times: monthly('04:20:00', '31'), tasks: 2 },
  { times: monthly('23:30:00', 'LastDay'), tasks: 5 },
  { times: weekDayOfMonth('02:50:00', 'Third', 'Thursday'), tasks: 3 },
  { times: weekDayOfMonth('19:50:00', 'LastDay', 'Friday'), tasks: 2 },
  { times: weekDayOfMonth('02:55:00', 'Fifth', 'Monday'), tasks: 1 },
]

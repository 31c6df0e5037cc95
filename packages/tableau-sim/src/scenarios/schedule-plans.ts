import { weekDays } from '../recurrence.ts'
import type { Interval } from '../recurrence.ts'
import type { ScheduleSpec } from '../server-schedule.ts'

/** A schedule to lay out. */
export interface SchedulePlan extends Omit<ScheduleSpec, 'endScheduleAt' | 'quietUntil'> {
  /** How many tasks it has on the Default site; content is dealt out in turn. None unless given. */
  readonly tasks?: number
  /** When it ends, in days after the start of the scenario; before it where negative. */
  readonly endsAfterDays?: number
}

type More = Partial<Omit<SchedulePlan, 'name' | 'frequency' | 'start' | 'intervals'>>

const weekend = ['Sunday', 'Saturday']
const workdays = weekDays.filter((day) => !weekend.includes(day))
const on = (...days: readonly string[]): Interval[] => days.map((weekDay) => ({ weekDay }))
const monthDays = (...days: readonly string[]): Interval[] => days.map((monthDay) => ({ monthDay }))

const hourly = (name: string, start: string, end: string, step: Interval, days: readonly string[] = [], more: More = {}): SchedulePlan => ({ name, frequency: 'Hourly', start, end, intervals: [step, ...on(...days)], ...more })
const daily = (name: string, start: string, more: More = {}, intervals: readonly Interval[] = []): SchedulePlan => ({ name, frequency: 'Daily', start, intervals, ...more })
const weekly = (name: string, start: string, days: readonly string[], more: More = {}): SchedulePlan => ({ name, frequency: 'Weekly', start, intervals: on(...days), ...more })
const monthly = (name: string, start: string, intervals: readonly Interval[], more: More = {}): SchedulePlan => ({ name, frequency: 'Monthly', start, intervals, ...more })

/** As many characters as a name can have. */
const longestName = `Warehouse loads that must not begin before the nightly batch of the ERP system has ended, agreed with the data office on 3 March, ${'please do not move without asking '.repeat(5)}`.slice(0, 254).concat('!')

/** Every shape that Get Server Schedule can report; those that fire often have few tasks, and few start in the same minute. */
export const busySchedules: readonly SchedulePlan[] = [
  hourly('Every 15 minutes', '06:00:00', '20:00:00', { minutes: '15' }, [], { tasks: 2, priority: 20 }),
  hourly('Every half hour', '07:05:00', '19:05:00', { minutes: '30' }, [], { tasks: 3 }),
  hourly('Every 60 minutes', '00:20:00', '23:20:00', { minutes: '60' }, [], { tasks: 3 }),
  hourly('Hourly', '00:00:00', '00:00:00', { hours: '1' }, [], { tasks: 4 }),
  hourly('Every 2 hours, office hours', '08:35:00', '18:35:00', { hours: '2' }, [], { tasks: 6 }),
  hourly('Every 4 hours', '00:40:00', '00:40:00', { hours: '4' }, [], { tasks: 6 }),
  hourly('Every 6 hours', '00:50:00', '00:50:00', { hours: '6' }, [], { tasks: 6 }),
  hourly('Every 8 hours', '05:10:00', '21:10:00', { hours: '8' }, [], { tasks: 4 }),
  hourly('Twice a day', '06:55:00', '18:55:00', { hours: '12' }, [], { tasks: 8 }),
  hourly('Through the night', '22:10:00', '04:10:00', { hours: '2' }, [], { tasks: 5 }),
  hourly('Night shift', '23:15:00', '03:45:00', { minutes: '30' }, [], { tasks: 1, executionOrder: 'Serial' }),
  hourly('Hourly on workdays', '07:25:00', '18:25:00', { hours: '1' }, workdays, { tasks: 3 }),
  hourly('Weekend watch', '10:25:00', '16:25:00', { hours: '2' }, weekend, { tasks: 3 }),
  daily('Nightly', '02:15:00', { tasks: 11 }),
  daily('Early birds', '04:30:00', { tasks: 9 }),
  daily('Noon', '12:10:00', { tasks: 6 }),
  daily('Überstunden – nächtlich, für Köln', '01:25:00', { tasks: 4 }),
  daily('Before everybody else', '03:10:00', { tasks: 2, priority: 1 }),
  daily('When nothing else runs', '03:55:00', { tasks: 4, priority: 100 }),
  daily('Warehouse, one after the other', '00:05:00', { tasks: 6, executionOrder: 'Serial', priority: 40 }),
  daily('Four-hourly on workdays', '06:15:00', { end: '18:15:00', tasks: 5 }, [{ hours: '4' }, ...on(...workdays)]),
  daily('Morning and evening', '05:35:00', { end: '17:35:00', tasks: 4 }, [{ hours: '12' }]),
  daily('Once a day, made in the browser', '03:35:00', { end: '03:35:00', tasks: 4 }, [{ hours: '24' }, ...on(...weekDays)]),
  weekly('Weekday early', '05:00:00', workdays, { tasks: 12 }),
  weekly('Saturday night', '23:00:00', ['Saturday'], { tasks: 8 }),
  weekly('Sunday archive', '03:20:00', ['Sunday'], { tasks: 6, priority: 75 }),
  weekly('Monday and Thursday', '06:45:00', ['Monday', 'Thursday'], { tasks: 5 }),
  weekly('Every other workday', '04:55:00', ['Monday', 'Wednesday', 'Friday'], { tasks: 5 }),
  weekly('Tuesday to Friday', '05:45:00', workdays.slice(1), { tasks: 4 }),
  weekly('All but Sunday', '20:40:00', weekDays.slice(1), { tasks: 4 }),
  weekly('Seven days a week', '21:45:00', weekDays, { tasks: 3 }),
  monthly('First of the month', '04:05:00', monthDays('1'), { tasks: 5 }),
  monthly('Mid-month', '04:15:00', monthDays('15'), { tasks: 3 }),
  monthly('On the 31st', '04:20:00', monthDays('31'), { tasks: 2 }),
  monthly('Month end', '23:30:00', monthDays('LastDay'), { tasks: 6 }),
  monthly('Payroll (10th and 25th)', '02:40:00', monthDays('10', '25'), { tasks: 3 }),
  monthly('1st, 15th and last day', '02:45:00', monthDays('1', '15', 'LastDay'), { tasks: 2 }),
  monthly('Third Thursday', '02:50:00', [{ monthDay: 'Third', weekDay: 'Thursday' }], { tasks: 2 }),
  monthly('Last Friday', '19:50:00', [{ monthDay: 'LastDay', weekDay: 'Friday' }], { tasks: 2 }),
  monthly('Fifth Monday', '02:55:00', [{ monthDay: 'Fifth', weekDay: 'Monday' }], { tasks: 1 }),
  monthly('Customized', '11:20:00', monthDays('Customized Monthly'), { tasks: 2 }),
  daily('P&L close: “plan” & <actuals>', '01:40:00', { tasks: 2 }),
  daily(longestName, '04:45:00', { tasks: 1 }),
  daily('Nightly, suspended', '02:20:00', { tasks: 3, state: 'Suspended' }),
  weekly('Old archive, suspended', '03:05:00', ['Saturday'], { tasks: 2, state: 'Suspended' }),
  hourly('Winter sale', '08:50:00', '20:50:00', { hours: '4' }, [], { tasks: 2, endsAfterDays: 20 }),
  daily('Migration of 2025', '22:40:00', { tasks: 2, endsAfterDays: -90 }),
  daily('Unused', '01:30:00'),
  weekly('Monday mail', '07:00:00', ['Monday'], { type: 'Subscription' }),
  daily('Mail at six', '06:00:00', { type: 'Subscription', priority: 60 }),
  monthly('Board pack', '08:00:00', [{ monthDay: 'First', weekDay: 'Monday' }], { type: 'Subscription' }),
  daily('Prepare data', '01:00:00', { type: 'Flow' }),
  hourly('Prepare data often', '06:30:00', '18:30:00', { hours: '6' }, [], { type: 'Flow', executionOrder: 'Serial' }),
  hourly('Active Directory synchronization', '00:00:00', '00:00:00', { hours: '8' }, [], { type: 'ActiveDirectorySync', priority: 50 }),
  daily('Enqueue Active Directory group syncs', '00:00:00', { type: 'System', priority: 0 }),
  weekly('Saturday housekeeping', '02:00:00', ['Saturday'], { type: 'System', priority: 0 }),
  daily('Simulated: 400071 when it is changed', '04:00:00', { state: 'Suspended' }),
  daily('Simulated: 400059 when it is deleted', '04:00:00', { state: 'Suspended' }),
]

/** One of each kind that matters, at night alone. “Several days” and “Customized” are what REST cannot write. */
export const smallSchedules: readonly SchedulePlan[] = [
  hourly('Hourly', '00:00:00', '05:00:00', { hours: '1' }),
  weekly('Weekday early', '05:00:00', workdays),
  daily('Nightly', '02:15:00'),
  monthly('Month end', '23:00:00', monthDays('LastDay')),
  monthly('Several days', '04:00:00', monthDays('1', '15')),
  monthly('Customized', '03:00:00', monthDays('Customized Monthly')),
  daily('Unused', '01:30:00'),
  weekly('Mail', '06:00:00', ['Monday'], { type: 'Subscription' }),
]

/** What servers of API 3.8 to 3.15 have besides. */
export const busyAccelerations: readonly SchedulePlan[] = [
  hourly('Accelerate every 4 hours', '00:00:00', '00:00:00', { hours: '4' }, [], { type: 'DataAcceleration', priority: 75 }),
  daily('Accelerate before work', '05:15:00', { type: 'DataAcceleration', priority: 30 }),
]

/** Without tasks, so that a test knows what is on the server: those that it puts there. */
export const smallAccelerations: readonly SchedulePlan[] = [daily('Acceleration', '03:30:00', { type: 'DataAcceleration' })]

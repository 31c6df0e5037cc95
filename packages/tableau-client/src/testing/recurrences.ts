import { hourlyHours, hourlyMinutes, type Recurrence, type ServerRecurrence, weekDays } from '@refreshboard/api-types'
import * as fc from 'fast-check'

const time: fc.Arbitrary<string> = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

const every = fc.oneof(fc.constantFrom(...hourlyHours).map((hours) => ({ hours })), fc.constantFrom(...hourlyMinutes).map((minutes) => ({ minutes })))

/** Everything that Server can be asked to write; the days of the week in any order. */
export const serverRecurrence: fc.Arbitrary<ServerRecurrence> = fc.oneof(
  fc.tuple(time, time, every).map(([start, end, step]): ServerRecurrence => ({ frequency: 'Hourly', start, end, every: step })),
  time.map((start): ServerRecurrence => ({ frequency: 'Daily', start })),
  fc.tuple(time, fc.shuffledSubarray([...weekDays], { minLength: 1 })).map(([start, days]): ServerRecurrence => ({ frequency: 'Weekly', start, weekDays: days })),
  fc
    .tuple(time, fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('LastDay' as const)))
    .map(([start, monthDay]): ServerRecurrence => ({ frequency: 'Monthly', start, monthDay })),
)

/** One of each shape: every hour and minute step, one and seven days, each kind of month day. */
export const everyShape: readonly ServerRecurrence[] = [
  ...hourlyMinutes.map((minutes): ServerRecurrence => ({ frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { minutes } })),
  ...hourlyHours.map((hours): ServerRecurrence => ({ frequency: 'Hourly', start: '22:15:00', end: '06:15:00', every: { hours } })),
  { frequency: 'Daily', start: '02:15:00' },
  { frequency: 'Weekly', start: '18:30:00', weekDays: ['Wednesday'] },
  { frequency: 'Weekly', start: '00:00:00', weekDays: [...weekDays] },
  { frequency: 'Monthly', start: '06:00:00', monthDay: 1 },
  { frequency: 'Monthly', start: '23:45:00', monthDay: 31 },
  { frequency: 'Monthly', start: '06:00:00', monthDay: 'LastDay' },
]

/** What Tableau should report of what was written. */
export const asRead = (written: ServerRecurrence): Recurrence => {
  const { frequency, start } = written
  const read = { frequency, start, intervals: [] }
  if (written.frequency === 'Hourly') {
    const [[unit, count] = ['', 0]] = Object.entries(written.every)
    return { ...read, end: written.end, intervals: [{ [unit]: `${count}` }] }
  }
  if (written.frequency === 'Weekly') {
    const sorted = written.weekDays.toSorted((a, b) => weekDays.indexOf(a) - weekDays.indexOf(b))
    return { ...read, intervals: sorted.map((weekDay) => ({ weekDay })) }
  }
  return written.frequency === 'Monthly' ? { ...read, intervals: [{ monthDay: `${written.monthDay}` }] } : read
}

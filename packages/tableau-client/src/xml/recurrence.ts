import { type Recurrence, type ServerRecurrence, type WeekDay, weekDays } from '@refreshboard/api-types'
import { child, type XmlElement } from './element.ts'
import type { RequestElement } from './writer.ts'

/** The attributes as printed; declarations and attributes of other namespaces are none of Tableau's. */
const attributesOf = ({ attributes }: XmlElement): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'xmlns' && !name.includes(':')))

/** An element that nobody knows becomes an interval with its name as `element`. */
const decodeIntervals = (holder: XmlElement): Record<string, string>[] =>
  holder.children.flatMap((item) => {
    if (item.name === 'intervals') return decodeIntervals(item)
    return [{ ...(item.name === 'interval' ? {} : { element: item.name }), ...attributesOf(item) }]
  })

/**
 * When a `<schedule>` runs, as printed; `undefined` where the reply does not tell, which is so in lists of Tableau Server.
 *
 * Samples of the references also have `frequencyDetail`, no `<intervals>` at all, and one `<intervals>` for each interval
 * (extract and encryption reference, § Create Cloud Extract Refresh Task): all are read, in document order. Attributes and
 * elements that nobody knows yet may decide when it runs, so they stand among the intervals: what holds one is no
 * recurrence that can be told in words or written back.
 */
export const decodeRecurrence = (schedule: XmlElement): Recurrence | undefined => {
  const details = child(schedule, 'frequencyDetails') ?? child(schedule, 'frequencyDetail')
  if (details === undefined) return undefined
  const { start = '', end = '', ...unknown } = attributesOf(details)
  return {
    frequency: schedule.attributes['frequency'] ?? '',
    ...(start === '' ? {} : { start }),
    ...(end === '' ? {} : { end }),
    intervals: [...(Object.keys(unknown).length === 0 ? [] : [unknown]), ...decodeIntervals(details)],
  }
}

type Weekly = Extract<ServerRecurrence, { frequency: 'Weekly' }>

/** The contract's {@link ServerRecurrence}; its days may also be an array that nobody changes. */
export type RecurrenceInput = Exclude<ServerRecurrence, Weekly> | (Omit<Weekly, 'weekDays'> & { readonly weekDays: readonly WeekDay[] })

/** The attributes of one `<interval>` each. */
const intervalsOf = (recurrence: RecurrenceInput): Readonly<Record<string, string>>[] => {
  if (recurrence.frequency === 'Daily') return []
  if (recurrence.frequency === 'Weekly') return weekDays.filter((day) => recurrence.weekDays.includes(day)).map((weekDay) => ({ weekDay }))
  if (recurrence.frequency === 'Monthly') return [{ monthDay: String(recurrence.monthDay) }]
  const { every } = recurrence
  return ['hours' in every ? { hours: String(every.hours) } : { minutes: String(every.minutes) }]
}

/**
 * What `<schedule>` of a request holds of a recurrence: its `frequency`, and `<frequencyDetails>` with everything it needs.
 * Daily is a start alone, since Tableau drops whatever else is sent; days of the week go from Sunday to Saturday
 * (jobs-tasks-schedules reference, § Create Server Schedule).
 */
export const encodeRecurrence = (recurrence: RecurrenceInput): { readonly frequency: string; readonly details: RequestElement } => {
  const { frequency, start } = recurrence
  const intervals = intervalsOf(recurrence).map((attributes) => ({ name: 'interval', attributes }))
  return {
    frequency,
    details: {
      name: 'frequencyDetails',
      attributes: { start, end: frequency === 'Hourly' ? recurrence.end : undefined },
      children: intervals.length === 0 ? [] : [{ name: 'intervals', children: intervals }],
    },
  }
}

/**
 * The `<schedule>` of a request to Tableau Cloud: a recurrence as it is to be printed, its intervals in the order given (extract and
 * encryption reference, § Create Cloud Extract Refresh Task).
 */
export const encodeCloudSchedule = ({ frequency, start, end, intervals }: Recurrence): RequestElement => ({
  name: 'schedule',
  attributes: { frequency },
  children: [
    {
      name: 'frequencyDetails',
      attributes: { start, end },
      children: [{ name: 'intervals', children: intervals.map((attributes) => ({ name: 'interval', attributes })) }],
    },
  ],
})

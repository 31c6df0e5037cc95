import { createScheduleSchema, hourlyHours, hourlyMinutes, serverRecurrenceSchema, updateScheduleSchema, weekDays, type CreateSchedule, type Schedule, type ServerRecurrence, type UpdateSchedule, type WeekDay } from '@refreshboard/api-types'
import { toServerRecurrence } from '@refreshboard/recurrence'

/** What the form holds: every frequency's fields, so that changing it loses nothing. Times are `HH:MM` or `HH:MM:SS`. */
export interface ScheduleValues {
  name: string
  type: string
  state: string
  /** As typed. */
  priority: string
  executionOrder: string
  frequency: string
  start: string
  end: string
  /** A key of {@link everyChoices}. */
  every: string
  weekDays: WeekDay[]
  /** `1` to `31`, or `LastDay`. */
  monthDay: string
}

export type ScheduleErrors = Partial<Record<keyof ScheduleValues, string>>

/** What an Hourly can repeat after. */
export const everyChoices: readonly { value: string; label: string; every: { hours: number } | { minutes: number } }[] = [
  ...hourlyMinutes.map((minutes) => ({ value: `minutes ${minutes}`, label: `${minutes} minutes`, every: { minutes } })).toSorted((a, b) => a.every.minutes - b.every.minutes),
  ...hourlyHours.map((hours) => ({ value: `hours ${hours}`, label: hours === 1 ? '1 hour' : `${hours} hours`, every: { hours } })),
]

/** A schedule that nobody has thought about yet. */
export const emptyValues: ScheduleValues = {
  name: '',
  type: 'Extract',
  state: 'Active',
  priority: '50',
  executionOrder: 'Parallel',
  frequency: 'Daily',
  start: '',
  end: '',
  every: 'hours 1',
  weekDays: [],
  monthDay: '1',
}

/** `05:00:00` → `05:00`: seconds only where there are some. */
const fieldTime = (time: string): string => (time.endsWith(':00') && time.length === 8 ? time.slice(0, 5) : time)

const wireTime = (time: string): string | undefined => (time === '' ? undefined : time.length === 5 ? `${time}:00` : time)

const timesOf = (recurrence: ServerRecurrence): Partial<ScheduleValues> => {
  const { frequency } = recurrence
  const start = fieldTime(recurrence.start)
  switch (frequency) {
    case 'Hourly': {
      const [unit, count] = Object.entries(recurrence.every)[0] ?? ['', 0]
      return { frequency, start, end: fieldTime(recurrence.end), every: `${unit} ${count}` }
    }
    case 'Daily':
      return { frequency, start }
    case 'Weekly':
      return { frequency, start, weekDays: [...recurrence.weekDays] }
    case 'Monthly':
    default:
      return { frequency, start, monthDay: String(recurrence.monthDay) }
  }
}

/** A read schedule as the form holds it; times that cannot be written back stay empty. */
export const valuesOf = (schedule: Schedule): ScheduleValues => {
  const read = schedule.recurrence === undefined ? undefined : toServerRecurrence(schedule.recurrence)
  return {
    ...emptyValues,
    name: schedule.name,
    type: schedule.type,
    state: schedule.state,
    priority: schedule.priority === undefined ? '' : String(schedule.priority),
    executionOrder: schedule.executionOrder ?? '',
    frequency: schedule.frequency,
    ...(read?.writable === true ? timesOf(serverRecurrenceSchema.parse(read.value)) : {}),
  }
}

/** The days from Sunday to Saturday, whatever order they were chosen in. */
const inOrder = (days: readonly WeekDay[]): WeekDay[] => weekDays.filter((day) => days.includes(day))

/** The fields that say when it runs. */
type TimesValues = Pick<ScheduleValues, 'frequency' | 'start' | 'end' | 'every' | 'weekDays' | 'monthDay'>

/** The times as the contract wants them; what is missing or wrong is left to it. */
const givenTimes = ({ frequency, start, end, every, weekDays: days, monthDay }: TimesValues): unknown => {
  const times = { frequency, start: wireTime(start) }
  switch (frequency) {
    case 'Hourly':
      return { ...times, end: wireTime(end), every: everyChoices.find(({ value }) => value === every)?.every }
    case 'Weekly':
      return { ...times, weekDays: inOrder(days) }
    case 'Monthly':
      return { ...times, monthDay: /^\d+$/.test(monthDay) ? Number(monthDay) : monthDay }
    default:
      return times
  }
}

/** What the times mean, once they are complete and keep the rules. */
export const recurrenceOf = (values: TimesValues): ServerRecurrence | undefined => serverRecurrenceSchema.safeParse(givenTimes(values)).data

/** An empty or odd priority has to reach the rule as something that is no number. */
const givenPriority = (typed: string): number => (/^\d{1,6}$/.test(typed.trim()) ? Number(typed) : Number.NaN)

/** A typed priority as it would be sent, “50” for “050 ”; what is no number as it was typed. */
export const priorityInWords = (typed: string): string => {
  const given = givenPriority(typed)
  return Number.isNaN(given) ? typed : String(given)
}

/** “050” and “50 ” are the same priority as “50”, and no change of it. */
const isSamePriority = (a: string, b: string): boolean => priorityInWords(a) === priorityInWords(b)

/** True for a field of the form. */
export const isField = (name: string): name is keyof ScheduleValues => Object.hasOwn(emptyValues, name)

/** Messages by path (`recurrence.weekDays.0`, `body.changes.name`) → by field of this form. */
export const fieldErrors = (messages: Iterable<readonly [path: string, message: string]>): ScheduleErrors => {
  const errors: ScheduleErrors = {}
  for (const [path, message] of messages) {
    const segments = path.split('.')
    const field = segments.findLast(isField) ?? (segments.includes('recurrence') ? 'frequency' : undefined)
    if (field !== undefined) errors[field] ??= message
  }
  return errors
}

const errorsOf = (issues: readonly { path: PropertyKey[]; message: string }[]): ScheduleErrors => fieldErrors(issues.map(({ path, message }) => [path.map(String).join('.'), message] as const))

/** The body that makes the schedule, or what is wrong at which field. Nothing is sent before this passes. */
export const readCreate = (values: ScheduleValues): { body: CreateSchedule } | { errors: ScheduleErrors } => {
  const { name, type, executionOrder } = values
  const parsed = createScheduleSchema.safeParse({ name, type, priority: givenPriority(values.priority), executionOrder, recurrence: givenTimes(values) })
  return parsed.success ? { body: parsed.data } : { errors: errorsOf(parsed.error.issues) }
}

type Changed = keyof UpdateSchedule['changes']

/** A name is sent without the blanks around it: those alone are no change. */
const isNamed = (name: string, typed: string): boolean => typed === name || typed.trim() === name

/** The fields that are not as they were read. `timesOpen`: whether the times can be written at all. */
export const changedFields = (base: Schedule, values: ScheduleValues, timesOpen: boolean): Changed[] => {
  const before = valuesOf(base)
  const isOther = {
    name: !isNamed(before.name, values.name),
    state: values.state !== before.state,
    priority: !isSamePriority(values.priority, before.priority),
    executionOrder: values.executionOrder !== before.executionOrder,
  }
  const plain = (['name', 'state', 'priority', 'executionOrder'] as const).filter((field) => isOther[field])
  const times = base.recurrence === undefined || JSON.stringify(givenTimes(values)) !== JSON.stringify(givenTimes(before))
  return timesOpen && times ? [...plain, 'recurrence'] : plain
}

/** All that the form showed, also of what stays: the BFF keeps what somebody else changed elsewhere, and refuses what both changed. */
const seenOf = ({ name, state, priority, executionOrder, frequency, recurrence }: Schedule): UpdateSchedule['seen'] => ({
  name,
  state,
  frequency,
  ...(priority === undefined ? {} : { priority }),
  ...(executionOrder === undefined ? {} : { executionOrder }),
  ...(recurrence === undefined ? {} : { recurrence }),
})

/** The body that changes what was changed, and nothing else; or what is wrong at which field. */
export const readChanges = (base: Schedule, values: ScheduleValues, timesOpen: boolean): { body: UpdateSchedule } | { errors: ScheduleErrors } => {
  const changed = changedFields(base, values, timesOpen)
  const given: Record<Changed, unknown> = { name: values.name, state: values.state, priority: givenPriority(values.priority), executionOrder: values.executionOrder, recurrence: givenTimes(values) }
  const changes = Object.fromEntries(changed.map((field) => [field, given[field]]))
  const parsed = updateScheduleSchema.safeParse({ changes, seen: seenOf(base) })
  return parsed.success ? { body: parsed.data } : { errors: errorsOf(parsed.error.issues) }
}

const timesFields = ['frequency', 'start', 'end', 'every', 'weekDays', 'monthDay'] as const

/** The values with one field of others. */
export const withField = (values: ScheduleValues, field: Changed, from: ScheduleValues): ScheduleValues =>
  field === 'recurrence' ? { ...values, ...Object.fromEntries(timesFields.map((name) => [name, from[name]])) } : { ...values, [field]: from[field] }

/**
 * What was typed, on top of the schedule as it is now: fields that nobody touched here take the other's value, or saving
 * would set them back.
 */
export const rebased = (values: ScheduleValues, before: Schedule, now: Schedule, timesOpen: boolean): ScheduleValues => {
  const [old, fresh] = [valuesOf(before), valuesOf(now)]
  const timesTouched = changedFields(before, values, timesOpen).includes('recurrence')
  return {
    ...(timesTouched ? values : fresh),
    type: fresh.type,
    name: isNamed(old.name, values.name) ? fresh.name : values.name,
    state: values.state === old.state ? fresh.state : values.state,
    priority: isSamePriority(values.priority, old.priority) ? fresh.priority : values.priority,
    executionOrder: values.executionOrder === old.executionOrder ? fresh.executionOrder : values.executionOrder,
  }
}

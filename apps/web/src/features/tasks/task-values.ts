import { cloudDailyHours, cloudRecurrenceSchema, createTaskSchema, updateTaskSchema, weekDays, type CloudRecurrence, type CreateTask, type Task, type UpdateTask, type WeekDay } from '@refreshboard/api-types'
import { toCloudRecurrence } from '@refreshboard/recurrence'
import type { ContentRef } from './add-task.search.ts'

/** What the form holds: every frequency's fields, so that changing it loses nothing. Times are `HH:MM` or `HH:MM:SS`. */
export interface TaskValues {
  /** Empty where Tableau does not tell it. */
  refreshType: string
  frequency: string
  start: string
  end: string
  /** Of a Daily: `2` to `12`, or `24` for once a day. */
  hours: string
  /** Of an Hourly and a Daily. */
  weekDays: WeekDay[]
  /** Of a Weekly; empty while none is chosen. */
  weekDay: WeekDay | ''
  /** Of a Monthly: `days` by number, the `lastDay`, or one `weekday` of it. */
  on: string
  monthDays: number[]
  occurrence: string
  monthWeekDay: string
}

/** `content` is chosen beside the form's own fields. */
export type TaskErrors = Partial<Record<keyof TaskValues | 'content', string>>

/** What a Daily can repeat after. */
export const hoursChoices: readonly { value: string; label: string }[] = cloudDailyHours.toReversed().map((hours) => ({ value: String(hours), label: hours === 24 ? 'Once a day' : `Every ${hours} hours` }))

/** A task that nobody has thought about yet. */
export const emptyValues: TaskValues = {
  refreshType: 'FullRefresh',
  frequency: 'Daily',
  start: '',
  end: '',
  hours: '24',
  weekDays: [...weekDays],
  weekDay: '',
  on: 'days',
  monthDays: [],
  occurrence: 'First',
  monthWeekDay: 'Monday',
}

/** `05:00:00` → `05:00`: seconds only where there are some. */
const fieldTime = (time: string): string => (time.endsWith(':00') && time.length === 8 ? time.slice(0, 5) : time)

const wireTime = (time: string): string | undefined => (time === '' ? undefined : time.length === 5 ? `${time}:00` : time)

type Monthly = Extract<CloudRecurrence, { frequency: 'Monthly' }>

const monthOf = (on: Monthly['on']): Partial<TaskValues> => {
  if ('days' in on) return { on: 'days', monthDays: [...on.days] }
  return 'lastDay' in on ? { on: 'lastDay' } : { on: 'weekday', occurrence: on.occurrence, monthWeekDay: on.weekDay }
}

const timesOf = (recurrence: CloudRecurrence): Partial<TaskValues> => {
  const { frequency } = recurrence
  const start = fieldTime(recurrence.start)
  switch (frequency) {
    case 'Hourly':
      return { frequency, start, end: fieldTime(recurrence.end), weekDays: [...recurrence.weekDays] }
    case 'Daily':
      return { frequency, start, end: recurrence.end === undefined ? '' : fieldTime(recurrence.end), hours: String(recurrence.hours), weekDays: [...recurrence.weekDays] }
    case 'Weekly':
      return { frequency, start, weekDay: recurrence.weekDay }
    case 'Monthly':
    default:
      return { frequency, start, ...monthOf(recurrence.on) }
  }
}

/** Whether the times of a task can be written back as they are, as what; otherwise why not. */
export const writableTimes = ({ schedule }: Pick<Task, 'schedule'>): { writable: true; value: CloudRecurrence } | { writable: false; reason: string } => {
  if (schedule?.recurrence === undefined) return { writable: false, reason: 'Tableau does not tell when it runs.' }
  const read = toCloudRecurrence(schedule.recurrence)
  if (!read.writable) return read
  const parsed = cloudRecurrenceSchema.safeParse(read.value)
  return parsed.success ? { writable: true, value: parsed.data } : { writable: false, reason: parsed.error.issues.map(({ message }) => `${message}.`).join(' ') }
}

/** A read task as the form holds it; times that cannot be written back are to be chosen anew. */
export const valuesOf = (task: Task): TaskValues => {
  const times = writableTimes(task)
  return { ...emptyValues, refreshType: task.refreshType ?? '', ...(times.writable ? timesOf(times.value) : {}) }
}

/** The days from Sunday to Saturday, whatever order they were chosen in. */
const inOrder = (days: readonly WeekDay[]): WeekDay[] => weekDays.filter((day) => days.includes(day))

/** The fields that say when it runs. */
type TimesValues = Omit<TaskValues, 'refreshType'>

const givenMonth = ({ on, monthDays, occurrence, monthWeekDay }: TimesValues): unknown => {
  if (on === 'lastDay') return { lastDay: true }
  return on === 'weekday' ? { occurrence, weekDay: monthWeekDay } : { days: monthDays.toSorted((a, b) => a - b) }
}

/** The times as the contract wants them; what is missing or wrong is left to it. */
const givenTimes = (values: TimesValues): unknown => {
  const { frequency, weekDays: days } = values
  const [start, end] = [wireTime(values.start), wireTime(values.end)]
  switch (frequency) {
    case 'Hourly':
      return { frequency, start, end, weekDays: inOrder(days) }
    case 'Daily':
      // Once a day has no end.
      return { frequency, start, ...(values.hours === '24' ? {} : { end }), hours: Number(values.hours), weekDays: inOrder(days) }
    case 'Weekly':
      return { frequency, start, weekDay: values.weekDay === '' ? undefined : values.weekDay }
    case 'Monthly':
      return { frequency, start, on: givenMonth(values) }
    default:
      return { frequency, start }
  }
}

/** What the times mean, once they are complete and keep the rules. */
export const recurrenceOf = (values: TimesValues): CloudRecurrence | undefined => cloudRecurrenceSchema.safeParse(givenTimes(values)).data

const isField = (name: string): name is keyof TaskValues => Object.hasOwn(emptyValues, name)

/** Messages by path (`recurrence.weekDays.0`, `body.changes.recurrence`) → by field of this form. */
export const fieldErrors = (messages: Iterable<readonly [path: string, message: string]>): TaskErrors => {
  const errors: TaskErrors = {}
  for (const [path, message] of messages) {
    const segments = path.split('.')
    const field = segments.find(isField) ?? (segments.includes('recurrence') ? 'frequency' : segments.some((name) => name === 'workbookId' || name === 'datasourceId') ? 'content' : undefined)
    if (field !== undefined) errors[field] ??= message
  }
  return errors
}

const errorsOf = (issues: readonly { path: PropertyKey[]; message: string }[]): TaskErrors => fieldErrors(issues.map(({ path, message }) => [path.map(String).join('.'), message] as const))

/** The body that makes the task, or what is wrong at which field. Nothing is sent before this passes. */
export const readCreate = (values: TaskValues, content: ContentRef | undefined): { body: CreateTask } | { errors: TaskErrors } => {
  const parsed = createTaskSchema.safeParse({ refreshType: values.refreshType, recurrence: givenTimes(values), ...(content === undefined ? {} : { [`${content.kind}Id`]: content.id }) })
  if (parsed.success) return { body: parsed.data }
  // What is wrong with other fields keeps the schema from looking at the content.
  const missing = content === undefined ? { content: 'Choose the workbook or data source that is to be refreshed.' } : {}
  return { errors: { ...missing, ...errorsOf(parsed.error.issues), ...missing } }
}

type Changed = keyof UpdateTask['changes']

/** The fields that are not as they were read. `timesOpen`: whether its times are being changed at all. */
export const changedFields = (base: Task, values: TaskValues, timesOpen: boolean): Changed[] => {
  const before = valuesOf(base)
  const times = !writableTimes(base).writable || JSON.stringify(givenTimes(values)) !== JSON.stringify(givenTimes(before))
  return [...(values.refreshType === before.refreshType ? [] : (['refreshType'] as const)), ...(timesOpen && times ? (['recurrence'] as const) : [])]
}

/** All that the form showed, also of what stays: the BFF keeps what somebody else changed elsewhere, and refuses what both changed. */
const seenOf = ({ refreshType, schedule }: Task): UpdateTask['seen'] => ({
  ...(refreshType === undefined ? {} : { refreshType }),
  ...(schedule?.frequency === undefined ? {} : { frequency: schedule.frequency }),
  ...(schedule?.recurrence === undefined ? {} : { recurrence: schedule.recurrence }),
})

/** The body that changes what was changed, and nothing else; or what is wrong at which field. */
export const readChanges = (base: Task, values: TaskValues, timesOpen: boolean): { body: UpdateTask } | { errors: TaskErrors } => {
  const changed = changedFields(base, values, timesOpen)
  const given: Record<Changed, unknown> = { refreshType: values.refreshType, recurrence: givenTimes(values) }
  const parsed = updateTaskSchema.safeParse({ changes: Object.fromEntries(changed.map((field) => [field, given[field]])), seen: seenOf(base) })
  return parsed.success ? { body: parsed.data } : { errors: errorsOf(parsed.error.issues) }
}

/** The values with one field of others. */
export const withField = (values: TaskValues, field: Changed, from: TaskValues): TaskValues =>
  field === 'recurrence' ? { ...from, refreshType: values.refreshType } : { ...values, refreshType: from.refreshType }

/** What was typed, on top of the task as it is now: what nobody touched here takes the other's value, or saving would set it back. */
export const rebased = (values: TaskValues, before: Task, now: Task, timesOpen: boolean): TaskValues => {
  const changed = changedFields(before, values, timesOpen)
  const fresh = valuesOf(now)
  return { ...(changed.includes('recurrence') ? values : fresh), refreshType: changed.includes('refreshType') ? values.refreshType : fresh.refreshType }
}

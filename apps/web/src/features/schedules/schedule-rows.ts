import type { Schedule } from '@refreshboard/api-types'
import { notUnderstood } from '@refreshboard/recurrence'
import { timesFault } from './schedules-can.ts'
import type { HeldSchedules } from './schedules.queries.ts'
import type { SchedulesFilter, SchedulesSort } from './schedules.search.ts'
import { repeatsInWords, typeInWords } from './schedule-words.ts'

/** How many extract refresh tasks of this site are on a schedule; without `count` why that is not known. */
export interface TaskCount {
  count: number | undefined
  note: string | undefined
}

/** One schedule, with what the table tells of it. */
export interface ScheduleRow {
  schedule: Schedule
  repeats: string
  tasks: TaskCount
  /** Why it cannot be changed, or not its times. */
  fault: string | undefined
}

export const tasksOf = ({ id, type }: Pick<Schedule, 'id' | 'type'>, tasks: HeldSchedules['tasks']): TaskCount => {
  if (tasks === undefined) return { count: undefined, note: 'The extract refresh tasks of this site have not been read.' }
  const counted = tasks.counts[id]
  if (counted === undefined && type !== 'Extract') return { count: undefined, note: `Only extract refresh tasks can be counted; this is a schedule of the type ${typeInWords(type)}.` }
  return { count: counted ?? 0, note: tasks.scope === 'own' ? 'Your own tasks: others are told to administrators only.' : undefined }
}

export const isSuspended = ({ state }: Pick<Schedule, 'state'>): boolean => state === 'Suspended'

/** True once its end is over: it fires no more, whatever its state. */
export const isEnded = ({ nextRunAt, endScheduleAt }: Pick<Schedule, 'nextRunAt' | 'endScheduleAt'>): boolean =>
  endScheduleAt !== undefined && nextRunAt !== undefined && Date.parse(nextRunAt) > Date.parse(endScheduleAt)

export const rowsOf = ({ schedules, tasks }: Pick<HeldSchedules, 'schedules' | 'tasks'>): ScheduleRow[] =>
  schedules.map((schedule) => ({ schedule, repeats: repeatsInWords(schedule), tasks: tasksOf(schedule, tasks), fault: notUnderstood(schedule) ?? timesFault(schedule) }))

const frequencies = ['Hourly', 'Daily', 'Weekly', 'Monthly']

/** What a row is sorted by; `undefined` goes last in either direction. */
type Key = string | number | undefined

const keys: Record<string, (row: ScheduleRow) => Key> = {
  name: ({ schedule }) => schedule.name,
  repeats: ({ schedule }) => `${(frequencies.indexOf(schedule.frequency) + 5) % 5} ${schedule.recurrence?.start ?? '99'} ${schedule.frequency}`,
  next: ({ schedule }) => (schedule.nextRunAt === undefined || isSuspended(schedule) || isEnded(schedule) ? undefined : Date.parse(schedule.nextRunAt)),
  tasks: ({ tasks }) => tasks.count,
  type: ({ schedule }) => typeInWords(schedule.type),
  priority: ({ schedule }) => schedule.priority,
  state: ({ schedule }) => schedule.state,
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const compare = (a: string | number, b: string | number): number => (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)))

/** The rows that match, in order; rows that are equal keep the server's. */
export const shownRows = (rows: readonly ScheduleRow[], { q, type, state }: SchedulesFilter, sort: SchedulesSort): ScheduleRow[] => {
  const wanted = q.toLowerCase()
  const matching = rows.filter(
    ({ schedule, repeats }) =>
      (type.length === 0 || type.includes(schedule.type)) &&
      (state.length === 0 || state.includes(schedule.state)) &&
      (wanted === '' || `${schedule.name}\n${repeats}\n${typeInWords(schedule.type)}`.toLowerCase().includes(wanted)),
  )
  const [field = 'name', direction] = sort.split(':')
  const keyOf = keys[field]
  if (keyOf === undefined) return matching
  const sign = direction === 'desc' ? -1 : 1
  return matching
    .map((row) => ({ row, key: keyOf(row) }))
    .toSorted((a, b) => {
      if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined)
      return sign * compare(a.key, b.key)
    })
    .map(({ row }) => row)
}

/** The values that occur, each with its number, the expected ones first and always there. */
export const tally = (rows: readonly ScheduleRow[], of: (row: ScheduleRow) => string, expected: readonly string[]): { value: string; count: number }[] => {
  const counts = new Map<string, number>(expected.map((value) => [value, 0]))
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count }))
}

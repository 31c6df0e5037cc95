import { weekDays } from '@refreshboard/api-types'
import { contentKey, type DocumentContent, type DocumentSchedule, type ScheduleDocument } from './document.ts'
import { byText, recurrenceInOneOrder } from './in-one-order.ts'
import { scalar } from './scalar.ts'

const sortedContent = (content: readonly DocumentContent[]): DocumentContent[] =>
  content.map((row) => ({ row, key: contentKey(row) })).toSorted((a, b) => byText(a.key, b.key)).map(({ row }) => row)

const inOrder = (repeats: NonNullable<DocumentSchedule['repeats']>): NonNullable<DocumentSchedule['repeats']> => {
  if ('as-read' in repeats) return { 'as-read': recurrenceInOneOrder(repeats['as-read']) }
  return repeats.frequency === 'Weekly' ? { ...repeats, weekDays: weekDays.filter((day) => repeats.weekDays.includes(day)) } : repeats
}

const sortedSchedule = (schedule: DocumentSchedule): DocumentSchedule => {
  const { repeats, content } = schedule
  return { ...schedule, ...(repeats === undefined ? {} : { repeats: inOrder(repeats) }), ...(content === undefined ? {} : { content: sortedContent(content) }) }
}

/** The same schedules in the one order in which they are written. */
export const sortedDocument = ({ schedules, ...rest }: ScheduleDocument): ScheduleDocument => ({
  ...rest,
  schedules: schedules.map(sortedSchedule).toSorted((a, b) => byText(a.name, b.name)),
})

/** A value in one line: flow style, as in `{ frequency: Daily, start: "05:00:00" }`. */
const flow = (value: unknown): string => {
  if (typeof value === 'string') return scalar(value)
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
    return fields.length === 0 ? '{}' : `{ ${fields.map(([key, inner]) => `${scalar(key)}: ${flow(inner)}`).join(', ')} }`
  }
  return String(value)
}

/** A list's item: its first line begins with a dash, the others stand below it. */
const item = (indent: string, lines: readonly string[]): string[] => lines.map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}`)

const linesOf = (fields: Readonly<Record<string, unknown>>): string[] => Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${flow(value)}`]))

const contentLines = (content: readonly DocumentContent[] | undefined): string[] => {
  if (content === undefined) return []
  if (content.length === 0) return ['content: []']
  return ['content:', ...content.flatMap(({ workbook, datasource, project, refresh }) => item('  ', linesOf({ workbook, datasource, project, refresh })))]
}

const scheduleLines = ({ name, type, state, priority, order, repeats, ends, content }: DocumentSchedule): string[] =>
  item('  ', [...linesOf({ name, type, state, priority, order, repeats, ends }), ...contentLines(content)])

/** The schedules as YAML: the same text for the same schedules, in whatever order they are given. */
export const writeSchedules = (document: ScheduleDocument): string => {
  const { schedules } = sortedDocument(document)
  const lines = schedules.length === 0 ? ['schedules: []'] : ['schedules:', ...schedules.flatMap(scheduleLines)]
  return `${['refreshboard: 1', ...lines].join('\n')}\n`
}

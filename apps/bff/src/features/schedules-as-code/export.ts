import { executionOrders, scheduleStates, scheduleTypes, type Schedule } from '@refreshboard/api-types'
import { toServerRecurrence } from '@refreshboard/recurrence'
import { tasksBySchedule, writeSchedules, type CurrentTask, type DocumentContent, type DocumentSchedule, type NamedContent } from '@refreshboard/schedules-as-code'
import { notesOn } from './export-notes.ts'
import type { Seen } from './read-current.ts'

interface Exported {
  readonly yaml: string
  readonly schedules: number
  readonly tasks: number
  readonly notes: string[]
}

const oneOf = <T extends string>(known: readonly T[], value: string | undefined): T | undefined => known.find((one) => one === value)

const times = ({ name, recurrence, executionOrder }: Schedule, timesAreTold: boolean, notes: string[]): Pick<DocumentSchedule, 'repeats' | 'order'> => {
  if (recurrence === undefined) {
    if (timesAreTold) notes.push(`“${name}”: Tableau did not tell its times, so the text leaves them open.`)
    return {}
  }
  const order = oneOf(executionOrders, executionOrder)
  const written = toServerRecurrence(recurrence)
  if (!written.writable) notes.push(`“${name}”: ${written.reason} The text shows its times under “as-read”; they are never applied.`)
  const repeats = written.writable ? (written.value.frequency === 'Weekly' ? { ...written.value, weekDays: [...written.value.weekDays] } : written.value) : { 'as-read': recurrence }
  return { ...(order === undefined ? {} : { order }), repeats }
}

const contentsOf = (name: string, tasks: readonly CurrentTask[], named: ReadonlyMap<string, NamedContent>, notes: string[]): DocumentContent[] => {
  const rows = new Map<string, DocumentContent>()
  let nameless = 0
  let twice = 0
  for (const { kind, contentId, refresh } of tasks) {
    const content = named.get(`${kind} ${contentId}`)
    if (content === undefined) {
      nameless += 1
      continue
    }
    const row: DocumentContent = { [kind]: content.name, ...(content.project === undefined ? {} : { project: content.project }), ...(refresh === undefined ? {} : { refresh }) }
    const key = JSON.stringify(row)
    if (rows.has(key)) twice += 1
    rows.set(key, row)
  }
  if (nameless > 0) notes.push(`“${name}”: ${nameless} of its tasks are of content whose name you may not see. They are left out, and stay as they are.`)
  if (twice > 0) notes.push(`“${name}”: ${twice} of its tasks are of content that is on it already. The text names it once; none of them is deleted.`)
  return [...rows.values()]
}

/** The schedules as a text, and what it cannot hold; where a value is none that REST knows, the text leaves it open. */
export const exportOf = ({ now, schedules, tasks, contents, timesAreTold, notes: seen, olderThanNow }: Seen): Exported => {
  const notes = [...seen, ...(olderThanNow === undefined ? [] : [olderThanNow])]
  const named = new Map(contents.map((content) => [`${content.kind} ${content.id}`, content]))
  const tasksOf = tasksBySchedule({ tasks })
  const others = schedules.filter(({ type }) => oneOf(scheduleTypes, type) === undefined)
  if (others.length > 0) notes.push(`Left out, since Tableau keeps them for itself: ${others.map(({ name, type }) => `“${name}” (${type})`).join(', ')}.`)
  if (!timesAreTold) notes.push('This server tells neither times nor order of its schedules (its REST API is older than 3.8), so the text leaves them open.')
  const rows = schedules.flatMap((schedule): DocumentSchedule[] => {
    const type = oneOf(scheduleTypes, schedule.type)
    if (type === undefined) return []
    const state = oneOf(scheduleStates, schedule.state)
    const { priority = 0 } = schedule
    if (state === undefined) notes.push(`“${schedule.name}”: its state is “${schedule.state}”, which REST cannot set; the text leaves it open.`)
    if (priority < 1 || priority > 100) notes.push(`“${schedule.name}”: its priority is ${schedule.priority ?? 'not told'}, which REST cannot set; the text leaves it open.`)
    return [
      {
        name: schedule.name,
        type,
        ...(state === undefined ? {} : { state }),
        ...(priority >= 1 && priority <= 100 ? { priority } : {}),
        ...times(schedule, timesAreTold, notes),
        ...(schedule.endScheduleAt === undefined ? {} : { ends: schedule.endScheduleAt }),
        ...(type === 'Extract' ? { content: contentsOf(schedule.name, tasksOf.get(schedule.id) ?? [], named, notes) } : {}),
      },
    ]
  })
  const yaml = writeSchedules({ refreshboard: 1, schedules: rows })
  notes.push(...notesOn({ rows, yaml, schedules, tasks, now }))
  return { yaml, schedules: rows.length, tasks: rows.reduce((sum, { content = [] }) => sum + content.length, 0), notes }
}

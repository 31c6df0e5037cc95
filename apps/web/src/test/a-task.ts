import type { Content, Schedule, Task, WriteState } from '@refreshboard/api-types'
import { json, luid, type Sent } from './fake-api.ts'

export const aWorkbook = (more: Partial<Content> = {}): Content => ({
  kind: 'workbook',
  id: luid(21),
  name: 'Sales',
  project: { id: luid(31), name: 'Finance' },
  owner: { id: luid(41), name: 'Ada Lovelace' },
  webpageUrl: 'https://tableau.example.com/#/workbooks/21',
  ...more,
})

/** A task of the workbook “Sales” on the schedule “Weekday early”, which went well. */
export const aTask = (more: Partial<Task> = {}): Task => ({
  id: luid(11),
  priority: 50,
  consecutiveFailedCount: 0,
  type: 'RefreshExtractTask',
  schedule: { id: luid(51), name: 'Weekday early', state: 'Active', type: 'Extract', frequency: 'Weekly', nextRunAt: '2025-11-24T13:00:00Z' },
  content: aWorkbook(),
  ...more,
})

/** A task of Tableau Cloud, with times of its own: on weekdays at six. */
export const aCloudTask = (more: Partial<Task> = {}): Task =>
  aTask({
    refreshType: 'FullRefresh',
    schedule: {
      frequency: 'Daily',
      nextRunAt: '2025-11-24T14:00:00Z',
      recurrence: { frequency: 'Daily', start: '06:00:00', end: '06:00:00', intervals: [{ hours: '24' }, ...['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((weekDay) => ({ weekDay }))] },
    },
    ...more,
  })

/** A task without content: a virtual connection's. */
export const aBareTask = (more: Partial<Task> = {}): Task => {
  const { content: _content, ...rest } = aTask(more)
  return rest
}

export const aTaskList = (tasks: Task[], more: Record<string, unknown> = {}): Record<string, unknown> => ({
  tasks,
  scope: 'site',
  named: true,
  runNow: { allowed: true },
  edit: { allowed: true },
  age: { ageMs: 100, tableauNow: '2025-11-23T10:05:00Z' },
  ...more,
})

export const aSchedule = (more: Partial<Schedule> = {}): Schedule => ({
  id: luid(51),
  name: 'Weekday early',
  state: 'Active',
  type: 'Extract',
  frequency: 'Weekly',
  priority: 50,
  nextRunAt: '2025-11-24T13:00:00Z',
  recurrence: { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Tuesday' }] },
  ...more,
})

export const aScheduleList = (schedules: Schedule[]): Record<string, unknown> => ({
  schedules,
  details: { known: schedules.length, wanted: schedules.length },
  age: { ageMs: 100, tableauNow: '2025-11-23T10:05:00Z' },
})

export const aContentWindow = (rows: Content[]): Record<string, unknown> => ({ rows, total: rows.length, complete: true, age: { ageMs: 100, tableauNow: '2025-11-23T10:05:00Z' } })

/** The answer to a write, or to the question what became of it: under the key that the page made. */
export const anOutcome = (sent: Sent, state: WriteState, more: Record<string, unknown> = {}): Response =>
  json(
    { key: sent.headers.get('idempotency-key') ?? sent.path.split('/').at(-1), operation: 'tasks.write', state, startedAt: '2025-11-23T10:05:00Z', evidence: 'seen', ...more },
    state === 'checking' ? 202 : 200,
  )

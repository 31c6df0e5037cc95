import { suspensionThreshold, type Content, type Task } from '@refreshboard/api-types'
import { asCloudRuns, describeRecurrence, type Recurrence } from '@refreshboard/recurrence'

export const kindWords: Record<Content['kind'], string> = { workbook: 'Workbook', datasource: 'Data source' }

/** What content is called; Tableau does not tell everybody. */
export const contentName = ({ kind, name }: Pick<Content, 'kind' | 'name'>): string => (name === undefined || name === '' ? `${kindWords[kind]} whose name Tableau does not tell you` : name)

/** What a task refreshes. Without content it is a virtual connection's, which REST can neither tell nor run. */
export const taskName = ({ content }: Pick<Task, 'content'>): string => (content === undefined ? 'Virtual connection (REST cannot manage it)' : contentName(content))

export const failuresOf = ({ consecutiveFailedCount }: Pick<Task, 'consecutiveFailedCount'>): number => Math.max(0, consecutiveFailedCount ?? 0)

export const isLikelySuspended = (task: Pick<Task, 'consecutiveFailedCount'>): boolean => failuresOf(task) >= suspensionThreshold

/** `failed once`, `failed 3 times in a row`, `likely suspended`; nothing to say after a success. */
export const failureWords = (task: Pick<Task, 'consecutiveFailedCount'>): string | undefined => {
  const failures = failuresOf(task)
  if (failures === 0) return undefined
  if (isLikelySuspended(task)) return 'likely suspended'
  return failures === 1 ? 'failed once' : `failed ${failures} times in a row`
}

export const isSuspendedSchedule = (schedule: Task['schedule']): boolean => schedule?.state === 'Suspended'

/** When the task runs next by what Tableau says; a suspended schedule has a next run too, and does not keep it. */
export const nextRunOf = ({ schedule }: Pick<Task, 'schedule'>): string | undefined => (isSuspendedSchedule(schedule) ? undefined : schedule?.nextRunAt)

type TaskSchedule = NonNullable<Task['schedule']>

/** True for the times of a task of Tableau Cloud, which are its own: there is no schedule beside it. */
export const isOwnSchedule = ({ id, name }: TaskSchedule): boolean => id === undefined && name === undefined

/** When it runs, as what it runs by makes of it; absent where that is not told. */
export const runsOf = (schedule: TaskSchedule): Recurrence | undefined =>
  schedule.recurrence === undefined ? undefined : isOwnSchedule(schedule) ? asCloudRuns(schedule.recurrence) : schedule.recurrence

/** A schedule by its name, or where it has none by its times. */
export const scheduleName = (schedule: TaskSchedule): string => {
  const runs = runsOf(schedule)
  return schedule.name ?? (runs === undefined ? undefined : describeRecurrence(runs)) ?? schedule.frequency ?? 'Schedule without a name'
}

/** How often a task of Tableau Cloud runs, as Tableau calls it: `Hourly`. */
export const cadenceOf = ({ frequency, recurrence }: TaskSchedule): string => frequency ?? recurrence?.frequency ?? 'Times not told'

const refreshWords: Partial<Record<string, string>> = { FullRefresh: 'Full refresh', IncrementalRefresh: 'Incremental refresh' }

/** Full or incremental; an unknown one as Tableau tells it. */
export const refreshTypeWords = (refreshType: string): string => refreshWords[refreshType] ?? refreshType

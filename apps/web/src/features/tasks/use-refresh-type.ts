import type { Task } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { failureOf, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { tasksOfSchedule, type HeldTasks } from './tasks.queries.ts'

/** Full or incremental, or how far that is from being known: what nobody has told yet is not what Tableau does not tell. */
export type ToldRefreshType =
  | { state: 'told'; refreshType: string }
  /** Tableau does not tell it to this person. */
  | { state: 'untold' }
  | { state: 'reading' }
  | { state: 'failed'; failure: Failure; retry: () => void }

/** The same as words need it: absent where it is not known. */
export const refreshTypeOf = (told: ToldRefreshType): string | undefined => (told.state === 'told' ? told.refreshType : undefined)

const toldBy = (refreshType: string | undefined): ToldRefreshType => (refreshType === undefined ? { state: 'untold' } : { state: 'told', refreshType })

/** Full or incremental, where this person may read the tasks of the schedule; nothing else tells it on Tableau Server. */
export const useRefreshType = (task: Task, scope: HeldTasks['scope']): ToldRefreshType => {
  const live = useIsLive()
  const scheduleId = task.schedule?.id
  const readable = task.refreshType === undefined && scope === 'site' && scheduleId !== undefined && task.content !== undefined
  const { data, error, refetch } = useQuery({ ...tasksOfSchedule(scheduleId ?? ''), enabled: live && readable })
  if (!readable) return toldBy(task.refreshType)
  if (data !== undefined) return toldBy(data.tasks.find(({ id }) => id === task.id)?.refreshType)
  // Read again once somebody has signed in.
  if (error === null || isSessionEnd(error)) return { state: 'reading' }
  return { state: 'failed', failure: failureOf(error), retry: () => void refetch() }
}

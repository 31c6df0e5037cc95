import type { Recurrence } from '@refreshboard/recurrence'

/** What the week is drawn from: the schedules of a Server, or on Tableau Cloud the tasks, whose times are their own. */
export type WeekOf = 'schedule' | 'task'

/** A schedule, or a task with times of its own. */
export interface WeekRow {
  id: string
  name: string
  /** Where it is looked at. */
  to: string
  /** Its times in words. */
  repeats: string
  recurrence: Recurrence | undefined
  endScheduleAt: string | undefined
  suspended: boolean
  /** Extract refresh tasks that start with it; `undefined` when that is not known. */
  tasks: number | undefined
}

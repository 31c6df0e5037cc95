import type { Task } from '@refreshboard/api-types'
import { paths } from '../../app/paths.ts'
import type { WeekRow } from '../../components/week/week-rows.ts'
import { runsOf, scheduleName, taskName } from '../../lib/task-words.ts'
import type { TasksSearch } from './tasks.search.ts'

/** The tasks that have times, as the week draws them; each leads to itself, beside the week. */
export const weekRowsOf = (tasks: readonly Task[], search: TasksSearch): WeekRow[] =>
  tasks.flatMap((task) => {
    const { id, schedule } = task
    if (schedule === undefined) return []
    return [{ id, name: taskName(task), to: paths.tasks({ ...search, task: id }), repeats: scheduleName(schedule), recurrence: runsOf(schedule), endScheduleAt: undefined, suspended: false, tasks: 1 }]
  })

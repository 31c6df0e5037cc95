import { paths } from '../../app/paths.ts'
import type { WeekRow } from '../../components/week/week-rows.ts'
import { isSuspended, type ScheduleRow } from './schedule-rows.ts'

/** A schedule as the week draws it. */
export const weekRowOf = ({ schedule, repeats, tasks }: ScheduleRow): WeekRow => ({
  id: schedule.id,
  name: schedule.name,
  to: paths.schedule({ id: schedule.id }),
  repeats,
  recurrence: schedule.recurrence,
  endScheduleAt: schedule.endScheduleAt,
  suspended: isSuspended(schedule),
  tasks: tasks.count,
})

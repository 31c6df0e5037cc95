import type { ComponentType } from 'react'
import { paths } from '../../app/paths.ts'
import { whereAllowed } from '../../components/gated-page.tsx'
import { IconCalendar } from '../../components/icons.ts'

/** A page of the schedules, where there are any. */
export const whereSchedulesAre = (Page: ComponentType) =>
  whereAllowed({ permissionOf: ({ readSchedules }) => readSchedules, title: 'Schedules', words: 'There are no schedules here', icon: IconCalendar, tasks: paths.tasks() }, Page)

import type { ReactNode } from 'react'
import type { TableauClock } from '../../components/job-cells.tsx'
import { NextRun } from '../../components/next-run.tsx'
import { isSuspended, type ScheduleRow } from './schedule-rows.ts'
import { ScheduleState } from './schedule-state.tsx'
import { formatCount, typeInWords } from './schedule-words.ts'
import type { ScheduleSortField } from './schedules.search.ts'

export interface CellContext {
  clock: TableauClock | undefined
  zone: string
}

export interface ScheduleColumn {
  /** Decides place and room in the style sheet, and what the address calls it. */
  sort: ScheduleSortField
  label: string
  /** Which way the first click sorts. */
  first: 'asc' | 'desc'
  /** The name, which is the row's link, is rendered by the row. */
  render?: (row: ScheduleRow, context: CellContext) => ReactNode
}

export const scheduleColumns: readonly ScheduleColumn[] = [
  { sort: 'name', label: 'Name', first: 'asc' },
  {
    sort: 'repeats',
    label: 'Repeats',
    first: 'asc',
    render: ({ repeats }) => (
      <span data-ellipsis title={repeats}>
        {repeats}
      </span>
    ),
  },
  {
    sort: 'next',
    label: 'Next run',
    first: 'asc',
    render: ({ schedule }, { clock, zone }) => <NextRun at={schedule.nextRunAt} zone={zone} clock={clock} suspended={isSuspended(schedule)} endsAt={schedule.endScheduleAt} />,
  },
  {
    sort: 'tasks',
    label: 'Tasks',
    first: 'desc',
    render: ({ tasks }) => (
      <span title={tasks.note}>
        {tasks.count === undefined ? '–' : formatCount(tasks.count)}
      </span>
    ),
  },
  { sort: 'type', label: 'Type', first: 'asc', render: ({ schedule }) => <span data-ellipsis title={schedule.type}>{typeInWords(schedule.type)}</span> },
  { sort: 'priority', label: 'Priority', first: 'asc', render: ({ schedule }) => schedule.priority ?? <span title="Tableau tells no priority">–</span> },
  { sort: 'state', label: 'State', first: 'asc', render: ({ schedule }) => <ScheduleState state={schedule.state} /> },
]

import { luidSchema, type Task } from '@refreshboard/api-types'
import { GatedButton } from '../../components/gated-button.tsx'
import { IconTrash } from '../../components/icons.ts'
import type { TableauClock } from '../../components/job-cells.tsx'
import { NextRun } from '../../components/next-run.tsx'
import { contentName, isSuspendedSchedule } from '../../lib/task-words.ts'
import { Failures, ScheduleLink } from './task-columns.tsx'
import type { HeldAccelerations } from './data-acceleration.queries.ts'
import classes from './data-acceleration.module.css'

interface DataAccelerationTableProps {
  data: HeldAccelerations
  clock: TableauClock | undefined
  zone: string
  /** Why nothing can be deleted now. */
  reason: string | undefined
  onDelete: (task: Task) => void
}

const reasonId = 'acceleration-reason'

const nameOf = ({ content }: Task, named: boolean): string => {
  if (content === undefined) return 'A workbook that Tableau does not tell'
  return content.name === undefined && !named ? 'Reading its name …' : contentName(content)
}

const Row = ({ task, named, clock, zone, reason, onDelete }: Omit<DataAccelerationTableProps, 'data'> & { task: Task; named: boolean }) => {
  const name = nameOf(task, named)
  const unsendable = luidSchema.safeParse(task.id).success ? undefined : 'Tableau gave this task an id that it does not accept back.'
  return (
    <tr>
      <th scope="row">
        {name}
        {task.content?.project?.name !== undefined && <span className={classes['dim']}> {task.content.project.name}</span>}
      </th>
      <td>
        <ScheduleLink schedule={task.schedule} />
      </td>
      <td>{task.schedule !== undefined && <NextRun at={task.schedule.nextRunAt} zone={zone} clock={clock} suspended={isSuspendedSchedule(task.schedule)} />}</td>
      <td>
        <Failures task={task} />
      </td>
      <td className={classes['act']}>
        <GatedButton size="compact-sm" variant="default" reason={reason ?? unsendable} reasonId={reasonId} leftSection={<IconTrash size={14} aria-hidden />} label={`Delete the task of ${name}`} onClick={() => onDelete(task)}>
          Delete
        </GatedButton>
      </td>
    </tr>
  )
}

/** The data acceleration tasks, one a line: a site has few. */
export const DataAccelerationTable = ({ data, ...rest }: DataAccelerationTableProps) => (
  <>
    <table className={classes['table']} aria-label="Data acceleration tasks">
      <thead>
        <tr>
          <th scope="col">Workbook</th>
          <th scope="col">Schedule</th>
          <th scope="col">Next run</th>
          <th scope="col">Last runs</th>
          <th scope="col">Delete</th>
        </tr>
      </thead>
      <tbody>
        {data.tasks.map((task) => (
          <Row key={task.id} task={task} named={data.named} {...rest} />
        ))}
      </tbody>
    </table>
    {rest.reason !== undefined && (
      <p id={reasonId} className={classes['dim']}>
        {rest.reason}
      </p>
    )}
  </>
)

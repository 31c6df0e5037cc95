import { luidSchema, suspensionThreshold, type Task } from '@refreshboard/api-types'
import { describeRecurrence } from '@refreshboard/recurrence'
import { useQuery } from '@tanstack/react-query'
import { ContentHead, TableauLink } from '../../components/content-head.tsx'
import { Fact, Facts, Id } from '../../components/facts.tsx'
import type { TableauClock } from '../../components/job-cells.tsx'
import { NextRun } from '../../components/next-run.tsx'
import { useServerZone } from '../../lib/server-zone.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { formatFull } from '../../lib/time.ts'
import { Failures, ScheduleLink } from './task-columns.tsx'
import { failuresOf, isLikelySuspended, isSuspendedSchedule, kindWords, refreshTypeWords, runsOf, scheduleName } from '../../lib/task-words.ts'
import { scheduleOf } from './tasks.queries.ts'
import classes from './task-drawer.module.css'

/** What failures in a row mean, and what to do: REST cannot resume a task. */
const Advice = ({ task }: { task: Task }) => {
  const failures = failuresOf(task)
  if (failures === 0) return null
  const left = suspensionThreshold - failures
  return (
    <div className={classes['advice']} data-suspended={isLikelySuspended(task) || undefined}>
      <p>
        <Failures task={task} />
      </p>
      {isLikelySuspended(task) ? (
        <p>
          Tableau stops a task after {suspensionThreshold} failures in a row, unless its administrators set another number; then its schedule no longer runs it. Tableau’s REST API cannot resume it: mend the cause,
          then run it on its page in Tableau, or publish the content again. The first run that succeeds starts the count anew.
        </p>
      ) : (
        <p>
          {left === 1 ? 'After one more failure' : `After ${left} more failures`} in a row Tableau stops running it, by its default of {suspensionThreshold}. The first run that succeeds starts the count anew.
        </p>
      )}
      {task.content !== undefined && <TableauLink content={task.content}>Open its page in Tableau</TableauLink>}
    </div>
  )
}

/** When its schedule runs, in words: read from the schedule where the list does not tell. */
const Repeats = ({ schedule }: { schedule: NonNullable<Task['schedule']> }) => {
  const live = useIsLive()
  const known = schedule.recurrence
  const id = luidSchema.safeParse(schedule.id)
  const { data } = useQuery({ ...scheduleOf(id.data ?? ''), enabled: live && known === undefined && id.success })
  const recurrence = known ?? data?.recurrence
  return <div className={classes['dim']}>{recurrence === undefined ? schedule.frequency : `${describeRecurrence(recurrence)}, server time`}</div>
}

/** When a task of Tableau Cloud runs: its times are its own. */
const OwnTimes = ({ schedule }: { schedule: Task['schedule'] }) => {
  const site = useServerZone()
  if (schedule === undefined) return <div className={classes['dim']}>Nothing runs it by itself.</div>
  const runs = runsOf(schedule)
  return (
    <>
      <div>{scheduleName(schedule)}</div>
      {runs !== undefined && <div className={classes['dim']}>{site.words}</div>}
    </>
  )
}

interface TaskFactsProps {
  task: Task
  /** Full or incremental; absent where that is not known. */
  refreshType: string | undefined
  clock: TableauClock | undefined
  zone: string
}

/** Everything known of one task. */
export const TaskFacts = ({ task, refreshType, clock, zone }: TaskFactsProps) => {
  const { content, schedule } = task
  const suspended = isSuspendedSchedule(schedule)
  const { flavor } = useSession().server
  return (
    <>
      {content !== undefined && <ContentHead content={content} />}
      <Advice task={task} />
      <Facts>
        {flavor === 'cloud' ? (
          <Fact label="Repeats">
            <OwnTimes schedule={schedule} />
          </Fact>
        ) : (
          <Fact label="Schedule">
            <ScheduleLink schedule={schedule} />
            {schedule === undefined ? <div className={classes['dim']}>Nothing runs it by itself. Add its content to a schedule.</div> : <Repeats schedule={schedule} />}
            {suspended && <div className={classes['off']}>The schedule is suspended: nothing on it runs until somebody resumes it.</div>}
          </Fact>
        )}
        {schedule !== undefined && (
          <Fact label="Next run">
            <NextRun at={schedule.nextRunAt} zone={zone} clock={clock} suspended={suspended} />
            {schedule.nextRunAt !== undefined && !suspended && <div className={classes['dim']}>{formatFull(Date.parse(schedule.nextRunAt), zone)}</div>}
          </Fact>
        )}
        {refreshType !== undefined && <Fact label="Type">{refreshTypeWords(refreshType)}</Fact>}
        <Fact label="Failures">{failuresOf(task) === 0 ? 'None in a row' : `${failuresOf(task)} in a row`}</Fact>
        {task.priority !== undefined && (
          <Fact label="Priority">
            {task.priority} <span className={classes['dim']}>of 100, 1 runs first</span>
          </Fact>
        )}
        <Fact label="Task id">
          <Id id={task.id} what="the task id" />
        </Fact>
        {content !== undefined && (
          <Fact label={`${kindWords[content.kind]} id`}>
            <Id id={content.id} what="the content id" />
          </Fact>
        )}
      </Facts>
    </>
  )
}

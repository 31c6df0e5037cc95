import type { Schedule } from '@refreshboard/api-types'
import { Fact, Facts, Id } from '../../components/facts.tsx'
import { Instant, tableauNow, type TableauClock } from '../../components/job-cells.tsx'
import { NextRun } from '../../components/next-run.tsx'
import { isSuspended } from './schedule-rows.ts'
import { orderInWords, typeInWords } from './schedule-words.ts'
import classes from './schedule-page.module.css'

interface ScheduleFactsProps {
  schedule: Schedule
  clock: TableauClock | undefined
  zone: string
}

/** What Tableau tells of a schedule beside its times. */
export const ScheduleFacts = ({ schedule, clock, zone }: ScheduleFactsProps) => {
  const instant = (at: string | undefined) => <Instant at={at} zone={zone} now={tableauNow(clock)} full />
  return (
    <Facts>
      <Fact label="Next run">
        <NextRun at={schedule.nextRunAt} zone={zone} clock={clock} suspended={isSuspended(schedule)} endsAt={schedule.endScheduleAt} />
      </Fact>
      <Fact label="Type">{typeInWords(schedule.type)}</Fact>
      <Fact label="Priority">
        {schedule.priority === undefined ? (
          'Tableau tells none'
        ) : (
          <>
            {schedule.priority} <span className={classes['dim']}>of 100, 1 runs first</span>
          </>
        )}
      </Fact>
      <Fact label="Its tasks run">{schedule.executionOrder === undefined ? 'Tableau does not tell in which order' : orderInWords(schedule.executionOrder)}</Fact>
      {schedule.endScheduleAt !== undefined && <Fact label="Ends">{instant(schedule.endScheduleAt)}</Fact>}
      {schedule.createdAt !== undefined && <Fact label="Created">{instant(schedule.createdAt)}</Fact>}
      {schedule.updatedAt !== undefined && <Fact label="Last changed or fired">{instant(schedule.updatedAt)}</Fact>}
      <Fact label="Schedule id">
        <Id id={schedule.id} what="the schedule id" />
      </Fact>
    </Facts>
  )
}

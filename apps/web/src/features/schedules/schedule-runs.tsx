import type { Schedule } from '@refreshboard/api-types'
import { nextRuns } from '@refreshboard/recurrence'
import { tableauNow, type TableauClock } from '../../components/job-cells.tsx'
import { formatFull } from '../../lib/time.ts'
import { NextRuns, runsShown } from '../../components/next-runs.tsx'
import { isSuspended } from './schedule-rows.ts'
import type { ServerZone } from '../../lib/server-zone.ts'
import { unknownTimes } from '../../components/week/week-fires.ts'
import classes from './schedule-page.module.css'

interface ScheduleRunsProps {
  schedule: Schedule
  server: ServerZone
  clock: TableauClock | undefined
}

const minuteMs = 60_000

/** Tableau's own next run, where it is another one than the first that was computed: Tableau's counts. */
const otherNextRun = ({ nextRunAt }: Schedule, runs: readonly number[] | undefined, now: number): number | undefined => {
  const told = nextRunAt === undefined ? undefined : Date.parse(nextRunAt)
  if (told === undefined || told <= now || runs === undefined) return undefined
  return runs.some((run) => Math.abs(run - told) < minuteMs) && (runs[0] ?? 0) >= told - minuteMs ? undefined : told
}

/** When it runs next, by its times; what Tableau says where that differs. */
export const ScheduleRuns = ({ schedule, server, clock }: ScheduleRunsProps) => {
  const now = tableauNow(clock)
  const { recurrence, endScheduleAt } = schedule
  const runs =
    recurrence === undefined || !server.known
      ? undefined
      : nextRuns(recurrence, server.name, { after: now, count: runsShown, ...(endScheduleAt === undefined ? {} : { endScheduleAt: Date.parse(endScheduleAt) }) })
  const other = otherNextRun(schedule, runs, now)
  return (
    <section className={classes['runs']}>
      <h2>Next runs</h2>
      <NextRuns runs={runs} reason={recurrence === undefined ? 'Tableau does not tell its times.' : unknownTimes(schedule)} server={server} clock={clock} />
      {isSuspended(schedule) && <p className={classes['small']}>It is suspended: these are the times at which it would run.</p>}
      {other !== undefined && server.known && (
        <p className={classes['small']}>
          Computed from its times. Tableau itself says that it runs next at {formatFull(other, server.name)}, and that is what counts.
        </p>
      )}
      {server.known && server.note !== undefined && <p className={classes['small']}>{server.note}</p>}
    </section>
  )
}

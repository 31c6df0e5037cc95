import { describeIn, describeRecurrence, nextRuns, runsBetween, type Recurrence } from '@refreshboard/recurrence'
import { memo, useMemo } from 'react'
import { tableauNow, type TableauClock } from '../../components/job-cells.tsx'
import { dayLoadOf, minutesOn } from './day-load.ts'
import { DayStrip } from './day-strip.tsx'
import { NextRuns, runsShown } from '../../components/next-runs.tsx'
import type { ScheduleRow } from './schedule-rows.ts'
import type { ServerZone } from '../../lib/server-zone.ts'
import classes from '../../components/preview.module.css'

interface SchedulePreviewProps {
  /** What the times mean at present; `undefined` while they are not complete. */
  recurrence: Recurrence | undefined
  /** Why there is nothing to tell. */
  pending: string
  suspended: boolean
  endScheduleAt: string | undefined
  /** Every schedule, for what else starts; absent while they are being read. */
  rows: readonly ScheduleRow[] | undefined
  /** The one that is edited, which is none of the others. */
  self: string | undefined
  server: ServerZone
  clock: TableauClock | undefined
}

const sentenceOf = (recurrence: Recurrence, server: ServerZone): string => (server.known ? describeIn(recurrence, server.name) : `${describeRecurrence(recurrence)}, ${server.words}`)

/** What the fields mean, as they are typed: the sentence, the next runs, and the day on which it runs next. */
export const SchedulePreview = memo(({ recurrence, pending, suspended, endScheduleAt, rows, self, server, clock }: SchedulePreviewProps) => {
  const end = useMemo(() => (endScheduleAt === undefined ? {} : { endScheduleAt: Date.parse(endScheduleAt) }), [endScheduleAt])
  // From the minute on: runs that pass fall out of the list, and nothing is computed twice a second.
  const now = Math.floor(tableauNow(clock) / 60_000) * 60_000
  const runs = useMemo(
    () => (recurrence === undefined || !server.known ? undefined : nextRuns(recurrence, server.name, { after: now, count: runsShown, ...end })),
    [recurrence, server, now, end],
  )
  const next = runs?.[0]
  const load = useMemo(() => (rows === undefined || next === undefined ? undefined : dayLoadOf(rows, next, server, self)), [rows, next, server, self])
  const own = recurrence === undefined || load === undefined || !server.known ? [] : minutesOn(runsBetween(recurrence, server.name, load.day.from - 1, load.day.to - 1, end) ?? [], load.day)
  return (
    <section className={classes['preview']} aria-label="What it means">
      <p className={classes['sentence']} data-pending={recurrence === undefined || undefined} aria-live="polite">
        {recurrence === undefined ? pending : sentenceOf(recurrence, server)}
      </p>
      <div>
        <h2>Next runs</h2>
        <NextRuns runs={runs} reason={recurrence === undefined ? 'They appear when its times are complete.' : 'They are not known.'} server={server} clock={clock} />
        {suspended && <p className={classes['small']}>It is suspended: these are the times at which it would run.</p>}
        {server.note !== undefined && server.known && <p className={classes['small']}>{server.note}</p>}
      </div>
      <div className={classes['stripRoom']}>
        <h2>What else starts that day</h2>
        {load === undefined ? <p className={classes['small']}>It appears with the next run.</p> : <DayStrip load={load} own={own} zoneWords={server.words} />}
      </div>
    </section>
  )
})
SchedulePreview.displayName = 'SchedulePreview'

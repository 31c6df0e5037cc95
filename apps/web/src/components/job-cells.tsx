import type { Job } from '@refreshboard/api-types'
import { sinceReceipt, type Receipt } from '../lib/live.ts'
import { useNow } from '../lib/now.ts'
import { formatDuration, formatFull, formatInstant } from '../lib/time.ts'
import { spansOf } from '../lib/job-words.ts'

/** Tableau's clock at one moment, and when that was here. */
export interface TableauClock {
  base: number
  receipt: Receipt
}

/** Tableau's clock now, milliseconds since 1970. */
export const tableauNow = (clock: TableauClock | undefined): number => (clock === undefined ? Date.now() : clock.base + sinceReceipt(clock.receipt))

/** A duration that goes on every second. */
const Ticking = ({ of }: { of: () => number }) => {
  useNow()
  return <>{formatDuration(of())}</>
}

/** How long a job waited, still going on for one that waits. */
export const Waited = ({ job, clock }: { job: Job; clock: TableauClock | undefined }) => {
  const { waited, waiting } = spansOf(job, tableauNow(clock))
  if (waited === undefined) return null
  return waiting ? <Ticking of={() => spansOf(job, tableauNow(clock)).waited ?? 0} /> : <>{formatDuration(waited)}</>
}

/** How long a job ran, still going on for one that runs. */
export const Ran = ({ job, clock }: { job: Job; clock: TableauClock | undefined }) => {
  const { ran, running } = spansOf(job, tableauNow(clock))
  if (ran === undefined) return null
  return running ? <Ticking of={() => spansOf(job, tableauNow(clock)).ran ?? 0} /> : <>{formatDuration(ran)}</>
}

/** An instant in the chosen zone; in full on hover. */
export const Instant = ({ at, zone, now, full = false }: { at: string | undefined; zone: string; now: number; full?: boolean }) => {
  if (at === undefined) return null
  const ms = Date.parse(at)
  return (
    <time dateTime={at} title={formatFull(ms, zone)}>
      {full ? formatFull(ms, zone) : formatInstant(ms, zone, now)}
    </time>
  )
}

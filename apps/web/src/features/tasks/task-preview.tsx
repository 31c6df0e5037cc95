import { asCloudRuns, describeIn, describeRecurrence, nextRuns, type Recurrence } from '@refreshboard/recurrence'
import { memo, useMemo } from 'react'
import { tableauNow, type TableauClock } from '../../components/job-cells.tsx'
import { NextRuns, runsShown } from '../../components/next-runs.tsx'
import type { ServerZone } from '../../lib/server-zone.ts'
import classes from '../../components/preview.module.css'

interface TaskPreviewProps {
  /** What the times mean at present; `undefined` while they are not complete. */
  recurrence: Recurrence | undefined
  /** Why there is nothing to tell. */
  pending: string
  site: ServerZone
  clock: TableauClock | undefined
}

/** What the fields mean, as they are typed: the sentence, and the next runs in the site's zone and in this computer's. */
export const TaskPreview = memo(({ recurrence, pending, site, clock }: TaskPreviewProps) => {
  const meant = useMemo(() => (recurrence === undefined ? undefined : asCloudRuns(recurrence)), [recurrence])
  // From the minute on: runs that pass fall out of the list, and nothing is computed twice a second.
  const now = Math.floor(tableauNow(clock) / 60_000) * 60_000
  const runs = useMemo(() => (meant === undefined || !site.known ? undefined : nextRuns(meant, site.name, { after: now, count: runsShown })), [meant, site, now])
  return (
    <section className={classes['preview']} aria-label="What it means">
      <p className={classes['sentence']} data-pending={meant === undefined || undefined} aria-live="polite">
        {meant === undefined ? pending : site.known ? describeIn(meant, site.name) : `${describeRecurrence(meant)}, ${site.words}`}
      </p>
      <div>
        <h2>Next runs</h2>
        <NextRuns runs={runs} reason={meant === undefined ? 'They appear when its times are complete.' : 'They are not known.'} server={site} clock={clock} />
        {site.note !== undefined && site.known && <p className={classes['small']}>{site.note}</p>}
      </div>
    </section>
  )
})
TaskPreview.displayName = 'TaskPreview'

import { listJobs, maxBulkItems, type InputOf, type Luid, type Permission, type PlanBulk } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useId, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { formatCount, plural } from '../../lib/count.ts'
import { readOf } from '../../lib/query.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { BrokenPart } from '../broken-part.tsx'
import { GatedButton } from '../gated-button.tsx'
import { bulkChoices, type BulkChoice } from './bulk-choices.ts'
import { actionWords } from './bulk-words.ts'
import { chosenAs, type Chosen } from './chosen.ts'
import type { SelectionOf } from './selection.ts'
import classes from './bulk-bar.module.css'

const PlanDialog = lazy(async () => ({ default: (await import('./plan-dialog.tsx')).PlanDialog }))
const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).MoveDialog }))

type ListQuery = NonNullable<InputOf<typeof listJobs>['query']>

export interface BulkBarProps {
  of: SelectionOf
  chosen: Chosen
  /** How many are selected. */
  count: number
  /** How many match the filter. */
  total: number
  /** How many are selected that the list does not show. */
  elsewhere?: number | undefined
  /** All jobs that match, where they can be read at once: the page holds only those in sight. */
  listed?: ListQuery | undefined
  /** Whether tasks may be run by hand at all. */
  runNow?: Permission | undefined
  /** Where the page of a run is. */
  pageOfRun: (id: string) => string
  runsPage: string
  onAll: () => void
  onClear: () => void
  /** It was started: the selection is over once the page is left. */
  onDone: () => void
}

type Open = { action: PlanBulk['action']; wanted?: PlanBulk }

const listedEveryMs = 5000

/** How many of the chosen jobs the list does not have, as far as that can be told. */
const useElsewhere = (chosen: Chosen, listed: ListQuery | undefined): number | undefined => {
  const live = useIsLive()
  const asked = listed !== undefined && 'ids' in chosen
  const { data } = useQuery({
    ...readOf(listJobs, { query: listed ?? {} }, { as: 'listed', keep: ({ rows }) => new Set<string>(rows.map(({ id }) => id)) }),
    enabled: asked && live,
    refetchInterval: listedEveryMs,
  })
  return asked && data !== undefined ? chosen.ids.filter((id) => !data.has(id)).length : undefined
}

const onesOf: Record<SelectionOf, string> = { jobs: 'job', tasks: 'task', schedules: 'schedule' }

/** What stays true of a selection, beside how many it has. */
const noteOf = ({ count, total, elsewhere = 0 }: Pick<BulkBarProps, 'count' | 'total' | 'elsewhere'>): string =>
  [
    ...(elsewhere > 0 ? [`${formatCount(elsewhere)} of them not in this list`] : []),
    ...(count >= maxBulkItems && total > maxBulkItems ? [`at most ${formatCount(maxBulkItems)} at a time: ${formatCount(total)} match`] : []),
  ].join(' · ')

const Reasons = ({ choices, id }: { choices: readonly BulkChoice[]; id: string }) => {
  const reasons = [...new Set(choices.map(({ reason }) => reason).filter((reason) => reason !== undefined))]
  return reasons.length === 0 ? null : (
    <span id={id} className={classes['reason']}>
      {reasons.join(' ')}
    </span>
  )
}

/** What can be done to everything that is selected. It takes its room from the end of the list, so that no row moves. */
export const BulkBar = ({ of, chosen, count, total, elsewhere, listed, runNow, pageOfRun, runsPage, onAll, onClear, onDone }: BulkBarProps) => {
  const session = useSession()
  const navigate = useNavigate()
  const reasonId = useId()
  const [open, setOpen] = useState<Open>()
  const choices = bulkChoices(of, session, runNow)
  const unlisted = useElsewhere(chosen, listed)
  const note = noteOf({ count, total, elsewhere: unlisted ?? elsewhere })
  const most = Math.min(total, maxBulkItems)
  const ask = (action: PlanBulk['action'], scheduleId?: Luid) => setOpen({ action, ...(action === 'tasks.move' && scheduleId === undefined ? {} : { wanted: chosenAs(action, chosen, scheduleId) }) })
  return (
    <section aria-label={`Selected ${of}`} className={classes['bar']} data-bulk-bar>
      <output className={classes['count']}>
        <strong>{formatCount(count)} selected</strong>
        {note !== '' && <span className={classes['note']}> · {note}</span>}
      </output>
      <div className={classes['pick']}>
        {count < most && (
          <Button size="compact-sm" variant="subtle" onClick={onAll}>
            {total > maxBulkItems ? `Select the first ${formatCount(maxBulkItems)} of ${formatCount(total)}` : `Select all ${formatCount(total)} that match`}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => {
            onClear()
            // The bar goes, and the focus would fall to the page.
            document.querySelector<HTMLElement>('#main')?.focus()
          }}
        >
          Clear
        </Button>
        <Link to={runsPage} className={classes['runs']}>
          Earlier runs
        </Link>
      </div>
      <div className={classes['actions']}>
        <Reasons choices={choices} id={reasonId} />
        {choices.map(({ action, label, danger, reason }) => (
          <GatedButton key={action} size="compact-sm" {...(danger ? { color: 'red' } : {})} reason={reason} reasonId={reasonId} onClick={() => ask(action)}>
            {label}
          </GatedButton>
        ))}
      </div>
      <BrokenPart what="This dialog">
        <Suspense fallback={null}>
          {open !== undefined && open.wanted === undefined && <MoveDialog count={count} onChosen={(scheduleId) => ask(open.action, scheduleId)} onClose={() => setOpen(undefined)} />}
          {open?.wanted !== undefined && (
            <PlanDialog
              wanted={open.wanted}
              title={`${actionWords[open.action].verb} ${plural(count, onesOf[of])}`}
              onStarted={(run) => {
                onDone()
                void navigate(pageOfRun(run.id))
              }}
              onClose={() => setOpen(undefined)}
            />
          )}
        </Suspense>
      </BrokenPart>
    </section>
  )
}

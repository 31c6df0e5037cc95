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
  /** What was selected last is still being read: nothing can be done to it before. */
  reading: boolean
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
  /** A dialog about the selection is opened or closed: the bar has to stay for as long. */
  onAsking: (asking: boolean) => void
}

/** What is being asked, of what was selected when it was asked first. */
interface Asked {
  action: PlanBulk['action']
  chosen: Chosen
  count: number
  wanted?: PlanBulk
}

const listedEveryMs = 5000
const notYet = 'What you selected last is still being read.'

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

/** Where the bar goes with what has the focus, that would fall to nothing. */
const focusPage = () => document.querySelector<HTMLElement>('#main')?.focus()

/** What can be done to everything that is selected. It takes its room from the end of the list, so that no row moves. */
export const BulkBar = ({ of, chosen, count, total, elsewhere, reading, listed, runNow, pageOfRun, runsPage, onAll, onClear, onDone, onAsking }: BulkBarProps) => {
  const session = useSession()
  const navigate = useNavigate()
  const reasonId = useId()
  const readingId = useId()
  const [open, setOpen] = useState<Asked>()
  const choices = bulkChoices(of, session, runNow)
  const unlisted = useElsewhere(chosen, listed)
  const note = noteOf({ count, total, elsewhere: unlisted ?? elsewhere })
  const most = Math.min(total, maxBulkItems)
  const ask = (asked: Omit<Asked, 'wanted'>, scheduleId?: Luid) => {
    onAsking(true)
    setOpen({ ...asked, ...(asked.action === 'tasks.move' && scheduleId === undefined ? {} : { wanted: chosenAs(asked.action, asked.chosen, scheduleId) }) })
  }
  const close = () => {
    setOpen(undefined)
    onAsking(false)
    // Where nothing is selected any more the bar goes with the dialog.
    if (count === 0) focusPage()
  }
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
            focusPage()
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
        {/* It is over before it could be read: the line would only jump. */}
        <span id={readingId} hidden>
          {notYet}
        </span>
        {choices.map(({ action, label, danger, reason }) => (
          <GatedButton
            key={action}
            size="compact-sm"
            {...(danger ? { color: 'red' } : {})}
            reason={reason ?? (reading ? notYet : undefined)}
            reasonId={reason === undefined ? readingId : reasonId}
            onClick={() => ask({ action, chosen, count })}
          >
            {label}
          </GatedButton>
        ))}
      </div>
      <BrokenPart what="This dialog">
        <Suspense fallback={null}>
          {open !== undefined && open.wanted === undefined && <MoveDialog count={open.count} onChosen={(scheduleId) => ask(open, scheduleId)} onClose={close} />}
          {open?.wanted !== undefined && (
            <PlanDialog
              wanted={open.wanted}
              title={`${actionWords[open.action].verb} ${plural(open.count, onesOf[of])}`}
              onStarted={(run) => {
                onDone()
                void navigate(pageOfRun(run.id))
              }}
              onClose={close}
            />
          )}
        </Suspense>
      </BrokenPart>
    </section>
  )
}

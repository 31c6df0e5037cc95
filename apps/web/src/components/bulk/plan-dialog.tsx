import type { BulkRun, BulkRunWithItems, PlanBulk } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { failureOf, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { formatCount, plural } from '../../lib/count.ts'
import { useOnline } from '../../lib/online.ts'
import { useIsLive } from '../../lib/session-store.ts'
import dialog from '../dialog-buttons.module.css'
import { Dialog } from '../dialog.tsx'
import { FailureNotice } from '../failure-notice.tsx'
import { WriteButton } from '../write-button.tsx'
import { actionWords, doWords, manyItems } from './bulk-words.ts'
import { planOf } from './bulk.queries.ts'
import { ItemRequest } from './item-request.tsx'
import { PlanView } from './plan-view.tsx'
import classes from './plan.module.css'
import { isTyped, TypedNumber } from './typed-number.tsx'
import { useStartPlan } from './use-start-plan.ts'

interface PlanDialogProps {
  wanted: PlanBulk
  /** What the dialog is called before its plan is there. */
  title: string
  onStarted: (run: BulkRun) => void
  onClose: () => void
}

const toDo = ({ items }: BulkRunWithItems): number => items.filter(({ state }) => state !== 'left_out').length

/** The dry run of something that is done to many, and the button that does it: once, and only as it was seen. */
export const PlanDialog = ({ wanted, title, onStarted, onClose }: PlanDialogProps) => {
  const name = useId()
  const reasonId = useId()
  const live = useIsLive()
  const online = useOnline()
  const { data: run, error, refetch, isFetching } = useQuery({ ...planOf(wanted, name), enabled: live })
  const client = useQueryClient()
  const [changes, setChanges] = useState<string[]>()
  const { start, starting, failure: refused, note } = useStartPlan({
    onStarted,
    onChanged: (changed, words) => {
      setChanges(words)
      client.setQueryData(planOf(wanted, name).queryKey, changed)
    },
  })
  const [text, setText] = useState('')
  const { danger, one } = actionWords[wanted.action]
  const count = run === undefined ? 0 : toDo(run)
  const out = (run?.items.length ?? 0) - count
  const mustType = danger && count >= manyItems
  const reason = !online ? 'This computer is offline: it cannot be sent now.' : mustType && !isTyped(text, count) ? `Type ${formatCount(count)} first.` : undefined
  const unplanned: Failure | undefined = run === undefined && error !== null && !isSessionEnd(error) ? failureOf(error) : undefined
  return (
    // What is on its way can no longer be left alone: its answer comes here.
    <Dialog title={run?.title ?? title} {...(starting ? {} : { onClose })} active={live}>
      {run === undefined ? (
        unplanned === undefined ? (
          <output className={classes['reading']}>Working out what would happen. Nothing is sent yet …</output>
        ) : (
          <FailureNotice failure={unplanned} onRetry={() => void refetch()} retrying={isFetching} />
        )
      ) : (
        <>
          <p className={classes['counts']} aria-live="polite">
            {count === 0 ? `Nothing can be done: ${out === 1 ? 'it is' : 'all of them are'} left out.` : `${plural(count, one)} of ${formatCount(run.items.length)}${out > 0 ? `; ${formatCount(out)} left out, with the reason below` : ''}. Nothing is sent yet.`}
          </p>
          <PlanView run={run} changes={changes} />
          <ItemRequest key={run.digest} run={run} />
        </>
      )}
      {mustType && <TypedNumber className={classes['typed']} label={`Type ${formatCount(count)}, the number of ${one}s, to go on`} text={text} onType={setText} disabled={starting} />}
      <div className={classes['notice']}>
        {refused !== undefined && <FailureNotice failure={refused}>{note}</FailureNotice>}
        {starting && <output>It is being started. The answer comes here.</output>}
        {run !== undefined && reason !== undefined && <div id={reasonId}>{reason}</div>}
      </div>
      <div className={dialog['buttons']}>
        <Button variant="default" onClick={onClose} disabled={starting} data-autofocus>
          {count === 0 ? 'Close' : danger ? 'Keep them' : 'Do nothing'}
        </Button>
        {run !== undefined && count > 0 && (
          <WriteButton {...(danger ? { color: 'red' } : {})} busy={starting} failure={refused} reason={reason} reasonId={reasonId} onClick={() => start(run)}>
            {doWords(wanted.action, count)}
          </WriteButton>
        )}
      </div>
    </Dialog>
  )
}

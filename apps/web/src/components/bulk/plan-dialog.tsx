import { getBulk, listBulk, startBulk, type BulkRun, type BulkRunWithItems, type PlanBulk } from '@refreshboard/api-types'
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ApiError, failureOf, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { call } from '../../lib/api.ts'
import { formatCount, plural } from '../../lib/count.ts'
import { useOnline } from '../../lib/online.ts'
import { queryKeyOf } from '../../lib/query.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { useLeft } from '../../lib/use-left.ts'
import dialog from '../dialog-buttons.module.css'
import { Dialog } from '../dialog.tsx'
import { FailureNotice } from '../failure-notice.tsx'
import { toast, toastFailure } from '../toasts.tsx'
import { WriteButton } from '../write-button.tsx'
import { actionWords, doWords, manyItems } from './bulk-words.ts'
import { planOf } from './bulk.queries.ts'
import { planChanges } from './plan-changes.ts'
import { ItemRequest } from './item-request.tsx'
import { PlanView } from './plan-view.tsx'
import classes from './plan.module.css'

interface PlanDialogProps {
  wanted: PlanBulk
  /** What the dialog is called before its plan is there. */
  title: string
  onStarted: (run: BulkRun) => void
  onClose: () => void
}

/** Failures that say nothing about whether the server heard of it. */
const unheard: ReadonlySet<Failure['code']> = new Set(['unreachable', 'timed_out', 'unreadable'])

const toDo = ({ items }: BulkRunWithItems): number => items.filter(({ state }) => state !== 'left_out').length

/** Starts the plan that was seen; another one comes back where something has changed in the meantime. */
export const startPlan = async (run: BulkRunWithItems): Promise<{ started: BulkRun } | { changed: BulkRunWithItems }> => {
  const read = async () => await call(getBulk, { params: { id: run.id } })
  try {
    return { started: await call(startBulk, { params: { id: run.id }, body: { digest: run.digest } }) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'changed_elsewhere') return { changed: await read() }
    if (error.received !== 'unknown') throw error
    // The reply was lost: the run itself tells whether it was started. A start that is asked for twice is one.
    const now = await read()
    if (now.state === 'planned') throw error
    return { started: now }
  }
}

const useStart = (wanted: PlanBulk, name: string, onStarted: PlanDialogProps['onStarted']) => {
  const client = useQueryClient()
  const [changes, setChanges] = useState<string[]>()
  // The page can be left while the answer is on its way: it is told all the same, and leads nobody away from where they are by then.
  const isLeft = useLeft()
  const { mutate, isPending, error } = useMutation({
    mutationFn: startPlan,
    meta: { invalidates: [] },
    onSuccess: (outcome, before) => {
      if ('started' in outcome) {
        // The shell tells of it at once; the plan itself must not be asked for again.
        void client.invalidateQueries({ queryKey: queryKeyOf(listBulk, undefined) })
        return isLeft.current ? toast(`“${before.title}” was started`, 'The line at the top of the page leads to it.') : onStarted(outcome.started)
      }
      if (isLeft.current) return toast(`“${before.title}” was not started`, 'Something had changed in the meantime, so nothing was sent. Select them again to see the new plan.')
      setChanges(planChanges(before.items, outcome.changed.items))
      client.setQueryData(planOf(wanted, name).queryKey, outcome.changed)
      return undefined
    },
    onError: (failed, { title }) => {
      if (isLeft.current) toastFailure(`“${title}” may not have been started`, failed)
    },
  })
  return { changes, start: mutate, starting: isPending, failure: error === null || isSessionEnd(error) ? undefined : failureOf(error) }
}

/** The dry run of something that is done to many, and the button that does it: once, and only as it was seen. */
export const PlanDialog = ({ wanted, title, onStarted, onClose }: PlanDialogProps) => {
  const name = useId()
  const reasonId = useId()
  const live = useIsLive()
  const online = useOnline()
  const { data: run, error, refetch, isFetching } = useQuery({ ...planOf(wanted, name), enabled: live })
  const { changes, start: send, starting, failure: refused } = useStart(wanted, name, onStarted)
  const [text, setText] = useState('')
  const { danger, one } = actionWords[wanted.action]
  const count = run === undefined ? 0 : toDo(run)
  const out = (run?.items.length ?? 0) - count
  const typed = danger && count >= manyItems ? String(count) : undefined
  const reason = !online ? 'This computer is offline: it cannot be sent now.' : typed !== undefined && text.replaceAll(/[\s,.]/g, '') !== typed ? `Type ${formatCount(count)} first.` : undefined
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
      {typed !== undefined && (
        <TextInput
          className={classes['typed'] ?? ''}
          label={`Type ${formatCount(count)}, the number of ${one}s, to go on`}
          autoComplete="off"
          inputMode="numeric"
          maxLength={10}
          value={text}
          disabled={starting}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={classes['notice']}>
        {refused !== undefined && <FailureNotice failure={refused}>{unheard.has(refused.code) ? 'Whether it was started is not known. You can press it again: it starts once.' : 'Nothing was sent.'}</FailureNotice>}
        {starting && <output>It is being started. The answer comes here.</output>}
        {run !== undefined && reason !== undefined && <div id={reasonId}>{reason}</div>}
      </div>
      <div className={dialog['buttons']}>
        <Button variant="default" onClick={onClose} disabled={starting} data-autofocus>
          {count === 0 ? 'Close' : danger ? 'Keep them' : 'Do nothing'}
        </Button>
        {run !== undefined && count > 0 && (
          <WriteButton {...(danger ? { color: 'red' } : {})} busy={starting} failure={refused} reason={reason} reasonId={reasonId} onClick={() => send(run)}>
            {doWords(wanted.action, count)}
          </WriteButton>
        )}
      </div>
    </Dialog>
  )
}

import type { BulkRun, BulkRunWithItems } from '@refreshboard/api-types'
import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ItemRequest } from '../../components/bulk/item-request.tsx'
import { planChanges } from '../../components/bulk/plan-changes.ts'
import { startPlan } from '../../components/bulk/plan-dialog.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { WriteButton } from '../../components/write-button.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { formatCount, plural } from '../../lib/count.ts'
import { useOnline } from '../../lib/online.ts'
import { countsOf } from './as-code-steps.ts'
import classes from './as-code.module.css'

interface AsCodeApplyProps {
  run: BulkRunWithItems
  /** Why this plan cannot be applied, whatever is in it. */
  reason: string | undefined
  onStarted: (run: BulkRun) => void
  /** Another plan, since something had changed in the meantime, and what it does otherwise. */
  onChanged: (run: BulkRunWithItems, changes: string[]) => void
}

/** Starts the plan as it was seen; what deletes wants its number typed. */
export const AsCodeApply = ({ run, reason, onStarted, onChanged }: AsCodeApplyProps) => {
  const online = useOnline()
  const reasonId = useId()
  const [text, setText] = useState('')
  const { changes, deletes } = countsOf(run)
  const { mutate, isPending, error } = useMutation({
    mutationFn: startPlan,
    meta: { invalidates: [] },
    onSuccess: (outcome, before) => {
      if ('started' in outcome) onStarted(outcome.started)
      else {
        setText('')
        onChanged(outcome.changed, planChanges(before.items, outcome.changed.items))
      }
    },
  })
  const failure = error === null || isSessionEnd(error) ? undefined : failureOf(error)
  if (changes === 0) return <p className={classes['dim']}>There is nothing to apply: Tableau is as the text says, as far as it can be written.</p>
  const untyped = deletes > 0 && text.replaceAll(/[\s,.]/g, '') !== String(deletes) ? `Type ${formatCount(deletes)} first: it deletes ${plural(deletes, 'item')}.` : undefined
  const why = reason ?? (online ? undefined : 'This computer is offline: it cannot be sent now.') ?? untyped
  return (
    <div className={classes['apply']}>
      <ItemRequest key={run.digest} run={run} />
      {deletes > 0 && (
        <TextInput
          label={`Type ${formatCount(deletes)}, the number of what is deleted, to go on`}
          autoComplete="off"
          inputMode="numeric"
          maxLength={10}
          value={text}
          disabled={isPending}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {failure !== undefined && <FailureNotice failure={failure}>You can press it again: a plan is started once.</FailureNotice>}
      <div className={classes['row']}>
        <WriteButton {...(deletes > 0 ? { color: 'red' } : {})} busy={isPending} failure={failure} reason={why} reasonId={reasonId} onClick={() => mutate(run)}>
          {`Apply ${plural(changes, 'change')}`}
        </WriteButton>
        <span id={reasonId} className={classes['dim']}>
          {why}
        </span>
      </div>
    </div>
  )
}

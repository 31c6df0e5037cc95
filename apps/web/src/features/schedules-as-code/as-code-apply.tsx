import type { BulkRun, BulkRunWithItems } from '@refreshboard/api-types'
import { useId, useState } from 'react'
import { ItemRequest } from '../../components/bulk/item-request.tsx'
import { isTyped, TypedNumber } from '../../components/bulk/typed-number.tsx'
import { useStartPlan } from '../../components/bulk/use-start-plan.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { WriteButton } from '../../components/write-button.tsx'
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
  const { start, starting, failure, note } = useStartPlan({
    onStarted,
    onChanged: (changed, words) => {
      setText('')
      onChanged(changed, words)
    },
  })
  if (changes === 0) return <p className={classes['dim']}>There is nothing to apply: Tableau is as the text says, as far as it can be written.</p>
  const untyped = deletes > 0 && !isTyped(text, deletes) ? `Type ${formatCount(deletes)} first: it deletes ${plural(deletes, 'item')}.` : undefined
  const why = reason ?? (online ? undefined : 'This computer is offline: it cannot be sent now.') ?? untyped
  return (
    <div className={classes['apply']}>
      <ItemRequest key={run.digest} run={run} />
      {deletes > 0 && <TypedNumber label={`Type ${formatCount(deletes)}, the number of what is deleted, to go on`} text={text} onType={setText} disabled={starting} />}
      {failure !== undefined && <FailureNotice failure={failure}>{note}</FailureNotice>}
      <div className={classes['row']}>
        <WriteButton {...(deletes > 0 ? { color: 'red' } : {})} busy={starting} failure={failure} reason={why} reasonId={reasonId} onClick={() => start(run)}>
          {`Apply ${plural(changes, 'change')}`}
        </WriteButton>
        <span id={reasonId} className={classes['dim']}>
          {why}
        </span>
      </div>
    </div>
  )
}

import { getBulk, listBulk, startBulk, type BulkRun, type BulkRunWithItems } from '@refreshboard/api-types'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError, failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { call } from '../../lib/api.ts'
import { queryKeyOf } from '../../lib/query.ts'
import { useLeft } from '../../lib/use-left.ts'
import { toast, toastFailure } from '../toasts.tsx'
import { planChanges } from './plan-changes.ts'

/** True where it is not known whether the server started it. */
const mayBeStarted = (error: Error): boolean => error instanceof ApiError && (error.received === 'unknown' || error.code === 'unreadable')

/** Starts the plan that was seen; another one comes back where something has changed in the meantime. */
const startPlan = async (run: BulkRunWithItems): Promise<{ started: BulkRun } | { changed: BulkRunWithItems }> => {
  // Where the look itself fails, what became of the start is told, not what became of the look.
  const readAfter = async (start: ApiError) => {
    try {
      return await call(getBulk, { params: { id: run.id } })
    } catch (error) {
      throw isSessionEnd(error) ? error : start
    }
  }
  try {
    return { started: await call(startBulk, { params: { id: run.id }, body: { digest: run.digest } }) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'changed_elsewhere') return { changed: await readAfter(error) }
    if (error.received !== 'unknown') throw error
    // The reply was lost: the run itself tells whether it was started. A start that is asked for twice is one.
    const now = await readAfter(error)
    if (now.state === 'planned') throw error
    return { started: now }
  }
}

interface WhenAnswered {
  onStarted: (run: BulkRun) => void
  /** Another plan has come, and what it does otherwise than the one that was to be started. */
  onChanged: (run: BulkRunWithItems, changes: string[]) => void
}

/**
 * Starts a plan, once and only as it was seen. The page can be left while the answer is on its way: it is told all the same, and leads
 * nobody away from where they are by then.
 */
export const useStartPlan = ({ onStarted, onChanged }: WhenAnswered) => {
  const client = useQueryClient()
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
      if (isLeft.current) return toast(`“${before.title}” was not started`, 'Something had changed in the meantime, so nothing was sent. A new plan shows what.')
      return onChanged(outcome.changed, planChanges(before.items, outcome.changed.items))
    },
    onError: (failed, { title }) => {
      if (isLeft.current) toastFailure(`“${title}” may not have been started`, failed)
    },
  })
  const failure = error === null || isSessionEnd(error) ? undefined : failureOf(error)
  return {
    start: mutate,
    starting: isPending,
    failure,
    /** What a failure means for the plan, in a sentence. */
    note: error !== null && mayBeStarted(error) ? 'Whether it was started is not known. You can press it again: it starts once.' : 'Nothing was sent.',
  }
}

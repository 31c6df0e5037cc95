import { cancelJob, getWrite, type WriteOutcome } from '@refreshboard/api-types'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { call } from '../../lib/api.ts'
import { ApiError, failureOf, failureOfProblem, sessionEndOf, type Failure } from '../../lib/api-error.ts'
import { queryClient } from '../../lib/query-client.ts'
import { identity, onIdentityChange, sessionDied } from '../../lib/session-store.ts'

/** How far the cancelling of one job has come, as told in its row and in its drawer. */
export type CancelState =
  | { phase: 'sending'; key: string }
  /** The reply was lost: what became of it is being found out. Nothing is sent again. */
  | { phase: 'checking'; key: string }
  /** Tableau took it. The list may need a moment. */
  | { phase: 'done'; evidence: string }
  /** Tableau refused it, or it never arrived. `key` stays when the same intention may be sent once more. */
  | { phase: 'not-done'; failure: Failure; key?: string }
  /** It could not be found out. */
  | { phase: 'unconfirmed'; evidence: string }

const states = new Map<string, CancelState>()
const listeners = new Set<() => void>()

const put = (jobId: string, state: CancelState | undefined): void => {
  if (state === undefined) states.delete(jobId)
  else states.set(jobId, state)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

onIdentityChange(() => {
  states.clear()
  for (const listener of listeners) listener()
})

export const cancelStateOf = (jobId: string): CancelState | undefined => states.get(jobId)

export const useCancelState = (jobId: string): CancelState | undefined =>
  useSyncExternalStore(
    subscribe,
    useCallback(() => states.get(jobId), [jobId]),
  )

const wait = async (ms: number) => {
  await new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

/** When the outcome is asked for, in milliseconds after the previous time; about 90 s in all. */
const askAfterMs = [400, 800, 1200, 1600, 2000, ...Array.from({ length: 28 }, () => 3000)]

/** For so long Tableau may take to end a job that it agreed to cancel; then the state of the job tells, whatever it is. */
const doneShownMs = 60_000

const showDone = (jobId: string, state: CancelState): void => {
  put(jobId, state)
  if (state.phase !== 'done') return
  setTimeout(() => {
    if (states.get(jobId) === state) put(jobId, undefined)
  }, doneShownMs)
}

const reread = async () => {
  await queryClient.invalidateQueries({ queryKey: [identity(), 'jobs'] })
}

const settled = (outcome: WriteOutcome): CancelState | undefined => {
  switch (outcome.state) {
    case 'done':
      return { phase: 'done', evidence: outcome.evidence }
    case 'unconfirmed':
      return { phase: 'unconfirmed', evidence: outcome.evidence }
    case 'not_done':
      return {
        phase: 'not-done',
        failure:
          outcome.problem === undefined
            ? { code: 'conflict', title: 'The job was not cancelled.', detail: outcome.evidence, next: outcome.evidence, tableau: undefined, requestId: undefined, retryAt: undefined }
            : failureOfProblem(outcome.problem),
      }
    case 'checking':
      break
  }
  return undefined
}

const neverArrived: Failure = {
  code: 'unreachable',
  title: 'It was not sent.',
  detail: 'Refreshboard’s server never received it, so Tableau was not asked. You can send it again.',
  next: '',
  tableau: undefined,
  requestId: undefined,
  retryAt: undefined,
}

/** Asks what became of the write until it is known. Only reads: nothing is repeated. */
const findOut = async (jobId: string, key: string): Promise<void> => {
  const me = identity()
  put(jobId, { phase: 'checking', key })
  for (const ms of askAfterMs) {
    await wait(ms)
    if (identity() !== me) return
    try {
      const state = settled(await call(getWrite, { params: { key } }, { background: true }))
      if (identity() !== me) return
      if (state === undefined) continue
      showDone(jobId, state)
      await reread()
      return
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not_found') {
        put(jobId, { phase: 'not-done', failure: neverArrived, key })
        return
      }
      // Anything else says nothing about the write. A dead session is told by its dialog; the asking goes on after it.
      const ended = sessionEndOf(error)
      if (ended !== undefined) sessionDied(ended)
    }
  }
  if (identity() === me) put(jobId, { phase: 'unconfirmed', evidence: 'Refreshboard’s server did not tell what became of it. Look at the state of the job.' })
}

/**
 * Cancels a job, once: while one attempt is under way another does nothing, and a lost reply is asked for, not repeated.
 * Resolves when it is known or being found out; never rejects. Read the state with {@link useCancelState}.
 */
export const startCancel = async (jobId: string): Promise<CancelState | undefined> => {
  const before = states.get(jobId)
  if (before?.phase === 'sending' || before?.phase === 'checking' || before?.phase === 'done') return before
  const me = identity()
  const key = before?.phase === 'not-done' && before.key !== undefined ? before.key : crypto.randomUUID()
  put(jobId, { phase: 'sending', key })
  try {
    const outcome = await call(cancelJob, { params: { id: jobId } }, { idempotencyKey: key })
    if (identity() !== me) return undefined
    const state = settled(outcome)
    if (state === undefined) void findOut(jobId, key)
    else showDone(jobId, state)
  } catch (error) {
    if (identity() !== me) return undefined
    const ended = sessionEndOf(error)
    if (ended !== undefined) {
      put(jobId, undefined)
      sessionDied(ended)
    } else if (error instanceof ApiError && error.received === 'unknown') void findOut(jobId, key)
    else put(jobId, { phase: 'not-done', failure: failureOf(error) })
  }
  return states.get(jobId)
}

/** {@link startCancel} as a mutation: afterwards the jobs are read again. */
export const useCancelJob = () => useMutation({ mutationFn: startCancel, meta: { invalidates: ['jobs'] } })

/** Forgets a refusal that was read. */
export const dismissCancel = (jobId: string): void => {
  if (states.get(jobId)?.phase === 'not-done') put(jobId, undefined)
}

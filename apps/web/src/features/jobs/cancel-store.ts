import { cancelJob } from '@refreshboard/api-types'
import { useMutation } from '@tanstack/react-query'
import { dismissWrite, startWrite, useWriteState, writeStateOf, type WriteState } from '../../lib/writes.ts'

/** How far the cancelling of one job has come, as told in its row and in its drawer. */
export type CancelState = WriteState

const targetOf = (jobId: string): string => `jobs.cancel ${jobId}`

export const cancelStateOf = (jobId: string): CancelState | undefined => writeStateOf(targetOf(jobId))

export const useCancelState = (jobId: string): CancelState | undefined => useWriteState(targetOf(jobId))

/** Cancels a job, once. Read the state with {@link useCancelState}. */
export const startCancel = (jobId: string): Promise<CancelState | undefined> =>
  startWrite({ target: targetOf(jobId), endpoint: cancelJob, input: { params: { id: jobId } }, invalidates: ['jobs'] })

/** {@link startCancel} as a mutation: afterwards the jobs are read again. */
export const useCancelJob = () => useMutation({ mutationFn: startCancel, meta: { invalidates: ['jobs'] } })

/** Forgets a refusal that was read. */
export const dismissCancel = (jobId: string): void => {
  if (cancelStateOf(jobId)?.phase === 'not-done') dismissWrite(targetOf(jobId))
}

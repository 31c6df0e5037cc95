import { createSchedule, deleteSchedule, updateSchedule, type Resource } from '@refreshboard/api-types'
import { useWrite, useWriteState } from '../../lib/writes.ts'

/** What a write to a schedule makes stale: its tasks stop, go or move with it. */
export const invalidates: Resource[] = ['schedules', 'tasks']

/** What is written to: one write to it at a time. */
export const targets = {
  create: 'schedules.create',
  update: (id: string) => `schedules.update ${id}`,
  state: (id: string) => `schedules.update state ${id}`,
  remove: (id: string) => `schedules.delete ${id}`,
} as const

export const useCreateSchedule = () => useWrite(createSchedule, [...invalidates])
export const useUpdateSchedule = () => useWrite(updateSchedule, [...invalidates])
export const useDeleteSchedule = () => useWrite(deleteSchedule, [...invalidates])

/** Why nothing else can be written to a schedule now; `undefined` when it can. */
export const useBusyReason = (id: string): string | undefined => {
  const states = [useWriteState(targets.update(id)), useWriteState(targets.state(id)), useWriteState(targets.remove(id))]
  if (states.some((state) => state?.phase === 'checking')) return 'What became of the last change is being found out.'
  return states.some((state) => state?.phase === 'sending') ? 'A change is being sent.' : undefined
}

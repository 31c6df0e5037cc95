import type { Task } from '@refreshboard/api-types'
import { useState } from 'react'
import type { HeldTasks } from './tasks.queries.ts'

/** A task that an address names and the list does not hold. */
export interface Gone {
  /** As it was last seen; absent when it was never there. */
  last: Task | undefined
  /** Tableau's time of the first list without it, milliseconds since 1970. */
  since: number
}

/** Notices that the open task has left the list, and when. */
export const useGone = (taskId: string | undefined, task: Task | undefined, data: HeldTasks | undefined): Gone | undefined => {
  const [seen, setSeen] = useState<{ taskId: string; last: Task | undefined; since: number | undefined }>()
  const before = seen?.taskId === taskId ? seen : undefined
  if (taskId === undefined || data === undefined) return undefined
  if (task !== undefined) {
    if (before?.last !== task || before.since !== undefined) setSeen({ taskId, last: task, since: undefined })
    return undefined
  }
  const since = before?.since ?? Date.parse(data.age.tableauNow) - data.age.ageMs
  if (before?.since === undefined) setSeen({ taskId, last: before?.last, since })
  return { last: before?.last, since }
}

import type { WriteState } from '../../lib/writes.ts'

/** What the deletion of one task is followed by. */
export const deleteTargetOf = (taskId: string): string => `tasks.delete ${taskId}`

/** What is said in one or two words while it is under way, and until the list has caught up. */
export const deleteWords: Record<Exclude<WriteState['phase'], 'not-done'>, string> = {
  sending: 'Deleting …',
  checking: 'Checking …',
  done: 'Deleted',
  unconfirmed: 'Not confirmed',
}

import type { Permission, PlanBulk, Session } from '@refreshboard/api-types'
import type { SelectionOf } from './selection.ts'

/** What can be done to a selection; `reason` says why not. */
export interface BulkChoice {
  action: PlanBulk['action']
  label: string
  danger: boolean
  reason: string | undefined
}

const why = (...permissions: Permission[]): string | undefined => permissions.map((permission) => (permission.allowed ? undefined : permission.reason)).find((reason) => reason !== undefined)

const choicesOf: Record<SelectionOf, (session: Pick<Session, 'can' | 'server'>, runNow: Permission | undefined) => BulkChoice[]> = {
  jobs: ({ can }) => [{ action: 'jobs.cancel', label: 'Cancel …', danger: true, reason: why(can.cancelJobs) }],
  tasks: ({ can, server }, runNow) => [
    { action: 'tasks.run', label: 'Run now …', danger: false, reason: why(runNow ?? can.listTasks) },
    // Tasks of Tableau Cloud have no schedules to be moved between.
    ...(server.flavor === 'server' ? [{ action: 'tasks.move' as const, label: 'Move …', danger: false, reason: why(can.addToSchedules, can.deleteTasks) }] : []),
    { action: 'tasks.delete', label: 'Delete …', danger: true, reason: why(can.deleteTasks) },
  ],
  schedules: ({ can }) => [
    { action: 'schedules.suspend', label: 'Suspend …', danger: false, reason: why(can.writeSchedules) },
    { action: 'schedules.resume', label: 'Resume …', danger: false, reason: why(can.writeSchedules) },
  ],
}

/** What this person may do to what is selected. */
export const bulkChoices = (of: SelectionOf, session: Pick<Session, 'can' | 'server'>, runNow?: Permission): BulkChoice[] => choicesOf[of](session, runNow)

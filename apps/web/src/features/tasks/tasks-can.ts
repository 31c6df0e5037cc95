import { luidSchema, type Permission, type Task } from '@refreshboard/api-types'

/** `true`, or why not, in a sentence for people. It only shapes the page: Tableau decides again on every call. */
export type Can = true | string

/** A task without content is a virtual connection's: Get Extract Refresh Task does not tell it, Run refuses it (403004). */
const managed = (task: Pick<Task, 'id' | 'content'>, verb: string): Can => {
  if (task.content === undefined) return `Tableau’s REST API cannot ${verb} the refresh of a virtual connection. Do it on its page in Tableau.`
  return luidSchema.safeParse(task.id).success ? true : 'Tableau gave this task an id that it does not accept back.'
}

export const canRun = (task: Pick<Task, 'id' | 'content'>, runNow: Permission): Can => {
  const can = managed(task, 'run')
  if (can !== true) return can
  return runNow.allowed ? true : runNow.reason
}

export const canDelete = (task: Pick<Task, 'id' | 'content'>): Can => managed(task, 'delete')

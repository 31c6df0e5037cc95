import { luidSchema, type Permission, type Session, type Task } from '@refreshboard/api-types'

/** `true`, or why not, in a sentence for people. It only shapes the page: Tableau decides again on every call. */
export type Can = true | string

/** A task without content is a virtual connection's: Get Extract Refresh Task does not tell it, Run refuses it (403004). */
const managed = ({ id, content }: Pick<Task, 'id' | 'content'>): Can => {
  if (content === undefined) return 'Tableau’s REST API does not manage the refresh of a virtual connection: run, move or delete it on its page in Tableau.'
  return luidSchema.safeParse(id).success ? true : 'Tableau gave this task an id that it does not accept back.'
}

const allowedTo = (task: Pick<Task, 'id' | 'content'>, permission: Permission): Can => {
  const can = managed(task)
  if (can !== true) return can
  return permission.allowed ? true : permission.reason
}

export const canRun = (task: Pick<Task, 'id' | 'content'>, runNow: Permission): Can => allowedTo(task, runNow)

/** Before API 3.6 no task can be deleted. */
export const canDelete = (task: Pick<Task, 'id' | 'content'>, { can }: Pick<Session, 'can'>): Can => allowedTo(task, can.deleteTasks)

/** Whether its times and its type can be changed: on Tableau Cloud, by administrators and its owner. */
export const canEdit = (task: Pick<Task, 'id' | 'content'>, edit: Permission): Can => allowedTo(task, edit)

export const canCreate = ({ can }: Pick<Session, 'can'>): Can => (can.createTasks.allowed ? true : can.createTasks.reason)

/** Whether its content can be added to another schedule. */
export const canAdd = (task: Pick<Task, 'id' | 'content'>, { can }: Pick<Session, 'can'>): Can => {
  if (task.content === undefined) return managed(task)
  return can.addToSchedules.allowed ? true : can.addToSchedules.reason
}

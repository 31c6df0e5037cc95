import type { Membership } from '../accounts.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { isAdministrator, mayManage } from '../permissions.ts'
import { isPublished } from '../refresh-task.ts'
import type { RefreshTask } from '../refresh-task.ts'
import { queuedContentIds } from '../task-runs.ts'
import { taskElement } from '../task-xml.ts'
import { element } from '../xml-out.ts'
import type { Xml } from '../xml-out.ts'

export const tasksPath = '/sites/:siteId/tasks/extractRefreshes'

/** List, Get, Run and Delete Extract Refresh Task. */
export const taskRoutes: readonly Route[] = [
  { operation: 'listExtractRefreshTasks', method: 'GET', path: tasksPath, since: '2.6', access: 'site', wrongVerb: '40500', handle: listTasks },
  { operation: 'getExtractRefreshTask', method: 'GET', path: `${tasksPath}/:taskId`, since: '2.6', access: 'site', wrongVerb: '40500', handle: getTask },
  { operation: 'runExtractRefreshTask', method: 'POST', path: `${tasksPath}/:taskId/runNow`, since: '2.6', access: 'site', wrongVerb: '40500', handle: runTask },
  { operation: 'deleteExtractRefreshTask', method: 'DELETE', path: `${tasksPath}/:taskId`, since: '3.6', access: 'site', handle: deleteTask },
]

/** All of the site in one reply: neither pages nor filters. Who is no administrator gets those of their own content. */
function listTasks(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  const tasks = call.world.tasks(site).listed(call.world.clock.now())
  return { status: 200, content: element('tasks', {}, ...tasks.filter((task) => isOwn(membership, task)).map((task) => elementOf(call, task))) }
}

/** The task of a virtual connection is in the list and cannot be got. */
function getTask(call: SignedInCall): HandlerReply {
  const task = extractTaskOf(call)
  if (!isPublished(task.content)) throw unknownTask(call)
  if (!isOwn(call.session.membership, task)) throw refusals.forbidden('You do not have the permission to get this task.')
  return { status: 200, content: elementOf(call, task) }
}

function runTask(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  call.optionalBody()
  const task = taskOf(call)
  if (task.kind !== 'extractRefresh') throw refusals.notExtractTask('The task is not an extract refresh task.')
  if (!isOwn(membership, task)) throw refusals.forbidden('You do not have the permission to run this task.')
  if (!isPublished(task.content)) throw refusals.forbidden('The extract is not associated with a workbook or a published data source.')
  if (!site.runNowEnabled) throw refusals.forbidden('RunNow is disabled for this site.')
  if (queuedContentIds(site).has(task.content.id)) throw refusals.alreadyQueued(`A refresh of '${task.content.name}' is already in the queue.`)
  const job = call.world.timetable.run(site, task)
  return { status: 200, content: element('job', { id: job.id, mode: 'Asynchronous', type: 'RefreshExtract' }), applied: true }
}

/** For who may manage its content, and who made it; a virtual connection's is for administrators. */
function deleteTask(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  const task = extractTaskOf(call)
  const allowed = isPublished(task.content) ? mayManage(membership, task.content) : isAdministrator(membership.siteRole)
  if (!allowed && task.ownerId !== membership.userId) throw refusals.forbidden('You do not have the permission to delete this task.')
  call.world.timetable.removeTask(site, task)
  return { status: 204, applied: true }
}

/** A task belongs to who made it on Cloud, else to whom its content belongs to; administrators have them all. */
export const isOwn = (membership: Pick<Membership, 'userId' | 'siteRole'>, { content, ownerId }: RefreshTask): boolean =>
  isAdministrator(membership.siteRole) || (ownerId ?? (isPublished(content) ? content.ownerId : undefined)) === membership.userId

const elementOf = (call: SignedInCall, task: RefreshTask): Xml => taskElement(task, call.world.timetable.nextRunAt(task))

const taskOf = (call: SignedInCall): RefreshTask => {
  const task = call.world.tasks(call.session.site).task(call.params['taskId'] ?? '')
  if (task === undefined) throw unknownTask(call)
  return task
}

export const extractTaskOf = (call: SignedInCall): RefreshTask => {
  const task = taskOf(call)
  if (task.kind !== 'extractRefresh') throw unknownTask(call)
  return task
}

export const unknownTask = (call: SignedInCall) => refusals.taskNotFound(`Task '${call.params['taskId'] ?? ''}' could not be found.`)

import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { isAdministrator } from '../permissions.ts'
import { accelerationElement } from '../task-xml.ts'
import { hasDataAcceleration } from '../versions.ts'
import { element } from '../xml-out.ts'

const path = '/sites/:siteId/tasks/dataAcceleration'

/**
 * Get Data Acceleration Tasks in a Site and Delete Data Acceleration Task. A server of API 3.16 or later answers them, and does and
 * tells nothing.
 */
export const dataAccelerationRoutes: readonly Route[] = [
  { operation: 'listDataAccelerationTasks', on: 'server', method: 'GET', path, since: '3.8', access: 'site', wrongVerb: '40500', handle: listTasks },
  { operation: 'deleteDataAccelerationTask', on: 'server', method: 'DELETE', path: `${path}/:taskId`, since: '3.8', access: 'site', handle: deleteTask },
]

function listTasks(call: SignedInCall): HandlerReply {
  checkAdministrator(call)
  const { world, session, server } = call
  const tasks = hasDataAcceleration(server.apiVersion) ? world.tasks(session.site).listed(world.clock.now(), 'dataAcceleration') : []
  return { status: 200, content: element('tasks', {}, ...tasks.map((task) => accelerationElement(task, world.timetable.nextRunAt(task)))) }
}

function deleteTask(call: SignedInCall): HandlerReply {
  checkAdministrator(call)
  const { world, session, server } = call
  if (!hasDataAcceleration(server.apiVersion)) return { status: 200, applied: false }
  const id = call.params['taskId'] ?? ''
  const task = world.tasks(session.site).task(id)
  if (task?.kind !== 'dataAcceleration') throw refusals.taskNotFound(`Task '${id}' could not be found.`)
  world.timetable.removeTask(session.site, task)
  return { status: 200, applied: true }
}

const checkAdministrator = ({ session }: SignedInCall): void => {
  if (!isAdministrator(session.membership.siteRole)) throw refusals.accelerationForbidden('You are not authorized to view data acceleration tasks.')
}

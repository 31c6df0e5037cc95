import type { ContentItem } from '../content.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { pageBounds, paginationElement, parsePaging } from '../paging.ts'
import { isAdministrator, mayManage } from '../permissions.ts'
import { parseQuery } from '../query-string.ts'
import type { ServerSchedule } from '../server-schedule.ts'
import { addedAccelerationElement, addedTaskElement, extractElement } from '../task-xml.ts'
import { hasDataAcceleration, isAtLeast } from '../versions.ts'
import type { RequestElement } from '../xml-in.ts'
import { element, fragment } from '../xml-out.ts'

/** List Extract Refresh Tasks in Server Schedule, Add Workbook and Add Data Source to Server Schedule: of the session's site. */
export const scheduleExtractRoutes: readonly Route[] = [
  { operation: 'listScheduleExtracts', on: 'server', method: 'GET', path: '/sites/:siteId/schedules/:scheduleId/extracts', since: '2.2', access: 'site', handle: listExtracts },
  { operation: 'addWorkbookToSchedule', on: 'server', method: 'PUT', path: '/sites/:siteId/schedules/:scheduleId/workbooks', since: '2.8', access: 'site', handle: (call) => addTo(call, 'workbook') },
  { operation: 'addDatasourceToSchedule', on: 'server', method: 'PUT', path: '/sites/:siteId/schedules/:scheduleId/datasources', since: '2.8', access: 'site', handle: (call) => addTo(call, 'datasource') },
]

function listExtracts(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  if (!isAdministrator(membership.siteRole)) throw refusals.forbidden('Only administrators may list the extract refresh tasks of a schedule.')
  const schedule = scheduleOf(call)
  if (schedule === undefined) throw refusals.scheduleOfExtractsNotFound(`Schedule '${idOf(call)}' could not be found.`)
  if (schedule.type !== 'Extract') throw refusals.scheduleType(`The schedule '${schedule.name}' is for ${schedule.type}, not for extract refreshes.`)
  const page = parsePaging(parseQuery(call.query))
  const tasks = call.world.tasks(site).listed(call.world.clock.now()).filter((task) => task.schedule === schedule)
  const { from, to } = pageBounds(page, tasks.length)
  return { status: 200, content: fragment([paginationElement(page, tasks.length), element('extracts', {}, ...tasks.slice(from, to).map(extractElement))]) }
}

/**
 * A new task each time, always a full refresh (tableau/server-client-python#1101); nothing looks whether the schedule has one
 * for that content already. An unknown schedule is HTTP 500 with 500000, as both methods print.
 */
function addTo(call: SignedInCall, kind: ContentItem['kind']): HandlerReply {
  const { membership, site } = call.session
  const wanted = readWanted(call, kind)
  const content = site.content(wanted.contentId)
  if (content?.kind !== kind) {
    throw kind === 'workbook' ? refusals.workbookNotFound(`Workbook '${wanted.contentId}' could not be found.`) : refusals.datasourceNotFound(`Data source '${wanted.contentId}' could not be found.`)
  }
  const allowed = wanted.task === 'extractRefresh' ? mayManage(membership, content) : isAdministrator(membership.siteRole)
  if (!allowed) throw refusals.addForbidden(`You do not have the permission to add '${content.name}' to a schedule.`)
  const schedule = scheduleOf(call)
  if (schedule === undefined) throw refusals.internal('An unexpected error occurred while processing the request.')
  if (wanted.task === 'dataAcceleration') return accelerate(call, content, schedule)
  if (schedule.type !== 'Extract') throw refusals.badRequest(`The schedule '${schedule.name}' is for ${schedule.type}; extract refreshes need one for Extract.`)
  if (!content.hasExtracts) throw refusals.forbidden(`'${content.name}' has no extract to refresh.`)
  return { status: 200, content: addedTaskElement(call.world.timetable.createTask(site, { content, schedule })), applied: true }
}

/** From API 3.16 on such a request has no effect and is not refused. */
const accelerate = (call: SignedInCall, content: ContentItem, schedule: ServerSchedule): HandlerReply => {
  if (!hasDataAcceleration(call.server.apiVersion)) {
    return { status: 200, content: element('task', {}, element('dataAcceleration', {}, element('schedule', { id: schedule.id }), element('workbook', { id: content.id }))), applied: false }
  }
  if (schedule.type !== 'DataAcceleration') throw refusals.badRequest(`The schedule '${schedule.name}' is for ${schedule.type}; data acceleration needs one for DataAcceleration.`)
  const task = call.world.timetable.createTask(call.session.site, { kind: 'dataAcceleration', content, schedule })
  return { status: 200, content: addedAccelerationElement(task, schedule), applied: true }
}

interface Wanted {
  readonly task: 'extractRefresh' | 'dataAcceleration'
  readonly contentId: string
}

/** Exactly one task with exactly one piece of content: the template prints two tasks, the schema of the API allows one. */
const readWanted = (call: SignedInCall, kind: ContentItem['kind']): Wanted => {
  const task = onlyChild(call.body(), 'task')
  const accelerates = kind === 'workbook' && isAtLeast(call.version, '3.8') && task.children[0]?.name === 'dataAcceleration'
  const name = accelerates ? 'dataAcceleration' : 'extractRefresh'
  const contentId = onlyChild(onlyChild(task, name), kind).attributes.get('id') ?? ''
  if (contentId === '') throw refusals.badRequest(`Payload is either malformed or incomplete: the id of the ${kind} is missing.`)
  return { task: name, contentId }
}

const onlyChild = (parent: RequestElement, name: string): RequestElement => {
  const [child, ...others] = parent.children
  if (child?.name !== name || others.length > 0) throw refusals.badRequest(`Payload is either malformed or incomplete: ${parent.name} must hold exactly one ${name}.`)
  return child
}

const idOf = (call: SignedInCall): string => call.params['scheduleId'] ?? ''

const scheduleOf = (call: SignedInCall): ServerSchedule | undefined => call.world.timetable.schedules.get(idOf(call))

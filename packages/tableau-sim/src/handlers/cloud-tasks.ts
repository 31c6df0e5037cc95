import { readCloudSchedule } from '../cloud-rules.ts'
import type { ContentItem } from '../content.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { mayCreateCloudTasks, maySeeContent } from '../permissions.ts'
import { isPublished } from '../refresh-task.ts'
import type { RefreshTask } from '../refresh-task.ts'
import { cloudTaskElements } from '../task-xml.ts'
import { childOf } from '../xml-in.ts'
import type { RequestElement } from '../xml-in.ts'
import { extractTaskOf, isOwn, tasksPath, unknownTask } from './tasks.ts'

/** Create and Update Cloud Extract Refresh Task: both are a POST. Listed with what Server has on these paths, and not there. */
export const cloudTaskRoutes: readonly Route[] = [
  { operation: 'createCloudExtractRefreshTask', on: 'cloud', method: 'POST', path: tasksPath, since: '3.20', access: 'site', wrongVerb: '40500', handle: createTask },
  { operation: 'updateCloudExtractRefreshTask', on: 'cloud', method: 'POST', path: `${tasksPath}/:taskId`, since: '3.20', access: 'site', handle: updateTask },
]

/** A new task each time: nothing looks whether the content has one already. It belongs to who made it. */
function createTask(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  if (!mayCreateCloudTasks(membership.siteRole)) throw refusals.forbidden('Only administrators and users with the role Creator can schedule an extract refresh.')
  const request = call.body()
  const wanted = childOf(request, 'extractRefresh')
  if (wanted === undefined) throw incomplete('the extractRefresh is missing')
  const incremental = readType(wanted)
  if (incremental === undefined) throw incomplete('the type of the extractRefresh is missing')
  const content = readContent(call, wanted)
  if (content === undefined) throw incomplete('the workbook or the datasource is missing')
  const times = readCloudSchedule(childOf(request, 'schedule'))
  return replyOf(call, call.world.timetable.createTask(site, { content, incremental, times, ownerId: membership.userId }))
}

/** The schedule is replaced as a whole; what the request leaves out of `extractRefresh` stays as it was. */
function updateTask(call: SignedInCall): HandlerReply {
  const task = extractTaskOf(call)
  if (!isPublished(task.content) || task.ownSchedule === undefined) throw unknownTask(call)
  if (!isOwn(call.session.membership, task)) throw refusals.forbidden('Only administrators and the owner of the task can update it.')
  const request = call.body()
  const [wanted, schedule] = [childOf(request, 'extractRefresh'), childOf(request, 'schedule')]
  if (wanted === undefined && schedule === undefined) throw incomplete('neither an extractRefresh nor a schedule is given')
  const incremental = wanted && readType(wanted)
  const content = wanted && readContent(call, wanted)
  const times = schedule && readCloudSchedule(schedule)
  if (incremental !== undefined) task.incremental = incremental
  if (content !== undefined) task.content = content
  if (times !== undefined) call.world.timetable.replaceTimes(task.ownSchedule, times)
  return replyOf(call, task)
}

const replyOf = (call: SignedInCall, task: RefreshTask): HandlerReply => ({
  status: 200,
  content: cloudTaskElements(task, call.world.timetable.nextRunAt(task), call.server.timeZone),
  applied: true,
})

const incomplete = (what: string) => refusals.badRequest(`Payload is either malformed or incomplete: ${what}.`)

/** Whether it is incremental. § Create prints `IncrementalExtract` among the values, its own reply and § Update `IncrementalRefresh`. */
const readType = ({ attributes }: RequestElement): boolean | undefined => {
  const type = attributes.get('type')
  if (type === undefined) return undefined
  if (type === 'FullRefresh') return false
  if (type === 'IncrementalRefresh' || type === 'IncrementalExtract') return true
  throw incomplete(`'${type}' is not a type of an extract refresh; it must be FullRefresh or IncrementalRefresh`)
}

/** What the request names; what the caller may not see is not there for them, and what has no extract has nothing to refresh (404026). */
const readContent = (call: SignedInCall, { children }: RequestElement): ContentItem | undefined => {
  const { membership, site } = call.session
  const [named, ...others] = children.filter(({ name }) => name === 'workbook' || name === 'datasource')
  if (named === undefined) return undefined
  if (others.length > 0) throw incomplete('one workbook or one datasource must be given')
  const id = named.attributes.get('id') ?? ''
  const content = site.content(id)
  if (content?.kind !== named.name || !maySeeContent(membership, content)) {
    throw named.name === 'workbook' ? refusals.workbookNotFound(`Workbook '${id}' could not be found.`) : refusals.datasourceNotFound(`Data source '${id}' could not be found.`)
  }
  if (!content.hasExtracts) throw refusals.taskNotFound(`'${content.name}' has no extract to refresh.`)
  return content
}

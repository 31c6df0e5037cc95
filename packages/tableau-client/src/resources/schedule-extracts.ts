import type { addedKinds, Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { child, childrenOf, intFields, requiredChild, requiredWord, type XmlElement } from '../xml/element.ts'
import { writeRequest } from '../xml/writer.ts'
import { type ContentRef, decodeContentRef } from './content.ts'
import { type AddedTask, decodeAddedTask } from './refresh-task.ts'

interface ScheduleInput {
  readonly scheduleId: Luid
}

/** A task as its schedule lists it. `id` is the task's. */
export interface ScheduleExtract {
  readonly id: string
  readonly priority?: number
  /** `FullRefresh` or `IncrementalRefresh`: Tableau Server tells it nowhere else. */
  readonly refreshType?: string
  readonly content?: ContentRef
}

const decodeExtract = (extract: XmlElement): ScheduleExtract => {
  const { type } = extract.attributes
  const content = decodeContentRef(extract)
  return {
    id: requiredWord(extract, 'id'),
    ...intFields(extract, 'priority'),
    ...(type === undefined ? {} : { refreshType: type }),
    ...(content === undefined ? {} : { content }),
  }
}

/**
 * List Extract Refresh Tasks in Server Schedule: those of the session's site. Administrators only. 400047 for a schedule
 * that is not for extracts.
 */
export const listScheduleExtracts = defineEndpoint({
  name: 'listScheduleExtracts',
  method: 'GET',
  path: '/sites/{siteId}/schedules/{scheduleId}/extracts',
  since: '2.2',
  reference: 'jobs-tasks-schedules reference, § List Extract Refresh Tasks in Server Schedule',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ scheduleId, ...page }: PageRequest & ScheduleInput) => ({ params: { scheduleId }, query: pageQuery(page) }),
  decode: (root): Page<ScheduleExtract> => decodePage(root, childrenOf(requiredChild(root, 'extracts'), 'extract').map(decodeExtract)),
})

/** The reference's template has two `<task>`s in one request, its example one; the schema of the API allows one. */
const addRequest = (kind: ContentRef['kind'], id: Luid, added: AddedKind = 'extractRefresh'): string =>
  writeRequest({ name: 'task', children: [{ name: added, children: [{ name: kind, attributes: { id } }] }] })

const decodeAdded = (root: XmlElement): AddedTask => {
  const task = child(root, 'task') ?? root
  const added = child(task, 'extractRefresh') ?? child(task, 'dataAcceleration')
  return added === undefined ? {} : decodeAddedTask(added)
}

/** What a schedule does with a workbook. */
type AddedKind = (typeof addedKinds)[number]

/**
 * Add Workbook to Server Schedule: a task of its own each time, always a full refresh, unless `kind` says otherwise. Administrators,
 * the workbook's owner and leaders of its project (403032). 404006 for an unknown workbook; 500000 for an unknown schedule.
 * Data acceleration was there from API 3.8 to 3.15, for administrators alone; later servers answer and do nothing.
 */
export const addWorkbookToSchedule = defineEndpoint({
  name: 'addWorkbookToSchedule',
  method: 'PUT',
  path: '/sites/{siteId}/schedules/{scheduleId}/workbooks',
  since: '2.8',
  sinceFor: ({ kind }) => (kind === 'dataAcceleration' ? '3.8' : '2.8'),
  untilFor: ({ kind }) => (kind === 'dataAcceleration' ? '3.15' : undefined),
  reference: 'jobs-tasks-schedules reference, § Add Workbook to Server Schedule',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ scheduleId, workbookId, kind }: ScheduleInput & { readonly workbookId: Luid; readonly kind?: AddedKind }) => ({
    params: { scheduleId },
    body: addRequest('workbook', workbookId, kind),
  }),
  decode: decodeAdded,
})

/** Add Data Source to Server Schedule: as {@link addWorkbookToSchedule}. 404004 for an unknown data source. */
export const addDatasourceToSchedule = defineEndpoint({
  name: 'addDatasourceToSchedule',
  method: 'PUT',
  path: '/sites/{siteId}/schedules/{scheduleId}/datasources',
  since: '2.8',
  reference: 'jobs-tasks-schedules reference, § Add Data Source to Server Schedule',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ scheduleId, datasourceId }: ScheduleInput & { readonly datasourceId: Luid }) => ({ params: { scheduleId }, body: addRequest('datasource', datasourceId) }),
  decode: decodeAdded,
})

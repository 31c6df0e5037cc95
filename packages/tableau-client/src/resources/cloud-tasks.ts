import type { Luid, Recurrence, RefreshType } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { encodeCloudSchedule } from '../xml/recurrence.ts'
import { type RequestElement, writeRequest } from '../xml/writer.ts'
import type { ContentRef } from './content.ts'
import { decodeCloudTask } from './refresh-task.ts'

/** Whose extract is refreshed. */
type Target = { readonly workbookId: Luid; readonly datasourceId?: undefined } | { readonly workbookId?: undefined; readonly datasourceId: Luid }

interface NewTask {
  readonly refreshType: RefreshType
  readonly content: Target
  /** As it is to be printed; the rules of its frequency are the caller's. */
  readonly recurrence: Recurrence
}

interface TaskUpdate {
  readonly taskId: Luid
  readonly refreshType?: RefreshType | undefined
  /** Replaces the whole schedule. */
  readonly recurrence?: Recurrence | undefined
}

const contentElement = ({ workbookId, datasourceId }: Target): RequestElement => {
  const kind: ContentRef['kind'] = workbookId === undefined ? 'datasource' : 'workbook'
  return { name: kind, attributes: { id: workbookId ?? datasourceId } }
}

/**
 * Create Cloud Extract Refresh Task: a task with a schedule of its own. Tableau Cloud only; administrators and Creators. 409004
 * for a schedule against the rules (under HTTP 409, seen under 400 too), with the rule in its detail.
 */
export const createCloudExtractRefreshTask = defineEndpoint({
  name: 'createCloudExtractRefreshTask',
  method: 'POST',
  path: '/sites/{siteId}/tasks/extractRefreshes',
  since: '3.20',
  scope: 'tableau:tasks:create',
  reference: 'extract and encryption reference, § Create Cloud Extract Refresh Task',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ refreshType, content, recurrence }: NewTask) => ({
    body: writeRequest({ name: 'extractRefresh', attributes: { type: refreshType }, children: [contentElement(content)] }, encodeCloudSchedule(recurrence)),
  }),
  decode: decodeCloudTask,
})

/**
 * Update Cloud Extract Refresh Task: what is given; a recurrence replaces the whole schedule. A POST: a PUT is answered with
 * 405000. Its content is not sent, since no request of ours changes it. Administrators and the task's owner (403004); 404026 for a
 * task that is gone, 409004 as for {@link createCloudExtractRefreshTask}.
 */
export const updateCloudExtractRefreshTask = defineEndpoint({
  name: 'updateCloudExtractRefreshTask',
  method: 'POST',
  path: '/sites/{siteId}/tasks/extractRefreshes/{taskId}',
  since: '3.20',
  scope: 'tableau:task:update',
  reference: 'extract and encryption reference, § Update Cloud Extract Refresh Task',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ taskId, refreshType, recurrence }: TaskUpdate) => ({
    params: { taskId },
    body: writeRequest(
      ...(refreshType === undefined ? [] : [{ name: 'extractRefresh', attributes: { type: refreshType } }]),
      ...(recurrence === undefined ? [] : [encodeCloudSchedule(recurrence)]),
    ),
  }),
  decode: decodeCloudTask,
})

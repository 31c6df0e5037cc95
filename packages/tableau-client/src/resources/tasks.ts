import type { Luid } from '@refreshboard/api-types'
import { defineEndpoint, type NoInput } from '../endpoint.ts'
import { childrenOf, requiredChild } from '../xml/element.ts'
import { writeRequest } from '../xml/writer.ts'
import { decodeRefreshTask, type RefreshTask } from './refresh-task.ts'
import { decodeStartedJob, type StartedJob } from './started-job.ts'

interface TaskInput {
  readonly taskId: Luid
}

/**
 * List Extract Refresh Tasks in Site: all of them in one reply, since the method knows neither pages nor filters. Who is no
 * administrator gets only the tasks they own.
 */
export const listExtractRefreshTasks = defineEndpoint({
  name: 'listExtractRefreshTasks',
  method: 'GET',
  path: '/sites/{siteId}/tasks/extractRefreshes',
  since: '2.6',
  scope: 'tableau:tasks:read',
  reference: 'jobs-tasks-schedules reference, § List Extract Refresh Tasks in Site',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (_input: NoInput) => ({}),
  decode: (root): RefreshTask[] =>
    childrenOf(requiredChild(root, 'tasks'), 'task').map((task) => decodeRefreshTask(requiredChild(task, 'extractRefresh'))),
})

/** Get Extract Refresh Task. 404026 for a task that is gone, and for that of a virtual connection, which the list has. */
export const getExtractRefreshTask = defineEndpoint({
  name: 'getExtractRefreshTask',
  method: 'GET',
  path: '/sites/{siteId}/tasks/extractRefreshes/{taskId}',
  since: '2.6',
  scope: 'tableau:tasks:read',
  reference: 'jobs-tasks-schedules reference, § Get Extract Refresh Task',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ taskId }: TaskInput) => ({ params: { taskId } }),
  decode: (root): RefreshTask => decodeRefreshTask(requiredChild(requiredChild(root, 'task'), 'extractRefresh')),
})

/**
 * Run Extract Refresh Task: puts it into the queue. 409093 when a refresh of the same content is queued or running; 403004
 * for one that the user may not run, and for that of a virtual connection. Refused where the site has run now switched off.
 */
export const runExtractRefreshTask = defineEndpoint({
  name: 'runExtractRefreshTask',
  method: 'POST',
  path: '/sites/{siteId}/tasks/extractRefreshes/{taskId}/runNow',
  since: '2.6',
  scope: 'tableau:tasks:run',
  reference: 'jobs-tasks-schedules reference, § Run Extract Refresh Task',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ taskId }: TaskInput) => ({ params: { taskId }, body: writeRequest() }),
  decode: (root): StartedJob => decodeStartedJob(root),
})

/** Delete Extract Refresh Task: the content stays. 404026 for a task that is gone. */
export const deleteExtractRefreshTask = defineEndpoint({
  name: 'deleteExtractRefreshTask',
  method: 'DELETE',
  path: '/sites/{siteId}/tasks/extractRefreshes/{taskId}',
  since: '3.6',
  scope: 'tableau:tasks:delete',
  reference: 'extract and encryption reference, § Delete Extract Refresh Task',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: ({ taskId }: TaskInput) => ({ params: { taskId } }),
  decode: () => undefined,
})

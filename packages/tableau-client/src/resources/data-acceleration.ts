import type { Luid } from '@refreshboard/api-types'
import { defineEndpoint, type NoInput } from '../endpoint.ts'
import { child, childrenOf, requiredChild } from '../xml/element.ts'
import { decodeRefreshTask, type RefreshTask } from './refresh-task.ts'

/**
 * Get Data Acceleration Tasks in a Site: all of them in one reply. Administrators only (409087 under HTTP 403). The template has the
 * tasks inside of `<tasks>`, the example without. Later servers answer and do nothing, so they are not asked.
 */
export const listDataAccelerationTasks = defineEndpoint({
  name: 'listDataAccelerationTasks',
  method: 'GET',
  path: '/sites/{siteId}/tasks/dataAcceleration',
  since: '3.8',
  until: '3.15',
  reference: 'jobs-tasks-schedules reference, § Get Data Acceleration Tasks in a Site',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (_input: NoInput) => ({}),
  decode: (root): RefreshTask[] => childrenOf(child(root, 'tasks') ?? root, 'task').map((task) => decodeRefreshTask(requiredChild(task, 'dataAcceleration'))),
})

/** Delete Data Acceleration Task: the workbook stays. Administrators only (409087 under HTTP 403); 404026 for one that is gone. */
export const deleteDataAccelerationTask = defineEndpoint({
  name: 'deleteDataAccelerationTask',
  method: 'DELETE',
  path: '/sites/{siteId}/tasks/dataAcceleration/{taskId}',
  since: '3.8',
  until: '3.15',
  reference: 'jobs-tasks-schedules reference, § Delete Data Acceleration Task',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: ({ taskId }: { readonly taskId: Luid }) => ({ params: { taskId } }),
  decode: () => undefined,
})

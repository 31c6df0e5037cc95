import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createTableauClient, type TableauClient } from './client.ts'
import * as everything from './index.ts'
import { fixture, rejectionOf } from './testing/answer.ts'
import { auth, datasourceId, jobId, scheduleId, taskId, userId, workbookId } from './testing/ids.ts'
import { serveHttp } from './testing/servers.ts'

const page = { pageNumber: 1, pageSize: 100 }
const password = 'c4n4ry-password'
const token = 'c4n4ry-token|x'
const signedIn = { auth: { ...auth, token } }

const recurrence = { frequency: 'Weekly', start: '01:00:00', intervals: [{ weekDay: 'Monday' }] }

/** Every endpoint, as it is called. */
const calls: Readonly<Record<string, (client: TableauClient) => Promise<unknown>>> = {
  serverInfo: (client) => client.call(everything.serverInfo, {}),
  signIn: (client) => client.call(everything.signIn, { site: '', credentials: { method: 'password', name: 'ada', password } }),
  signOut: (client) => client.call(everything.signOut, {}, signedIn),
  switchSite: (client) => client.call(everything.switchSite, { site: 'finance' }, signedIn),
  currentSession: (client) => client.call(everything.currentSession, {}, signedIn),
  querySites: (client) => client.call(everything.querySites, page, signedIn),
  querySite: (client) => client.call(everything.querySite, {}, signedIn),
  queryUsersOnSite: (client) => client.call(everything.queryUsersOnSite, page, signedIn),
  queryUserOnSite: (client) => client.call(everything.queryUserOnSite, { userId }, signedIn),
  queryProjects: (client) => client.call(everything.queryProjects, page, signedIn),
  queryWorkbooks: (client) => client.call(everything.queryWorkbooks, page, signedIn),
  queryWorkbook: (client) => client.call(everything.queryWorkbook, { workbookId }, signedIn),
  queryDatasources: (client) => client.call(everything.queryDatasources, page, signedIn),
  queryDatasource: (client) => client.call(everything.queryDatasource, { datasourceId }, signedIn),
  queryJobs: (client) => client.call(everything.queryJobs, page, signedIn),
  queryJob: (client) => client.call(everything.queryJob, { jobId }, signedIn),
  cancelJob: (client) => client.call(everything.cancelJob, { jobId }, signedIn),
  listServerSchedules: (client) => client.call(everything.listServerSchedules, page, signedIn),
  getServerSchedule: (client) => client.call(everything.getServerSchedule, { scheduleId }, signedIn),
  createServerSchedule: (client) =>
    client.call(everything.createServerSchedule, { name: 'a', type: 'Extract', priority: 1, executionOrder: 'Parallel', recurrence: { frequency: 'Daily', start: '01:00:00' } }, signedIn),
  updateServerSchedule: (client) => client.call(everything.updateServerSchedule, { scheduleId, priority: 1 }, signedIn),
  deleteServerSchedule: (client) => client.call(everything.deleteServerSchedule, { scheduleId }, signedIn),
  listScheduleExtracts: (client) => client.call(everything.listScheduleExtracts, { scheduleId, ...page }, signedIn),
  addWorkbookToSchedule: (client) => client.call(everything.addWorkbookToSchedule, { scheduleId, workbookId }, signedIn),
  addDatasourceToSchedule: (client) => client.call(everything.addDatasourceToSchedule, { scheduleId, datasourceId }, signedIn),
  listExtractRefreshTasks: (client) => client.call(everything.listExtractRefreshTasks, {}, signedIn),
  getExtractRefreshTask: (client) => client.call(everything.getExtractRefreshTask, { taskId }, signedIn),
  runExtractRefreshTask: (client) => client.call(everything.runExtractRefreshTask, { taskId }, signedIn),
  queryProjectPermissions: (client) => client.call(everything.queryProjectPermissions, { projectId: workbookId }, signedIn),
  queryWorkbookConnections: (client) => client.call(everything.queryWorkbookConnections, { workbookId }, signedIn),
  updateWorkbook: (client) => client.call(everything.updateWorkbook, { workbookId, encryptExtracts: true }, signedIn),
  updateDatasource: (client) => client.call(everything.updateDatasource, { datasourceId, encryptExtracts: true }, signedIn),
  createWorkbookExtract: (client) => client.call(everything.createWorkbookExtract, { workbookId }, signedIn),
  deleteWorkbookExtract: (client) => client.call(everything.deleteWorkbookExtract, { workbookId }, signedIn),
  createDatasourceExtract: (client) => client.call(everything.createDatasourceExtract, { datasourceId }, signedIn),
  deleteDatasourceExtract: (client) => client.call(everything.deleteDatasourceExtract, { datasourceId }, signedIn),
  updateSite: (client) => client.call(everything.updateSite, { extractEncryptionMode: 'enabled' }, signedIn),
  encryptExtracts: (client) => client.call(everything.encryptExtracts, {}, signedIn),
  decryptExtracts: (client) => client.call(everything.decryptExtracts, {}, signedIn),
  reencryptExtracts: (client) => client.call(everything.reencryptExtracts, {}, signedIn),
  listDataAccelerationTasks: (client) => client.call(everything.listDataAccelerationTasks, {}, signedIn),
  deleteDataAccelerationTask: (client) => client.call(everything.deleteDataAccelerationTask, { taskId }, signedIn),
  createCloudExtractRefreshTask: (client) => client.call(everything.createCloudExtractRefreshTask, { content: { workbookId }, refreshType: 'FullRefresh', recurrence }, signedIn),
  updateCloudExtractRefreshTask: (client) => client.call(everything.updateCloudExtractRefreshTask, { taskId, recurrence }, signedIn),
  deleteExtractRefreshTask: (client) => client.call(everything.deleteExtractRefreshTask, { taskId }, signedIn),
}

const isEndpoint = (value: unknown): value is { name: string } => typeof value === 'object' && value !== null && 'encode' in value && 'name' in value
const exported: unknown[] = Object.values(everything)
const names = exported.filter(isEndpoint).map(({ name }) => name)

/** The calls that newer servers do not have. */
const untilVersion: Readonly<Record<string, string>> = { listDataAccelerationTasks: '3.15', deleteDataAccelerationTask: '3.15' }

/** A server that sends everyone elsewhere; but for Server Info, unless that is what is asked about. */
const serveRedirects = async (status: number, location: string) => {
  const requests: string[] = []
  const sends = { info: false, apiVersion: '3.24' }
  const server = createServer((request, response) => {
    if (!sends.info && request.url === '/api/2.4/serverInfo') {
      response.end(fixture('server-info/current').toString().replace('>3.24<', `>${sends.apiVersion}<`))
      return
    }
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response.writeHead(status, { location }).end('<html>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`,
    requests,
    sends,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

describe('a redirect', () => {
  it('is tried on every endpoint', () => {
    expect(Object.keys(calls).toSorted()).toStrictEqual(names.toSorted())
  })

  it.each([301, 302, 303, 307, 308])('by %i is followed by none of them, and named without what was sent', async (status) => {
    await using elsewhere = await serveHttp((_request, response) => response.end())
    const { host } = new URL(elsewhere.url)
    await using server = await serveRedirects(status, `http://someone:c4n4ry-else@${host}/steal?x=${token}`)
    for (const [name, call] of Object.entries(calls)) {
      const client = createTableauClient({ serverUrl: server.url })
      server.sends.apiVersion = untilVersion[name] ?? '3.24'
      await client.negotiate()
      server.requests.length = 0
      server.sends.info = name === 'serverInfo'
      const error = await rejectionOf(call(client))
      server.sends.info = false
      expect(error).toMatchObject({ name: 'TableauUnreachableError', operation: name, kind: 'redirect', reason: host })
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/c4n4ry|steal/)
      expect([name, server.requests.length]).toStrictEqual([name, 1])
      await client.close()
    }
    expect(elsewhere.requests).toStrictEqual([])
  })
})

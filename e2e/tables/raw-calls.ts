import type { AccountName, Whose } from './roles.ts'
import type { Ground } from './ground.ts'

/** A request to the simulator as any client could write it, and what says that it was allowed beyond a 2xx. */
interface RawCall {
  readonly method: string
  /** Below `/api/{version}`. */
  readonly path: string
  readonly body?: string
  /** For lists that are answered with what one may see: an id that has to be in it. */
  readonly lists?: string
}

type Layout = (on: Ground, siteId: string, account: AccountName, whose: Whose) => RawCall

const request = (inner: string): string => `<tsRequest>${inner}</tsRequest>`
const daily = '<frequencyDetails start="03:00:00"/>'
const cloudTimes = '<schedule frequency="Weekly"><frequencyDetails start="18:30:00"><intervals><interval weekDay="Monday"/></intervals></frequencyDetails></schedule>'
const all = request('<datasources includeAll="true"/>')

const post = (path: string, body?: string): RawCall => ({ method: 'POST', path, ...(body === undefined ? {} : { body }) })
const put = (path: string, body: string): RawCall => ({ method: 'PUT', path, body })
const get = (path: string): RawCall => ({ method: 'GET', path })
const del = (path: string): RawCall => ({ method: 'DELETE', path })

let made = 0

/** One request for each call of the tables, on something laid out for it. */
export const rawCalls: Readonly<Record<string, Layout>> = {
  queryJobs: (_on, site) => get(`/sites/${site}/jobs`),
  queryJob: (on, site) => get(`/sites/${site}/jobs/${on.job().id}`),
  cancelJob: (on, site) => ({ method: 'PUT', path: `/sites/${site}/jobs/${on.job().id}` }),
  listServerSchedules: () => get('/schedules'),
  getServerSchedule: (on) => get(`/schedules/${on.schedule().id}`),
  createServerSchedule: () => post('/schedules', request(`<schedule name="Table ${(made += 1)}" priority="50" type="Extract" frequency="Daily" executionOrder="Parallel">${daily}</schedule>`)),
  updateServerSchedule: (on) => put(`/schedules/${on.schedule().id}`, request('<schedule priority="51"/>')),
  deleteServerSchedule: (on) => del(`/schedules/${on.schedule().id}`),
  listScheduleExtracts: (on, site) => get(`/sites/${site}/schedules/${on.schedule().id}/extracts`),
  addWorkbookToSchedule: (on, site, account, whose) =>
    put(`/sites/${site}/schedules/${on.schedule().id}/workbooks`, request(`<task><extractRefresh><workbook id="${on.item('workbook', account, whose).id}"/></extractRefresh></task>`)),
  addDatasourceToSchedule: (on, site, account, whose) =>
    put(`/sites/${site}/schedules/${on.schedule().id}/datasources`, request(`<task><extractRefresh><datasource id="${on.item('datasource', account, whose).id}"/></extractRefresh></task>`)),
  listExtractRefreshTasks: (on, site, account, whose) => ({ ...get(`/sites/${site}/tasks/extractRefreshes`), lists: on.task(account, whose).id }),
  getExtractRefreshTask: (on, site, account, whose) => get(`/sites/${site}/tasks/extractRefreshes/${on.task(account, whose).id}`),
  runExtractRefreshTask: (on, site, account, whose) => post(`/sites/${site}/tasks/extractRefreshes/${on.task(account, whose).id}/runNow`, request('')),
  deleteExtractRefreshTask: (on, site, account, whose) => del(`/sites/${site}/tasks/extractRefreshes/${on.task(account, whose).id}`),
  createCloudExtractRefreshTask: (on, site, account, whose) =>
    post(`/sites/${site}/tasks/extractRefreshes`, request(`<extractRefresh type="FullRefresh"><workbook id="${on.item('workbook', account, whose).id}"/></extractRefresh>${cloudTimes}`)),
  updateCloudExtractRefreshTask: (on, site, account, whose) => post(`/sites/${site}/tasks/extractRefreshes/${on.task(account, whose).id}`, request(cloudTimes)),
  listDataAccelerationTasks: (_on, site) => get(`/sites/${site}/tasks/dataAcceleration`),
  deleteDataAccelerationTask: (on, site) => del(`/sites/${site}/tasks/dataAcceleration/${on.acceleration().id}`),
  addForDataAcceleration: (on, site, account, whose) =>
    put(
      `/sites/${site}/schedules/${on.schedule('DataAcceleration').id}/workbooks`,
      request(`<task><dataAcceleration><workbook id="${on.item('workbook', account, whose).id}"/></dataAcceleration></task>`),
    ),
  createWorkbookExtract: (on, site, account, whose) => post(`/sites/${site}/workbooks/${on.item('workbook', account, whose, false).id}/createExtract`, all),
  createDatasourceExtract: (on, site, account, whose) => post(`/sites/${site}/datasources/${on.item('datasource', account, whose, false).id}/createExtract`),
  deleteWorkbookExtract: (on, site, account, whose) => post(`/sites/${site}/workbooks/${on.item('workbook', account, whose).id}/deleteExtract`, all),
  deleteDatasourceExtract: (on, site, account, whose) => post(`/sites/${site}/datasources/${on.item('datasource', account, whose).id}/deleteExtract`),
  encryptExtracts: (_on, site) => post(`/sites/${site}/encrypt-extracts`),
  decryptExtracts: (_on, site) => post(`/sites/${site}/decrypt-extracts`),
  reencryptExtracts: (_on, site) => post(`/sites/${site}/reencrypt-extracts`),
  updateSite: (_on, site) => put(`/sites/${site}`, request('<site extractEncryptionMode="enabled"/>')),
  updateWorkbook: (on, site, account, whose) => put(`/sites/${site}/workbooks/${on.item('workbook', account, whose).id}`, request('<workbook encryptExtracts="true"/>')),
  updateDatasource: (on, site, account, whose) => put(`/sites/${site}/datasources/${on.item('datasource', account, whose).id}`, request('<datasource encryptExtracts="true"/>')),
}

export interface Caller {
  readonly token: string
  readonly siteId: string
}

/** Signs in at a simulator by name and password. */
export const callerOf = async (url: string, version: string, account: AccountName, contentUrl: string): Promise<Caller> => {
  const reply = await fetch(`${url}/api/${version}/auth/signin`, {
    method: 'POST',
    body: request(`<credentials name="${account}" password="${account}"><site contentUrl="${contentUrl}"/></credentials>`),
  })
  const text = await reply.text()
  const [, token] = /token="([^"]+)"/.exec(text) ?? []
  const [, siteId] = /<site [^>]*\bid="([^"]+)"/.exec(text) ?? []
  if (token === undefined || siteId === undefined) throw new Error(`The simulator did not sign ${account} in: ${text}`)
  return { token, siteId }
}

/** Whether the simulator does it. A refusal has to be one of permission, or the table would be right for the wrong reason. */
export const doesIt = async (url: string, version: string, { token }: Caller, { method, path, body, lists }: RawCall): Promise<boolean> => {
  const reply = await fetch(`${url}/api/${version}${path}`, { method, headers: { 'x-tableau-auth': token }, ...(body === undefined ? {} : { body }) })
  const text = await reply.text()
  if (reply.ok) return lists === undefined || text.includes(`id="${lists}"`)
  if (reply.status !== 403) throw new Error(`${method} ${path}: ${reply.status} ${text}`)
  return false
}

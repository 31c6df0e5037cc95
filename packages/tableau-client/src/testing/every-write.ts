import { luidSchema, type Recurrence } from '@refreshboard/api-types'
import type { TableauClient } from '../client.ts'
import * as everything from '../index.ts'
import { auth, datasourceId, jobId, scheduleId, taskId, workbookId } from './ids.ts'

const embedded = luidSchema.parse('6b4cf715-c90b-49d6-be85-920a47bae433')
const signedIn = { auth }
const password = { method: 'password', name: 'ada', password: 'c4n4ry-password' } as const
const pat = { method: 'pat', personalAccessTokenName: 'nightly', personalAccessTokenSecret: 'c4n4ry-secret' } as const

const cloudDaily: Recurrence = { frequency: 'Daily', start: '18:30:00', end: '23:30:00', intervals: [{ hours: '4' }, { weekDay: 'Sunday' }, { weekDay: 'Wednesday' }] }
const cloudHourly: Recurrence = { frequency: 'Hourly', start: '18:30:00', end: '23:30:00', intervals: [{ hours: '1' }, { weekDay: 'Sunday' }, { weekDay: 'Wednesday' }] }
const cloudWeekly: Recurrence = { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Monday' }] }
const cloudMonthly: Recurrence = { frequency: 'Monthly', start: '18:30:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] }
const hourly = { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { hours: 2 } } as const

type Call = (client: TableauClient) => Promise<unknown>

const create =
  (input: Parameters<typeof everything.createServerSchedule.encode>[0]): Call =>
  (client) =>
    client.call(everything.createServerSchedule, input, signedIn)
const subscription = { type: 'Subscription', priority: 50, executionOrder: 'Parallel' } as const

/** Every call that is no read, in every situation that makes another request; the keys are the files of `fixtures/requests`. */
export const everyWrite: Readonly<Record<string, Call>> = {
  'signIn-password': (client) => client.call(everything.signIn, { site: 'finance', credentials: password }),
  'signIn-personal-access-token': (client) => client.call(everything.signIn, { site: '', credentials: pat }),
  signOut: (client) => client.call(everything.signOut, {}, signedIn),
  switchSite: (client) => client.call(everything.switchSite, { site: 'finance' }, signedIn),
  cancelJob: (client) => client.call(everything.cancelJob, { jobId }, signedIn),
  'createServerSchedule-hourly': create({ name: 'hourly-schedule-1', type: 'Extract', priority: 50, executionOrder: 'Parallel', recurrence: hourly }),
  'createServerSchedule-daily': create({ ...subscription, name: 'daily-schedule-1', recurrence: { frequency: 'Daily', start: '02:15:00' } }),
  'createServerSchedule-weekly': create({ ...subscription, name: 'weekly-schedule-1', executionOrder: 'Serial', recurrence: { frequency: 'Weekly', start: '18:30:00', weekDays: ['Sunday', 'Wednesday'] } }),
  'createServerSchedule-monthly': create({ ...subscription, name: 'monthly-schedule-1', recurrence: { frequency: 'Monthly', start: '06:00:00', monthDay: 15 } }),
  'createServerSchedule-data-acceleration': create({ name: 'acceleration-1', type: 'DataAcceleration', priority: 75, executionOrder: 'Parallel', recurrence: hourly }),
  'updateServerSchedule-hourly': (client) =>
    client.call(everything.updateServerSchedule, { scheduleId, name: 'hourly-schedule-1', priority: 50, executionOrder: 'Parallel', recurrence: hourly }, signedIn),
  'updateServerSchedule-everything': (client) =>
    client.call(
      everything.updateServerSchedule,
      { scheduleId, name: 'weekly-schedule-1', priority: 60, state: 'Suspended', executionOrder: 'Serial', recurrence: { frequency: 'Weekly', start: '18:30:00', weekDays: ['Monday'] } },
      signedIn,
    ),
  'updateServerSchedule-state': (client) => client.call(everything.updateServerSchedule, { scheduleId, state: 'Active' }, signedIn),
  deleteServerSchedule: (client) => client.call(everything.deleteServerSchedule, { scheduleId }, signedIn),
  addWorkbookToSchedule: (client) => client.call(everything.addWorkbookToSchedule, { scheduleId, workbookId }, signedIn),
  'addWorkbookToSchedule-data-acceleration': (client) => client.call(everything.addWorkbookToSchedule, { scheduleId, workbookId, kind: 'dataAcceleration' }, signedIn),
  addDatasourceToSchedule: (client) => client.call(everything.addDatasourceToSchedule, { scheduleId, datasourceId }, signedIn),
  runExtractRefreshTask: (client) => client.call(everything.runExtractRefreshTask, { taskId }, signedIn),
  deleteExtractRefreshTask: (client) => client.call(everything.deleteExtractRefreshTask, { taskId }, signedIn),
  'createCloudExtractRefreshTask-daily': (client) =>
    client.call(everything.createCloudExtractRefreshTask, { refreshType: 'FullRefresh', content: { workbookId }, recurrence: cloudDaily }, signedIn),
  'createCloudExtractRefreshTask-hourly': (client) =>
    client.call(everything.createCloudExtractRefreshTask, { refreshType: 'IncrementalRefresh', content: { datasourceId }, recurrence: cloudHourly }, signedIn),
  'createCloudExtractRefreshTask-weekly': (client) =>
    client.call(everything.createCloudExtractRefreshTask, { refreshType: 'FullRefresh', content: { workbookId }, recurrence: cloudWeekly }, signedIn),
  'createCloudExtractRefreshTask-monthly': (client) =>
    client.call(everything.createCloudExtractRefreshTask, { refreshType: 'FullRefresh', content: { workbookId }, recurrence: cloudMonthly }, signedIn),
  'updateCloudExtractRefreshTask-schedule': (client) => client.call(everything.updateCloudExtractRefreshTask, { taskId, recurrence: cloudDaily }, signedIn),
  'updateCloudExtractRefreshTask-type': (client) => client.call(everything.updateCloudExtractRefreshTask, { taskId, refreshType: 'IncrementalRefresh' }, signedIn),
  'updateCloudExtractRefreshTask-both': (client) => client.call(everything.updateCloudExtractRefreshTask, { taskId, refreshType: 'FullRefresh', recurrence: cloudDaily }, signedIn),
  'createWorkbookExtract-all': (client) => client.call(everything.createWorkbookExtract, { workbookId }, signedIn),
  'createWorkbookExtract-chosen': (client) => client.call(everything.createWorkbookExtract, { workbookId, datasourceIds: [embedded, datasourceId], encrypt: true }, signedIn),
  createDatasourceExtract: (client) => client.call(everything.createDatasourceExtract, { datasourceId }, signedIn),
  'createDatasourceExtract-encrypted': (client) => client.call(everything.createDatasourceExtract, { datasourceId, encrypt: true }, signedIn),
  'createDatasourceExtract-not-encrypted': (client) => client.call(everything.createDatasourceExtract, { datasourceId, encrypt: false }, signedIn),
  deleteWorkbookExtract: (client) => client.call(everything.deleteWorkbookExtract, { workbookId }, signedIn),
  deleteDatasourceExtract: (client) => client.call(everything.deleteDatasourceExtract, { datasourceId }, signedIn),
  encryptExtracts: (client) => client.call(everything.encryptExtracts, {}, signedIn),
  decryptExtracts: (client) => client.call(everything.decryptExtracts, {}, signedIn),
  reencryptExtracts: (client) => client.call(everything.reencryptExtracts, {}, signedIn),
  'updateSite-enforced': (client) => client.call(everything.updateSite, { extractEncryptionMode: 'enforced' }, signedIn),
  'updateSite-enabled': (client) => client.call(everything.updateSite, { extractEncryptionMode: 'enabled' }, signedIn),
  'updateSite-disabled': (client) => client.call(everything.updateSite, { extractEncryptionMode: 'disabled' }, signedIn),
  'updateWorkbook-encrypted': (client) => client.call(everything.updateWorkbook, { workbookId, encryptExtracts: true }, signedIn),
  'updateDatasource-not-encrypted': (client) => client.call(everything.updateDatasource, { datasourceId, encryptExtracts: false }, signedIn),
  deleteDataAccelerationTask: (client) => client.call(everything.deleteDataAccelerationTask, { taskId }, signedIn),
}

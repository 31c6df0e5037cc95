export {
  createTableauClient,
  type CallOptions,
  type TableauAuth,
  type TableauClient,
  type TableauClientOptions,
} from './client.ts'
export type { EncodedRequest, OperationKind, TableauEndpoint } from './endpoint.ts'
export {
  type Outcome,
  TableauApiError,
  TableauError,
  TableauInputError,
  TableauProtocolError,
  TableauUnreachableError,
  TableauUnsupportedError,
  type UnreachableKind,
} from './errors.ts'
export type { TableauReply } from './reply.ts'
export type { Page, PageRequest } from './paging.ts'
export {
  type Credentials,
  type CurrentSession,
  currentSession,
  signIn,
  type SignedIn,
  type SignInInput,
  signOut,
  switchSite,
} from './resources/auth.ts'
export type { ContentRef } from './resources/content.ts'
export { queryDatasources } from './resources/datasources.ts'
export { cancelJob, jobsSortFields, type QueriedJob, queryJob, queryJobs, type QueryJobsInput } from './resources/jobs.ts'
export { type JobsFilterClause, jobsFilterRedo, matchesJob } from './resources/jobs-filter.ts'
export { type Project, queryProjects } from './resources/projects.ts'
export type { AddedTask, RefreshTask } from './resources/refresh-task.ts'
export { addDatasourceToSchedule, addWorkbookToSchedule, listScheduleExtracts, type ScheduleExtract } from './resources/schedule-extracts.ts'
export {
  createServerSchedule,
  deleteServerSchedule,
  getServerSchedule,
  listServerSchedules,
  updateServerSchedule,
} from './resources/schedules.ts'
export { serverInfo, type ServerInfo } from './resources/server-info.ts'
export { querySite, querySites, type SiteFacts } from './resources/sites.ts'
export {
  deleteExtractRefreshTask,
  getExtractRefreshTask,
  listExtractRefreshTasks,
  runExtractRefreshTask,
  type StartedJob,
} from './resources/tasks.ts'
export { queryUserOnSite, queryUsersOnSite, type SiteUser } from './resources/users.ts'
export { previewImagePath, queryWorkbook, queryWorkbooks } from './resources/workbooks.ts'
export { streamedFailure, streamedRedirect, streamedRefusal } from './streamed.ts'
export { sweepPages, type Sweep, type SweepOptions } from './sweep.ts'
export { type ApiVersion, compareVersions, isApiVersion } from './version.ts'

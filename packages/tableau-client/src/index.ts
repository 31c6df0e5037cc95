export {
  createTableauClient,
  type CallOptions,
  type TableauAuth,
  type TableauClient,
  type TableauClientOptions,
  type TableauRequestLine,
} from './client.ts'
export type { EncodedRequest, OperationKind, TableauEndpoint } from './endpoint.ts'
export {
  isRefusal,
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
export * from './resources/auth.ts'
export * from './resources/cloud-tasks.ts'
export type { ContentRef } from './resources/content.ts'
export * from './resources/data-acceleration.ts'
export * from './resources/datasources.ts'
export * from './resources/extracts.ts'
export * from './resources/jobs.ts'
export { type JobsFilterClause, jobsFilterRedo, matchesJob } from './resources/jobs-filter.ts'
export * from './resources/projects.ts'
export type { AddedTask, RefreshTask } from './resources/refresh-task.ts'
export * from './resources/schedule-extracts.ts'
export * from './resources/schedules.ts'
export * from './resources/server-info.ts'
export * from './resources/site-encryption.ts'
export type { SiteFacts } from './resources/site-facts.ts'
export * from './resources/sites.ts'
export type { StartedJob } from './resources/started-job.ts'
export * from './resources/tasks.ts'
export * from './resources/users.ts'
export * from './resources/workbooks.ts'
export { streamedFailure, streamedRedirect, streamedRefusal } from './streamed.ts'
export { sweepPages, type Sweep, type SweepOptions } from './sweep.ts'
export { type ApiVersion, compareVersions, isApiVersion } from './version.ts'

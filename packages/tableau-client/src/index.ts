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
export { cancelJob, jobsSortFields, type QueriedJob, queryJob, queryJobs, type QueryJobsInput } from './resources/jobs.ts'
export { type JobsFilterClause, jobsFilterRedo, matchesJob } from './resources/jobs-filter.ts'
export { serverInfo, type ServerInfo } from './resources/server-info.ts'
export { querySite, querySites } from './resources/sites.ts'
export { queryUserOnSite, type SiteUser } from './resources/users.ts'
export { sweepPages, type Sweep, type SweepOptions } from './sweep.ts'
export { type ApiVersion, compareVersions } from './version.ts'

import type { DemoAccount } from '@refreshboard/api-types'
import type { AuditStore } from './audit/audit-store.ts'
import type { BulkRuns } from './bulk/bulk-runs.ts'
import type { Clock } from './clock.ts'
import type { TableauServerConfig } from './config.ts'
import type { ContentDirectories } from './directory/content-directories.ts'
import { auditHandlers } from './features/audit/audit.handlers.ts'
import { bulkHandlers } from './features/bulk/bulk.handlers.ts'
import { contentHandlers } from './features/content/content.handlers.ts'
import { extractsHandlers } from './features/extracts/extracts.handlers.ts'
import { extractsResumables } from './features/extracts/resumables.ts'
import { healthHandlers } from './features/health/health.handlers.ts'
import { jobsHandlers } from './features/jobs/jobs.handlers.ts'
import { jobsResumables } from './features/jobs/resumables.ts'
import { schedulesResumables } from './features/schedules/resumables.ts'
import { schedulesHandlers } from './features/schedules/schedules.handlers.ts'
import type { ApplyDeps } from './features/schedules-as-code/apply-action.ts'
import { schedulesAsCodeHandlers } from './features/schedules-as-code/schedules-as-code.handlers.ts'
import { serversHandlers } from './features/servers/servers.handlers.ts'
import { sessionHandlers } from './features/session/session.handlers.ts'
import type { SessionService } from './features/session/session.service.ts'
import { siteResumables } from './features/site/resumables.ts'
import { siteHandlers } from './features/site/site.handlers.ts'
import { sitesHandlers } from './features/sites/sites.handlers.ts'
import { tasksResumables } from './features/tasks/resumables.ts'
import { tasksHandlers } from './features/tasks/tasks.handlers.ts'
import { writesHandlers } from './features/writes/writes.handlers.ts'
import type { Handlers } from './http/handler.ts'
import type { WebBuild } from './http/static-web.ts'
import type { JobFeeds } from './live/job-feeds.ts'
import type { SessionCookie } from './session/cookie.ts'
import type { Sessions } from './session/sessions.ts'
import type { SiteBudgets } from './session/site-budgets.ts'
import type { Shelves } from './shelves/shelves.ts'
import type { TimeZones } from './shelves/time-zones.ts'
import type { Locks } from './writes/locks.ts'
import { createReadBacks } from './writes/read-backs.ts'
import type { Writes } from './writes/writes.ts'

interface RoutesDeps {
  servers: readonly TableauServerConfig[]
  demoAccounts: DemoAccount[] | undefined
  sessionService: SessionService
  sessions: Sessions
  cookie: SessionCookie
  feeds: JobFeeds
  shelves: Shelves
  timeZones: TimeZones
  budgets: SiteBudgets
  directories: ContentDirectories
  writes: Writes
  audit: AuditStore
  bulk: BulkRuns
  locks: Locks
  /** What a text of schedules is read, planned and applied with. */
  asCode: ApplyDeps
  clock: Clock
  build: WebBuild
  pingStore: () => Promise<void>
  version: string
}

/** The contract's handlers. One that is missing does not compile. */
export const createHandlers = (deps: RoutesDeps): Handlers => {
  const handlers: Handlers = {
    ...healthHandlers(deps),
    ...serversHandlers(deps),
    ...sessionHandlers({ service: deps.sessionService, sessions: deps.sessions, cookie: deps.cookie }),
    ...sitesHandlers(),
    ...jobsHandlers(deps),
    ...schedulesHandlers(deps),
    ...tasksHandlers(deps),
    ...contentHandlers(deps),
    ...extractsHandlers(deps),
    ...siteHandlers(deps),
    ...auditHandlers(deps),
    ...bulkHandlers(deps),
    ...schedulesAsCodeHandlers({ ...deps.asCode, planRun: (context, wanted) => deps.bulk.plan(context, 'schedules.apply', wanted) }),
    ...writesHandlers({
      writes: deps.writes,
      servers: deps.servers,
      handlers: () => handlers,
      bulk: deps.bulk,
      readBackOf: createReadBacks([
        ...jobsResumables(deps.feeds),
        ...schedulesResumables(deps.shelves),
        ...tasksResumables(deps.shelves, deps.feeds),
        ...extractsResumables(deps),
        ...siteResumables(deps.shelves),
      ]),
    }),
  }
  return handlers
}

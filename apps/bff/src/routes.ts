import { luidSchema, type DemoAccount } from '@refreshboard/api-types'
import type { Clock } from './clock.ts'
import { cancelOperation, cancelReadBack } from './features/jobs/cancel.ts'
import { jobsHandlers } from './features/jobs/jobs.handlers.ts'
import { healthHandlers } from './features/health/health.handlers.ts'
import { serversHandlers } from './features/servers/servers.handlers.ts'
import { sessionHandlers } from './features/session/session.handlers.ts'
import type { SessionService } from './features/session/session.service.ts'
import { sitesHandlers } from './features/sites/sites.handlers.ts'
import { writesHandlers } from './features/writes/writes.handlers.ts'
import type { Handlers } from './http/mount.ts'
import type { WebBuild } from './http/static-web.ts'
import type { JobFeeds } from './live/job-feeds.ts'
import type { TableauServerConfig } from './config.ts'
import type { SessionCookie } from './session/cookie.ts'
import type { Writes } from './writes/writes.ts'

interface RoutesDeps {
  servers: readonly TableauServerConfig[]
  demoAccounts: DemoAccount[] | undefined
  sessionService: SessionService
  cookie: SessionCookie
  feeds: JobFeeds
  writes: Writes
  clock: Clock
  build: WebBuild
  pingStore: () => Promise<void>
  version: string
}

/** The contract's handlers. One that is missing does not compile. */
export const createHandlers = (deps: RoutesDeps): Handlers => ({
  ...healthHandlers(deps),
  ...serversHandlers(deps),
  ...sessionHandlers({ service: deps.sessionService, cookie: deps.cookie }),
  ...sitesHandlers(),
  ...jobsHandlers(deps),
  ...writesHandlers({
    writes: deps.writes,
    readBackOf: (principal, record) =>
      record.operation === cancelOperation ? cancelReadBack(deps.feeds.of(principal), luidSchema.parse(record.target)) : undefined,
  }),
})

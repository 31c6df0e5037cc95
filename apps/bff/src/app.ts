import compression from 'compression'
import express, { type Express, type Router } from 'express'
import type { Config } from './config.ts'
import { errorMapper } from './http/error-mapper.ts'
import type { Logger } from './http/logger.ts'
import { plainRequestsOnly } from './http/plain-requests.ts'
import { requestFacts } from './http/request-facts.ts'
import { securityHeaders } from './http/security-headers.ts'

interface AppOptions {
  trustProxy: Config['trustProxy']
  publicOrigin: string
  log: Logger
  now: () => number
  /** The contract's routes, with guard, session and schemas. */
  api: Router
  /** Everything that is not the API. */
  web: Router
}

/** Every middleware, in order. */
export const createApp = (options: AppOptions): Express => {
  const app = express()
  app.set('trust proxy', options.trustProxy)
  app.set('query parser', 'simple')
  app.set('case sensitive routing', true)
  app.set('strict routing', true)
  app.disable('etag')
  app.disable('x-powered-by')

  app.use(requestFacts(options.log))
  app.use(securityHeaders(options.publicOrigin))
  app.use(plainRequestsOnly)
  app.use(compression({ threshold: 1024 }))
  app.use(options.api)
  app.use(options.web)
  app.use(errorMapper(options.log, options.now))
  return app
}

import type { Route } from '../context.ts'
import { refusals } from '../errors.ts'
import { dataAccelerationRoutes } from './data-acceleration.ts'
import { scheduleExtractRoutes } from './schedule-extracts.ts'
import { scheduleRoutes } from './schedules.ts'
import { siteEncryptionRoutes } from './site-encryption.ts'
import { siteRoutes } from './sites.ts'

const refused = (routes: readonly Route[], refuse: () => never): Route[] =>
  routes.filter(({ on }) => on === 'server').map(({ operation, method, path, since, access }) => ({ operation, on: 'cloud', method, path, since, access: access === 'site' ? 'site' : 'session', handle: refuse }))

/**
 * What Tableau Cloud answers to the methods that only a Tableau Server has. Its 401 for server schedules was seen with a token
 * that was good before and after (tableau/tableau-mcp#379), so it ends no session.
 */
export const cloudRefusalRoutes: readonly Route[] = [
  ...refused(siteRoutes, () => {
    throw refusals.notOnCloud('The sites of Tableau Cloud can be neither listed nor updated.')
  }),
  ...refused(scheduleRoutes, () => {
    throw refusals.deadToken()
  }),
  ...refused([...scheduleExtractRoutes, ...dataAccelerationRoutes, ...siteEncryptionRoutes], () => {
    throw refusals.unknownResource()
  }),
]

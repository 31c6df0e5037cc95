import { datasourceListing, visibleContent } from '../content-list.ts'
import type { Route } from '../context.ts'
import { listReply } from '../list.ts'

/** Query Data Sources: the published ones. */
export const datasourceRoutes: readonly Route[] = [
  {
    operation: 'queryDatasources',
    method: 'GET',
    path: '/sites/:siteId/datasources',
    since: '2.0',
    access: 'site',
    handle: (call) => listReply(call, datasourceListing, visibleContent(call, 'datasource')),
  },
]

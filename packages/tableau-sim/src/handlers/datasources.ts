import { datasourceListing, visibleContent } from '../content-list.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { rowElement, selectFields } from '../fields.ts'
import { listReply } from '../list.ts'

/** Query Data Sources (the published ones) and Query Data Source. */
export const datasourceRoutes: readonly Route[] = [
  {
    operation: 'queryDatasources',
    method: 'GET',
    path: '/sites/:siteId/datasources',
    since: '2.0',
    access: 'site',
    handle: (call) => listReply(call, datasourceListing, visibleContent(call, 'datasource')),
  },
  { operation: 'queryDatasource', method: 'GET', path: '/sites/:siteId/datasources/:datasourceId', since: '2.0', access: 'site', handle: queryDatasource },
]

/** The default fields. What the caller may not see is not there for them. */
function queryDatasource(call: SignedInCall): HandlerReply {
  const id = call.params['datasourceId'] ?? ''
  const found = visibleContent(call, 'datasource').find(({ item }) => item.id === id.toLowerCase())
  if (found === undefined) throw refusals.datasourceNotFound(`Data source '${id}' could not be found.`)
  return { status: 200, content: rowElement('datasource', selectFields(datasourceListing.fields, undefined, call.version), found) }
}

import { datasourceListing, visibleContent } from '../content-list.ts'
import type { ListedContent } from '../content-list.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { rowElement, selectFields } from '../fields.ts'
import { setEncryption } from '../encryption.ts'
import { listReply } from '../list.ts'
import type { Xml } from '../xml-out.ts'

/** Query Data Sources (the published ones), Query Data Source and Update Data Source. */
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
  { operation: 'updateDatasource', method: 'PUT', path: '/sites/:siteId/datasources/:datasourceId', since: '3.5', access: 'site', handle: updateDatasource },
]

/** The default fields. */
function queryDatasource(call: SignedInCall): HandlerReply {
  return { status: 200, content: rowOf(call, datasourceOf(call)) }
}

function updateDatasource(call: SignedInCall): HandlerReply {
  const listed = datasourceOf(call)
  const applied = setEncryption(call, listed.item)
  return { status: 200, content: rowOf(call, listed), applied }
}

const rowOf = (call: SignedInCall, listed: ListedContent): Xml => rowElement('datasource', selectFields(datasourceListing.fields, undefined, call.version), listed)

/** What the caller may not see is not there for them. */
export function datasourceOf(call: SignedInCall): ListedContent {
  const id = call.params['datasourceId'] ?? ''
  const found = visibleContent(call, 'datasource').find(({ item }) => item.id === id.toLowerCase())
  if (found === undefined) throw refusals.datasourceNotFound(`Data source '${id}' could not be found.`)
  return found
}

import { visibleContent, workbookListing } from '../content-list.ts'
import type { ListedContent } from '../content-list.ts'
import { isFileBased } from '../content.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { rowElement, selectFields } from '../fields.ts'
import { listReply } from '../list.ts'
import { setEncryption } from '../encryption.ts'
import { previewImage } from '../preview-image.ts'
import { element } from '../xml-out.ts'

/** Query Workbooks for Site, Query Workbook, its connections and its preview image, Update Workbook. */
export const workbookRoutes: readonly Route[] = [
  { operation: 'queryWorkbooks', method: 'GET', path: '/sites/:siteId/workbooks', since: '2.0', access: 'site', handle: queryWorkbooks },
  { operation: 'queryWorkbook', method: 'GET', path: '/sites/:siteId/workbooks/:workbookId', since: '2.0', access: 'site', handle: queryWorkbook },
  { operation: 'updateWorkbook', method: 'PUT', path: '/sites/:siteId/workbooks/:workbookId', since: '3.5', access: 'site', handle: updateWorkbook },
  { operation: 'queryWorkbookConnections', method: 'GET', path: '/sites/:siteId/workbooks/:workbookId/connections', since: '2.0', access: 'site', handle: queryWorkbookConnections },
  {
    operation: 'queryWorkbookPreviewImage',
    method: 'GET',
    path: '/sites/:siteId/workbooks/:workbookId/previewImage',
    since: '2.0',
    access: 'site',
    handle: queryWorkbookPreviewImage,
  },
]

function queryWorkbooks(call: SignedInCall): HandlerReply {
  return listReply(call, workbookListing, visibleContent(call, 'workbook'))
}

/** The default fields, and the view that the workbook opens with. */
function queryWorkbook(call: SignedInCall): HandlerReply {
  const listed = workbookOf(call)
  const { item } = listed
  const view = element('view', { id: item.defaultViewId, name: 'Overview', contentUrl: `${item.contentUrl}/sheets/Overview` })
  const fields = selectFields(workbookListing.fields, undefined, call.version)
  return { status: 200, content: rowElement('workbook', fields, listed, element('views', {}, view)) }
}

function queryWorkbookPreviewImage(call: SignedInCall): HandlerReply {
  return { status: 200, image: previewImage(workbookOf(call).item.id) }
}

function updateWorkbook(call: SignedInCall): HandlerReply {
  const listed = workbookOf(call)
  const applied = setEncryption(call, listed.item)
  return { status: 200, content: rowElement('workbook', selectFields(workbookListing.fields, undefined, call.version), listed), applied }
}

/** One for each data source of the workbook; files have no server. */
function queryWorkbookConnections(call: SignedInCall): HandlerReply {
  const { datasources } = workbookOf(call).item
  const rows = datasources.map(({ id, name, connectionType }, index) => {
    const server = isFileBased({ connectionType }) ? { serverAddress: '', serverPort: '', userName: '' } : { serverAddress: 'dwh-1.corp.example', serverPort: '1433', userName: 'reporting' }
    return element('connection', { id: `${id.slice(0, -2)}${String(10 + index)}`, type: connectionType, ...server }, element('datasource', { id, name }))
  })
  return { status: 200, content: element('connections', {}, ...rows) }
}

/** What the caller may not see is not there for them. */
export function workbookOf(call: SignedInCall): ListedContent {
  const id = call.params['workbookId'] ?? ''
  const found = visibleContent(call, 'workbook').find(({ item }) => item.id === id.toLowerCase())
  if (found === undefined) throw refusals.workbookNotFound(`Workbook '${id}' could not be found.`)
  return found
}

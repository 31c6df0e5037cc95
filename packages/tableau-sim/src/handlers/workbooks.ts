import { visibleContent, workbookListing } from '../content-list.ts'
import type { ListedContent } from '../content-list.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { rowElement, selectFields } from '../fields.ts'
import { listReply } from '../list.ts'
import { previewImage } from '../preview-image.ts'
import { element } from '../xml-out.ts'

/** Query Workbooks for Site, Query Workbook, Query Workbook Preview Image. */
export const workbookRoutes: readonly Route[] = [
  { operation: 'queryWorkbooks', method: 'GET', path: '/sites/:siteId/workbooks', since: '2.0', access: 'site', handle: queryWorkbooks },
  { operation: 'queryWorkbook', method: 'GET', path: '/sites/:siteId/workbooks/:workbookId', since: '2.0', access: 'site', handle: queryWorkbook },
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

/** What the caller may not see is not there for them. */
function workbookOf(call: SignedInCall): ListedContent {
  const id = call.params['workbookId'] ?? ''
  const found = visibleContent(call, 'workbook').find(({ item }) => item.id === id.toLowerCase())
  if (found === undefined) throw refusals.workbookNotFound(`Workbook '${id}' could not be found.`)
  return found
}
